"""Payments, refunds, payouts and gateways."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "jobsphere.payments"
    label = "payments"

    def ready(self) -> None:
        """Register jobs, periodic tasks and the checks of the books."""
        from jobsphere.payments import chargebacks_due, checks, handlers, live, lots, personal_data, tasks  # noqa: F401
        from jobsphere.users.personal_data import register

        register("payments", export=personal_data.export, erase=personal_data.erase, blockers=personal_data.blockers)
