"""What other apps, and the people in it, see of a conversation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from jobsphere.files.types import FileView
from jobsphere.users.types import Person


class MessageKind(StrEnum):
    """Who speaks: one of the two, or the deal itself."""

    TEXT = "text"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a conversation is about: a job, a proposal, a contract."""

    type: str
    id: UUID
    title: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a transcript."""

    at: datetime
    sender: str
    body: str


@dataclass(frozen=True, slots=True)
class Note:
    """A step of the deal: a stable code, its amounts and ids for a client's own words, and a page to open."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """The message that another one answers, as it is now. `gone`: taken back, or hidden by the viewer."""

    id: UUID
    sender_id: UUID | None
    body: str
    file_count: int
    gone: bool
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """One message, as one of the two sees it. `revision` rises with each change of it, so the newer copy is known."""

    id: UUID
    chat_id: UUID
    kind: str
    sender_id: UUID | None
    mine: bool
    client_id: str
    body: str
    note: Note | None
    reply_to: Quote | None
    files: list[FileView]
    delivered_at: datetime | None
    read_at: datetime | None
    edited_at: datetime | None
    deleted_at: datetime | None
    changeable_until: datetime
    created_at: datetime
    revision: int
    allowed_actions: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationView:
    """One conversation, as one of the two sees it. `other` is None only where that login is gone for good."""

    id: UUID
    subject: Subject
    other: Person | None
    last_message: MessageView | None
    unread_count: int
    created_at: datetime
    revision: int
    allowed_actions: list[str]


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether somebody is there; both are unknown where the person keeps it to themselves."""

    person_id: UUID
    online: bool
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unread:
    """What waits for a person, in all conversations."""

    messages: int
    conversations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatFilter:
    """What the list of conversations is narrowed to; nothing given does not narrow."""

    #: A part of the other person's name.
    name: str = ""
    unread: bool = False
    subject_type: str = ""
    ids: Collection[UUID] | None = None
