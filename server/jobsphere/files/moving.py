"""Moves contents from one store to another while the marketplace serves.

Where it stands is read from the rows: a file whose row names the new store is done, so it may be stopped at any moment,
and begun again. A content is copied, read back and compared; then its row moves by a guarded update; then, an hour
later, the old copy goes, so that nobody who has just looked at the row reads into the void.
"""

import hashlib
from collections.abc import Generator
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, Any

from django.core.files.base import File
from django.db.models import QuerySet

from jobsphere.db.encryption_files import opened
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import edge_transaction
from jobsphere.files import blobs, stores
from jobsphere.files.models import StoredFile
from jobsphere.files.rules import SEALED_PURPOSES, variant_name
from jobsphere.files.tasks import remove_content, remove_moved_content
from jobsphere.kit import clock
from jobsphere.outbox.services import enqueue

#: How long the old copy stays: longer than any signed address to it lives.
REST = timedelta(hours=1, minutes=5)


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one file: `problem` says why it stayed where it was."""

    filename: str
    size: int
    problem: str = ""


def waiting(to: str) -> "QuerySet[StoredFile]":
    """Return the files that lie elsewhere, oldest first."""
    return StoredFile.objects.filter(deleted_at=None).exclude(store=to).order_by("pk")


def move(to: str, *, dry_run: bool = False) -> Generator[Moved, None, None]:
    """Move everything that lies elsewhere, and tell of each file; a dry run compares the old copies only."""
    for row in waiting(to).iterator(chunk_size=200):
        yield Moved(row.filename, row.size, _looked_at(row) if dry_run else _moved(row, to))


def _looked_at(row: StoredFile) -> str:
    try:
        return "" if _is_whole(row) else "its content is not what was uploaded"
    except OSError as error:
        return f"cannot be read: {error}"


def _moved(row: StoredFile, to: str) -> str:
    """Copy, compare, switch; returns what went wrong, and then nothing has changed."""
    if problem := _looked_at(row):
        return problem
    names = [row.filename, *(variant_name(row.filename, size) for size in row.variants or {})]
    try:
        for name in names:
            _copy(name, row.store, to)
    except OSError as error:
        return f"cannot be copied: {error}"
    with edge_transaction():
        return _switched(row, to)


def _switched(row: StoredFile, to: str) -> str:
    """Let the row name the new store, unless it was deleted, or got smaller pictures, while it was copied."""
    unchanged: dict[str, Any] = {"pk": row.pk, "deleted_at": None, "store": row.store}
    unchanged["variants__isnull"] = row.variants is None
    if not update_where(StoredFile, unchanged, store=to):
        enqueue(remove_content, row.filename)
        return "" if not StoredFile.objects.filter(pk=row.pk, deleted_at=None).exists() else "it changed; run it again"
    enqueue(remove_moved_content, row.filename, row.store, run_after=clock.machine_now() + REST)
    return ""


def _copy(name: str, source: str, to: str) -> None:
    """Copy the content as it rests (what is sealed stays sealed), and read the copy back."""
    path = blobs.path_of(name)
    with stores.of(source).open(path) as content:
        sent = digest(content)
        content.seek(0)
        stores.of(to).save(path, File(content, name=name))
    with stores.of(to).open(path) as copy:
        if digest(copy) != sent:
            raise OSError("the copy differs")


def _is_whole(row: StoredFile) -> bool:
    """Compare with the SHA-256 that was noted when the file was uploaded."""
    raw = stores.of(row.store).open(blobs.path_of(row.filename))
    sealed = row.purpose in SEALED_PURPOSES
    with opened(raw, context=blobs.context_of(row.filename)) if sealed else raw as content:
        return digest(content) == row.sha256


def digest(content: IO[Any]) -> str:
    """Return the SHA-256 of a content, read in pieces."""
    found = hashlib.sha256()
    while piece := content.read(blobs.CHUNK):
        found.update(piece)
    return found.hexdigest()
