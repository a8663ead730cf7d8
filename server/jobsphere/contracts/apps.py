"""Offers, bookings, contracts, milestones, deliverables, time entries."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "jobsphere.contracts"
    label = "contracts"

    def ready(self) -> None:
        """Register what listens to events, what runs by the clock, and what lower apps may ask of us."""
        from jobsphere.contracts import handlers, policies, tasks  # noqa: F401  they register themselves
        from jobsphere.contracts.selectors import consistency
        from jobsphere.contracts.services.purposes import OFFER_PURPOSE
        from jobsphere.files import access
        from jobsphere.ledger import checks
        from jobsphere.messaging.policies import register_subject
        from jobsphere.payments import purposes

        purposes.register("offer", OFFER_PURPOSE)
        access.register("deliverable", policies.can_read_deliverable)
        register_subject("contract", policies.may_write)
        checks.register("contracts.milestones", consistency.milestones_match_their_holds)
        checks.register("contracts.offers", consistency.offers_match_their_contracts)
