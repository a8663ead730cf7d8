"""What is known of each file; the content is in the storage."""

from django.db import models
from django.db.models import Q

from jobsphere.db.encryption_fields import EncryptedTextField
from jobsphere.db.models import Record
from jobsphere.files.types import Purpose, TextStatus


class StoredFile(Record):
    """A file of one owner, part of at most one record.

    `store` says where its content lies; `variants` how many bytes each smaller picture has ("small", "large"), and is
    nothing until the queue has looked.
    """

    owner = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=[(each.value, each.name) for each in Purpose])
    filename = models.CharField(max_length=50, unique=True)
    display_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    colour = models.CharField(max_length=7, blank=True)
    store = models.CharField(max_length=12, default="local")
    variants = models.JSONField(null=True)
    target_type = models.CharField(max_length=40, blank=True)
    target_id = models.UUIDField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["target_type", "target_id"], condition=Q(target_id__isnull=False), name="files_by_target"
            ),
            models.Index(fields=["owner", "id"], condition=Q(deleted_at=None), name="files_by_owner"),
            models.Index(fields=["created_at"], condition=Q(target_id=None, deleted_at=None), name="files_unattached"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_type="", target_id=None) | (~Q(target_type="") & Q(target_id__isnull=False)),
                name="files_target_is_whole",
            )
        ]


class FileUsage(models.Model):
    """What one person stores, and how much of it came today. Bytes as stored, without the smaller pictures."""

    owner = models.OneToOneField("users.User", on_delete=models.CASCADE, primary_key=True, related_name="+")
    used_bytes = models.BigIntegerField(default=0)
    #: The day (UTC) that the next two count.
    day = models.DateField()
    uploads = models.PositiveIntegerField(default=0)
    uploaded_bytes = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(used_bytes__gte=0), name="files_usage_not_negative")]

    def __str__(self) -> str:
        return f"files of {self.owner_id}"


class DocumentText(Record):
    """The words of an uploaded document, read by a process of their own; sealed, and gone with the file."""

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="document_text")
    status = models.CharField(max_length=8, choices=[(each, each) for each in TextStatus])
    #: Why there is no text: a code of documents.rules.
    reason = models.CharField(max_length=24, blank=True)
    text = EncryptedTextField(blank=True)
    pages = models.PositiveIntegerField(null=True)
    truncated = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)
