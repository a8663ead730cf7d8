"""What people are told: in the app, by e-mail and by push."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "jobsphere.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Register jobs and subscribers, what is held about people, and how a person's language is found."""
        from jobsphere.mail import readers
        from jobsphere.notifications import handlers, personal_data, tasks  # noqa: F401
        from jobsphere.notifications.selectors import reader_for
        from jobsphere.users.personal_data import register

        register("notifications", export=personal_data.export, erase=personal_data.erase)
        readers.register(reader_for)
