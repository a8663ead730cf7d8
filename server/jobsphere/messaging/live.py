"""Tells both people's devices what has changed in a conversation, as each of the two sees it (R82).

A frame holds the conversation and the message as they are when it is made, with their revisions, so clients keep the
copy with the higher one and the order of frames does not matter: snapshot + frames = fresh snapshot. Receipts name the
first and the last message of what was delivered or read, and when.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.db.composed import composed
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
from jobsphere.realtime.services import push_to_each

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
    _push(CHANGED, event.conversation_id)


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
    hidden = {event.user_id: {"hidden_id": str(event.message_id)}}
    _push(DELETED, event.conversation_id, hidden)


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
        _push(CHANGED, chat_id)


def _push_message(name: str, chat_id: UUID, message_id: UUID) -> None:
    """Show the two a message, unless they have hidden it."""
    seen = {person: selectors.message(Actor(person), chat_id, message_id) for person in _two(chat_id)}
    shown = {person: {"message": MessageSerializer(view).data} for person, view in seen.items() if view}
    _push(name, chat_id, shown)


def _push_receipt(name: str, event: ConversationDelivered | ConversationRead, person_id: UUID) -> None:
    if event.first_id is None or event.last_id is None or event.at is None:
        return  # an event of an earlier version, which nobody waits for any more
    receipt = {
        "person_id": str(person_id),
        "first_id": str(event.first_id),
        "last_id": str(event.last_id),
        "at": event.at,
    }
    _push(name, event.conversation_id, dict.fromkeys(_two(event.conversation_id), receipt))


def _push(name: str, chat_id: UUID, more: Mapping[UUID, Mapping[str, Any]] | None = None) -> None:
    """Send each person one frame with the conversation as they see it, and more of their own; to both when none is."""
    shown = {}
    beside: Mapping[UUID, Mapping[str, Any]] = {person: {} for person in _two(chat_id)} if more is None else more
    for person, own in beside.items():
        chat = selectors.conversation(Actor(person), chat_id)
        assert chat is not None, "only the two of a conversation are told of it"
        shown[person] = {"chat": ConversationSerializer(chat).data, **own}
    push_to_each(type=name, payloads=shown)


def _two(chat_id: UUID) -> tuple[UUID, ...]:
    return _people_of.one(chat_id=chat_id) or ()


@composed
def _people_of(*, chat_id: UUID) -> "QuerySet[Any]":
    return Conversation.objects.filter(pk=chat_id).values_list("first_id", "second_id")
