"""The verbs: publish an event, enqueue a job, replay or drop a dead letter."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django_tasks.utils import normalize_json

from jobsphere.db import hot
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.outbox import delivery, policies, queue
from jobsphere.outbox.errors import AlreadySettled
from jobsphere.outbox.models import DeadLetter, StoredEvent, Turn
from jobsphere.outbox.queue import NewTask, task_at
from jobsphere.outbox.subscriptions import job_of, listeners, subscribers
from jobsphere.outbox.tasks import deliver, run_job
from jobsphere.outbox.types import Event, EventMeta
from jobsphere.watch import tracing
from jobsphere.watch.metrics import EVENTS_PUBLISHED


def publish(event: Event, *, actor: Actor | None = None) -> EventMeta:
    """Store the fact, queue a task for each durable subscriber, and run the inline listeners now.

    All of it belongs to the caller's transaction. One INSERT without subscribers, two with any number of them
    (three when some are ordered). Raises what an inline listener raises, NoTransactionError outside a transaction,
    and CodecError for a field that does not hold what its annotation says.
    """
    require_transaction()
    with tracing.span(f"publish {event.name}", kind="PRODUCER", aggregate_id=event.aggregate_id):
        return _publish(event, actor)


def _publish(event: Event, actor: Actor | None) -> EventMeta:
    stored = StoredEvent(
        name=event.name,
        aggregate_type=event.aggregate,
        aggregate_id=event.aggregate_id,
        actor_id=actor.id if actor else None,
        payload=event.to_json(),
    )
    hot.insert(stored)
    EVENTS_PUBLISHED.labels(event.name).inc()
    told = subscribers(type(event))
    tasks = queue.put([NewTask(deliver, [each.name, str(stored.id)]) for each in told])
    delivery.queue_turns(stored, zip(told, tasks, strict=True))
    meta = delivery.meta_of(stored)
    for listener in listeners(type(event)):
        listener.call(event, meta)
    return meta


def enqueue(job: Callable[..., None], *args: Any, run_after: datetime | None = None) -> UUID:
    """Queue a call of a @job function in the caller's transaction; returns the task's id.

    Arguments are JSON; a UUID arrives as str. Raises TypeError for other arguments and for functions that are no job.
    """
    require_transaction()
    values = normalize_json([str(value) if isinstance(value, UUID) else value for value in args])
    return queue.put([NewTask(run_job, [job_of(job).name, values], run_after)])[0]


def replay_dead_letter(dead_letter_id: UUID, *, actor: Actor) -> UUID:
    """Queue the task of a dead letter again, with all its attempts; returns the new task's id.

    Raises NotFound, Forbidden, and AlreadySettled when it was replayed or dropped before.
    """
    letter = _settle(dead_letter_id, actor, replayed_at=clock.now())
    task = task_at(letter.task_path)
    task_id = queue.put([NewTask(task, letter.args, kwargs=letter.kwargs)])[0]
    if task.module_path == queue.DELIVER:
        stored = StoredEvent.objects.get(id=UUID(letter.args[1]))
        Turn.objects.filter(handler=letter.handler, aggregate_id=stored.aggregate_id, sequence=stored.sequence).update(
            task_id=task_id
        )
    return task_id


def drop_dead_letter(dead_letter_id: UUID, *, actor: Actor) -> None:
    """Give a dead letter up for good; what an ordered subscriber held back behind it goes on.

    Raises NotFound, Forbidden, and AlreadySettled when it was replayed or dropped before.
    """
    letter = _settle(dead_letter_id, actor, dropped_at=clock.now())
    if letter.task_path == queue.DELIVER:
        delivery.end_turn(letter.handler, UUID(letter.args[1]))


def _settle(dead_letter_id: UUID, actor: Actor, **changes: datetime) -> DeadLetter:
    policies.require_operator(actor)
    require_transaction()
    letter = DeadLetter.objects.filter(id=dead_letter_id).first()
    if letter is None:
        raise NotFound("There is no such dead letter.")
    still_open = DeadLetter.objects.filter(id=dead_letter_id, replayed_at=None, dropped_at=None)
    if not still_open.update(**changes):
        raise AlreadySettled
    return letter
