"""How long events, tasks and what was given up are kept."""

from uuid import UUID

from django.db.models import Max, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jobsphere.db.retention import Rule, delete_sealed, elsewhere, follow, keep
from jobsphere.outbox.models import DeadLetter, StoredEvent
from jobsphere.outbox.queue import DELIVER


def _still_needed() -> Q:
    """Events that somebody may yet be told of, and the last one: the log's next position follows from it on SQLite."""
    letters = DeadLetter.objects.filter(task_path=DELIVER, replayed_at=None, dropped_at=None).values_list("args")
    open_ = DBTaskResult.objects.filter(
        task_path=DELIVER, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    ).values_list("args_kwargs__args")
    waiting = {UUID(args[1]) for rows in (letters, open_) for (args,) in rows}
    return Q(pk__in=waiting) | Q(sequence=StoredEvent.objects.aggregate(last=Max("sequence"))["last"])


RULES: list[Rule] = [
    delete_sealed(
        StoredEvent,
        days="events",
        why="What happened, in order, to find out what went wrong; not after everybody was told long ago.",
        spare=_still_needed,
    ),
    *follow("outbox_turn", of="outbox_storedevent", why="Goes when its subscriber has seen the event."),
    *elsewhere(
        "outbox_deadletter",
        by="outbox.housekeeping.prune",
        why="Settled ones go after 90 days; an open one stays until somebody settles it.",
    ),
    *elsewhere(
        "django_tasks_database_dbtaskresult",
        by="outbox.housekeeping.prune",
        why="Done after 3 days, failed after 30: long enough to look at.",
    ),
    *elsewhere("outbox_workerlease", by="outbox.housekeeping.prune", why="Says that a worker is alive; an hour later."),
    *keep("outbox_periodicrun", why="One row for each periodic task; about nobody."),
]
