"""Whose documents are read for whom: one's own alone."""

from jobsphere.files.documents.errors import NotReadable
from jobsphere.files.documents.rules import READABLE
from jobsphere.files.policies import get_file_for
from jobsphere.files.types import FileView
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound


def get_own_document_for(actor: Actor, filename: str) -> FileView:
    """Return a document of one's own; raises NotFound for anybody else's, NotReadable for what has no words for us."""
    file = get_file_for(actor, filename)
    if file.owner_id != actor.id:
        raise NotFound("There is no such file, or it is not for you.")
    if filename.rpartition(".")[2] not in READABLE:
        raise NotReadable("Words are read from PDF and DOCX only.")
    return file
