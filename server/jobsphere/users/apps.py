"""People and their sign-in."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "jobsphere.users"
    label = "users"

    def ready(self) -> None:
        """Register jobs and periodic tasks, and describe the bearer token to OpenAPI."""
        from jobsphere.audit import naming
        from jobsphere.users import personal_data, tasks  # noqa: F401
        from jobsphere.users.selectors import names
        from jobsphere.users.services import erasure

        naming.register(names)
        personal_data.register("account", export=erasure.export_account, erase=erasure.erase_account)
