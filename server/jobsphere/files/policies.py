"""Who may read a file."""

from uuid import UUID

from jobsphere.files.access import Target, may_read_target, target
from jobsphere.files.models import StoredFile
from jobsphere.files.rules import PUBLIC_PURPOSES, is_filename
from jobsphere.files.selectors import view_of
from jobsphere.files.types import FileView
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound


def get_file_for(actor: Actor, filename: str) -> FileView:
    """Return the file if this actor may read it; raises NotFound otherwise, never telling whether it exists."""
    row = StoredFile.objects.filter(filename=filename, deleted_at=None).first() if is_filename(filename) else None
    if row is None or not can_read(actor, view_of(row)):
        raise NotFound("There is no such file, or it is not for you.")
    return view_of(row)


def can_read(actor: Actor, file: FileView) -> bool:
    """Public pictures are for everybody; others for their owner, the readers of their record, and administrators."""
    if file.purpose in PUBLIC_PURPOSES or actor.is_admin:
        return True
    if actor.id is not None and actor.id == file.owner_id:
        return True
    return file.target_id is not None and may_read_target(actor, file.target_type, file.target_id)


def get_target(target_type: str) -> Target:
    """Return a kind of record that has files; raises NotFound for any other word."""
    found = target(target_type)
    if found is None:
        raise NotFound("Nothing of this kind has files.")
    return found


def get_target_to_change(actor: Actor, target_type: str, target_id: UUID) -> Target:
    """Return the kind of a record whose files the actor may set; raises NotFound otherwise."""
    found = get_target(target_type)
    if found.may_change is None or not found.may_change(actor, target_id):
        raise NotFound("There is no such record, or its files are not yours to change.")
    return found
