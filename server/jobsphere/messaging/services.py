"""Verbs of conversations: open, send, read."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.files.services import attach
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.messaging import policies, selectors
from jobsphere.messaging.errors import ClientIdReused, RecipientGone
from jobsphere.messaging.events import ConversationOpened, ConversationRead, MessageSent
from jobsphere.messaging.models import Conversation, Message
from jobsphere.messaging.rules import check_body, pair
from jobsphere.messaging.types import MessageView
from jobsphere.outbox.services import publish
from jobsphere.users.selectors import find_person


def open_conversation(*, actor: Actor, between: tuple[UUID, UUID], subject_type: str, subject_id: UUID) -> UUID:
    """Open the conversation of two people about a thing, or find it; returns its id.

    For apps that own the thing and have decided that the two may talk (R46). Opening it again is harmless.
    """
    require_transaction()
    first, second = pair(*between)
    three = {"first_id": first, "second_id": second, "subject_type": subject_type, "subject_id": subject_id}
    found = Conversation.objects.filter(**three).first()
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
    _require_present(recipient_id)
    between = (actor.known_id(), recipient_id)
    return open_conversation(actor=actor, between=between, subject_type=subject_type, subject_id=subject_id)


def send_message(
    *, actor: Actor, chat_id: UUID, body: str = "", client_id: str = "", file_ids: Sequence[UUID] = ()
) -> MessageView:
    """Write to the other person of a conversation.

    `client_id` is the sender's own name for the message: the same one again returns the message that it made. Raises
    NotFound for a stranger, InvalidInput for an empty or endless text or a foreign file, RecipientGone, ClientIdReused.
    """
    require_transaction()
    conversation_id, recipient_id = policies.require_participant(actor, chat_id)
    text = check_body(body, with_files=bool(file_ids))
    client_id = client_id or uuid7().hex
    sent = _sent_before(actor, conversation_id, client_id)
    if sent:
        return sent
    _require_present(recipient_id)
    try:
        with savepoint():
            row = Message.objects.create(
                conversation_id=conversation_id, sender_id=actor.known_id(), client_id=client_id, body=text
            )
    except IntegrityError:  # the same message on a second connection, in the same moment
        return _sent_before(actor, conversation_id, client_id) or _raise_reused()
    attach(actor=actor, file_ids=file_ids, to_type="message", to_id=row.id)
    newest = {"pk": conversation_id, "last_activity__lt": row.id}
    update_where(Conversation, newest, last_activity=row.id, last_message=row)
    _tell(actor, row, recipient_id)
    return selectors.message_views(actor, [row])[0]


def mark_read(*, actor: Actor, chat_id: UUID) -> int:
    """Note that the actor has read what the other one wrote; returns how many messages were unread."""
    require_transaction()
    conversation_id, _ = policies.require_participant(actor, chat_id)
    unread = Message.objects.filter(conversation_id=conversation_id, read_at=None).exclude(sender_id=actor.known_id())
    count = unread.update(read_at=clock.now())
    if count:
        detail = {"count": count}
        record(actor=actor, verb="conversation.read", target_type="conversation", target_id=chat_id, detail=detail)
        publish(ConversationRead(conversation_id=conversation_id, reader_id=actor.known_id()), actor=actor)
    return count


def _sent_before(actor: Actor, conversation_id: UUID, client_id: str) -> MessageView | None:
    row = Message.objects.filter(sender_id=actor.known_id(), client_id=client_id).first()
    if row and row.conversation_id != conversation_id:
        _raise_reused()
    return selectors.message_views(actor, [row])[0] if row else None


def _raise_reused() -> MessageView:
    raise ClientIdReused("Make a new client_id for each message; send the same one only to repeat that message.")


def _require_present(recipient_id: UUID) -> None:
    if find_person(user_id=recipient_id) is None:
        raise RecipientGone("This person has closed their account.")


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
            sender_id=row.sender_id,
            recipient_id=recipient_id,
        ),
        actor=actor,
    )
