"""Series of contracts."""

from django.apps import AppConfig


class RepeatsConfig(AppConfig):
    name = "jobsphere.repeats"
    label = "repeats"

    def ready(self) -> None:
        """Register what listens to events, what runs by the clock, and what is held about people."""
        from jobsphere.contracts.services.repeating import register_agreed
        from jobsphere.repeats import handlers, live, personal_data, tasks  # noqa: F401  they register themselves
        from jobsphere.repeats.selectors import is_of_a_series
        from jobsphere.users.personal_data import register

        register_agreed(is_of_a_series)
        register("repeats", export=personal_data.export, erase=personal_data.erase)
