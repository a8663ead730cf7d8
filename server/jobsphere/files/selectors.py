"""Reads about files."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from jobsphere.files.models import StoredFile
from jobsphere.files.types import FileView


def files_for(target_type: str, target_ids: Collection[UUID]) -> dict[UUID, list[FileView]]:
    """Return the files of these records, in the order of their upload; one query. The caller has checked the reader."""
    rows = StoredFile.objects.filter(target_type=target_type, target_id__in=set(target_ids), deleted_at=None)
    found: dict[UUID, list[FileView]] = defaultdict(list)
    for row in rows.order_by("pk"):
        if row.target_id:
            found[row.target_id].append(view_of(row))
    return dict(found)


def files_by_id(ids: Collection[UUID]) -> dict[UUID, FileView]:
    """Return these files by id; unknown and deleted ones are left out. One query. The caller has checked the reader."""
    rows = StoredFile.objects.filter(pk__in=set(ids), deleted_at=None)
    return {row.id: view_of(row) for row in rows}


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
    )
