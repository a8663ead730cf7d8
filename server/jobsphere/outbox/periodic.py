"""Queues periodic tasks when they are due: one claimed row a task, so that many workers queue it once."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import QuerySet

from jobsphere.db.composed import composed
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.outbox import queue
from jobsphere.outbox.models import PeriodicRun
from jobsphere.outbox.queue import NewTask, machine_now
from jobsphere.outbox.subscriptions import Job, periodic_jobs
from jobsphere.outbox.tasks import run_job


def tick(without: Collection[str] = ()) -> int:
    """Queue every periodic task that is due, but none named in `without`; returns how many. One query when none is."""
    jobs = {job.name: job for job in periodic_jobs() if job.name not in without}
    rows = {row.name: row for row in _runs() if row.name in jobs}
    if missing := [job for name, job in jobs.items() if name not in rows]:
        _introduce(missing)
        rows = {row.name: row for row in _runs() if row.name in jobs}
    return sum(_start(jobs[name], row) for name, row in rows.items() if _is_due(row, jobs[name]))


@composed
def _runs() -> "QuerySet[PeriodicRun]":
    return PeriodicRun.objects.all()


def _introduce(jobs: list[Job]) -> None:
    """Give new tasks their first date: one period from now, by the machine's clock.

    So where the marketplace's clock has been moved ahead by a period, they are due at once.
    """
    rows = [PeriodicRun(name=job.name, next_run_at=machine_now() + _period(job)) for job in jobs]
    with edge_transaction():
        PeriodicRun.objects.bulk_create(rows, ignore_conflicts=True)


def _is_due(row: PeriodicRun, job: Job) -> bool:
    """Say whether it is time; also when the date lies further than a period ahead, as after a clock moved back."""
    return not clock.now() < row.next_run_at <= clock.now() + _period(job)


def _start(job: Job, row: PeriodicRun) -> bool:
    """Claim this run and queue it, unless the one before is still going on."""
    now, period = clock.now(), _period(job)
    elapsed = max((now - row.next_run_at) // period, 0) + 1
    following = row.next_run_at + period * elapsed if row.next_run_at <= now else now + period
    with edge_transaction():
        if row.task_id and not queue.is_finished(row.task_id):
            return False
        mine = PeriodicRun.objects.filter(id=row.id, next_run_at=row.next_run_at)
        if not mine.update(next_run_at=following, last_run_at=now):
            return False
        [task_id] = queue.put([NewTask(run_job, [job.name, []])])
        PeriodicRun.objects.filter(id=row.id).update(task_id=task_id)
    return True


def _period(job: Job) -> timedelta:
    assert job.every, f"{job.name} is not periodic"
    return job.every
