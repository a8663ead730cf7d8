"""The outbox: events, jobs, periodic tasks and the worker that runs them."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "jobsphere.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Register our own periodic tasks, and what is seen of the queue."""
        from jobsphere.outbox import figures, housekeeping  # noqa: F401
