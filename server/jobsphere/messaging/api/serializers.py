"""Bodies of conversations."""

from typing import Any

from rest_framework import serializers

from jobsphere.messaging.rules import BODY_LENGTH, CLIENT_ID_LENGTH
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


class AttachmentSerializer(serializers.Serializer[Any]):
    """A file of a message; read it at `url`."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    display_name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()


class MessageSerializer(serializers.Serializer[Any]):
    """One message."""

    id = serializers.UUIDField()
    chat_id = serializers.UUIDField()
    sender_id = serializers.UUIDField()
    mine = serializers.BooleanField()
    client_id = serializers.CharField()
    body = serializers.CharField()
    files = AttachmentSerializer(many=True)
    read_at = serializers.DateTimeField(allow_null=True, help_text="When the other person read it.")
    created_at = serializers.DateTimeField()


class SubjectSerializer(serializers.Serializer[Any]):
    """What a conversation is about."""

    type = serializers.CharField()
    id = serializers.UUIDField()


class ConversationSerializer(serializers.Serializer[Any]):
    """One conversation."""

    id = serializers.UUIDField()
    subject = SubjectSerializer()
    other = PersonSerializer(allow_null=True)
    last_message = MessageSerializer(allow_null=True)
    unread_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class MarkedReadSerializer(serializers.Serializer[Any]):
    """How many messages were unread."""

    read = serializers.IntegerField()
