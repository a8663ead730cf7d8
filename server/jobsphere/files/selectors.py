"""Reads about files."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.db.composed import composed, in_lists
from jobsphere.files.access import target
from jobsphere.files.models import StoredFile
from jobsphere.files.types import FileView
from jobsphere.kit.actor import Actor


def files_for(target_type: str, target_ids: Collection[UUID]) -> dict[UUID, list[FileView]]:
    """Return the files of these records, in the order of their upload; one query. The caller has checked the reader."""
    found: dict[UUID, list[FileView]] = defaultdict(list)
    for row in in_lists(_attached, ids=target_ids, target_type=target_type):
        if row.target_id:
            found[row.target_id].append(view_of(row))
    return dict(found)


@composed
def _attached(*, target_type: str, ids: list[UUID]) -> "QuerySet[StoredFile]":
    rows = StoredFile.objects.filter(target_type=target_type, target_id__in=ids, deleted_at=None)
    return rows.order_by("pk")


def readable_files(viewer: Actor, target_type: str, ids: Collection[UUID]) -> dict[UUID, list[FileView]]:
    """Return the files of those records that the viewer may read; others are left out, as if they were not."""
    found = target(target_type)
    readable = found.readable_of(viewer, set(ids)) if found else set()
    return files_for(target_type, readable) if readable else {}


def files_by_id(ids: Collection[UUID]) -> dict[UUID, FileView]:
    """Return these files by id; unknown and deleted ones are left out. One query. The caller has checked the reader."""
    rows = StoredFile.objects.filter(pk__in=set(ids), deleted_at=None)
    return {row.id: view_of(row) for row in rows}


def files_of(actor: Actor) -> "QuerySet[StoredFile]":
    """Return the actor's own files, to be paged."""
    return StoredFile.objects.filter(owner_id=actor.known_id(), deleted_at=None)


def view_of(row: StoredFile) -> FileView:
    """Return what other apps may know of a file."""
    return FileView(
        id=row.id,
        filename=row.filename,
        display_name=row.display_name,
        content_type=row.content_type,
        size=row.size,
        purpose=row.purpose,
        owner_id=row.owner_id,
        target_type=row.target_type,
        target_id=row.target_id,
        width=row.width,
        height=row.height,
        created_at=row.created_at,
        colour=row.colour,
        store=row.store,
        variants=row.variants or {},
    )
