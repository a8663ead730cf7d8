"""What people say of each other after the work."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "jobsphere.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Register what listens to events, what runs by the clock, and what is held about people."""
        from jobsphere.moderation import subjects
        from jobsphere.reviews import handlers, live, personal_data, selectors, tasks  # noqa: F401  some register themselves
        from jobsphere.users.personal_data import register

        subjects.register("review", selectors.review_subject)
        register("reviews", export=personal_data.export, erase=personal_data.erase)
