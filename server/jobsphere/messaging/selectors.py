"""Reads of conversations."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jobsphere.files.selectors import files_for
from jobsphere.files.types import FileView
from jobsphere.kit.actor import Actor
from jobsphere.messaging.models import Conversation, Message
from jobsphere.messaging.types import ConversationView, MessageView, Subject
from jobsphere.users.selectors import people
from jobsphere.users.types import Person


def conversations(viewer: Actor) -> "QuerySet[Conversation]":
    """Return the viewer's conversations for the API to page by `last_activity`, with `unread` beside each."""
    unread = (
        Message.objects.filter(conversation=OuterRef("pk"), read_at=None)
        .exclude(sender_id=viewer.known_id())
        .order_by()
        .values("conversation")
        .annotate(count=Count("pk"))
        .values("count")
    )
    rows = of_viewer(viewer).select_related("last_message")
    return rows.annotate(unread=Coalesce(Subquery(unread, output_field=IntegerField()), 0))


def of_viewer(viewer: Actor) -> "QuerySet[Conversation]":
    """Return the conversations that the viewer is one of the two of."""
    return Conversation.objects.filter(Q(first_id=viewer.known_id()) | Q(second_id=viewer.known_id()))


def conversation_views(viewer: Actor, rows: Sequence[Conversation]) -> list[ConversationView]:
    """Return a page of conversations as the viewer sees them; two queries whatever its size."""
    others = people([other_of(row, viewer.known_id()) for row in rows]) if rows else {}
    last = [row.last_message for row in rows if row.last_message]
    shown = {each.id: each for each in message_views(viewer, last)}
    return [_view(row, viewer, others, shown) for row in rows]


def messages(viewer: Actor, chat_id: UUID) -> "QuerySet[Message]":
    """Return the messages of a conversation for the API to page, if the viewer is one of the two."""
    return Message.objects.filter(conversation__in=of_viewer(viewer).filter(pk=chat_id))


def message_views(viewer: Actor, rows: Sequence[Message]) -> list[MessageView]:
    """Return a page of messages as the viewer sees them, with their files; one query whatever its size."""
    files = files_for("message", [row.id for row in rows]) if rows else {}
    return [message_view(viewer, row, files.get(row.id, [])) for row in rows]


def message_view(viewer: Actor, row: Message, files: list[FileView]) -> MessageView:
    """Return one message as the viewer sees it."""
    return MessageView(
        id=row.id,
        chat_id=row.conversation_id,
        sender_id=row.sender_id,
        mine=row.sender_id == viewer.id,
        client_id=row.client_id,
        body=row.body,
        files=files,
        read_at=row.read_at,
        created_at=row.created_at,
    )


def conversation_ids(subject_type: str, subject_id: UUID, *, viewer: Actor) -> list[UUID]:
    """Return the viewer's conversations about one thing, the latest first, for the page of that thing."""
    rows = of_viewer(viewer).filter(subject_type=subject_type, subject_id=subject_id)
    return list(rows.order_by(F("last_activity").desc()).values_list("pk", flat=True))


def other_of(row: Conversation, user_id: UUID) -> UUID:
    """Return the other one of the two."""
    return row.second_id if row.first_id == user_id else row.first_id


def _view(
    row: Conversation, viewer: Actor, others: dict[UUID, Person], shown: dict[UUID, MessageView]
) -> ConversationView:
    return ConversationView(
        id=row.id,
        subject=Subject(row.subject_type, row.subject_id),
        other=others.get(other_of(row, viewer.known_id())),
        last_message=shown.get(row.last_message_id) if row.last_message_id else None,
        unread_count=getattr(row, "unread", 0),
        created_at=row.created_at,
    )
