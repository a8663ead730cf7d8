"""Payments, refunds, payouts and gateways."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "jobsphere.payments"
    label = "payments"

    def ready(self) -> None:
        """Register jobs, periodic tasks and the checks of the books."""
        from jobsphere.payments import checks, tasks  # noqa: F401
