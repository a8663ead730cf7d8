"""Offers, bookings, contracts, milestones, deliverables, time entries."""

from importlib import import_module

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "jobsphere.contracts"
    label = "contracts"

    def ready(self) -> None:
        """Register what listens to events, what runs by the clock, and what payments may ask of offers."""
        for module in ("handlers", "tasks"):
            import_module(f"jobsphere.contracts.{module}")
        purposes = import_module("jobsphere.payments.purposes")
        own = import_module("jobsphere.contracts.services.purposes")
        purposes.register("offer", own.OFFER_PURPOSE)
