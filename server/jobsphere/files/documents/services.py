"""Verbs of documents: ask for the words, note what was read."""

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.files.documents.policies import get_own_document_for
from jobsphere.files.documents.selectors import text_of
from jobsphere.files.documents.tasks import read_document
from jobsphere.files.models import DocumentText
from jobsphere.files.types import DocumentTextView, TextStatus
from jobsphere.kit.actor import Actor
from jobsphere.outbox.services import enqueue


def request_text(*, actor: Actor, filename: str) -> DocumentTextView:
    """Have the queue read a document of one's own; again is harmless, and tries again what has failed.

    Raises NotFound, and NotReadable for a file that is no PDF or DOCX.
    """
    require_transaction()
    file = get_own_document_for(actor, filename)
    row, is_new = DocumentText.objects.get_or_create(file_id=file.id, defaults={"status": TextStatus.PENDING})
    again = {"status": TextStatus.PENDING, "reason": "", "done_at": None}
    if is_new or update_where(DocumentText, {"pk": row.pk, "status": TextStatus.FAILED}, **again):
        enqueue(read_document, file.id)
        record(actor=actor, verb="file.read_text", target_type="file", target_id=file.id)
    return text_of(actor, filename)
