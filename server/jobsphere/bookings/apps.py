"""Availability, packages, and the time of bookings."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "jobsphere.bookings"
    label = "bookings"

    def ready(self) -> None:
        """Register what listens to events, what runs by the clock, and what is held about people."""
        from jobsphere.bookings import handlers, live, personal_data, policies, tasks  # noqa: F401  they register themselves
        from jobsphere.files import access
        from jobsphere.users.personal_data import register

        access.register("check_in", policies.can_read_check_in, most=4)
        register("bookings", export=personal_data.export, erase=personal_data.erase)
