"""What happens in conversations. The texts stay in the conversation."""

from dataclasses import dataclass
from datetime import datetime
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
class StepNoted(Event):
    """A step of the deal stands in the conversation."""

    name: ClassVar[str] = "message.noted"
    aggregate: ClassVar[str] = "conversation"
    conversation_id: UUID
    message_id: UUID
    code: str


@dataclass(frozen=True)
class MessageChanged(Event):
    """Who wrote a message has changed its text."""

    name: ClassVar[str] = "message.changed"
    aggregate: ClassVar[str] = "conversation"
    conversation_id: UUID
    message_id: UUID


@dataclass(frozen=True)
class MessageDeleted(Event):
    """Who wrote a message has taken it back from both."""

    name: ClassVar[str] = "message.deleted"
    aggregate: ClassVar[str] = "conversation"
    conversation_id: UUID
    message_id: UUID


@dataclass(frozen=True)
class MessageWasHidden(Event):
    """One of the two does not want to see a message any more; the other one is not told."""

    name: ClassVar[str] = "message.hidden"
    aggregate: ClassVar[str] = "conversation"
    conversation_id: UUID
    message_id: UUID
    user_id: UUID


@dataclass(frozen=True)
class ConversationDelivered(Event):
    """What the other one wrote has reached a device of this person: the messages from `first_id` to `last_id`."""

    name: ClassVar[str] = "conversation.delivered"
    aggregate: ClassVar[str] = "conversation"
    conversation_id: UUID
    recipient_id: UUID
    first_id: UUID
    last_id: UUID
    at: datetime


@dataclass(frozen=True)
class ConversationRead(Event):
    """One of the two has read what the other one wrote, from `first_id` to `last_id`."""

    name: ClassVar[str] = "conversation.read"
    aggregate: ClassVar[str] = "conversation"
    conversation_id: UUID
    reader_id: UUID
    first_id: UUID | None = None
    last_id: UUID | None = None
    at: datetime | None = None
