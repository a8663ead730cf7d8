"""Tells both people's devices what has changed in a conversation, as each of the two sees it (R82).

A frame holds the conversation and the message as they are when it is made, with their revisions, so clients keep the
copy with the higher one and the order of frames does not matter: snapshot + frames = fresh snapshot. Receipts name the
first and the last message of what was delivered or read, and when.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jobsphere.kit.actor import Actor
from jobsphere.messaging import selectors
from jobsphere.messaging.api.serializers import ConversationSerializer, MessageSerializer
from jobsphere.messaging.events import (
    ConversationDelivered,
    ConversationOpened,
    ConversationRead,
    MessageChanged,
    MessageDeleted,
    MessageSent,
    MessageWasHidden,
    StepNoted,
)
from jobsphere.messaging.models import Conversation
from jobsphere.messaging.services.turns import take_turn
from jobsphere.moderation.events import PersonBlocked, PersonUnblocked
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.realtime import frames
from jobsphere.realtime.services import push

SENT = frames.register("message.sent", "A line more in a conversation.", ("chat", "message"))
CHANGED = frames.register("conversation.changed", "A conversation began, or whether you may write there.", ("chat",))
frames.register("message.changed", "Another text in the same place.", ("chat", "message"))
DELETED = frames.register(
    "message.deleted",
    "An empty place; with `hidden_id` a line that you have hidden for yourself.",
    ("chat",),
    sometimes=("message", "hidden_id"),
)
RECEIPT = ("chat", "person_id", "first_id", "last_id", "at")
frames.register("conversation.delivered", "Messages have reached a device of the other.", RECEIPT)
frames.register("conversation.read", "Messages were read; the reader's other devices count less.", RECEIPT)


@subscribe(ConversationOpened)
def show_conversation(event: ConversationOpened) -> None:
    """Both have a place to write."""
    for person in _two(event.conversation_id):
        _push(person, CHANGED, event.conversation_id, {})


@subscribe(MessageSent, StepNoted)
def show_message(event: MessageSent | StepNoted) -> None:
    """A line more, for both."""
    _push_message(SENT, event.conversation_id, event.message_id)


@subscribe(MessageChanged)
def show_change(event: MessageChanged) -> None:
    """Another text in the same place, for both."""
    _push_message(event.name, event.conversation_id, event.message_id)


@subscribe(MessageDeleted)
def show_deletion(event: MessageDeleted) -> None:
    """An empty place, for both."""
    _push_message(event.name, event.conversation_id, event.message_id)


@subscribe(MessageWasHidden)
def show_hiding(event: MessageWasHidden) -> None:
    """A line less, on all devices of who hid it, and there alone."""
    _push(event.user_id, DELETED, event.conversation_id, {"hidden_id": str(event.message_id)})


@subscribe(ConversationDelivered)
def show_delivery(event: ConversationDelivered) -> None:
    """What one wrote has reached the other."""
    _push_receipt(event.name, event, event.recipient_id)


@subscribe(ConversationRead)
def show_reading(event: ConversationRead) -> None:
    """What one wrote was read; the reader's other devices count less."""
    _push_receipt(event.name, event, event.reader_id)


@subscribe(PersonBlocked, PersonUnblocked)
def show_what_one_may(event: PersonBlocked | PersonUnblocked) -> None:
    """Whether the two can write to each other has changed; the frame is the same for both, so it names nobody."""
    for chat_id in sorted(selectors.chats_of(event.blocker_id, event.blocked_id)):
        take_turn(chat_id)  # a higher revision: this copy of the conversation is newer than any before it
        for person in sorted((event.blocker_id, event.blocked_id)):
            _push(person, CHANGED, chat_id, {})


def _push_message(name: str, chat_id: UUID, message_id: UUID) -> None:
    for person in _two(chat_id):
        row = selectors.messages(Actor(person), chat_id).filter(pk=message_id).first()
        if row:
            [view] = selectors.message_views(Actor(person), [row])
            _push(person, name, chat_id, {"message": MessageSerializer(view).data})


def _push_receipt(name: str, event: ConversationDelivered | ConversationRead, person_id: UUID) -> None:
    if event.first_id is None or event.last_id is None or event.at is None:
        return  # an event of an earlier version, which nobody waits for any more
    span = {"first_id": str(event.first_id), "last_id": str(event.last_id), "at": event.at}
    for person in _two(event.conversation_id):
        _push(person, name, event.conversation_id, {"person_id": str(person_id), **span})


def _push(person: UUID, name: str, chat_id: UUID, more: Mapping[str, Any]) -> None:
    """Send one frame about a conversation to one of the two, with the conversation as they see it."""
    rows = list(selectors.conversations(Actor(person)).filter(pk=chat_id))
    [chat] = selectors.conversation_views(Actor(person), rows)
    push(user_ids=[person], type=name, payload={"chat": ConversationSerializer(chat).data, **more})


def _two(chat_id: UUID) -> list[UUID]:
    """Return the two, in the order in which their streams are locked by everybody."""
    found = Conversation.objects.filter(pk=chat_id).values_list("first_id", "second_id").first()
    return sorted(found) if found else []
