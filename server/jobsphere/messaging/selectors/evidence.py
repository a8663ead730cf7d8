"""What was said, for those who must judge it: a bank, or staff after a report. The callers have checked the asker."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from jobsphere.files.selectors import files_for
from jobsphere.kit.actor import Actor
from jobsphere.messaging.models import Conversation, Message
from jobsphere.messaging.selectors.conversations import of_viewer, other_of
from jobsphere.messaging.selectors.messages import shown_to
from jobsphere.messaging.types import Line, MessageKind
from jobsphere.moderation.types import Subject

#: So much of a reported conversation is kept with the report.
REPORTED_LINES = 50


def transcript(chat_id: UUID, *, limit: int = 100) -> list[Line]:
    """Return the last lines that the two said and let stand, oldest first. One query."""
    said = Message.objects.filter(conversation_id=chat_id, kind=MessageKind.TEXT, deleted_at=None)
    rows = said.select_related("sender").order_by("-id")[:limit]
    return [Line(row.created_at, row.sender.name if row.sender else "", row.body) for row in reversed(rows)]


def message_subject(actor: Actor, message_id: UUID) -> Subject | None:
    """Return a message as what is reported, with its earlier texts; None for who cannot see it or wrote it."""
    row = _reportable(actor).filter(pk=message_id).select_related("sender").prefetch_related("earlier").first()
    if row is None or row.sender is None or row.sender_id == actor.id:
        return None
    return Subject(
        type="message",
        id=row.id,
        owner_id=row.sender.id,
        title=f"A message of {row.sender.name}",
        link=f"/messages/{row.conversation_id}?at={row.id}",
        snapshot=_evidence([row])[0],
    )


def conversation_subject(actor: Actor, chat_id: UUID) -> Subject | None:
    """Return a conversation as what is reported: the other person answers for it. None for a stranger."""
    chats = Conversation.objects.all() if actor.is_system else of_viewer(actor)
    row = chats.filter(pk=chat_id).select_related("first", "second").first()
    if row is None:
        return None
    owner = row.first if actor.is_system or other_of(row, actor.known_id()) == row.first_id else row.second
    said = Message.objects.filter(conversation=row, kind=MessageKind.TEXT).select_related("sender")
    lines = _evidence(said.prefetch_related("earlier").order_by("-pk")[:REPORTED_LINES])
    return Subject(
        type="conversation",
        id=row.id,
        owner_id=owner.id,
        title=f"A conversation of {row.first.name} and {row.second.name}",
        link=f"/messages/{row.id}",
        snapshot={"about": row.subject_type, "lines": lines[::-1]},
    )


def _reportable(actor: Actor) -> Any:
    if actor.is_system:
        return Message.objects.all()
    return shown_to(actor).filter(conversation__in=of_viewer(actor)) if actor.id else Message.objects.none()


def _evidence(rows: Iterable[Message]) -> list[dict[str, Any]]:
    said = list(rows)
    files = files_for("message", [row.id for row in said])
    return [_said(row, [file.display_name for file in files.get(row.id, [])]) for row in said]


def _said(row: Message, files: list[str]) -> dict[str, Any]:
    return {
        "from": row.sender.name if row.sender else "",
        "body": row.body,
        "files": files,
        "sent_at": row.created_at.isoformat(),
        "edited_at": row.edited_at.isoformat() if row.edited_at else None,
        "taken_back_at": row.deleted_at.isoformat() if row.deleted_at else None,
        "earlier": [{"until": each.created_at.isoformat(), "body": each.body} for each in row.earlier.all()],
    }
