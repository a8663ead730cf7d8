"""Payments, refunds, payouts and gateways."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "jobsphere.payments"
    label = "payments"

    def ready(self) -> None:
        """Register jobs, periodic tasks and the checks of the books."""
        from jobsphere.payments import (  # noqa: F401
            chargebacks_due,
            checks,
            figures,
            handlers,
            live,
            lots,
            personal_data,
            tasks,
        )
        from jobsphere.users.personal_data import register

        register("payments", export=personal_data.export, erase=personal_data.erase, blockers=personal_data.blockers)
