"""What happens, told at once to the people who have the page open."""

from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "jobsphere.realtime"
    label = "realtime"

    def ready(self) -> None:
        """Register the handlers and the periodic task, and what the streams hold about people."""
        from jobsphere.realtime import handlers, personal_data, tasks  # noqa: F401
        from jobsphere.users.personal_data import register

        register("realtime", export=personal_data.export, erase=personal_data.erase)
