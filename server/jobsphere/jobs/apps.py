"""Jobs, proposals and the search for them."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobsphere.jobs"
    label = "jobs"

    def ready(self) -> None:
        from jobsphere.jobs import tasks  # noqa: F401  registers the periodic task
