"""What files hold about a person. The content goes into the export beside the list (`contents`)."""

from collections.abc import Iterator
from typing import IO, Any

from django.db.models import QuerySet

from jobsphere.files import blobs, services
from jobsphere.files.models import DocumentText, FileUsage, StoredFile
from jobsphere.files.rules import SEALED_PURPOSES
from jobsphere.files.types import Purpose
from jobsphere.kit.actor import SYSTEM
from jobsphere.users.personal_data import Data, Subject, table

#: What a customer has paid for stays theirs.
KEPT_TARGETS = ("deliverable", "expense")


def export(subject: Subject) -> Data:
    """Return the list of what the person has uploaded, how much of it there is, and what was read out of documents."""
    columns = ("filename", "display_name", "content_type", "size", "purpose", "target_type", "target_id", "created_at")
    return {
        "files": table(_of(subject), *columns),
        "usage": table(FileUsage.objects.filter(pk=subject.id), "used_bytes", "day", "uploads", "uploaded_bytes"),
        "texts": [_text(row) for row in _texts(subject).select_related("file")],
    }


def _text(row: DocumentText) -> dict[str, Any]:
    """Return what was read out of a document; attributes open what rests sealed."""
    return {"filename": row.file.filename, "status": row.status, "text": row.text, "read_at": row.done_at}


def _texts(subject: Subject) -> "QuerySet[DocumentText]":
    return DocumentText.objects.filter(file__owner_id=subject.id)


def contents(subject: Subject) -> Iterator[tuple[str, IO[Any]]]:
    """Return each file's name in the export and its content, opened."""
    for row in _of(subject).order_by("pk").iterator():
        yield f"{row.filename}", blobs.read(row.filename, sealed=row.purpose in SEALED_PURPOSES, store=row.store)


def count(subject: Subject) -> int:
    """Return how many files the person has."""
    return _of(subject).count()


def erase(subject: Subject) -> None:
    """Delete the person's files; what they handed in for pay stays with the customer, under a neutral name."""
    services.remove_files_of(actor=SYSTEM, owner_id=subject.id, except_targets=KEPT_TARGETS)
    _texts(subject).delete()
    FileUsage.objects.filter(pk=subject.id).delete()
    for row in StoredFile.objects.filter(owner_id=subject.id, deleted_at=None):
        StoredFile.objects.filter(pk=row.pk).update(display_name=f"file.{row.filename.rpartition('.')[2]}")


def _of(subject: Subject) -> "QuerySet[StoredFile]":
    return StoredFile.objects.filter(owner_id=subject.id, deleted_at=None).exclude(purpose=Purpose.EXPORT)
