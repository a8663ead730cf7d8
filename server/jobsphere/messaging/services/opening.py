"""Conversations begin, and the deal leaves its steps in them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from jobsphere.audit.services import record
from jobsphere.db import hot
from jobsphere.db.composed import first as first_row
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit import actor as actors
from jobsphere.kit.actor import Actor
from jobsphere.messaging import policies
from jobsphere.messaging.events import ConversationOpened, StepNoted
from jobsphere.messaging.models import Conversation, Message
from jobsphere.messaging.rules import BODY_LENGTH, pair
from jobsphere.messaging.services.turns import next_message_id, put_last, take_turn
from jobsphere.messaging.types import MessageKind
from jobsphere.outbox.services import publish


def open_conversation(*, actor: Actor, between: tuple[UUID, UUID], subject_type: str, subject_id: UUID) -> UUID:
    """Open the conversation of two people about a thing, or find it; returns its id.

    For apps that own the thing and have decided that the two may talk (R46). Opening it again is harmless.
    """
    require_transaction()
    first, second = pair(*between)
    three = {"first_id": first, "second_id": second, "subject_type": subject_type, "subject_id": subject_id}
    found = first_row(Conversation, **three)
    if found:
        return found.id
    try:
        with savepoint():
            row = Conversation.objects.create(**three)
    except IntegrityError:  # the other one opened it in the same moment
        return Conversation.objects.get(**three).id
    detail = {"subject_type": subject_type, "subject_id": subject_id}
    record(actor=actor, verb="conversation.open", target_type="conversation", target_id=row.id, detail=detail)
    publish(ConversationOpened(conversation_id=row.id, subject_type=subject_type, subject_id=subject_id), actor=actor)
    return row.id


def begin_conversation(*, actor: Actor, recipient_id: UUID, subject_type: str, subject_id: UUID) -> UUID:
    """Open a conversation because a person wants to write; raises NotFound where the thing's owner app says no."""
    pair(actor.known_id(), recipient_id)
    policies.require_may_open(actor, recipient_id, subject_type, subject_id)
    policies.require_reachable(actor, recipient_id)
    between = (actor.known_id(), recipient_id)
    return open_conversation(actor=actor, between=between, subject_type=subject_type, subject_id=subject_id)


def note(
    *,
    between: tuple[UUID, UUID],
    subject_type: str,
    subject_id: UUID,
    key: str,
    code: str,
    text: str,
    params: Mapping[str, Any] | None = None,
    link: str = "",
) -> UUID:
    """Leave a step of the deal in the conversation of two people about a thing; returns the conversation's id.

    For durable handlers of the apps above. `code` and `params` (amounts, dates and ids, never words of people) are for
    clients with words of their own, `text` is what everybody else reads. `key` names the fact: again is harmless.
    Opens the conversation where there is none. A step is nobody's: it is not unread, and told by notifications only.
    """
    chat_id = open_conversation(actor=actors.SYSTEM, between=between, subject_type=subject_type, subject_id=subject_id)
    revision = take_turn(chat_id)
    if first_row(Message, conversation_id=chat_id, sender=None, client_id=key):
        return chat_id
    row = Message(
        id=next_message_id(chat_id),
        conversation_id=chat_id,
        kind=MessageKind.SYSTEM,
        client_id=key,
        body=text[:BODY_LENGTH],
        code=code,
        params=dict(params or {}),
        link=link,
        revision=revision,
    )
    hot.insert(row)
    put_last(row)
    detail = {"message_id": row.id, "code": code}
    record(actor=actors.SYSTEM, verb="message.note", target_type="conversation", target_id=chat_id, detail=detail)
    publish(StepNoted(conversation_id=chat_id, message_id=row.id, code=code), actor=actors.SYSTEM)
    return chat_id
