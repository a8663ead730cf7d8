"""Papers on the wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.files.types import FileView
from jobsphere.profiles.types import VerificationKind, VerificationStatus, VerificationView
from jobsphere.profiles.verification.rules import MAX_FILES
from jobsphere.web.serializers import StrictSerializer

KINDS = [str(each) for each in VerificationKind]


class PaperInputSerializer(StrictSerializer):
    """A paper to hand in. Upload its pages first, with purpose=document."""

    kind = serializers.ChoiceField(choices=KINDS)
    number = serializers.CharField(max_length=80, allow_blank=True, default="", help_text="Only staff see it.")
    issuer = serializers.CharField(max_length=120, allow_blank=True, default="")
    expires_on = serializers.DateField(allow_null=True, default=None)
    file_ids = serializers.ListField(child=serializers.UUIDField(), max_length=MAX_FILES)


class PageSerializer(serializers.Serializer[FileView]):
    """A page of a paper; read it at `url`."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    display_name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()


class PaperSerializer(serializers.Serializer[VerificationView]):
    """A paper with its pages; `reason` is what staff said last."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=KINDS)
    status = serializers.ChoiceField(choices=[str(each) for each in VerificationStatus])
    number = serializers.CharField()
    issuer = serializers.CharField()
    expires_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()
    files = PageSerializer(many=True)
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class NeededSerializer(serializers.Serializer[Any]):
    """What I have still to prove before customers can hire me in the categories of my profile."""

    missing = serializers.ListField(child=serializers.ChoiceField(choices=KINDS))
    badges = serializers.ListField(child=serializers.CharField())
