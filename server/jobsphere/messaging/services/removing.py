"""What staff take away because it broke a rule of the house, and put back when an appeal is right."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jobsphere.audit.services import record
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor, require_right
from jobsphere.messaging.events import MessageChanged, MessageDeleted
from jobsphere.messaging.models import Message
from jobsphere.messaging.services.turns import take_turn
from jobsphere.messaging.types import MessageKind
from jobsphere.outbox.services import publish
from jobsphere.outbox.types import Event
from jobsphere.users.types import Right


def remove_message(*, actor: Actor, message_id: UUID) -> Mapping[str, Any] | None:
    """Take a message, and so its files, out of sight of both; returns what it said, None when it is gone already.

    Both see that there was one, as when its author had taken it back. Raises Forbidden without the right.
    """
    row = _standing(actor, message_id)
    if row is None or row.deleted_at is not None:
        return None
    body, now = row.body, clock.now()
    _write(actor, row, "message.remove", MessageDeleted, body="", deleted_at=now)
    return {"body": body}


def put_message_back(*, actor: Actor, message_id: UUID, removed: Mapping[str, Any]) -> None:
    """Show a message again as it was when staff took it away; raises Forbidden without the right."""
    row = _standing(actor, message_id)
    # What was taken is thrown away when its author leaves: then there is nothing to put back.
    if row is not None and row.deleted_at is not None and "body" in removed:
        _write(actor, row, "message.put_back", MessageChanged, body=str(removed["body"]), deleted_at=None)


def _standing(actor: Actor, message_id: UUID) -> Message | None:
    """Return the message as it is once nobody else writes in its conversation."""
    require_transaction()
    require_right(actor, Right.MODERATION)
    row = Message.objects.filter(pk=message_id, kind=MessageKind.TEXT).first()
    if row is None:
        return None
    row.revision = take_turn(row.conversation_id)
    row.refresh_from_db(fields=["body", "deleted_at"])
    return row


def _write(
    actor: Actor, row: Message, verb: str, event: type[MessageDeleted] | type[MessageChanged], **changes: Any
) -> None:
    Message.objects.filter(pk=row.pk).update(revision=row.revision, **changes)
    detail = {"message_id": row.id}
    record(actor=actor, verb=verb, target_type="conversation", target_id=row.conversation_id, detail=detail)
    told: Event = event(conversation_id=row.conversation_id, message_id=row.id)
    publish(told, actor=actor)
