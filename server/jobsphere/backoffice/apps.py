"""What admins and the operator do."""

from importlib import import_module

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "jobsphere.backoffice"
    label = "backoffice"

    def ready(self) -> None:
        """Register the alarms; follow the rehearsal's clock where there is one."""
        import_module("jobsphere.backoffice.handlers")
        import_module("jobsphere.backoffice.rehearsal.clockwork").follow_the_rehearsal()
