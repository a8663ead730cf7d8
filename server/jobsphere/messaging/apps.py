"""Conversations between two people about one thing."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "jobsphere.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Register the handlers, and who reads the files of a message."""
        from jobsphere.files import access
        from jobsphere.messaging import handlers  # noqa: F401
        from jobsphere.messaging.policies import can_read_message

        access.register("message", can_read_message)
