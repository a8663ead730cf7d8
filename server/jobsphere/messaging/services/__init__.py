"""Verbs of conversations: open and note, write and take back, deliver and read."""

from jobsphere.messaging.services.opening import begin_conversation, note, open_conversation
from jobsphere.messaging.services.receipts import mark_all_delivered, mark_delivered, mark_read
from jobsphere.messaging.services.removing import put_message_back, remove_message
from jobsphere.messaging.services.taking_back import delete_message, edit_message, forget_earlier_texts, hide_message
from jobsphere.messaging.services.writing import send_message

__all__ = [
    "begin_conversation",
    "delete_message",
    "edit_message",
    "forget_earlier_texts",
    "hide_message",
    "mark_all_delivered",
    "mark_delivered",
    "mark_read",
    "note",
    "open_conversation",
    "put_message_back",
    "remove_message",
    "send_message",
]
