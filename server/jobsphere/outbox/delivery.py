"""Hands one event to one durable subscriber, in order where the subscriber asks for it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.db.composed import get
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.outbox import queue
from jobsphere.outbox.errors import NotYourTurn
from jobsphere.outbox.models import StoredEvent, Turn
from jobsphere.outbox.rules import wait_for_turn
from jobsphere.outbox.subscriptions import Subscription, subscriber
from jobsphere.outbox.types import EventMeta, event_type


def meta_of(stored: StoredEvent) -> EventMeta:
    """Return what is known of a stored event besides the fact."""
    return EventMeta(stored.id, stored.sequence, stored.created_at, stored.actor_id)


def hand_over(handler: str, event_id: UUID) -> None:
    """Call the subscriber in the open transaction.

    Raises LookupError when the code knows the subscriber or the event no more, and NotYourTurn when an earlier event
    of the same aggregate is not finished for an ordered subscriber.
    """
    require_transaction()
    subscription = subscriber(handler)
    stored = get(StoredEvent, pk=event_id)
    event = event_type(stored.name).from_json(stored.payload)
    if subscription.ordered and _earlier_turns(handler, stored).exists():
        raise NotYourTurn(wait_for_turn(clock.now() - stored.created_at))
    subscription.call(event, meta_of(stored))
    if subscription.ordered:
        _turns(handler, stored).filter(sequence=stored.sequence).delete()


def queue_turns(stored: StoredEvent, tasks: Iterable[tuple[Subscription, UUID]]) -> None:
    """Note which ordered subscribers have this event before them."""
    turns = [
        Turn(handler=subscription.name, aggregate_id=stored.aggregate_id, sequence=stored.sequence, task_id=task_id)
        for subscription, task_id in tasks
        if subscription.ordered
    ]
    if turns:
        Turn.objects.bulk_create(turns)


def end_turn(handler: str, event_id: UUID) -> None:
    """Let go of an event that its ordered subscriber will never see; the next one may come."""
    stored = get(StoredEvent, pk=event_id)
    _turns(handler, stored).filter(sequence=stored.sequence).delete()
    wake_next(handler, event_id)


def wake_next(handler: str, event_id: UUID) -> None:
    """Make the next event of the same aggregate due, if the subscriber is ordered.

    Called after the commit that ended a turn. Whoever waits looks once more after its own commit (`look_again`), so
    between the two no wake-up is lost; only a crash may lose one, and then the waiting task looks again by itself.
    """
    if is_ordered(handler):
        following = _turns(handler, get(StoredEvent, pk=event_id)).order_by("sequence").first()
        if following:
            queue.hasten(following.task_id)


def look_again(handler: str, event_id: UUID, task_id: UUID) -> None:
    """Make a task that found it was not its turn due at once, if that has changed while it was put back."""
    if not _earlier_turns(handler, get(StoredEvent, pk=event_id)).exists():
        queue.hasten(task_id)


def is_ordered(handler: str) -> bool:
    """Say whether a subscriber sees the events of an aggregate one by one."""
    try:
        return subscriber(handler).ordered
    except LookupError:
        return False


def _turns(handler: str, stored: StoredEvent) -> "QuerySet[Turn]":
    return Turn.objects.filter(handler=handler, aggregate_id=stored.aggregate_id)


def _earlier_turns(handler: str, stored: StoredEvent) -> "QuerySet[Turn]":
    return _turns(handler, stored).filter(sequence__lt=stored.sequence)
