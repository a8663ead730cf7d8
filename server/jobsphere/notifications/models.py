"""What people were told, and how they want to be told."""

from django.db import models
from django.db.models import Q

from jobsphere.db.models import Record
from jobsphere.notifications.rules import BODY_LENGTH, LINK_LENGTH, TITLE_LENGTH
from jobsphere.notifications.types import NotificationType

_TYPES = [(each.value, each.name) for each in NotificationType]


class Notification(Record):
    """One thing that one person was told (R90)."""

    user = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=40, choices=_TYPES)
    title = models.CharField(max_length=TITLE_LENGTH)
    body = models.CharField(max_length=BODY_LENGTH, blank=True)
    link = models.CharField(max_length=LINK_LENGTH, blank=True)
    metadata = models.JSONField(default=dict)
    #: Says the same thing once: a person has at most one notification with a key.
    key = models.CharField(max_length=120, blank=True)
    #: False where the person wants this type by e-mail only.
    in_app = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "id"], name="notifications_by_user"),
            models.Index(fields=["user"], condition=Q(read_at=None, in_app=True), name="notifications_unread"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], condition=~Q(key=""), name="notifications_key_once"),
        ]


class NotificationPreference(Record):
    """What a person chose for one type; without a row the catalogue holds (R89)."""

    user = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=40, choices=_TYPES)
    in_app = models.BooleanField()
    email = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "type"], name="notifications_one_choice_a_type"),
        ]
