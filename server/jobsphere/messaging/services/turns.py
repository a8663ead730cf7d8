"""Who writes in a conversation takes a turn: its changes have one order, on both databases."""

from uuid import UUID

from jobsphere.db import guarded, hot
from jobsphere.db.composed import get
from jobsphere.kit.ids import uuid7
from jobsphere.messaging.models import Conversation, Message
from jobsphere.messaging.rules import following


def take_turn(conversation_id: UUID) -> int:
    """Wait for whoever changes this conversation, and return the revision of the change that comes now.

    The UPDATE holds the row until the commit on PostgreSQL; SQLite has one writer at a time. Every verb that changes
    anything in a conversation begins with it, so nobody waits for each other in a circle.
    """
    revision = guarded.take_turn(Conversation, pk=conversation_id)
    if revision is None:
        raise Conversation.DoesNotExist(f"there is no conversation {conversation_id}")
    return revision


def next_message_id(conversation_id: UUID) -> UUID:
    """Return the id of the message that is written in this turn, greater than all before it."""
    return following(uuid7(), get(Conversation, pk=conversation_id).last_activity)


def put_last(row: Message) -> None:
    """Note that this is the conversation's last message; the caller has the turn."""
    hot.update(Conversation, {"pk": row.conversation_id}, {"last_activity": row.id, "last_message_id": row.id})
