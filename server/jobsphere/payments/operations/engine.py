"""One attempt: claim it, ask the gateway outside of any transaction, record the outcome.

Two workers never mean to attempt at once (the claim has a lease); if they do all the same, both send the same key and
only one of them records. A process that dies in between leaves an expired lease, and the job below asks again.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from structlog.contextvars import bound_contextvars

from jobsphere.db.composed import first, get, refresh
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.outbox.errors import Postpone
from jobsphere.outbox.subscriptions import job
from jobsphere.payments import health, registry
from jobsphere.payments.gateways.base import Gateway, Ok, Outcome, Unknown
from jobsphere.payments.models import GatewayOperation
from jobsphere.payments.operations.kinds import Operation, kind_of
from jobsphere.payments.operations.settling import postpone, settle, snapshot_of
from jobsphere.payments.rules import LEASE, LOOK_UP_AFTER, UNSETTLED, OperationStatus
from jobsphere.watch import tracing

logger = structlog.get_logger("jobsphere.payments")


def attempt(operation_id: UUID) -> None:
    """Make one attempt if nobody else is making it; must be called outside of any transaction."""
    with bound_contextvars(operation_id=str(operation_id)), tracing.span("operation", operation_id=operation_id):
        _attempt(operation_id)


def _attempt(operation_id: UUID) -> None:
    with edge_transaction():
        row = _claim(operation_id)
    if row is None:
        return
    operation = snapshot_of(row)
    outcome = _ask(operation, look_first=row.look_first)
    logger.info("gateway answered", kind=operation.kind, outcome=type(outcome).__name__)
    with edge_transaction():
        if isinstance(outcome, Unknown):
            postpone(operation, outcome)
        else:
            settle(operation, outcome)
    health.note(operation.gateway, outcome)


@job(name="payments.attempt_operation")
def attempt_operation(operation_id: str) -> None:
    """Go on with an operation until its outcome is known, however long the gateway is away."""
    row = first(GatewayOperation, pk=UUID(operation_id))
    if row is None or row.status not in UNSETTLED:
        return
    if (wait := _wait(row)) <= timedelta(0):
        attempt(row.pk)
        refresh(row)
        if row.status not in UNSETTLED:
            return
        wait = _wait(row)
    raise Postpone(max(wait, timedelta(seconds=1)))


def _wait(row: GatewayOperation) -> timedelta:
    return (row.next_attempt_at or clock.now()) - clock.now()


def _claim(operation_id: UUID) -> GatewayOperation | None:
    """Take the right to attempt, and let the subject prepare; None when there is nothing to do just now."""
    row = GatewayOperation.objects.filter(pk=operation_id, status__in=sorted(UNSETTLED)).first()
    now = clock.now()
    if row is None or (row.leased_until is not None and row.leased_until > now):
        return None
    claimed = update_where(
        GatewayOperation,
        {"pk": row.pk, "status": row.status, "attempts": row.attempts},
        status=OperationStatus.IN_FLIGHT,
        attempts=row.attempts + 1,
        first_sent_at=row.first_sent_at or now,
        leased_until=now + LEASE,
        next_attempt_at=now + LEASE,
    )
    if not claimed:
        return None
    refresh(row)
    operation = snapshot_of(row)
    if kind_of(operation).begin(operation):
        return row
    GatewayOperation.objects.filter(pk=row.pk).update(
        status=OperationStatus.CANCELLED, settled_at=now, leased_until=None, next_attempt_at=None
    )
    return None


def _ask(operation: Operation, *, look_first: bool) -> Outcome[Any]:
    """Send the operation; where its key may be forgotten or spoilt, look up first what became of it."""
    gateway = registry.gateway(operation.gateway)
    kind = kind_of(operation)
    old = clock.now() - operation.first_sent_at > min(LOOK_UP_AFTER, gateway.capabilities.idempotency_lifetime)
    if not kind.makes_object or not (old or look_first):
        return kind.send(gateway, operation)
    found = kind.find(gateway, operation)
    if not isinstance(found, Ok):
        return found if isinstance(found, Unknown) else Unknown(f"it could not be looked up: {found}")
    if found.object is not None:
        return kind.judge(found.object)
    return _send_afresh(gateway, operation, spoilt=look_first)


def _send_afresh(gateway: Gateway, operation: Operation, *, spoilt: bool) -> Outcome[Any]:
    """Send what the gateway surely has not done, under a new key if it has spoilt the old one."""
    if spoilt:
        with edge_transaction():
            row = get(GatewayOperation, pk=operation.id)
            mine = {"pk": row.pk, "status": OperationStatus.IN_FLIGHT, "attempts": operation.attempt}
            if not update_where(GatewayOperation, mine, generation=row.generation + 1, look_first=False):
                return Unknown("another attempt has taken over")
        refresh(row)
        operation = snapshot_of(row)
    return kind_of(operation).send(gateway, operation)
