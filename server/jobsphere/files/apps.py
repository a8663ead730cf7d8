"""Stored files: uploads, and who may read them."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "jobsphere.files"
    label = "files"

    def ready(self) -> None:
        """Register the jobs."""
        from jobsphere.files import tasks  # noqa: F401
