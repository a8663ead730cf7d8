"""Reads of conversations; the first argument is the viewer, who sees only what they are one of the two of."""

from jobsphere.messaging.selectors.conversations import (
    chats_of,
    conversation,
    conversation_ids,
    conversation_views,
    conversations,
    may_see_presence,
    of_viewer,
    other_of,
    presences,
    unread_total,
)
from jobsphere.messaging.selectors.evidence import conversation_subject, message_subject, transcript
from jobsphere.messaging.selectors.messages import found_messages, message, message_views, messages

__all__ = [
    "chats_of",
    "conversation",
    "conversation_ids",
    "conversation_subject",
    "conversation_views",
    "conversations",
    "found_messages",
    "may_see_presence",
    "message",
    "message_subject",
    "message_views",
    "messages",
    "of_viewer",
    "other_of",
    "presences",
    "transcript",
    "unread_total",
]
