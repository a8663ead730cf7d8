"""Notes what the reader has found."""

from uuid import UUID

from jobsphere.db.encryption_fields import sealed
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.files.documents.sandbox import Reading
from jobsphere.files.models import DocumentText
from jobsphere.files.types import TextStatus
from jobsphere.kit import clock


def record_reading(*, text_id: UUID, reading: Reading) -> bool:
    """Keep the words, sealed, or the reason why there are none; False when nobody waits for them any more."""
    require_transaction()
    status = TextStatus.FAILED if reading.reason else TextStatus.READY
    return update_where(
        DocumentText,
        {"pk": text_id, "status": TextStatus.PENDING},
        status=status,
        reason=reading.reason,
        text=sealed(DocumentText, "text", text_id, reading.text),
        pages=reading.pages,
        truncated=reading.truncated,
        done_at=clock.now(),
    )
