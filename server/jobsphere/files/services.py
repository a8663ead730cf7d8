"""Verbs of files: store, attach, delete."""

import hashlib
import secrets
from collections.abc import Collection
from uuid import UUID

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.files import selectors
from jobsphere.files.errors import FileInUse
from jobsphere.files.events import FileAttached, FileDeleted, FileUploaded
from jobsphere.files.models import StoredFile
from jobsphere.files.policies import get_file_for
from jobsphere.files.tasks import remove_content
from jobsphere.files.types import CheckedFile, FileView, Purpose
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import FieldError, Forbidden, InvalidInput
from jobsphere.outbox.services import enqueue, publish

#: Files that one record may have.
MAX_ATTACHED = 20


def new_filename(extension: str) -> str:
    """Return a name that nobody can guess: 128 random bits and the extension."""
    return f"{secrets.token_hex(16)}.{extension}"


def store_file(*, actor: Actor, filename: str, checked: CheckedFile, purpose: Purpose = Purpose.ATTACHMENT) -> FileView:
    """Record a file whose content is in the storage already (`blobs.keep`), so that no transaction waits for a disk."""
    require_transaction()
    row = StoredFile.objects.create(
        owner_id=actor.known_id(),
        purpose=purpose,
        filename=filename,
        display_name=checked.display_name,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        width=checked.width,
        height=checked.height,
    )
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


def delete_file(*, actor: Actor, filename: str) -> None:
    """Delete one's own file; its content goes with the queue.

    Raises NotFound for who may not read it, Forbidden for a reader, FileInUse when it is part of a record.
    """
    require_transaction()
    file = get_file_for(actor, filename)
    if file.owner_id != actor.id:
        raise Forbidden("Only who uploaded a file can delete it.")
    if not update_where(StoredFile, {"pk": file.id, "target_id": None, "deleted_at": None}, deleted_at=clock.now()):
        raise FileInUse("This file is part of a record that keeps it.")
    enqueue(remove_content, filename)
    record(actor=actor, verb="file.delete", target_type="file", target_id=file.id)
    publish(FileDeleted(file_id=file.id), actor=actor)
