"""What other apps know of a stored file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Purpose(StrEnum):
    """What a file was uploaded for; it decides who may read it before it is attached to anything."""

    ATTACHMENT = "attachment"
    AVATAR = "avatar"
    PORTFOLIO = "portfolio"
    #: Papers that prove something (verification); they rest sealed.
    DOCUMENT = "document"
    #: What we made for a person to take away (data exports); rests sealed, and is never uploaded.
    EXPORT = "export"


class TextStatus(StrEnum):
    """Where the reading of a document stands."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileView:
    """A stored file. `filename` is its unguessable name in the address, `display_name` the one people gave it."""

    id: UUID
    filename: str
    display_name: str
    content_type: str
    size: int
    purpose: str
    owner_id: UUID
    target_type: str
    target_id: UUID | None
    width: int | None
    height: int | None
    created_at: datetime
    #: The average of a picture, "#8a7b5c"; empty for anything else.
    colour: str = ""
    #: Where the content lies.
    store: str = "local"
    #: Bytes of each smaller picture that there is.
    variants: Mapping[str, int] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"/api/files/{self.filename}"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """Content that was looked at, and is safe to keep: its type is what it says, and images were drawn anew."""

    content: bytes
    extension: str
    content_type: str
    display_name: str
    width: int | None = None
    height: int | None = None
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a person stores and may store; days are UTC."""

    used_bytes: int
    limit_bytes: int
    uploads_today: int
    uploads_a_day: int
    uploaded_bytes_today: int
    bytes_a_day: int
    #: Bytes that one file may have.
    max_size: int


@dataclass(frozen=True, slots=True)
class DocumentTextView:
    """The words of a document as its owner sees them; `detail` says what to do when there are none."""

    filename: str
    status: TextStatus
    reason: str
    detail: str
    text: str
    pages: int | None
    truncated: bool
    done_at: datetime | None
