"""Tells the other person of a message that waits for them."""

from uuid import UUID

from jobsphere.db.composed import first
from jobsphere.kit.words import Phrase
from jobsphere.messaging.events import ConversationRead, MessageSent
from jobsphere.messaging.models import Message
from jobsphere.messaging.rules import preview
from jobsphere.notifications.services import read_group, tell
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.users.selectors import people


@subscribe(MessageSent)
def tell_recipient(event: MessageSent) -> None:
    """Notify of a message that waits; those of one conversation fold into one that counts them.

    Nothing is told when it was read or taken back meanwhile.
    """
    message = first(Message, pk=event.message_id, read_at=None, deleted_at=None)
    if message is None:
        return
    sender = people([event.sender_id]).get(event.sender_id)
    tell(
        user_id=event.recipient_id,
        message="message.received",
        params={
            "sender": sender.name if sender else Phrase("part.somebody"),
            "preview": preview(message.body) or Phrase("part.a_file"),
            "conversation_id": event.conversation_id,
        },
        metadata={"chat_id": event.conversation_id},
        group=group_of(event.conversation_id),
        key=f"message:{event.message_id}",
    )


@subscribe(ConversationRead)
def read_notifications(event: ConversationRead) -> None:
    """Who has read the conversation has read what was told of it."""
    read_group(user_id=event.reader_id, group=group_of(event.conversation_id))


def group_of(conversation_id: UUID) -> str:
    """Return under which name the notifications of a conversation are one."""
    return f"chat:{conversation_id}"
