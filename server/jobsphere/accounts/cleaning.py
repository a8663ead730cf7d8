"""The clean-up of rows whose time is over (`db.retention` says which and why): in small steps, and with a report.

A step is a transaction of at most STEP rows, so nobody waits for it. A table that fails stops no other; the run says
so, and so does the queue afterwards.
"""

import time
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db.models import QuerySet

from jobsphere.accounts.errors import CleanUpFailed
from jobsphere.accounts.models import CleanUp, CleanUpReport
from jobsphere.audit import services as audit
from jobsphere.db.append_only import door
from jobsphere.db.guarded import update_where
from jobsphere.db.retention import How, Rule, archive, rules
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.scrubbing import scrub_text

#: Rows that one transaction removes.
STEP = 500
#: Steps that one run takes for one table: what a night can do without being felt.
STEPS = 400

logger = structlog.get_logger("jobsphere.accounts")


def due() -> list[tuple[Rule, int]]:
    """Return every rule that is carried out here, with how many rows are due now. Changes nothing."""
    return [(rule, _due(rule, rule.before()).count()) for rule in _cleaned(rules())]


def clean_up(*, source: str) -> UUID:
    """Remove what is due in every table, in transactions of its own; returns the run.

    Raises CleanUpFailed at the end when a table could not be cleaned; the others were.
    """
    with edge_transaction():
        run = CleanUp.objects.create(source=source)
    failed = [rule.table for rule in _cleaned(rules()) if not _clean(run, rule)]
    with edge_transaction():
        update_where(CleanUp, {"pk": run.pk}, finished_at=clock.now())
    if failed:
        raise CleanUpFailed(f"could not be cleaned: {', '.join(failed)}")
    return run.pk


def _cleaned(every: Iterable[Rule]) -> list[Rule]:
    # Last what the reports themselves are in.
    own = CleanUp._meta.db_table
    return sorted((rule for rule in every if rule.is_cleaned), key=lambda rule: (rule.table == own, rule.table))


def _clean(run: CleanUp, rule: Rule) -> bool:
    before, began = rule.before(), time.monotonic()
    removed, more, error = 0, True, ""
    try:
        for _ in range(STEPS):
            count = _step(rule, before)
            removed += count
            if count < STEP:
                more = False
                break
    except Exception as problem:
        logger.exception("clean-up failed", table=rule.table)
        error = scrub_text(f"{type(problem).__name__}: {problem}")[:500]
    with edge_transaction():
        CleanUpReport.objects.create(
            run=run,
            table=rule.table,
            before=before,
            removed=removed,
            unfinished=more and not error,
            milliseconds=round(1000 * (time.monotonic() - began)),
            error=error,
        )
    return not error


def _step(rule: Rule, before: datetime) -> int:
    """Remove the oldest rows that are due, and record it where the table is sealed; returns how many."""
    assert rule.remove is not None, f"{rule.table} is not cleaned"
    with edge_transaction():
        rows = _due(rule, before).order_by("pk")
        if rule.how == How.DELETE_SEALED:
            found = list(rows.values()[:STEP])
            keys = [row["id"] for row in found]
        else:
            found, keys = [], list(rows.values_list("pk", flat=True)[:STEP])
    if not keys:
        return 0
    # Between the two transactions: a store may be slow, and nobody shall wait for it.
    kept = archive(rule.table, found) if found else {}
    with edge_transaction():
        # Somebody may need one of them by now (outbox: a dead letter).
        keys = list(_due(rule, before).filter(pk__in=keys).values_list("pk", flat=True))
        with _way_in(rule, before):
            removed = rule.remove(keys)
        if rule.how == How.DELETE_SEALED:
            detail = {"table": rule.table, "before": before, "removed": removed, **kept}
            audit.record(actor=SYSTEM, verb="retention.remove", target_type="table", detail=detail)
    return removed


def _way_in(rule: Rule, before: datetime) -> AbstractContextManager[None]:
    return door(rule.table, before=before) if rule.how == How.DELETE_SEALED else nullcontext()


def _due(rule: Rule, before: datetime) -> "QuerySet[Any]":
    assert rule.due is not None, f"{rule.table} is not cleaned"
    return rule.due(before)
