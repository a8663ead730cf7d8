"""Messages are changed, taken back from both, or put out of one's own sight (ADR 0020)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from jobsphere.audit.services import record
from jobsphere.db.composed import refresh
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.files.selectors import files_for
from jobsphere.files.services import remove_attached
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.messaging import policies, selectors
from jobsphere.messaging.errors import MessageTakenBack
from jobsphere.messaging.events import MessageChanged, MessageDeleted, MessageWasHidden
from jobsphere.messaging.models import EarlierText, HiddenMessage, Message
from jobsphere.messaging.rules import check_body
from jobsphere.messaging.services.turns import take_turn
from jobsphere.messaging.types import MessageView
from jobsphere.outbox.services import publish
from jobsphere.outbox.types import Event


def edit_message(*, actor: Actor, chat_id: UUID, message_id: UUID, body: str) -> MessageView:
    """Change the text of one's own message; both see that it was changed. The same text again changes nothing.

    Raises NotFound, Forbidden for the other one's message, TooLateToChange after 15 minutes, MessageTakenBack,
    RecipientGone and NotBetweenYou (a change is a message too), InvalidInput for an empty text.
    """
    require_transaction()
    _, recipient_id = policies.require_participant(actor, chat_id)
    row = policies.get_own_message_for(actor, chat_id, message_id)
    text = check_body(body, with_files=bool(files_for("message", [row.id])))
    if text == row.body:
        return selectors.message_views(actor, [row])[0]
    policies.require_reachable(actor, recipient_id)
    revision = take_turn(chat_id)
    refresh(row)
    now = clock.now()
    _keep_earlier(row, now)
    if not update_where(Message, {"pk": row.pk, "deleted_at": None}, body=text, edited_at=now, revision=revision):
        raise MessageTakenBack("You have taken this message back, perhaps on another device.")
    _tell(actor, "message.edit", row, MessageChanged(conversation_id=chat_id, message_id=row.id))
    refresh(row)
    return selectors.message_views(actor, [row])[0]


def delete_message(*, actor: Actor, chat_id: UUID, message_id: UUID) -> MessageView:
    """Take one's own message back: both see that there was one, nobody reads it or its files. Again is harmless.

    Raises NotFound, Forbidden for the other one's message, TooLateToChange after 15 minutes.
    """
    require_transaction()
    row = policies.get_own_message_for(actor, chat_id, message_id, deleted=True)
    revision = take_turn(chat_id)
    refresh(row)
    if row.deleted_at is None:
        now = clock.now()
        _keep_earlier(row, now)
        Message.objects.filter(pk=row.pk).update(body="", deleted_at=now, revision=revision)
        _tell(actor, "message.delete", row, MessageDeleted(conversation_id=chat_id, message_id=row.id))
        refresh(row)
    return selectors.message_views(actor, [row])[0]


def hide_message(*, actor: Actor, chat_id: UUID, message_id: UUID) -> None:
    """Put a message, whoever wrote it, out of one's own sight for good; the other one still sees it.

    Again is harmless. Raises NotFound, and Forbidden for a step of the deal.
    """
    require_transaction()
    row = policies.get_message_for(actor, chat_id, message_id, hidden=True)
    take_turn(chat_id)
    try:
        with savepoint():
            HiddenMessage.objects.create(message=row, user_id=actor.known_id())
    except IntegrityError:
        return
    hidden = MessageWasHidden(conversation_id=chat_id, message_id=row.id, user_id=actor.known_id())
    _tell(actor, "message.hide", row, hidden)


def forget_earlier_texts(*, before: datetime) -> int:
    """Delete what messages said before they were changed or taken back, and the files of those; returns how many."""
    require_transaction()
    old = EarlierText.objects.filter(created_at__lt=before)
    taken_back = list(old.exclude(message__deleted_at=None).values_list("message_id", flat=True).distinct())
    for message_id in taken_back:
        remove_attached(actor=SYSTEM, target_type="message", target_id=message_id)
    return old.delete()[0]


def _keep_earlier(row: Message, now: datetime) -> None:
    EarlierText.objects.create(message=row, body=row.body, created_at=now)


def _tell(actor: Actor, verb: str, row: Message, event: Event) -> None:
    detail = {"message_id": row.id}
    record(actor=actor, verb=verb, target_type="conversation", target_id=row.conversation_id, detail=detail)
    publish(event, actor=actor)
