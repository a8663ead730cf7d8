"""Recording what became of an operation: exactly once, whoever learns it first (the call, a webhook, a look-up)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.composed import get
from jobsphere.db.guarded import update_where
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.outbox import services as outbox
from jobsphere.payments.events import OperationRejected, OperationStuck
from jobsphere.payments.gateways.base import ActionRequired, Declined, Ok, Rejected, Unknown
from jobsphere.payments.models import GatewayOperation
from jobsphere.payments.operations.kinds import Operation, Settled, kind_of
from jobsphere.payments.rules import (
    PATIENCE,
    STUCK_AFTER,
    UNSETTLED,
    OperationKind,
    OperationStatus,
    retry_delay,
)


def snapshot_of(row: GatewayOperation) -> Operation:
    """Return what the gateway call may see of a row."""
    return Operation(
        id=row.pk,
        kind=OperationKind(row.kind),
        subject_id=row.subject_id,
        gateway=row.gateway,
        key=row.sent_key,
        request=row.request,
        attempt=row.attempts,
        first_sent_at=row.first_sent_at or clock.now(),
    )


def settle(operation: Operation, outcome: Settled) -> bool:
    """Record a final outcome and what it means; False when it was recorded before, and nothing is changed."""
    if isinstance(outcome, Declined) and _waits(operation, outcome):
        return _try_again(operation, outcome.message, spoilt=True)
    moved = update_where(
        GatewayOperation,
        {"pk": operation.id, "status__in": sorted(UNSETTLED)},
        status=_STATUSES[type(outcome)],
        gateway_object_id=_object_id(outcome),
        last_error=_error(outcome)[:1000],
        settled_at=clock.now(),
        next_attempt_at=None,
        leased_until=None,
    )
    if not moved:
        return False
    kind_of(operation).record(operation, outcome)
    if isinstance(outcome, Rejected):
        _alarm(operation, outcome)
    return True


def postpone(operation: Operation, outcome: Unknown) -> None:
    """Record that nobody knows, and when to ask again: never as a failure."""
    _try_again(operation, outcome.reason, asked=outcome.retry_after, look=outcome.key_spent)
    if operation.attempt == STUCK_AFTER:
        outbox.publish(
            OperationStuck(
                operation_id=operation.id,
                kind=operation.kind.value,
                subject_type=_subject_type(operation.id),
                subject_id=operation.subject_id,
                attempts=operation.attempt,
            )
        )


def _try_again(
    operation: Operation, error: str, *, asked: timedelta | None = None, look: bool = False, spoilt: bool = False
) -> bool:
    """Put the operation back; only the attempt that holds the claim may do so.

    `spoilt`: nothing moved, and the key would only repeat the refusal. `look`: the key may be spoilt, so the next
    attempt looks before it takes a new one.
    """
    now = clock.now()
    delay = retry_delay(operation.attempt, asked)
    changes: dict[str, Any] = {"look_first": look}
    if spoilt:
        row = get(GatewayOperation, pk=operation.id)
        changes = {"generation": row.generation + 1}
    return update_where(
        GatewayOperation,
        {"pk": operation.id, "status": OperationStatus.IN_FLIGHT, "attempts": operation.attempt},
        status=OperationStatus.UNKNOWN,
        next_attempt_at=now + delay,
        leased_until=None,
        last_error=error[:1000],
        **changes,
    )


def settle_by_id(operation_id: str, outcome: Settled) -> bool:
    """Record what a webhook has brought about an operation that is still open, perhaps before its own call returns."""
    try:
        row = GatewayOperation.objects.get(pk=UUID(operation_id), status__in=sorted(UNSETTLED))
    except (ValueError, GatewayOperation.DoesNotExist):
        return False
    return settle(snapshot_of(row), outcome)


_STATUSES: dict[type, OperationStatus] = {
    Ok: OperationStatus.SUCCEEDED,
    ActionRequired: OperationStatus.ACTION_REQUIRED,
    Declined: OperationStatus.DECLINED,
    Rejected: OperationStatus.REJECTED,
}


def _waits(operation: Operation, outcome: Declined) -> bool:
    patient = clock.now() - operation.first_sent_at < PATIENCE
    return patient and kind_of(operation).waits_out(outcome)


def _object_id(outcome: Settled) -> str:
    if isinstance(outcome, Ok):
        return str(getattr(outcome.object, "gateway_id", "") or getattr(outcome.object, "payee_id", ""))
    if isinstance(outcome, ActionRequired):
        return outcome.payment.gateway_id
    return outcome.gateway_id if isinstance(outcome, Declined) else ""


def _error(outcome: Settled) -> str:
    if isinstance(outcome, Declined | Rejected):
        return f"{outcome.code}: {outcome.message}"
    return ""


def _alarm(operation: Operation, outcome: Rejected) -> None:
    """Make sure that a person looks at what only a person can put right."""
    subject_type = _subject_type(operation.id)
    audit.record(
        actor=SYSTEM,
        verb="operation.reject",
        target_type=subject_type,
        target_id=operation.subject_id,
        detail={"operation": operation.id, "kind": operation.kind, "code": outcome.code, "message": outcome.message},
    )
    outbox.publish(
        OperationRejected(
            operation_id=operation.id,
            kind=operation.kind.value,
            subject_type=subject_type,
            subject_id=operation.subject_id,
            message=outcome.message,
        )
    )


def _subject_type(operation_id: UUID) -> str:
    return GatewayOperation.objects.values_list("subject_type", flat=True).get(pk=operation_id)
