"""Series of contracts."""

from django.apps import AppConfig


class RepeatsConfig(AppConfig):
    name = "jobsphere.repeats"
    label = "repeats"

    def ready(self) -> None:
        """Register what listens to events, what runs by the clock, and what is held about people."""
        from jobsphere.repeats import handlers, live, personal_data, tasks  # noqa: F401  they register themselves
        from jobsphere.users.personal_data import register

        register("repeats", export=personal_data.export, erase=personal_data.erase)
