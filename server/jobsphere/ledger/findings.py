"""Reads of reconciliation runs and of what they found, for those who account for the money."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from jobsphere.db.rows import Rows, each
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.money import Money
from jobsphere.ledger import checks, policies
from jobsphere.ledger.models import Difference, ReconciliationRun
from jobsphere.ledger.rules import RunStatus


@dataclass(frozen=True, slots=True)
class RunView:
    """A run of the checks: how far it is, and how many differences it found (`pending`: a matter of time)."""

    id: UUID
    status: str
    started_by: str
    gateway: str
    since: datetime | None
    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    checks_total: int
    checks_done: int
    current: str
    differences: int
    pending: int
    checks: tuple[Mapping[str, Any], ...]

    @property
    def sound(self) -> bool:
        """Say whether the run has ended and found nothing but what is under way."""
        return self.status == RunStatus.FINISHED and not self.differences


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """A difference in words, with what it means and what to do next."""

    id: UUID
    check: str
    code: str
    subject: str
    words: str
    meaning: str
    next_step: str
    amount: Money | None
    pending: bool
    first_seen: datetime
    last_seen: datetime
    times_seen: int
    gone_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    note: str


def runs(viewer: Actor) -> Rows[RunView]:
    """Return the runs, for a page of them; Forbidden without "finance". One query a page."""
    policies.require_finance(viewer)
    return Rows(ReconciliationRun.objects.all(), each(_run))


def run(viewer: Actor, run_id: UUID) -> RunView:
    """Return one run; Forbidden without "finance", NotFound."""
    policies.require_finance(viewer)
    row = ReconciliationRun.objects.filter(pk=run_id).first()
    if row is None:
        raise NotFound("There is no such reconciliation.")
    return _run(row)


def differences(
    viewer: Actor, *, run_id: UUID | None = None, gone: bool | None = None, acknowledged: bool | None = None
) -> Rows[DifferenceView]:
    """Return differences, for a page of them: those that a run saw, those (not) gone, (not) acknowledged.

    Forbidden without "finance". One query a page, two with a run.
    """
    policies.require_finance(viewer)
    rows = Difference.objects.all()
    if run_id:
        asked = run(viewer, run_id)
        rows = rows.filter(_seen_by(asked))
    if gone is not None:
        rows = rows.filter(gone_at__isnull=not gone)
    if acknowledged is not None:
        rows = rows.filter(acknowledged_at__isnull=not acknowledged)
    return Rows(rows, each(_difference))


def open_count() -> int:
    """Return how many differences are there now that time alone will not mend, for the metrics. One query."""
    return Difference.objects.filter(gone_at=None, pending=False).count()


def difference(viewer: Actor, difference_id: UUID) -> DifferenceView:
    """Return one difference; Forbidden without "finance", NotFound."""
    policies.require_finance(viewer)
    row = Difference.objects.filter(pk=difference_id).first()
    if row is None:
        raise NotFound("There is no such difference.")
    return _difference(row)


def _seen_by(asked: RunView) -> Q:
    """Ids follow time, and so do runs: a run saw what was seen before or by it, and by it or after it."""
    return Q(first_run_id__lte=asked.id, last_run_id__gte=asked.id)


def _run(row: ReconciliationRun) -> RunView:
    return RunView(
        id=row.pk,
        status=row.status,
        started_by=row.started_by_name,
        gateway=row.gateway,
        since=row.since,
        asked_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        checks_total=row.checks_total,
        checks_done=row.checks_done,
        current=row.current,
        differences=row.differences,
        pending=row.pending,
        checks=tuple(row.checks),
    )


def _difference(row: Difference) -> DifferenceView:
    explained = checks.explanation(row.code)
    return DifferenceView(
        id=row.pk,
        check=row.check_name,
        code=row.code,
        subject=row.subject,
        words=row.words,
        meaning=explained.meaning,
        next_step=explained.cure,
        amount=None if row.amount is None else Money(row.amount, row.currency),
        pending=row.pending,
        first_seen=row.created_at,
        last_seen=row.last_seen_at,
        times_seen=row.times_seen,
        gone_at=row.gone_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by_name,
        note=row.note,
    )
