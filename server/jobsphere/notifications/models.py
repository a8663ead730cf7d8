"""What people were told, how they want to be told, and which devices they have."""

from django.db import models
from django.db.models import Q

from jobsphere.db.encryption_fields import EncryptedJSONField
from jobsphere.db.models import Record
from jobsphere.notifications.rules import BODY_LENGTH, LINK_LENGTH, TITLE_LENGTH
from jobsphere.notifications.types import DeviceKind, Digest, NotificationType

_TYPES = [(each.value, each.name) for each in NotificationType]


class Notification(Record):
    """One thing that one person was told (R90).

    `message` and `params` (JSON) are what counts: they become words when somebody reads them. `title` and `body` are
    those words in the operator's language, for rows from before, and for code that does not know the message.
    """

    user = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=40, choices=_TYPES)
    message = models.CharField(max_length=60, blank=True)
    params = models.TextField(default="{}")
    title = models.CharField(max_length=TITLE_LENGTH)
    body = models.CharField(max_length=BODY_LENGTH, blank=True)
    link = models.CharField(max_length=LINK_LENGTH, blank=True)
    metadata = models.JSONField(default=dict)
    #: Says the same thing once: a person has at most one notification with a key.
    key = models.CharField(max_length=120, blank=True)
    #: Unread ones about one thing fold into the newest, which counts them.
    group_key = models.CharField(max_length=120, blank=True)
    count = models.PositiveIntegerField(default=1)
    #: A newer one has taken its place.
    folded = models.BooleanField(default=False)
    #: False where the person wants this type by e-mail only.
    in_app = models.BooleanField(default=True)
    #: The person wants this type by e-mail: at once, or in their digest.
    by_email = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "id"], name="notifications_by_user"),
            models.Index(fields=["user"], condition=Q(read_at=None, in_app=True), name="notifications_unread"),
            models.Index(
                fields=["user", "id"],
                condition=Q(read_at=None, emailed_at=None, by_email=True, folded=False),
                name="notifications_for_digest",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], condition=~Q(key=""), name="notifications_key_once"),
            models.UniqueConstraint(
                fields=["user", "group_key"],
                condition=Q(read_at=None, in_app=True) & ~Q(group_key=""),
                name="notifications_one_unread_a_group",
            ),
        ]


class NotificationPreference(Record):
    """What a person chose for one type; without a row the catalogue holds (R89)."""

    user = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=40, choices=_TYPES)
    in_app = models.BooleanField()
    email = models.BooleanField()
    #: None: chosen before there was push, so the catalogue holds.
    push = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "type"], name="notifications_one_choice_a_type"),
        ]


class NotificationSettings(Record):
    """How a person reads, and when they want to be left alone; without a row the operator's defaults hold."""

    user = models.OneToOneField("users.User", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    time_zone = models.CharField(max_length=60)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    digest = models.CharField(max_length=8, choices=[(each, each) for each in Digest], default=Digest.OFF)
    digested_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="quiet_hours_begin_and_end",
            ),
        ]


class Device(Record):
    """A phone or browser that a person lets us push to. Its address is as good as a key, so it rests sealed."""

    user = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=[(each, each) for each in DeviceKind])
    #: {"token"} of FCM, or a browser's subscription {"endpoint", "keys"}.
    address = EncryptedJSONField()
    #: A device belongs to whoever turned it on last.
    fingerprint = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=80, blank=True)
    #: Signing out of it turns it off.
    session_id = models.UUIDField(null=True)
    last_sent_at = models.DateTimeField(null=True)
    window_began_at = models.DateTimeField(null=True)
    sent_in_window = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["user"], name="devices_by_user"),
            models.Index(fields=["session_id"], name="devices_by_session"),
        ]
