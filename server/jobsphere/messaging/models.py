"""Conversations and their messages."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.models import Record
from jobsphere.kit.ids import uuid7
from jobsphere.messaging.rules import BODY_LENGTH, CLIENT_ID_LENGTH


class Conversation(Record):
    """Two people about one thing; there is one for each such three."""

    #: The two, in the order of their ids.
    first = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    last_message = models.ForeignKey("Message", on_delete=models.SET_NULL, null=True, related_name="+")
    #: The id of the last message, or a fresh one: time-ordered, so lists are paged by it.
    last_activity = models.UUIDField(default=uuid7, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second", "subject_type", "subject_id"], name="messaging_one_conversation"
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="messaging_two_people_in_order"),
        ]
        indexes = [
            models.Index(fields=["first", "last_activity"], name="messaging_by_first"),
            models.Index(fields=["second", "last_activity"], name="messaging_by_second"),
        ]


class Message(Record):
    """What one of the two wrote. `client_id` is the sender's own name for it, so that a resend is harmless."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    sender = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    client_id = models.CharField(max_length=CLIENT_ID_LENGTH)
    body = models.CharField(max_length=BODY_LENGTH, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "client_id"], name="messaging_client_id_once"),
        ]
        indexes = [
            models.Index(fields=["conversation", "id"], name="messaging_history"),
            models.Index(fields=["conversation", "sender"], condition=Q(read_at=None), name="messaging_unread"),
        ]
