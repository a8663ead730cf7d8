"""Hands one event to one durable subscriber, in order where the subscriber asks for it."""

from collections.abc import Iterable
from uuid import UUID

from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.outbox import queue
from jobsphere.outbox.errors import Postpone
from jobsphere.outbox.models import StoredEvent, Turn
from jobsphere.outbox.rules import wait_for_turn
from jobsphere.outbox.subscriptions import Subscription, subscriber
from jobsphere.outbox.types import EventMeta, event_type


def meta_of(stored: StoredEvent) -> EventMeta:
    """Return what is known of a stored event besides the fact."""
    return EventMeta(stored.id, stored.sequence, stored.created_at, stored.actor_id)


def hand_over(handler: str, event_id: UUID) -> None:
    """Call the subscriber in the open transaction.

    Raises LookupError when the code knows the subscriber or the event no more, and Postpone when an earlier event
    of the same aggregate is not finished for an ordered subscriber.
    """
    require_transaction()
    subscription = subscriber(handler)
    stored = StoredEvent.objects.get(id=event_id)
    event = event_type(stored.name).from_json(stored.payload)
    if not subscription.ordered:
        subscription.call(event, meta_of(stored))
        return
    _await_turn(handler, stored)
    subscription.call(event, meta_of(stored))
    end_turn(handler, stored.aggregate_id, stored.sequence)


def queue_turns(stored: StoredEvent, tasks: Iterable[tuple[Subscription, UUID]]) -> None:
    """Note which ordered subscribers have this event before them."""
    turns = [
        Turn(handler=subscription.name, aggregate_id=stored.aggregate_id, sequence=stored.sequence, task_id=task_id)
        for subscription, task_id in tasks
        if subscription.ordered
    ]
    if turns:
        Turn.objects.bulk_create(turns)


def end_turn(handler: str, aggregate_id: UUID, sequence: int) -> None:
    """Let the aggregate's next event come at once."""
    line = Turn.objects.filter(handler=handler, aggregate_id=aggregate_id)
    line.filter(sequence=sequence).delete()
    following = line.order_by("sequence").values_list("task_id", flat=True).first()
    if following:
        queue.hasten(following)


def _await_turn(handler: str, stored: StoredEvent) -> None:
    earlier = Turn.objects.filter(handler=handler, aggregate_id=stored.aggregate_id, sequence__lt=stored.sequence)
    if earlier.exists():
        raise Postpone(wait_for_turn(clock.now() - stored.created_at))
