"""What other apps, and the people in it, see of a conversation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobsphere.files.types import FileView
from jobsphere.users.types import Person


@dataclass(frozen=True, slots=True)
class Subject:
    """What a conversation is about: a job, a proposal, a contract."""

    type: str
    id: UUID


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message, as one of the two sees it."""

    id: UUID
    chat_id: UUID
    sender_id: UUID
    mine: bool
    client_id: str
    body: str
    files: list[FileView]
    read_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ConversationView:
    """One conversation, as one of the two sees it. `other` is None only where that login is gone for good."""

    id: UUID
    subject: Subject
    other: Person | None
    last_message: MessageView | None
    unread_count: int
    created_at: datetime
