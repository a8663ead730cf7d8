"""People on the admin's wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.users.types import PersonRecord
from jobsphere.web.serializers import StrictSerializer


class AdminPersonSerializer(serializers.Serializer[PersonRecord]):
    """A person as staff see them."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.EmailField()
    email_verified = serializers.BooleanField()
    phone = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    rights = serializers.ListField(child=serializers.CharField())
    active = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    deactivated_at = serializers.DateTimeField(allow_null=True)
    last_seen_at = serializers.DateTimeField(allow_null=True)


class RightSerializer(StrictSerializer):
    """A right to grant or to take back."""

    right = serializers.CharField(max_length=32, help_text="A right of staff, or admin for all of them.")


class AuditEntrySerializer(serializers.Serializer[Any]):
    """One entry of the audit trail."""

    id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    actor_id = serializers.UUIDField(allow_null=True)
    actor_name = serializers.CharField()
    verb = serializers.CharField()
    target_type = serializers.CharField()
    target_id = serializers.UUIDField(allow_null=True)
    detail = serializers.DictField()
    request_id = serializers.CharField()
