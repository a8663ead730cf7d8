"""What the worker does for documents."""

from uuid import UUID

from jobsphere.db.transactions import edge_transaction
from jobsphere.files import blobs
from jobsphere.files.documents import sandbox
from jobsphere.files.documents.recording import record_reading
from jobsphere.files.documents.rules import READABLE
from jobsphere.files.models import DocumentText
from jobsphere.files.rules import SEALED_PURPOSES
from jobsphere.files.types import TextStatus
from jobsphere.outbox.subscriptions import job


@job()
def read_document(file_id: str) -> None:
    """Read the words of a document, in a process of its own, and keep them."""
    waiting = DocumentText.objects.select_related("file").filter(file_id=UUID(file_id), status=TextStatus.PENDING)
    row = waiting.filter(file__deleted_at=None).first()
    if row is None:
        return
    file = row.file
    sealed = file.purpose in SEALED_PURPOSES
    with blobs.read(file.filename, sealed=sealed, store=file.store) as content:
        reading = sandbox.read(content, READABLE[file.filename.rpartition(".")[2]])
    with edge_transaction():
        record_reading(text_id=row.pk, reading=reading)
