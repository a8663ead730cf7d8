"""Conversations, their messages, and what becomes of messages."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.models import Record
from jobsphere.kit.ids import uuid7
from jobsphere.messaging.rules import BODY_LENGTH, CLIENT_ID_LENGTH, CODE_LENGTH, LINK_LENGTH
from jobsphere.messaging.types import MessageKind


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
    #: Counts the changes of anything in it. Who counts it up holds the row until the commit: verbs take turns here.
    revision = models.PositiveBigIntegerField(default=0)

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
    """What one of the two wrote, or a step of the deal (kind "system", nobody's).

    `client_id` is the sender's own name for it, so that a resend is harmless; for a step it is the fact's.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(
        max_length=8, choices=[(each.value, each.name) for each in MessageKind], default=MessageKind.TEXT.value
    )
    sender = models.ForeignKey("users.User", on_delete=models.PROTECT, null=True, related_name="+")
    client_id = models.CharField(max_length=CLIENT_ID_LENGTH)
    body = models.CharField(max_length=BODY_LENGTH, blank=True)
    #: Of a step: what happened, with amounts and ids but no words of people, and where to look at it.
    code = models.CharField(max_length=CODE_LENGTH, blank=True)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=LINK_LENGTH, blank=True)
    reply_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    #: The conversation's revision when this message was last written, changed or taken back.
    revision = models.PositiveBigIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "client_id"], name="messaging_client_id_once"),
            models.UniqueConstraint(
                fields=["conversation", "client_id"], condition=Q(sender=None), name="messaging_step_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="system", sender=None) | Q(kind="text", sender__isnull=False),
                name="messaging_steps_are_nobodys",
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "id"], name="messaging_history"),
            models.Index(fields=["conversation", "sender"], condition=Q(read_at=None), name="messaging_unread"),
        ]


class HiddenMessage(Record):
    """One of the two does not want to see a message any more; the other one still does."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="hidden")
    user = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "user"], name="messaging_hidden_once")]


class EarlierText(Record):
    """What a message said before it was changed or taken back; for staff, when it is reported (rules.KEEP_EARLIER)."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="earlier")
    body = models.CharField(max_length=BODY_LENGTH, blank=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="messaging_earlier_by_age")]
