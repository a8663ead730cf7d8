"""Contracts by the hour: weeks, timers, statements, disputed hours, reports."""

from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "jobsphere.hours"
    label = "hours"

    def ready(self) -> None:
        """Register what listens to events, what runs by the clock, and whose rules hourly time follows."""
        from jobsphere.contracts import timekeeping
        from jobsphere.contracts.types import FundingShape
        from jobsphere.hours import checks, handlers, live, personal_data, tasks  # noqa: F401  they register themselves
        from jobsphere.hours.services.keeping import KEEPER
        from jobsphere.users.personal_data import register

        timekeeping.register(FundingShape.WEEKLY, KEEPER)
        register("hours", export=personal_data.export, erase=personal_data.erase)
