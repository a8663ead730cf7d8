"""The outbox: events, jobs, periodic tasks and the worker that runs them."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "jobsphere.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Register our own periodic tasks."""
        from jobsphere.outbox import housekeeping  # noqa: F401
