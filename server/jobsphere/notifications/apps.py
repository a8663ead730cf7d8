"""What people are told, in the app and by e-mail."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "jobsphere.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Register the jobs."""
        from jobsphere.notifications import tasks  # noqa: F401
