"""Copies of everything, sealed, elsewhere; and back again."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "jobsphere.backups"
    label = "backups"

    def ready(self) -> None:
        """Register what runs by the clock."""
        from jobsphere.backups import tasks  # noqa: F401  registers itself
