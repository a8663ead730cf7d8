"""People and their sign-in."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "jobsphere.users"
    label = "users"

    def ready(self) -> None:
        """Register jobs and periodic tasks, and describe the bearer token to OpenAPI."""
        from jobsphere.users import tasks  # noqa: F401
