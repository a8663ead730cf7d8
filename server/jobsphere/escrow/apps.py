"""Holds and fees."""

from django.apps import AppConfig


class EscrowConfig(AppConfig):
    name = "jobsphere.escrow"
    label = "escrow"

    def ready(self) -> None:
        """Register the checks of the books."""
        from jobsphere.escrow import checks  # noqa: F401
