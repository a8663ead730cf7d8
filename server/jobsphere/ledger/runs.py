"""Reconciliation as a run: asked for by a person or the night, carried out by the queue check by check, and kept.

A run reads, so each check stands for itself: what it found is stored when it is done, and a person watching sees how
far the run is. A difference is known again by its code and subject: it has a first time, a last time, and the moment
from which on it was gone.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.guarded import move, update_where
from jobsphere.db.transactions import edge_transaction, require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import NotFound
from jobsphere.ledger import checks, policies
from jobsphere.ledger.errors import AlreadyAcknowledged, ReconciliationRunning
from jobsphere.ledger.models import Difference, ReconciliationRun
from jobsphere.ledger.rules import RunStatus
from jobsphere.ledger.types import Discrepancy
from jobsphere.outbox import services as outbox
from jobsphere.outbox.subscriptions import job, periodic

_OPEN = (RunStatus.QUEUED, RunStatus.RUNNING)
#: A run that has shown no progress for so long was killed; the queue takes it up again, or another one may begin.
_LOST = timedelta(hours=1)


def start(*, actor: Actor, scope: checks.Scope = checks.Scope()) -> UUID:  # noqa: B008  frozen
    """Queue a run and return its id; raises Forbidden without "finance", ReconciliationRunning while one goes on."""
    policies.require_finance(actor)
    require_transaction()
    running = ReconciliationRun.objects.filter(status__in=_OPEN, created_at__gt=clock.now() - _LOST)
    if running.exists():
        raise ReconciliationRunning
    row = ReconciliationRun.objects.create(
        started_by_id=actor.id,
        started_by_name=actor.name[:200],
        gateway=scope.gateway,
        since=scope.since,
        checks_total=len(_names(scope)),
    )
    outbox.enqueue(carry_out, row.pk)
    detail = {"gateway": scope.gateway, "since": scope.since}
    audit.record(
        actor=actor, verb="reconciliation.start", target_type="reconciliation", target_id=row.pk, detail=detail
    )
    return row.pk


@job()
def carry_out(run_id: str) -> None:
    """Fetch what is new at the gateways, run every check, keep what they find. A killed run begins again."""
    with edge_transaction():
        begun = move(ReconciliationRun, UUID(run_id), from_status=_OPEN, to_status=RunStatus.RUNNING,
                     started_at=clock.now(), checks=[], checks_done=0, differences=0, pending=0)  # fmt: skip
    if not begun:
        return
    row = ReconciliationRun.objects.get(pk=run_id)
    scope = checks.Scope(row.gateway, row.since)
    _progress(row, "what is new at the gateways")
    failed = checks.prepare(scope)
    if failed:
        _keep(row, "reconciliation", failed, 0, scope)
    for name in _names(scope):
        _progress(row, name)
        began = time.monotonic()
        found = checks.run_one(name, scope)
        _keep(row, name, found, round(1000 * (time.monotonic() - began)), scope)
    with edge_transaction():
        move(ReconciliationRun, row.pk, from_status=RunStatus.RUNNING, to_status=RunStatus.FINISHED,
             current="", finished_at=clock.now())  # fmt: skip


@periodic(every=timedelta(days=1))
def reconcile_nightly() -> None:
    """Reconcile everything once a day; the run is kept like any other."""
    try:
        with edge_transaction():
            start(actor=SYSTEM)
    except ReconciliationRunning:
        return


def acknowledge(*, actor: Actor, difference_id: UUID, note: str) -> None:
    """Say that a person knows of a difference, and what they found out; it stays until it is gone.

    Raises Forbidden without "finance", NotFound, and AlreadyAcknowledged.
    """
    policies.require_finance(actor)
    who = {"acknowledged_by_id": actor.id, "acknowledged_by_name": actor.name[:200], "note": note}
    if not Difference.objects.filter(pk=difference_id).exists():
        raise NotFound("There is no such difference.")
    condition = {"pk": difference_id, "acknowledged_at": None}
    if not update_where(Difference, condition, acknowledged_at=clock.now(), **who):
        raise AlreadyAcknowledged
    audit.record(
        actor=actor,
        verb="reconciliation.acknowledge",
        target_type="difference",
        target_id=difference_id,
        detail={"note": note},
    )


def _names(scope: checks.Scope) -> list[str]:
    return [name for name in checks.registered() if checks.covers(name, scope)]


def _progress(row: ReconciliationRun, current: str) -> None:
    with edge_transaction():
        ReconciliationRun.objects.filter(pk=row.pk).update(current=current)


def _keep(
    row: ReconciliationRun, name: str, found: Sequence[Discrepancy], milliseconds: int, scope: checks.Scope
) -> None:
    """Store what a check found, and what of it is gone."""
    unique = {(each.code, each.subject[:300]): each for each in found}
    with edge_transaction():
        known = {(each.code, each.subject): each for each in Difference.objects.filter(check_name=name, gone_at=None)}
        _see_again(row, [(known[key], each) for key, each in unique.items() if key in known])
        new = [_new(row, name, each) for key, each in unique.items() if key not in known]
        Difference.objects.bulk_create(new, batch_size=500)
        if scope == checks.Scope() and not any(each.kind == checks.BROKEN for each in found):
            lost = [each.pk for key, each in known.items() if key not in unique]
            Difference.objects.filter(pk__in=lost).update(gone_at=clock.now())
        _count(row, name, list(unique.values()), milliseconds)


def _see_again(row: ReconciliationRun, seen: Iterable[tuple[Difference, Discrepancy]]) -> None:
    for known, each in seen:
        known.last_run, known.last_seen_at, known.pending = row, clock.now(), each.pending
        known.words, known.times_seen = each.detail[:2000], known.times_seen + 1
        known.amount = each.amount.amount if each.amount else None
        known.save(update_fields=["last_run", "last_seen_at", "pending", "words", "times_seen", "amount"])


def _new(row: ReconciliationRun, name: str, found: Discrepancy) -> Difference:
    return Difference(
        check_name=name,
        code=found.code,
        subject=found.subject[:300],
        words=found.detail[:2000],
        currency=found.amount.currency if found.amount else "",
        amount=found.amount.amount if found.amount else None,
        pending=found.pending,
        first_run=row,
        last_run=row,
        last_seen_at=clock.now(),
    )


def _count(row: ReconciliationRun, name: str, found: Sequence[Discrepancy], milliseconds: int) -> None:
    pending = sum(each.pending for each in found)
    row.checks = [
        *row.checks,
        {"name": name, "differences": len(found) - pending, "pending": pending, "milliseconds": milliseconds},
    ]
    row.checks_done += name != "reconciliation"
    row.differences += len(found) - pending
    row.pending += pending
    row.save(update_fields=["checks", "checks_done", "differences", "pending"])
