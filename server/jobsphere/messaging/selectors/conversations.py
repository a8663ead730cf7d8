"""Reads of conversations: the list, one of them, what is unread, and who is there."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from jobsphere.db.composed import composed, in_lists
from jobsphere.kit.actor import Actor
from jobsphere.messaging.models import Conversation, Message
from jobsphere.messaging.selectors.messages import message_views, shown_to
from jobsphere.messaging.subjects import titles_of
from jobsphere.messaging.types import ChatFilter, ConversationView, MessageView, Presence, Subject, Unread
from jobsphere.moderation.selectors import is_blocked, not_kept_away
from jobsphere.realtime import selectors as realtime
from jobsphere.users.selectors import people
from jobsphere.users.types import Person


def of_viewer(viewer: Actor) -> "QuerySet[Conversation]":
    """Return the conversations that the viewer is one of the two of."""
    return Conversation.objects.filter(Q(first_id=viewer.known_id()) | Q(second_id=viewer.known_id()))


def conversations(viewer: Actor, wanted: ChatFilter | None = None) -> "QuerySet[Conversation]":
    """Return the viewer's conversations for the API to page by `last_activity`.

    Beside each: `unread`, `shown_id` (the last message that the viewer has not hidden) and `open` (one can write).
    """
    messages = shown_to(viewer).filter(conversation=OuterRef("pk")).order_by()
    count = _unread(viewer, messages).values("conversation").annotate(count=Count("pk")).values("count")
    rows = of_viewer(viewer).annotate(
        unread=Coalesce(Subquery(count, output_field=IntegerField()), 0),
        shown_id=Subquery(messages.order_by("-pk").values("pk")[:1]),
        open=Case(When(_open_to(viewer), then=Value(True)), default=Value(False), output_field=BooleanField()),
    )
    return _narrowed(rows, viewer, wanted) if wanted else rows


def conversation(viewer: Actor, chat_id: UUID) -> ConversationView | None:
    """Return one conversation as the viewer sees it; None when they are not one of the two."""
    rows = _one_conversation(viewer_id=viewer.known_id(), chat_id=chat_id)
    return next(iter(conversation_views(viewer, rows)), None)


@composed
def _one_conversation(*, viewer_id: UUID, chat_id: UUID) -> "QuerySet[Conversation]":
    return conversations(Actor(viewer_id)).filter(pk=chat_id)


def conversation_views(viewer: Actor, rows: Sequence[Conversation]) -> list[ConversationView]:
    """Return a page of conversations as the viewer sees them; a few queries whatever its size."""
    others = people([other_of(row, viewer.known_id()) for row in rows]) if rows else {}
    shown = _last_messages(viewer, rows)
    titles = titles_of([(row.subject_type, row.subject_id) for row in rows])
    return [_view(row, viewer, others, shown, titles) for row in rows]


def unread_total(viewer: Actor) -> Unread:
    """Return what waits for the viewer in all conversations; one query."""
    rows = _unread(viewer, shown_to(viewer).filter(conversation__in=of_viewer(viewer)))
    found = rows.aggregate(messages=Count("pk"), conversations=Count("conversation", distinct=True))
    return Unread(found["messages"], found["conversations"])


def conversation_ids(subject_type: str, subject_id: UUID, *, viewer: Actor) -> list[UUID]:
    """Return the viewer's conversations about one thing, the latest first, for the page of that thing."""
    rows = of_viewer(viewer).filter(subject_type=subject_type, subject_id=subject_id)
    return list(rows.order_by(F("last_activity").desc()).values_list("pk", flat=True))


def chats_of(one: UUID, other: UUID) -> list[UUID]:
    """Return every conversation of two people."""
    first, second = sorted((one, other))
    return list(Conversation.objects.filter(first_id=first, second_id=second).values_list("pk", flat=True))


def presences(viewer: Actor, person_ids: Collection[UUID]) -> dict[UUID, Presence]:
    """Return who of these is there, and since when not; only people whom the viewer talks to and no block parts.

    Who keeps it to themselves is left out. Three queries.
    """
    wanted = set(person_ids)
    rows = of_viewer(viewer).filter(Q(first_id__in=wanted) | Q(second_id__in=wanted)).filter(_open_to(viewer))
    known = {other_of(row, viewer.known_id()) for row in rows} & wanted
    if not known:
        return {}
    online, seen = realtime.online(known), realtime.last_seen(known)
    return {each: Presence(each, each in online, seen.get(each)) for each in known if each in online or each in seen}


def may_see_presence(viewer: Actor, person_id: UUID) -> bool:
    """Say whether the viewer may know if a person is there: they talk to each other, and no block parts them."""
    if viewer.id is None or viewer.id == person_id:
        return False
    return bool(chats_of(viewer.id, person_id)) and not is_blocked(viewer.id, person_id)


def other_of(row: Conversation, user_id: UUID) -> UUID:
    """Return the other one of the two."""
    return row.second_id if row.first_id == user_id else row.first_id


def _unread(viewer: Actor, rows: "QuerySet[Message]") -> "QuerySet[Message]":
    return rows.filter(read_at=None, deleted_at=None, sender__isnull=False).exclude(sender_id=viewer.known_id())


def _open_to(viewer: Actor) -> Q:
    present = Q(first__is_active=True, second__is_active=True)
    return present & not_kept_away(viewer, "first_id") & not_kept_away(viewer, "second_id")


def _narrowed(rows: "QuerySet[Any]", viewer: Actor, wanted: ChatFilter) -> "QuerySet[Any]":
    if wanted.name:
        as_second = Q(first_id=viewer.known_id(), second__name__icontains=wanted.name)
        rows = rows.filter(as_second | Q(second_id=viewer.known_id(), first__name__icontains=wanted.name))
    if wanted.unread:
        rows = rows.filter(unread__gt=0)
    if wanted.subject_type:
        rows = rows.filter(subject_type=wanted.subject_type)
    return rows


def _last_messages(viewer: Actor, rows: Sequence[Conversation]) -> dict[UUID, MessageView]:
    ids = [shown for row in rows if (shown := getattr(row, "shown_id", None))]
    return {each.id: each for each in message_views(viewer, in_lists(_messages_by_id, ids=ids))}


@composed
def _messages_by_id(*, ids: list[UUID]) -> "QuerySet[Message]":
    return Message.objects.filter(pk__in=ids)


def _view(
    row: Conversation,
    viewer: Actor,
    others: dict[UUID, Person],
    shown: dict[UUID, MessageView],
    titles: dict[tuple[str, UUID], str],
) -> ConversationView:
    last = getattr(row, "shown_id", None)
    return ConversationView(
        id=row.id,
        subject=Subject(row.subject_type, row.subject_id, titles.get((row.subject_type, row.subject_id), "")),
        other=others.get(other_of(row, viewer.known_id())),
        last_message=shown.get(last) if last else None,
        unread_count=getattr(row, "unread", 0),
        created_at=row.created_at,
        revision=row.revision,
        allowed_actions=["send", "report"] if getattr(row, "open", False) else ["report"],
    )
