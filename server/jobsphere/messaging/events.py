"""What happens in conversations. The texts stay in the conversation."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class ConversationOpened(Event):
    """Two people can talk about something."""

    name: ClassVar[str] = "conversation.opened"
    aggregate: ClassVar[str] = "conversation"
    conversation_id: UUID
    subject_type: str
    subject_id: UUID


@dataclass(frozen=True)
class MessageSent(Event):
    """One of the two wrote."""

    name: ClassVar[str] = "message.sent"
    aggregate: ClassVar[str] = "conversation"
    conversation_id: UUID
    message_id: UUID
    sender_id: UUID
    recipient_id: UUID


@dataclass(frozen=True)
class ConversationRead(Event):
    """One of the two has read what the other wrote, up to now."""

    name: ClassVar[str] = "conversation.read"
    aggregate: ClassVar[str] = "conversation"
    conversation_id: UUID
    reader_id: UUID
