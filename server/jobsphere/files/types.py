"""What other apps know of a stored file."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Purpose(StrEnum):
    """What a file was uploaded for; it decides who may read it before it is attached to anything."""

    ATTACHMENT = "attachment"
    AVATAR = "avatar"
    PORTFOLIO = "portfolio"


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
