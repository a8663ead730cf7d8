"""Who may read a file."""

from jobsphere.files.access import may_read_target
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
