"""What admins and the operator do."""

from importlib import import_module

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "jobsphere.backoffice"
    label = "backoffice"

    def ready(self) -> None:
        """Register the alarms and the periodic tasks."""
        for module in ("handlers", "tasks"):
            import_module(f"jobsphere.backoffice.{module}")
