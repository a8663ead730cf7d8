"""Subscription plans and loyalty tiers."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "jobsphere.plans"
    label = "plans"

    def ready(self) -> None:
        """Register what plans are paid by, what listens, what runs by the clock, and what is held about people."""
        from jobsphere.payments import purposes
        from jobsphere.plans import checks, handlers, live, personal_data, tasks  # noqa: F401  they register themselves
        from jobsphere.plans.services.purpose import PLAN_PURPOSE
        from jobsphere.users.personal_data import register

        purposes.register("plan", PLAN_PURPOSE)
        register("plans", export=personal_data.export, erase=personal_data.erase)
