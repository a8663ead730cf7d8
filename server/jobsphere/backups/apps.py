"""Copies of everything, sealed, elsewhere; and back again."""

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "jobsphere.backups"
    label = "backups"

    def ready(self) -> None:
        """Register what runs by the clock, and what is handed to us before it is removed."""
        from jobsphere.backups import (
            archiving,
            tasks,  # noqa: F401  registers itself
        )
        from jobsphere.db.retention import archive_with

        archive_with(archiving.keep)
