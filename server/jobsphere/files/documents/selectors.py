"""Reads of what was read."""

from jobsphere.files.documents.policies import get_own_document_for
from jobsphere.files.documents.rules import DETAILS
from jobsphere.files.models import DocumentText
from jobsphere.files.types import DocumentTextView, TextStatus
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound


def text_of(viewer: Actor, filename: str) -> DocumentTextView:
    """Return the words of a document of one's own, or where the reading stands.

    Raises NotFound for anybody else's and where nobody has asked for them, NotReadable.
    """
    file = get_own_document_for(viewer, filename)
    row = DocumentText.objects.filter(file_id=file.id).first()
    if row is None:
        raise NotFound("Nobody has asked for the words of this file. POST here to have them read.")
    status = TextStatus(row.status)
    return DocumentTextView(
        filename, status, row.reason, DETAILS.get(row.reason, ""), row.text, row.pages, row.truncated, row.done_at
    )
