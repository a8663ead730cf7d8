"""The rows of django-tasks-db as our queue: put, claim, and say how a task ended.

Every change of a row is a guarded update on (id, RUNNING, started_at), so a worker that lost its task to another one
cannot finish, fail or postpone it any more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult, get_date_max

from jobsphere.db import hot
from jobsphere.db.composed import composed
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.ids import uuid7
from jobsphere.outbox.bell import bell
from jobsphere.watch.context import carried

DELIVER = "jobsphere.outbox.tasks.deliver"
RUN_JOB = "jobsphere.outbox.tasks.run_job"
#: The tasks whose first argument is the name of a subscriber or job.
OUR_TASKS = frozenset({DELIVER, RUN_JOB})

_TABLE = DBTaskResult._meta.db_table
#: The second date is how django-tasks-db stores "at once", when a task was enqueued by Task.enqueue() and not by us.
_DUE = f"status = '{TaskResultStatus.READY}' AND (run_after <= %s OR run_after = %s)"
#: Written out, as each task of each worker asks it, and Django took longer to compose three queries than all else.
_TAKE = {
    vendor: (  # no words of anybody's: what varies is given beside it
        f"UPDATE {_TABLE} SET status = '{TaskResultStatus.RUNNING}', started_at = %s, worker_ids = {one_more}"  # noqa: S608
        f" WHERE id = (SELECT id FROM {_TABLE} WHERE {_DUE}"
        f" ORDER BY priority DESC, run_after, enqueued_at LIMIT 1{lock}) RETURNING *"
    )
    for vendor, one_more, lock in (
        ("postgresql", "worker_ids || to_jsonb(%s::text)", " FOR UPDATE SKIP LOCKED"),
        ("sqlite", "json_insert(worker_ids, '$[#]', %s)", ""),
    )
}


@dataclass(frozen=True, slots=True)
class NewTask:
    """A call to be queued; its arguments are JSON."""

    task: Task[..., None]
    args: Sequence[Any]
    run_after: datetime | None = None
    kwargs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """A task that this worker holds; `started_at` proves it, and changes when another worker takes over."""

    id: UUID
    task_path: str
    args: list[Any]
    kwargs: dict[str, Any]
    started_at: datetime
    attempt: int
    first_failed_at: datetime | None

    @property
    def handler(self) -> str:
        """Return which subscriber or job is called, for logs and operators."""
        return str(self.args[0]) if self.task_path in OUR_TASKS else self.task_path


def machine_now() -> datetime:
    """Return the machine's moment: a lease is about a process being alive, not about the marketplace's time."""
    return clock.machine_now()


def put(new: Sequence[NewTask]) -> list[UUID]:
    """Queue tasks in the current transaction, with one INSERT for all of them; returns their ids."""
    if not new:
        return []
    now = clock.now()
    context = carried()
    rows: list[DBTaskResult] = [
        DBTaskResult(
            id=uuid7(),
            args_kwargs={"args": list(each.args), "kwargs": {**context, **each.kwargs}},
            priority=each.task.priority,
            task_path=each.task.module_path,
            queue_name=each.task.queue_name,
            backend_name=each.task.backend,
            run_after=each.run_after or now,
        )
        for each in new
    ]
    hot.insert_all(rows)
    transaction.on_commit(bell.ring)
    return [row.id for row in rows]


def claim(worker: str) -> Claim | None:
    """Take the task that has been due longest, or None when nothing is due by the marketplace's clock.

    One statement, so that two workers never take the same task; on PostgreSQL none waits for another's.
    """
    adapt = connection.ops.adapt_datetimefield_value
    due = [adapt(clock.now()), adapt(get_date_max())]
    # On SQLite a transaction takes the only write lock, so an idle worker looks without one first.
    if connection.vendor == "sqlite" and not _is_any_due(due):
        return None
    with edge_transaction():
        rows = list(DBTaskResult.objects.raw(_TAKE[connection.vendor], [adapt(machine_now()), worker, *due]))
    return claim_of(rows[0]) if rows else None


def _is_any_due(due: list[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {_TABLE} WHERE {_DUE} LIMIT 1", due)  # noqa: S608
        return cursor.fetchone() is not None


def claim_of(row: DBTaskResult) -> Claim:
    """Return the claim that a running row stands for."""
    first = (row.return_value or {}).get("first_failed_at")
    return Claim(
        id=row.id,
        task_path=row.task_path,
        args=row.args_kwargs["args"],
        kwargs=row.args_kwargs["kwargs"],
        started_at=row.started_at,
        attempt=len(row.worker_ids),
        first_failed_at=datetime.fromisoformat(first) if first else None,
    )


def mark_done(held: Claim) -> bool:
    """Say that the task has succeeded; False when we do not hold it any more."""
    return _settle(
        held,
        status=TaskResultStatus.SUCCESSFUL,
        finished_at=machine_now(),
        return_value=None,
        exception_class_path="",
        traceback="",
    )


def mark_failed(held: Claim, *, error: str, trace: str) -> bool:
    """Say that the task has failed for good; False when we do not hold it any more."""
    return _settle(
        held,
        status=TaskResultStatus.FAILED,
        finished_at=machine_now(),
        return_value=None,
        exception_class_path=error,
        traceback=trace,
    )


def mark_for_retry(held: Claim, *, after: timedelta, error: str, trace: str) -> bool:
    """Queue the task again after a failed attempt; False when we do not hold it any more."""
    # The row has no column for the first failure; an unfinished task has no return value, so it is kept there.
    first = held.first_failed_at or clock.now()
    return _settle(
        held,
        status=TaskResultStatus.READY,
        started_at=None,
        run_after=clock.now() + after,
        return_value={"first_failed_at": first.isoformat()},
        exception_class_path=error,
        traceback=trace,
    )


def postpone(held: Claim, *, after: timedelta) -> bool:
    """Queue the task again without counting the attempt; False when we do not hold it any more."""
    workers = DBTaskResult.objects.values_list("worker_ids", flat=True).get(id=held.id)
    return _settle(
        held,
        status=TaskResultStatus.READY,
        started_at=None,
        run_after=clock.now() + after,
        worker_ids=workers[:-1],
    )


def hasten(task_id: UUID) -> None:
    """Make a waiting task due now."""
    DBTaskResult.objects.filter(id=task_id, status=TaskResultStatus.READY).update(run_after=clock.now())
    transaction.on_commit(bell.ring)


def task_at(path: str) -> Task[..., Any]:
    """Return the Django task of a path; raises ImportError or TypeError when there is none (any more)."""
    found = import_string(path)
    if not isinstance(found, Task):
        raise TypeError(f"{path} is not a task")
    return found


def is_finished(task_id: UUID) -> bool:
    """Say whether a task has ended, or its row was pruned since."""
    unfinished = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return not DBTaskResult.objects.filter(id=task_id, status__in=unfinished).exists()


def running() -> list[tuple[Claim, str]]:
    """Return every task that some worker holds, with the worker."""
    return [(claim_of(row), row.worker_ids[-1]) for row in _rows_in(status=TaskResultStatus.RUNNING)]


@composed
def _rows_in(*, status: str) -> "QuerySet[DBTaskResult]":
    return DBTaskResult.objects.filter(status=status)


def prune(*, succeeded_before: datetime, failed_before: datetime, batch: int = 5000) -> int:
    """Delete finished rows in short transactions; returns how many."""
    old = DBTaskResult.objects.filter(
        Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=succeeded_before)
        | Q(status=TaskResultStatus.FAILED, finished_at__lt=failed_before)
    )
    total = 0
    while ids := list(old.order_by().values_list("id", flat=True)[:batch]):
        with edge_transaction():
            total += DBTaskResult.objects.filter(id__in=ids).delete()[0]
    return total


def _settle(held: Claim, **changes: Any) -> bool:
    mine = {"id": held.id, "status": TaskResultStatus.RUNNING, "started_at": held.started_at}
    return hot.update(DBTaskResult, mine, changes) == 1
