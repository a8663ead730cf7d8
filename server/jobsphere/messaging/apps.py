"""Conversations between two people about one thing."""

from uuid import UUID

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "jobsphere.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Register what listens and what runs by the clock, and what lower apps may ask of us."""
        from jobsphere.files import access
        from jobsphere.messaging import handlers, live, personal_data, selectors, tasks  # noqa: F401  some register themselves
        from jobsphere.messaging.policies import can_read_message
        from jobsphere.moderation import subjects
        from jobsphere.users.personal_data import register

        access.register("message", can_read_message)
        subjects.register("message", selectors.message_subject)
        subjects.register("conversation", selectors.conversation_subject)
        register("messaging", export=personal_data.export, erase=personal_data.erase)
        _register_live()


def _register_live() -> None:
    """Say what clients may send over the socket about conversations, and who may watch whom come and go."""
    from jobsphere.messaging import commands, policies
    from jobsphere.realtime import commands as realtime
    from jobsphere.realtime import topics

    realtime.register("typing", commands.type_message, rate="60/min", fields={"chat_id": UUID, "typing": bool})
    realtime.register("delivered", commands.note_delivery, rate="120/min", fields={"chat_id": UUID, "up_to": UUID})
    realtime.register("read", commands.note_reading, rate="120/min", fields={"chat_id": UUID, "up_to": UUID})
    topics.register("presence", policies.may_watch)
