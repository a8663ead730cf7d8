"""Bodies of notifications."""

from typing import Any

from rest_framework import serializers

from jobsphere.kit.words import LANGUAGES
from jobsphere.notifications.selectors import view_of
from jobsphere.notifications.types import Choice, DeviceKind, Digest, NewsGroup, NotificationType
from jobsphere.web.serializers import StrictSerializer


class NotificationSerializer(serializers.Serializer[Any]):
    """One thing that I was told, in my language. Unread ones about one thing are one, and `count` says how many."""

    id = serializers.UUIDField()
    type = serializers.CharField()
    group = serializers.ChoiceField(list(NewsGroup))
    title = serializers.CharField()
    body = serializers.CharField()
    link = serializers.CharField(help_text="A path of the web application.")
    count = serializers.IntegerField()
    metadata = serializers.DictField()
    read_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()

    def to_representation(self, instance: Any) -> Any:
        """Put the row into words first."""
        return super().to_representation(view_of(instance, self.context["reader"]))


class NotificationQuerySerializer(serializers.Serializer[Any]):
    """What to list."""

    unread = serializers.BooleanField(required=False, allow_null=True, default=None)
    group = serializers.ChoiceField(list(NewsGroup), required=False, default="")


class ReadCountSerializer(serializers.Serializer[Any]):
    """How many were marked."""

    read = serializers.IntegerField()


class UnreadCountSerializer(serializers.Serializer[Any]):
    """How many wait."""

    unread = serializers.IntegerField()


class PreferenceSerializer(serializers.Serializer[Any]):
    """How one type reaches me; a required one always shows in the app and comes by e-mail."""

    type = serializers.CharField()
    group = serializers.ChoiceField(list(NewsGroup))
    group_label = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    required = serializers.BooleanField()  # type: ignore[assignment]
    in_app = serializers.BooleanField()
    email = serializers.BooleanField()
    push = serializers.BooleanField()


class PreferencesSerializer(serializers.Serializer[Any]):
    """How every type reaches me."""

    preferences = PreferenceSerializer(many=True)


class ChoiceSerializer(StrictSerializer):
    """How one type shall reach me; without `push`, that stays as it is."""

    type = serializers.ChoiceField([each.value for each in NotificationType])
    in_app = serializers.BooleanField()
    email = serializers.BooleanField()
    push = serializers.BooleanField(required=False)


class ChoicesSerializer(StrictSerializer):
    """The types to change; others stay as they are."""

    preferences = ChoiceSerializer(many=True, allow_empty=False)


class LanguageSerializer(serializers.Serializer[Any]):
    """A language that is complete."""

    code = serializers.CharField()
    name = serializers.CharField()


class SettingsSerializer(serializers.Serializer[Any]):
    """How I read, and when I want to be left alone. `chosen` is false while these are only our guess."""

    language = serializers.ChoiceField(list(LANGUAGES))
    time_zone = serializers.CharField()
    quiet_from = serializers.TimeField(allow_null=True, format="%H:%M")
    quiet_to = serializers.TimeField(allow_null=True, format="%H:%M")
    digest = serializers.ChoiceField(list(Digest))
    chosen = serializers.BooleanField()
    languages = LanguageSerializer(many=True)


class SettingsInputSerializer(StrictSerializer):
    """How I want to read, and when to be left alone: by the clock of my time zone, over midnight if need be."""

    language = serializers.ChoiceField(list(LANGUAGES))
    time_zone = serializers.CharField(max_length=60, help_text="As in Europe/Berlin.")
    quiet_from = serializers.TimeField(allow_null=True)
    quiet_to = serializers.TimeField(allow_null=True)
    digest = serializers.ChoiceField(list(Digest))


class DeviceSerializer(serializers.Serializer[Any]):
    """A device that gets push messages; `here`: this sign-in turned it on."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(list(DeviceKind))
    name = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_sent_at = serializers.DateTimeField(allow_null=True)
    here = serializers.BooleanField()


class DevicesSerializer(serializers.Serializer[Any]):
    """My devices, and by which services devices can be reached at all."""

    devices = DeviceSerializer(many=True)
    web_push_key = serializers.CharField(help_text="The applicationServerKey to subscribe with; empty: no Web Push.")
    fcm = serializers.BooleanField()


class SubscriptionKeysSerializer(serializers.Serializer[Any]):
    """The keys of a browser's subscription."""

    p256dh = serializers.CharField(max_length=200)
    auth = serializers.CharField(max_length=100)


class SubscriptionSerializer(serializers.Serializer[Any]):
    """What PushSubscription.toJSON() gives; other fields of it are ignored."""

    endpoint = serializers.URLField(max_length=1000)
    keys = SubscriptionKeysSerializer()


class NewDeviceSerializer(StrictSerializer):
    """A device to push to: `token` for the kind fcm, `subscription` for web_push."""

    kind = serializers.ChoiceField(list(DeviceKind))
    token = serializers.CharField(max_length=4096, required=False)
    subscription = SubscriptionSerializer(required=False)
    name = serializers.CharField(max_length=80, required=False, default="")

    def validate(self, attrs: Any) -> Any:
        """Ask for the address that the kind needs."""
        needed = "token" if attrs["kind"] == DeviceKind.FCM else "subscription"
        if not attrs.get(needed):
            raise serializers.ValidationError({needed: serializers.ErrorDetail("Send it.", code="required")})
        return attrs


class UnsubscribeQuerySerializer(serializers.Serializer[Any]):
    """The link's token."""

    token = serializers.CharField(max_length=500)


class UnsubscribeSerializer(serializers.Serializer[Any]):
    """What the link switches off; `done`: it is off."""

    scope = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    brand = serializers.CharField()
    done = serializers.BooleanField()


def choice_of(given: dict[str, Any]) -> Choice:
    """Return a choice as the services take it."""
    return Choice(NotificationType(given["type"]), given["in_app"], given["email"], given.get("push"))
