"""What happens to files."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class FileUploaded(Event):
    """Somebody stored a file."""

    name: ClassVar[str] = "file.uploaded"
    aggregate: ClassVar[str] = "file"
    file_id: UUID
    owner_id: UUID
    purpose: str


@dataclass(frozen=True)
class FileAttached(Event):
    """A file became part of a record, whose readers may read it from now on."""

    name: ClassVar[str] = "file.attached"
    aggregate: ClassVar[str] = "file"
    file_id: UUID
    target_type: str
    target_id: UUID


@dataclass(frozen=True)
class FileDeleted(Event):
    """The owner removed a file; its content goes soon after."""

    name: ClassVar[str] = "file.deleted"
    aggregate: ClassVar[str] = "file"
    file_id: UUID
