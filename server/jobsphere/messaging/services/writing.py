"""One of the two writes."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError

from jobsphere.audit.services import record
from jobsphere.db import hot
from jobsphere.db.composed import first
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.files.services import attach
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.ids import uuid7
from jobsphere.messaging import policies, selectors
from jobsphere.messaging.errors import ClientIdReused
from jobsphere.messaging.events import MessageSent
from jobsphere.messaging.models import Message
from jobsphere.messaging.rules import check_body
from jobsphere.messaging.services.turns import next_message_id, put_last, take_turn
from jobsphere.messaging.types import MessageKind, MessageView
from jobsphere.outbox.services import publish


def send_message(
    *,
    actor: Actor,
    chat_id: UUID,
    body: str = "",
    client_id: str = "",
    file_ids: Sequence[UUID] = (),
    reply_to: UUID | None = None,
) -> MessageView:
    """Write to the other person of a conversation, perhaps in answer to one of its messages.

    `client_id` is the sender's own name for the message: the same one again returns the message that it made. Raises
    NotFound for a stranger, InvalidInput for an empty or endless text, a foreign file or a message to answer that is
    not there, RecipientGone, NotBetweenYou where a block parts the two, ClientIdReused.
    """
    require_transaction()
    conversation_id, recipient_id = policies.require_participant(actor, chat_id)
    text = check_body(body, with_files=bool(file_ids))
    client_id = client_id or uuid7().hex
    sent = _sent_before(actor, conversation_id, client_id)
    if sent:
        return sent
    policies.require_reachable(actor, recipient_id)
    _require_answerable(actor, conversation_id, reply_to)
    revision = take_turn(conversation_id)
    try:
        with savepoint():
            row = Message(
                id=next_message_id(conversation_id),
                conversation_id=conversation_id,
                sender_id=actor.known_id(),
                client_id=client_id,
                body=text,
                reply_to_id=reply_to,
                revision=revision,
            )
            hot.insert(row)
    except IntegrityError:  # the same message on a second connection, in the same moment
        return _sent_before(actor, conversation_id, client_id) or _raise_reused()
    attach(actor=actor, file_ids=file_ids, to_type="message", to_id=row.id)
    put_last(row)
    _tell(actor, row, recipient_id)
    return selectors.message_views(actor, [row])[0]


def _sent_before(actor: Actor, conversation_id: UUID, client_id: str) -> MessageView | None:
    row = first(Message, sender_id=actor.known_id(), client_id=client_id)
    if row and row.conversation_id != conversation_id:
        _raise_reused()
    return selectors.message_views(actor, [row])[0] if row else None


def _raise_reused() -> MessageView:
    raise ClientIdReused("Make a new client_id for each message; send the same one only to repeat that message.")


def _require_answerable(actor: Actor, conversation_id: UUID, message_id: UUID | None) -> None:
    if message_id is None:
        return
    said = selectors.messages(actor, conversation_id).filter(kind=MessageKind.TEXT, deleted_at=None)
    if not said.filter(pk=message_id).exists():
        detail = "The message that you answer is not in this conversation, or was taken back."
        raise InvalidInput.at("/reply_to", "no-such-message", detail)


def _tell(actor: Actor, row: Message, recipient_id: UUID) -> None:
    record(
        actor=actor,
        verb="message.send",
        target_type="conversation",
        target_id=row.conversation_id,
        detail={"message_id": row.id},
    )
    publish(
        MessageSent(
            conversation_id=row.conversation_id,
            message_id=row.id,
            sender_id=actor.known_id(),
            recipient_id=recipient_id,
        ),
        actor=actor,
    )
