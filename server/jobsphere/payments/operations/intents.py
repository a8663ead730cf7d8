"""Writing an intent: in the verb's own transaction, with a stable key; the first attempt follows its commit."""

from typing import Any
from uuid import UUID

from django.db import transaction

from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.ids import uuid7
from jobsphere.outbox import services as outbox
from jobsphere.payments.models import GatewayOperation
from jobsphere.payments.operations.engine import attempt, attempt_operation
from jobsphere.payments.rules import QUEUE_BEHIND, OperationKind


def start(
    kind: OperationKind,
    *,
    subject_type: str,
    subject_id: UUID,
    gateway: str,
    key: str,
    request: dict[str, Any] | None = None,
) -> UUID:
    """Write the intent once per key and return its id; whoever comes second gets the first one's.

    After the commit it is attempted at once, so that a person normally sees the result in the same request; the queue
    goes on if that fails, or if this process dies before.
    """
    require_transaction()
    row = GatewayOperation(
        id=uuid7(),
        kind=kind,
        subject_type=subject_type,
        subject_id=subject_id,
        gateway=gateway,
        key=key,
        request=request or {},
        next_attempt_at=clock.now(),
    )
    GatewayOperation.objects.bulk_create([row], ignore_conflicts=True)
    written = GatewayOperation.objects.values_list("pk", flat=True).get(gateway=gateway, key=key)
    if written == row.pk:
        outbox.enqueue(attempt_operation, row.pk, run_after=clock.now() + QUEUE_BEHIND)
        transaction.on_commit(lambda: attempt(row.pk), robust=True)
    return written
