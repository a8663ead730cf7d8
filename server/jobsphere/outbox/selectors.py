"""What operators and the metrics read."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jobsphere.db.rows import Rows, each
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.outbox import delivery, policies, queue
from jobsphere.outbox.models import DeadLetter, StoredEvent, WorkerLease
from jobsphere.outbox.types import DeadLetterView, QueueHealth, StoredEventView


def queue_health() -> QueueHealth:
    """Return the figures for the metrics and the health page: three queries, each over an index of what is open.

    Finished tasks are many and are never looked at. Open to every caller inside.
    """
    now = clock.now()
    due = Q(run_after__lte=now)
    # One state a query: PostgreSQL takes a partial index only for the very condition that it was made for.
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by()
    row = ready.aggregate(
        due=Count("id", filter=due), scheduled=Count("id", filter=~due), oldest=Min("run_after", filter=due)
    )
    return QueueHealth(
        due=row["due"],
        scheduled=row["scheduled"],
        running=DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).order_by().count(),
        oldest_due=now - row["oldest"] if row["oldest"] else timedelta(0),
        dead_letters=DeadLetter.objects.filter(replayed_at=None, dropped_at=None).count(),
    )


def living_workers() -> int:
    """Return how many workers have renewed their lease in time. One query."""
    return WorkerLease.objects.filter(expires_at__gt=queue.machine_now()).count()


def undelivered(handlers: str) -> dict[str, set[UUID]]:
    """Return whose events subscribers under this name ("invoices.handlers.") were not told of yet, by type of thing.

    For checks that compare what follows from an event with its cause; a dead letter does not count, nobody tries it.
    Two queries.
    """
    open_ = DBTaskResult.objects.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    calls = open_.filter(task_path=queue.DELIVER).order_by().values_list("args_kwargs", flat=True)
    events = {args[1] for args in (each["args"] for each in calls) if args[0].startswith(handlers)}
    found: dict[str, set[UUID]] = {}
    for kind, thing in StoredEvent.objects.filter(id__in=events).values_list("aggregate_type", "aggregate_id"):
        found.setdefault(kind, set()).add(thing)
    return found


def dead_letters(
    viewer: Actor, *, settled: bool = False, handler: str = "", before: UUID | None = None, limit: int = 50
) -> list[DeadLetterView]:
    """Return dead letters, newest first: the open ones, or with `settled` the replayed and dropped ones.

    `before` is the last id of the page before. Raises Forbidden for those who are no operators.
    """
    policies.require_operator(viewer)
    still_open = Q(replayed_at=None, dropped_at=None)
    rows = DeadLetter.objects.filter(~still_open if settled else still_open)
    if handler:
        rows = rows.filter(handler=handler)
    if before:
        rows = rows.filter(id__lt=before)
    return [_letter_view(row) for row in rows.order_by("-id")[:limit]]


def dead_letter_rows(viewer: Actor, *, settled: bool = False, handler: str = "") -> Rows[DeadLetterView]:
    """Return what `dead_letters` does, for a page of them; raises Forbidden for those who are no operators."""
    policies.require_operator(viewer)
    still_open = Q(replayed_at=None, dropped_at=None)
    rows = DeadLetter.objects.filter(~still_open if settled else still_open)
    return Rows(rows.filter(handler=handler) if handler else rows, each(_letter_view))


def get_dead_letter(viewer: Actor, dead_letter_id: UUID) -> DeadLetterView:
    """Return one dead letter; raises Forbidden and NotFound."""
    policies.require_operator(viewer)
    row = DeadLetter.objects.filter(id=dead_letter_id).first()
    if row is None:
        raise NotFound("There is no such dead letter.")
    return _letter_view(row)


def history(viewer: Actor, *, aggregate: str, aggregate_id: UUID) -> list[StoredEventView]:
    """Return what happened to one aggregate, oldest first; raises Forbidden for those who are no operators."""
    policies.require_operator(viewer)
    rows = StoredEvent.objects.filter(aggregate_type=aggregate, aggregate_id=aggregate_id)
    return [
        StoredEventView(delivery.meta_of(row), row.name, row.aggregate_type, row.aggregate_id, row.payload)
        for row in rows.order_by("sequence")
    ]


def events_of(person_id: UUID) -> list[dict[str, Any]]:
    """Return what happened to a person's account, oldest first, for their data export."""
    rows = StoredEvent.objects.filter(aggregate_type="user", aggregate_id=person_id)
    return [dict(row) for row in rows.order_by("sequence").values("created_at", "name", "payload")]


def _letter_view(row: DeadLetter) -> DeadLetterView:
    return DeadLetterView(
        id=row.id,
        handler=row.handler,
        args=row.args,
        error=row.error,
        traceback=row.traceback,
        attempts=row.attempts,
        first_failed_at=row.first_failed_at,
        last_failed_at=row.last_failed_at,
        replayed_at=row.replayed_at,
        dropped_at=row.dropped_at,
    )
