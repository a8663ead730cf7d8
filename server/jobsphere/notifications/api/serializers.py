"""Bodies of notifications."""

from typing import Any

from rest_framework import serializers

from jobsphere.notifications.types import NotificationType
from jobsphere.web.serializers import StrictSerializer


class NotificationSerializer(serializers.Serializer[Any]):
    """One thing that I was told."""

    id = serializers.UUIDField()
    type = serializers.CharField()
    title = serializers.CharField()
    body = serializers.CharField()
    link = serializers.CharField(help_text="A path of the web application.")
    metadata = serializers.DictField()
    read_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class NotificationQuerySerializer(serializers.Serializer[Any]):
    """What to list."""

    unread = serializers.BooleanField(required=False, allow_null=True, default=None)


class ReadCountSerializer(serializers.Serializer[Any]):
    """How many were marked."""

    read = serializers.IntegerField()


class UnreadCountSerializer(serializers.Serializer[Any]):
    """How many wait."""

    unread = serializers.IntegerField()


class PreferenceSerializer(serializers.Serializer[Any]):
    """How one type reaches me; a required one always shows in the app."""

    type = serializers.CharField()
    group = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    required = serializers.BooleanField()  # type: ignore[assignment]
    in_app = serializers.BooleanField()
    email = serializers.BooleanField()


class PreferencesSerializer(serializers.Serializer[Any]):
    """How every type reaches me."""

    preferences = PreferenceSerializer(many=True)


class ChoiceSerializer(StrictSerializer):
    """How one type shall reach me."""

    type = serializers.ChoiceField([each.value for each in NotificationType])
    in_app = serializers.BooleanField()
    email = serializers.BooleanField()


class ChoicesSerializer(StrictSerializer):
    """The types to change; others stay as they are."""

    preferences = ChoiceSerializer(many=True, allow_empty=False)
