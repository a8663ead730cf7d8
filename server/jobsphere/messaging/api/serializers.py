"""Bodies of conversations."""

from typing import Any

from rest_framework import serializers

from jobsphere.messaging.rules import BODY_LENGTH, CLIENT_ID_LENGTH, SEARCH_LENGTH
from jobsphere.messaging.types import MessageKind
from jobsphere.web.serializers import PersonSerializer, StrictSerializer

_START = ("recipient_id", "subject_type", "subject_id")


class SendSerializer(StrictSerializer):
    """A message: into a conversation (`chat_id`), or to begin one (`recipient_id`, `subject_type`, `subject_id`)."""

    chat_id = serializers.UUIDField(required=False)
    recipient_id = serializers.UUIDField(required=False)
    subject_type = serializers.RegexField(r"^[a-z_]{1,40}$", required=False)
    subject_id = serializers.UUIDField(required=False)
    body = serializers.CharField(max_length=BODY_LENGTH, required=False, allow_blank=True, default="")
    client_id = serializers.CharField(
        max_length=CLIENT_ID_LENGTH,
        required=False,
        default="",
        allow_blank=True,
        help_text="Your own name for the message; repeat it when you resend, and it arrives once.",
    )
    file_ids = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=20, default=list)
    reply_to = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="The message of this conversation that you answer."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = [name for name in _START if name in attrs]
        if "chat_id" in attrs and given:
            raise _error(given[0], "Give either chat_id, or the recipient and the subject.")
        if "chat_id" not in attrs and len(given) < len(_START):
            missing = next(name for name in _START if name not in attrs)
            raise _error(missing, "Give chat_id, or the recipient and the subject of a new conversation.")
        return attrs


def _error(field: str, text: str) -> serializers.ValidationError:
    return serializers.ValidationError({field: serializers.ErrorDetail(text, code="required")})


class EditSerializer(StrictSerializer):
    """The text that a message shall have."""

    body = serializers.CharField(max_length=BODY_LENGTH, allow_blank=True)


class UpToSerializer(StrictSerializer):
    """How far: a message and everything before it. Without one, all that is there."""

    up_to = serializers.UUIDField(required=False, allow_null=True, default=None)


class ListQuerySerializer(serializers.Serializer[Any]):
    """What the list of conversations is narrowed to."""

    q = serializers.CharField(required=False, max_length=SEARCH_LENGTH, default="", allow_blank=True)
    unread = serializers.BooleanField(required=False, default=False)
    about = serializers.RegexField(r"^[a-z_]{1,40}$", required=False, default="")


class SearchQuerySerializer(serializers.Serializer[Any]):
    """What to look for, and where."""

    q = serializers.CharField(max_length=SEARCH_LENGTH)
    chat_id = serializers.UUIDField(required=False, default=None)


class AttachmentSerializer(serializers.Serializer[Any]):
    """A file of a message; read it at `url`."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    display_name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    colour = serializers.CharField(help_text="Of a picture, its average, to stand there until it has come; else empty.")


class NoteSerializer(serializers.Serializer[Any]):
    """A step of the deal, for a client that has words of its own; `body` says it in English."""

    code = serializers.CharField()
    params = serializers.DictField(help_text="Amounts, dates and ids; which ones depends on the code.")
    link = serializers.CharField(help_text="The page of our web app that shows it; may be empty.")


class QuoteSerializer(serializers.Serializer[Any]):
    """The beginning of the message that is answered, as it is now."""

    id = serializers.UUIDField()
    sender_id = serializers.UUIDField(allow_null=True)
    body = serializers.CharField()
    file_count = serializers.IntegerField()
    gone = serializers.BooleanField(help_text="It was taken back, or you have hidden it.")
    revision = serializers.IntegerField()


class MessageSerializer(serializers.Serializer[Any]):
    """One message, or a step of the deal (`kind` "system", sent by nobody)."""

    id = serializers.UUIDField()
    chat_id = serializers.UUIDField()
    kind = serializers.ChoiceField([(each.value, each.name) for each in MessageKind])
    sender_id = serializers.UUIDField(allow_null=True)
    mine = serializers.BooleanField()
    client_id = serializers.CharField()
    body = serializers.CharField()
    note = NoteSerializer(allow_null=True)
    reply_to = QuoteSerializer(allow_null=True)
    files = AttachmentSerializer(many=True)
    delivered_at = serializers.DateTimeField(allow_null=True, help_text="When it reached a device of the other person.")
    read_at = serializers.DateTimeField(allow_null=True, help_text="When the other person read it.")
    edited_at = serializers.DateTimeField(allow_null=True)
    deleted_at = serializers.DateTimeField(allow_null=True, help_text="When its sender took it back; the text is gone.")
    changeable_until = serializers.DateTimeField(help_text="Until when its sender may edit or delete it.")
    created_at = serializers.DateTimeField()
    revision = serializers.IntegerField(help_text="Of two copies, the one with the higher revision is newer.")
    allowed_actions = serializers.ListField(child=serializers.CharField())


class SearchedSerializer(serializers.Serializer[Any]):
    """What was looked at, so that nobody takes "nothing found" for more than it is."""

    words = serializers.ListField(child=serializers.CharField(), help_text="All of them must occur; case is ignored.")
    chat_id = serializers.UUIDField(allow_null=True, help_text="Null: in all conversations of yours.")
    looked_in = serializers.CharField()


class SearchResultSerializer(serializers.Serializer[Any]):
    """A page of messages that were found, the newest first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = MessageSerializer(many=True)
    searched = SearchedSerializer()


class SubjectSerializer(serializers.Serializer[Any]):
    """What a conversation is about."""

    type = serializers.CharField()
    id = serializers.UUIDField()
    title = serializers.CharField()


class ConversationSerializer(serializers.Serializer[Any]):
    """One conversation."""

    id = serializers.UUIDField()
    subject = SubjectSerializer()
    other = PersonSerializer(allow_null=True)
    last_message = MessageSerializer(allow_null=True)
    unread_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    revision = serializers.IntegerField(help_text="Of two copies, the one with the higher revision is newer.")
    allowed_actions = serializers.ListField(child=serializers.CharField())


class PersonPresenceSerializer(serializers.Serializer[Any]):
    """Whether somebody is there. Who keeps it to themselves does not occur."""

    person_id = serializers.UUIDField()
    online = serializers.BooleanField()
    last_seen_at = serializers.DateTimeField(allow_null=True)


class PresencesSerializer(serializers.Serializer[Any]):
    """Who of the people that you asked for is there."""

    results = PersonPresenceSerializer(many=True)


class PresenceQuerySerializer(serializers.Serializer[Any]):
    """About whom."""

    person = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=100)

    def to_internal_value(self, data: Any) -> Any:
        given = data.get("person", [])
        return super().to_internal_value({**data, "person": [given] if isinstance(given, str) else given})


class UnreadSerializer(serializers.Serializer[Any]):
    """What waits for you in all conversations."""

    messages = serializers.IntegerField()
    conversations = serializers.IntegerField()


class MarkedReadSerializer(serializers.Serializer[Any]):
    """How many messages were unread."""

    read = serializers.IntegerField()


class MarkedDeliveredSerializer(serializers.Serializer[Any]):
    """How many messages had not been delivered."""

    delivered = serializers.IntegerField()
