"""What finance can do about an operation that the gateway refused."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from jobsphere.audit import services as audit
from jobsphere.db.composed import first
from jobsphere.db.guarded import update_where
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound, WrongStatus
from jobsphere.ledger.policies import require_finance
from jobsphere.outbox import services as outbox
from jobsphere.payments.models import GatewayOperation
from jobsphere.payments.operations.engine import attempt, attempt_operation
from jobsphere.payments.rules import QUEUE_BEHIND, OperationKind, OperationStatus

#: Those whose subject still waits for the outcome after a refusal.
_RETRYABLE = [OperationKind.CAPTURE, OperationKind.VOID, OperationKind.REVERSE_TRANSFER]


def retry_operation(*, actor: Actor, operation_id: UUID) -> None:
    """Send a refused operation again under a new key, once its cause is put right; for finance.

    It is looked up first, so nothing is done twice. Raises WrongStatus unless it was declined or rejected and its
    subject still waits for it; a refused refund is retried by `retry_refund`, other subjects have failed cleanly.
    """
    require_finance(actor)
    row = first(GatewayOperation, pk=operation_id)
    if row is None:
        raise NotFound("There is no such operation.")
    refused = [OperationStatus.DECLINED, OperationStatus.REJECTED]
    retried = update_where(
        GatewayOperation,
        {"pk": row.pk, "status__in": refused, "kind__in": _RETRYABLE},
        status=OperationStatus.UNKNOWN,
        generation=F("generation") + 1,
        look_first=True,
        settled_at=None,
        next_attempt_at=clock.now(),
    )
    if not retried:
        raise WrongStatus("retry", row.status)
    _go_on(actor, "operation.retry", row)


def hurry_operation(*, actor: Actor, operation_id: UUID) -> None:
    """Try an operation whose outcome is still open now, instead of when its turn comes; for finance.

    Nothing is sent twice: it keeps its key. Raises NotFound, and WrongStatus when it is settled or under way.
    """
    require_finance(actor)
    row = first(GatewayOperation, pk=operation_id)
    if row is None:
        raise NotFound("There is no such operation.")
    waiting = {"pk": row.pk, "status__in": [OperationStatus.PENDING, OperationStatus.UNKNOWN]}
    if not update_where(GatewayOperation, waiting, next_attempt_at=clock.now()):
        raise WrongStatus("retry", row.status)
    _go_on(actor, "operation.hurry", row)


def _go_on(actor: Actor, verb: str, row: GatewayOperation) -> None:
    """Note who wanted it, and attempt it after the commit, with the queue behind it."""
    audit.record(
        actor=actor,
        verb=verb,
        target_type=row.subject_type,
        target_id=row.subject_id,
        detail={"operation": row.pk, "kind": row.kind},
    )
    outbox.enqueue(attempt_operation, row.pk, run_after=clock.now() + QUEUE_BEHIND)
    transaction.on_commit(lambda: attempt(row.pk), robust=True)
