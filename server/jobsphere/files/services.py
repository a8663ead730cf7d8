"""Verbs of files: store, attach, delete."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.files import quotas, selectors, stores
from jobsphere.files.access import MAX_ATTACHED
from jobsphere.files.errors import FileInUse
from jobsphere.files.events import FileAttached, FileDeleted, FileUploaded
from jobsphere.files.models import DocumentText, StoredFile
from jobsphere.files.policies import get_file_for, get_target_to_change
from jobsphere.files.tasks import make_variants, remove_content
from jobsphere.files.types import CheckedFile, FileView, Purpose
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import FieldError, Forbidden, InvalidInput
from jobsphere.outbox.services import enqueue, publish


def new_filename(extension: str) -> str:
    """Return a name that nobody can guess: 128 random bits and the extension."""
    return f"{secrets.token_hex(16)}.{extension}"


def store_file(*, actor: Actor, filename: str, checked: CheckedFile, purpose: Purpose = Purpose.ATTACHMENT) -> FileView:
    """Record a file whose content is in the storage already (`blobs.keep`), so that no transaction waits for a disk.

    Raises StorageQuotaReached and UploadsQuotaReached; the caller then discards the content.
    """
    require_transaction()
    quotas.reserve(actor.known_id(), len(checked.content))
    row = StoredFile.objects.create(
        owner_id=actor.known_id(),
        store=stores.current(),
        purpose=purpose,
        filename=filename,
        display_name=checked.display_name,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        width=checked.width,
        height=checked.height,
        colour=checked.colour,
    )
    if row.width:
        enqueue(make_variants, filename)
    detail = {"purpose": purpose, "content_type": checked.content_type, "size": row.size}
    record(actor=actor, verb="file.upload", target_type="file", target_id=row.id, detail=detail)
    publish(FileUploaded(file_id=row.id, owner_id=row.owner_id, purpose=purpose.value), actor=actor)
    return selectors.view_of(row)


def attach(*, actor: Actor, file_ids: Collection[UUID], to_type: str, to_id: UUID, pointer: str = "/file_ids") -> None:
    """Make the actor's own files part of a record, for its readers to read; again is harmless.

    Raises InvalidInput at `pointer` for a file that is not the actor's, gone, or part of another record, and for
    more than 20 files.
    """
    require_transaction()
    if len(set(file_ids)) > MAX_ATTACHED:
        raise InvalidInput.at(pointer, "too-many", f"At most {MAX_ATTACHED} files.")
    for index, file_id in enumerate(dict.fromkeys(file_ids)):
        _attach_one(actor, file_id, to_type, to_id, f"{pointer}/{index}")


def _attach_one(actor: Actor, file_id: UUID, to_type: str, to_id: UUID, pointer: str) -> None:
    mine = {"pk": file_id, "owner_id": actor.known_id(), "deleted_at": None}
    if update_where(StoredFile, {**mine, "target_id": None}, target_type=to_type, target_id=to_id):
        record(
            actor=actor,
            verb="file.attach",
            target_type="file",
            target_id=file_id,
            detail={"to_type": to_type, "to_id": to_id},
        )
        publish(FileAttached(file_id=file_id, target_type=to_type, target_id=to_id), actor=actor)
    elif not StoredFile.objects.filter(**mine, target_type=to_type, target_id=to_id).exists():
        detail = "This is not a file of yours, or it is part of something else. Upload it again."
        raise InvalidInput([FieldError(pointer, "no-such-file", detail)])


def set_files(*, actor: Actor, file_ids: Sequence[UUID], to_type: str, to_id: UUID) -> list[FileView]:
    """Make these, in this order of upload, the files of a record of one's own; those that were and are not named go.

    Raises NotFound where the actor may not change the record, InvalidInput for too many or the wrong kind of files, and
    what `attach` raises.
    """
    require_transaction()
    target = get_target_to_change(actor, to_type, to_id)
    wanted = set(file_ids)
    if len(wanted) > target.most:
        raise InvalidInput.at("/file_ids", "too-many", f"At most {target.most} files.")
    _require_purpose(file_ids, target.purpose)
    there = StoredFile.objects.filter(target_type=to_type, target_id=to_id, deleted_at=None)
    _remove(actor, there.exclude(pk__in=wanted))
    attach(actor=actor, file_ids=file_ids, to_type=to_type, to_id=to_id)
    return selectors.files_for(to_type, [to_id]).get(to_id, [])


def _require_purpose(file_ids: Sequence[UUID], purpose: Purpose) -> None:
    """Let a public place have public pictures only, and private places no public ones."""
    purposes = dict(StoredFile.objects.filter(pk__in=file_ids).values_list("pk", "purpose"))
    errors = [
        FieldError(f"/file_ids/{index}", "wrong-purpose", f"Upload this file with the purpose '{purpose}'.")
        for index, file_id in enumerate(file_ids)
        if purposes.get(file_id, purpose) != purpose
    ]
    if errors:
        raise InvalidInput(errors)


def remove_attached(*, actor: Actor, target_type: str, target_id: UUID) -> int:
    """Delete the files of a record that its app gives up (a paper that was taken back); returns how many there were.

    The app has checked that the actor may; the content goes with the queue.
    """
    require_transaction()
    rows = StoredFile.objects.filter(target_type=target_type, target_id=target_id, deleted_at=None)
    return _remove(actor, rows)


def remove_files_of(*, actor: Actor, owner_id: UUID, except_targets: Collection[str] = ()) -> int:
    """Delete the files of a person whose account is erased, but not what is part of such records; returns how many."""
    require_transaction()
    mine = StoredFile.objects.filter(owner_id=owner_id, deleted_at=None)
    return _remove(actor, mine.exclude(target_type__in=except_targets))


def remove_unattached(*, file_id: UUID) -> bool:
    """Delete a file that is part of nothing, because its time is over; False when it was attached meanwhile."""
    require_transaction()
    rows = StoredFile.objects.filter(pk=file_id, target_id=None, deleted_at=None)
    return _remove(SYSTEM, rows) == 1


def delete_file(*, actor: Actor, filename: str) -> None:
    """Delete one's own file; its content goes with the queue.

    Raises NotFound for who may not read it, Forbidden for a reader, FileInUse when it is part of a record.
    """
    require_transaction()
    file = get_file_for(actor, filename)
    if file.owner_id != actor.id:
        raise Forbidden("Only who uploaded a file can delete it.")
    if not _remove(actor, StoredFile.objects.filter(pk=file.id, target_id=None, deleted_at=None)):
        raise FileInUse("This file is part of a record that keeps it.")


def _remove(actor: Actor, rows: "QuerySet[StoredFile]") -> int:
    found = rows.values_list("id", "filename", "owner_id", "size", "target_id")
    return sum(_remove_one(actor, *each) for each in list(found))


def _remove_one(actor: Actor, file_id: UUID, filename: str, owner_id: UUID, size: int, target_id: UUID | None) -> bool:
    """Delete a file that still is where it was found; somebody may have attached or deleted it just now."""
    # The name that people gave it may name people.
    gone = {"deleted_at": clock.now(), "display_name": "deleted"}
    if not update_where(StoredFile, {"pk": file_id, "target_id": target_id, "deleted_at": None}, **gone):
        return False
    DocumentText.objects.filter(file_id=file_id).delete()
    quotas.release(owner_id, size)
    enqueue(remove_content, filename)
    record(actor=actor, verb="file.delete", target_type="file", target_id=file_id)
    publish(FileDeleted(file_id=file_id), actor=actor)
    return True
