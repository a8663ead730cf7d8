"""Bodies of uploads."""

from typing import Any

from rest_framework import serializers

from jobsphere.files.types import Purpose
from jobsphere.web.serializers import StrictSerializer


class UploadSerializer(StrictSerializer):
    """A form with one file."""

    file = serializers.FileField(max_length=255, help_text="PNG, JPEG, WebP, GIF, PDF, DOCX, XLSX or ODT.")
    purpose = serializers.ChoiceField([each.value for each in Purpose], default=Purpose.ATTACHMENT.value)


class FileSerializer(serializers.Serializer[Any]):
    """A stored file. Read it at `url`."""

    id = serializers.UUIDField()
    filename = serializers.CharField(help_text="Its name in the address; cannot be guessed.")
    url = serializers.CharField()
    display_name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes, as stored.")
    purpose = serializers.CharField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    created_at = serializers.DateTimeField()
