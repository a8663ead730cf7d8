"""What conversations hold about a person.

The other one keeps the conversation, as they keep a letter: what was agreed there may be all the proof they have. But
it says "Former customer" instead of the name, also inside of the texts, and files that the person sent are gone.
"""

from django.db.models import Q

from jobsphere.messaging.models import Conversation, EarlierText, HiddenMessage, Message
from jobsphere.messaging.types import MessageKind
from jobsphere.users.personal_data import Data, Subject, scrub, table


def export(subject: Subject) -> Data:
    """Return the conversations of the person, with what both wrote: they could read it all along."""
    mine = Conversation.objects.filter(Q(first_id=subject.id) | Q(second_id=subject.id))
    messages = Message.objects.filter(conversation__in=mine)
    said, steps = messages.filter(kind=MessageKind.TEXT), messages.filter(kind=MessageKind.SYSTEM)
    written = EarlierText.objects.filter(message__sender_id=subject.id)
    moments = ("created_at", "delivered_at", "read_at", "edited_at", "deleted_at")
    return {
        "conversations": table(mine, "id", "first_id", "second_id", "subject_type", "subject_id", "created_at"),
        "messages": table(said, "id", "conversation_id", "sender_id", "body", "reply_to_id", *moments),
        "steps": table(steps, "conversation_id", "code", "body", "created_at"),
        # What the person changed or took back is theirs; what the other one did was never for their eyes.
        "earlier_texts": table(written, "message_id", "body", "created_at"),
        "hidden": table(HiddenMessage.objects.filter(user_id=subject.id), "message_id", "created_at"),
    }


def erase(subject: Subject) -> None:
    """Take name, address and number out of the texts of the person's conversations."""
    mine = Conversation.objects.filter(Q(first_id=subject.id) | Q(second_id=subject.id))
    scrub(Message.objects.filter(conversation__in=mine), ("body",), subject)
    scrub(EarlierText.objects.filter(message__conversation__in=mine), ("body",), subject)
    for step in Message.objects.filter(conversation__in=mine, params__has_key="title"):
        title = subject.scrubbed(step.params["title"])
        if title != step.params["title"]:
            Message.objects.filter(pk=step.pk).update(params={**step.params, "title": title})
    HiddenMessage.objects.filter(user_id=subject.id).delete()
