"""The HTTP edge."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "jobsphere.web"
    label = "web"

    def ready(self) -> None:
        """Register what the health endpoints and the metrics look at."""
        from jobsphere.web import health

        health.register()
