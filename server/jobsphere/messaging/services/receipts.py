"""What has reached a person, and what they have read. Both hold for a message and everything before it."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.audit.services import record
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.messaging import policies, selectors
from jobsphere.messaging.events import ConversationDelivered, ConversationRead
from jobsphere.messaging.models import Message
from jobsphere.messaging.services.turns import take_turn
from jobsphere.outbox.services import publish


def mark_read(*, actor: Actor, chat_id: UUID, up_to: UUID | None = None) -> int:
    """Note that the actor has read what the other one wrote, up to a message or all; returns how many were unread.

    What is read has been delivered. Again is harmless. Raises NotFound for a stranger.
    """
    require_transaction()
    policies.require_participant(actor, chat_id)
    if not _waiting(actor, chat_id, up_to).filter(read_at=None).exists():
        return 0
    take_turn(chat_id)
    now = clock.now()
    _deliver(actor, chat_id, up_to, now)
    unread = _waiting(actor, chat_id, up_to).filter(read_at=None)
    first_id, last_id = _ends(unread)
    count = unread.update(read_at=now)
    if count:
        _tell(actor, chat_id, "conversation.read", count)
        publish(ConversationRead(chat_id, actor.known_id(), first_id, last_id, now), actor=actor)
    return count


def mark_delivered(*, actor: Actor, chat_id: UUID, up_to: UUID | None = None) -> int:
    """Note that what the other one wrote has reached a device of the actor; returns how many messages had not.

    Again is harmless, and so is a second device. Raises NotFound for a stranger.
    """
    require_transaction()
    policies.require_participant(actor, chat_id)
    if not _waiting(actor, chat_id, up_to).filter(delivered_at=None).exists():
        return 0
    take_turn(chat_id)
    return _deliver(actor, chat_id, up_to, clock.now())


def mark_all_delivered(*, actor: Actor) -> int:
    """Note that a device of the actor has everything: said once by each that was away. Returns how many messages."""
    require_transaction()
    mine = Message.objects.filter(conversation__in=selectors.of_viewer(actor), delivered_at=None, sender__isnull=False)
    chats = mine.exclude(sender_id=actor.known_id()).values_list("conversation_id", flat=True).distinct()
    # In one order, because each turn is held until the commit.
    return sum(mark_delivered(actor=actor, chat_id=chat_id) for chat_id in sorted(chats))


def _deliver(actor: Actor, chat_id: UUID, up_to: UUID | None, now: datetime) -> int:
    """Note the delivery, in the turn that the caller has."""
    rows = _waiting(actor, chat_id, up_to).filter(delivered_at=None)
    first_id, last_id = _ends(rows)
    count = rows.update(delivered_at=now)
    if count and first_id and last_id:
        _tell(actor, chat_id, "conversation.deliver", count)
        publish(ConversationDelivered(chat_id, actor.known_id(), first_id, last_id, now), actor=actor)
    return count


def _ends(rows: "QuerySet[Message]") -> tuple[UUID | None, UUID | None]:
    ids = rows.order_by("pk").values_list("pk", flat=True)
    return ids.first(), ids.last()


def _waiting(actor: Actor, chat_id: UUID, up_to: UUID | None) -> "QuerySet[Message]":
    """Return what the other one wrote, up to this message."""
    rows = Message.objects.filter(conversation_id=chat_id, sender__isnull=False).exclude(sender_id=actor.known_id())
    return rows.filter(pk__lte=up_to) if up_to else rows


def _tell(actor: Actor, chat_id: UUID, verb: str, count: int) -> None:
    record(actor=actor, verb=verb, target_type="conversation", target_id=chat_id, detail={"count": count})
