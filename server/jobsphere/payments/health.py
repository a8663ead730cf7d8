"""Whether a gateway answers: a circuit breaker in the database, so that all processes know what one has seen.

Requests without an answer are counted; a refusal is an answer. Too many in a row open the circuit, and new payments
go to the next gateway (`routing.py`). After a pause one new payment is sent to see; any answer, also to an old
operation that is tried again, closes the circuit. What exists at a gateway never leaves it.
"""

from collections.abc import Iterable
from typing import Any

from jobsphere.audit import services as audit
from jobsphere.db.composed import first, refresh
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import edge_transaction, require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.outbox import services as outbox
from jobsphere.payments.events import CircuitClosed, CircuitOpened
from jobsphere.payments.gateways.base import Outcome, Unknown
from jobsphere.payments.models import GatewayHealth
from jobsphere.payments.rules import (
    FAILURE_WINDOW,
    FAILURES_TO_OPEN,
    PROBE_TIME,
    CircuitState,
    circuit_pause,
)

_NOT_CLOSED = [CircuitState.OPEN, CircuitState.HALF_OPEN]


def note(name: str, outcome: Outcome[Any]) -> None:
    """Count what a request has come to; called outside of any transaction. A healthy gateway costs one read."""
    if isinstance(outcome, Unknown):
        with edge_transaction():
            _note_silence(name, outcome.reason)
        return
    row = first(GatewayHealth, name=name)
    if row is not None and not row.forced and (row.failures or row.state != CircuitState.CLOSED):
        with edge_transaction():
            _note_answer(row)


def states(names: Iterable[str]) -> dict[str, GatewayHealth]:
    """Return what is known of the gateways' health; one that never failed is not in it."""
    return {row.name: row for row in GatewayHealth.objects.filter(name__in=list(names))}


def answers(row: GatewayHealth | None) -> bool:
    """Say whether a new payment may be made there now, if need be as the one that sees whether it answers."""
    if row is None or row.state == CircuitState.CLOSED:
        return True
    return not row.forced and row.retry_at is not None and row.retry_at <= clock.now()


def is_closed(row: GatewayHealth | None) -> bool:
    """Say whether nothing keeps new payments from this gateway."""
    return row is None or row.state == CircuitState.CLOSED


def claim_probe(row: GatewayHealth | None) -> bool:
    """Be the one payment that sees whether the gateway answers again; False when another one is that already."""
    if row is None or row.state == CircuitState.CLOSED:
        return True
    mine = {"pk": row.pk, "state": row.state, "retry_at": row.retry_at, "forced": False}
    return update_where(GatewayHealth, mine, state=CircuitState.HALF_OPEN, retry_at=clock.now() + PROBE_TIME)


def force_open(name: str, *, actor: Actor, reason: str) -> None:
    """Make no new payment there until `force_close`, whatever it answers."""
    row = _row(name)
    changes = {"state": CircuitState.OPEN, "forced": True, "since": clock.now(), "retry_at": None}
    if update_where(GatewayHealth, {"pk": row.pk, "forced": False}, **changes):
        _tell_opened(row, actor=actor, forced=True, reason=reason)


def force_close(name: str, *, actor: Actor, reason: str) -> None:
    """Make new payments there again, until it fails too often once more."""
    row = _row(name)
    if update_where(GatewayHealth, {"pk": row.pk, "state__in": _NOT_CLOSED}, **_closed()):
        _tell_closed(row, actor=actor, forced=True, reason=reason)


def _note_answer(row: GatewayHealth) -> None:
    if row.state == CircuitState.CLOSED:
        update_where(GatewayHealth, {"pk": row.pk, "state": row.state, "failures": row.failures}, failures=0)
    elif update_where(GatewayHealth, {"pk": row.pk, "state__in": _NOT_CLOSED, "forced": False}, **_closed()):
        _tell_closed(row, actor=SYSTEM, forced=False, reason="it answers again")


def _note_silence(name: str, reason: str) -> None:
    """Count one more failure; in an open circuit there is nothing to count, and the row stays cold."""
    row = _row(name)
    while row.state != CircuitState.OPEN:
        now = clock.now()
        in_a_row = row.failed_at is not None and now - row.failed_at < FAILURE_WINDOW
        changes: dict[str, Any] = {
            "failures": row.failures + 1 if in_a_row else 1,
            "failed_at": now,
            "last_error": reason[:255],
        }
        opens = row.state == CircuitState.HALF_OPEN or changes["failures"] >= FAILURES_TO_OPEN
        if opens:
            openings = row.openings + 1
            changes |= {"state": CircuitState.OPEN, "openings": openings, "retry_at": now + circuit_pause(openings)}
            if row.state == CircuitState.CLOSED:
                changes["since"] = now
        seen = {"pk": row.pk, "state": row.state, "failures": row.failures}
        if update_where(GatewayHealth, seen, **changes):
            if opens and row.state == CircuitState.CLOSED:
                _tell_opened(row, actor=SYSTEM, forced=False, reason=reason)
            return
        refresh(row)


def _row(name: str) -> GatewayHealth:
    require_transaction()
    GatewayHealth.objects.bulk_create([GatewayHealth(name=name, since=clock.now())], ignore_conflicts=True)
    return GatewayHealth.objects.get(name=name)


def _closed() -> dict[str, Any]:
    return {
        "state": CircuitState.CLOSED,
        "forced": False,
        "since": clock.now(),
        "failures": 0,
        "openings": 0,
        "retry_at": None,
    }


def _tell_opened(row: GatewayHealth, *, actor: Actor, forced: bool, reason: str) -> None:
    _record(row, "gateway.open", actor, reason)
    outbox.publish(CircuitOpened(circuit_id=row.pk, gateway=row.name, forced=forced, reason=reason[:255]), actor=actor)


def _tell_closed(row: GatewayHealth, *, actor: Actor, forced: bool, reason: str) -> None:
    _record(row, "gateway.close", actor, reason)
    outbox.publish(CircuitClosed(circuit_id=row.pk, gateway=row.name, forced=forced), actor=actor)


def _record(row: GatewayHealth, verb: str, actor: Actor, reason: str) -> None:
    detail = {"gateway": row.name, "reason": reason}
    audit.record(actor=actor, verb=verb, target_type="gateway", target_id=row.pk, detail=detail)
