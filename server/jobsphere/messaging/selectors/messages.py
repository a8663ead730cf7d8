"""Reads of messages: history, search, and how one message looks to one of the two."""

import re
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jobsphere.db.composed import composed
from jobsphere.files.selectors import files_for
from jobsphere.files.types import FileView
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.messaging.models import Conversation, HiddenMessage, Message
from jobsphere.messaging.rules import actions_on_message, changeable_until, preview
from jobsphere.messaging.types import MessageKind, MessageView, Note, Quote


def shown_to(viewer: Actor) -> "QuerySet[Message]":
    """Return every message that the viewer has not hidden; the caller narrows it to conversations of theirs."""
    hidden = HiddenMessage.objects.filter(message=OuterRef("pk"), user_id=viewer.known_id())
    return Message.objects.filter(~Exists(hidden))


def messages(viewer: Actor, chat_id: UUID) -> "QuerySet[Message]":
    """Return the messages of a conversation for the API to page, if the viewer is one of the two."""
    return shown_to(viewer).filter(conversation__in=_chats(viewer).filter(pk=chat_id))


def message(viewer: Actor, chat_id: UUID, message_id: UUID) -> MessageView | None:
    """Return one message as the viewer sees it; None when they have hidden it, or are not one of the two."""
    rows = _one_message(viewer_id=viewer.known_id(), chat_id=chat_id, message_id=message_id)
    return next(iter(message_views(viewer, rows)), None)


@composed
def _one_message(*, viewer_id: UUID, chat_id: UUID, message_id: UUID) -> "QuerySet[Message]":
    return messages(Actor(viewer_id), chat_id).filter(pk=message_id)


def found_messages(viewer: Actor, words: Sequence[str], *, chat_id: UUID | None = None) -> "QuerySet[Message]":
    """Return what people wrote that has all of the words in it, whatever their case; in one conversation or in all."""
    chats = _chats(viewer).filter(pk=chat_id) if chat_id else _chats(viewer)
    rows = shown_to(viewer).filter(conversation__in=chats, kind=MessageKind.TEXT, deleted_at=None)
    for word in words:
        # As a pattern, because SQLite's LIKE knows the case of ASCII letters only, and its REGEXP is Python's.
        rows = rows.filter(body__iregex=re.escape(word))
    return rows


def message_views(viewer: Actor, rows: Sequence[Message]) -> list[MessageView]:
    """Return a page of messages as the viewer sees them, with files and quotations; two queries whatever its size."""
    quoted = _quoted(viewer, [row.reply_to_id for row in rows if row.reply_to_id])
    standing = [row.id for row in [*rows, *quoted.values()] if row.deleted_at is None and row.sender_id]
    files = files_for("message", standing) if standing else {}
    return [_view(viewer, row, quoted, files) for row in rows]


def _quoted(viewer: Actor, ids: Collection[UUID]) -> dict[UUID, Message]:
    return {row.id: row for row in shown_to(viewer).filter(pk__in=set(ids))} if ids else {}


def _view(viewer: Actor, row: Message, quoted: dict[UUID, Message], files: dict[UUID, list[FileView]]) -> MessageView:
    until = changeable_until(row.created_at)
    return MessageView(
        id=row.id,
        chat_id=row.conversation_id,
        kind=row.kind,
        sender_id=row.sender_id,
        mine=row.sender_id == viewer.id,
        client_id=row.client_id,
        body=row.body,
        note=Note(row.code, row.params, row.link) if row.kind == MessageKind.SYSTEM else None,
        reply_to=_quote(row.reply_to_id, quoted.get(row.reply_to_id), files) if row.reply_to_id else None,
        files=files.get(row.id, []),
        delivered_at=row.delivered_at,
        read_at=row.read_at,
        edited_at=row.edited_at,
        deleted_at=row.deleted_at,
        changeable_until=until,
        created_at=row.created_at,
        revision=row.revision,
        allowed_actions=actions_on_message(
            mine=row.sender_id == viewer.id,
            said=row.kind == MessageKind.TEXT,
            deleted=row.deleted_at is not None,
            settled=clock.now() > until,
        ),
    )


def _quote(message_id: UUID, row: Message | None, files: dict[UUID, list[FileView]]) -> Quote:
    if row is None or row.deleted_at:
        return Quote(message_id, row.sender_id if row else None, "", 0, gone=True, revision=row.revision if row else 0)
    return Quote(row.id, row.sender_id, preview(row.body), len(files.get(row.id, [])), False, row.revision)


def _chats(viewer: Actor) -> "QuerySet[Conversation]":
    return Conversation.objects.filter(Q(first_id=viewer.known_id()) | Q(second_id=viewer.known_id()))
