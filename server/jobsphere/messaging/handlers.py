"""Tells the other person of a message that waits for them."""

from jobsphere.messaging.events import MessageSent
from jobsphere.messaging.models import Message
from jobsphere.messaging.rules import preview
from jobsphere.notifications.services import notify
from jobsphere.notifications.types import NotificationType
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.users.selectors import people


@subscribe(MessageSent)
def tell_recipient(event: MessageSent) -> None:
    """Notify once for each run of unread messages: ten messages in a row are one notification.

    Its key is the first message that waits; nothing is told when all was read meanwhile.
    """
    waiting = Message.objects.filter(conversation_id=event.conversation_id, sender_id=event.sender_id, read_at=None)
    first = waiting.order_by("pk").first()
    if first is None:
        return
    sender = people([event.sender_id]).get(event.sender_id)
    notify(
        user_id=event.recipient_id,
        type=NotificationType.MESSAGE_RECEIVED,
        title=f"{sender.name if sender else 'Somebody'} wrote to you",
        body=preview(first.body) or "A file",
        link=f"/messages/{event.conversation_id}",
        metadata={"chat_id": event.conversation_id},
        key=f"message:{first.id}",
    )
