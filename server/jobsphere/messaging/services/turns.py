"""Who writes in a conversation takes a turn: its changes have one order, on both databases."""

from uuid import UUID

from django.db.models import F

from jobsphere.db.transactions import require_transaction
from jobsphere.kit.ids import uuid7
from jobsphere.messaging.models import Conversation, Message
from jobsphere.messaging.rules import following


def take_turn(conversation_id: UUID) -> int:
    """Wait for whoever changes this conversation, and return the revision of the change that comes now.

    The UPDATE holds the row until the commit on PostgreSQL; SQLite has one writer at a time. Every verb that changes
    anything in a conversation begins with it, so nobody waits for each other in a circle.
    """
    require_transaction()
    Conversation.objects.filter(pk=conversation_id).update(revision=F("revision") + 1)
    revision: int = Conversation.objects.values_list("revision", flat=True).get(pk=conversation_id)
    return revision


def next_message_id(conversation_id: UUID) -> UUID:
    """Return the id of the message that is written in this turn, greater than all before it."""
    last: UUID = Conversation.objects.values_list("last_activity", flat=True).get(pk=conversation_id)
    return following(uuid7(), last)


def put_last(row: Message) -> None:
    """Note that this is the conversation's last message; the caller has the turn."""
    Conversation.objects.filter(pk=row.conversation_id).update(last_activity=row.id, last_message=row)
