"""Papers on the admin's wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.backoffice.api.serializers.queries import PageQuery, choice
from jobsphere.profiles.types import VerificationKind, VerificationStatus, VerificationView
from jobsphere.web.serializers import StrictSerializer

KINDS = [str(each) for each in VerificationKind]


class PapersQuery(PageQuery):
    """The query of the queue of papers."""

    status = choice(VerificationStatus)
    kind = choice(VerificationKind)


class AdminPageSerializer(serializers.Serializer[Any]):
    """A page of a paper; read it at `url`."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    display_name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()


class AdminPaperSerializer(serializers.Serializer[VerificationView]):
    """A paper as staff see it."""

    id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    person_name = serializers.CharField()
    kind = serializers.ChoiceField(choices=KINDS)
    status = serializers.ChoiceField(choices=[str(each) for each in VerificationStatus])
    number = serializers.CharField()
    issuer = serializers.CharField()
    expires_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()
    files = AdminPageSerializer(many=True)
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class RequirementSerializer(StrictSerializer):
    """What is asked for before somebody can be hired in a category; an empty category means in all."""

    category = serializers.SlugField(max_length=60, allow_blank=True, default="")
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=KINDS), max_length=len(KINDS))


class RequirementsSerializer(serializers.Serializer[Any]):
    """What is asked for, by category."""

    results = RequirementSerializer(many=True)
