"""Holds and fees."""

from django.apps import AppConfig


class EscrowConfig(AppConfig):
    name = "jobsphere.escrow"
    label = "escrow"

    def ready(self) -> None:
        """Register the checks of the books."""
        from jobsphere.escrow import (
            checks,  # noqa: F401
            figures,  # noqa: F401
            personal_data,
        )
        from jobsphere.users.personal_data import register

        register("escrow", export=personal_data.export, erase=personal_data.erase)
