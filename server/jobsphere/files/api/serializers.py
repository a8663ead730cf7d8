"""Bodies of uploads."""

from typing import Any

from rest_framework import serializers

from jobsphere.files.access import MAX_ATTACHED
from jobsphere.files.models import StoredFile
from jobsphere.files.rules import UPLOADED_PURPOSES, VARIANTS
from jobsphere.files.selectors import view_of
from jobsphere.files.types import FileView, Purpose
from jobsphere.web.serializers import StrictSerializer, WordsField


class UploadSerializer(StrictSerializer):
    """A form with one file."""

    file = serializers.FileField(max_length=255, help_text="PNG, JPEG, WebP, GIF, PDF, DOCX, XLSX or ODT.")
    purpose = serializers.ChoiceField([each.value for each in UPLOADED_PURPOSES], default=Purpose.ATTACHMENT.value)


class SizeSerializer(serializers.Serializer[Any]):
    """Which form of a picture."""

    size = serializers.ChoiceField(
        list(VARIANTS),
        required=False,
        help_text="A smaller form of a picture (WebP); all of it while there is none, or for other files.",
    )


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
    colour = serializers.CharField(help_text="A picture's average, to stand there until it has come: #8a7b5c.")
    created_at = serializers.DateTimeField()


class MyFileSerializer(FileSerializer):
    """A file of mine."""

    attached_to = serializers.CharField(
        source="target_type", help_text="The kind of record that it is part of, or nothing."
    )
    allowed_actions = serializers.SerializerMethodField(help_text="What you may do now.")

    def to_representation(self, instance: StoredFile) -> dict[str, Any]:
        return super().to_representation(view_of(instance))

    def get_allowed_actions(self, file: FileView) -> list[str]:
        return [] if file.target_id else ["delete"]


class AttachedFileSerializer(serializers.Serializer[Any]):
    """A file of a record. Read it at `url`."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    display_name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    purpose = serializers.CharField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    colour = serializers.CharField()


class RecordFilesSerializer(serializers.Serializer[Any]):
    """The files of one record."""

    target_id = serializers.UUIDField()
    files = AttachedFileSerializer(many=True)


class RecordFilesListSerializer(serializers.Serializer[Any]):
    """The files of those records that you may read and that have any."""

    results = RecordFilesSerializer(many=True)


class RecordIdsSerializer(StrictSerializer):
    """Which records."""

    ids = WordsField(child=serializers.UUIDField(), min_length=1, max_length=100)


class SetFilesSerializer(StrictSerializer):
    """Which files the record has from now on; others that it had are deleted."""

    file_ids = serializers.ListField(child=serializers.UUIDField(), max_length=MAX_ATTACHED)


class UsageSerializer(serializers.Serializer[Any]):
    """What I store and may store. Days are UTC."""

    used_bytes = serializers.IntegerField()
    limit_bytes = serializers.IntegerField()
    uploads_today = serializers.IntegerField()
    uploads_a_day = serializers.IntegerField()
    uploaded_bytes_today = serializers.IntegerField()
    bytes_a_day = serializers.IntegerField()
    max_size = serializers.IntegerField(help_text="Bytes that one file may have.")
