"""What is known of each file; the content is in the storage."""

from django.db import models
from django.db.models import Q

from jobsphere.db.models import Record
from jobsphere.files.types import Purpose


class StoredFile(Record):
    """A file of one owner, part of at most one record."""

    owner = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=[(each.value, each.name) for each in Purpose])
    filename = models.CharField(max_length=50, unique=True)
    display_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    target_type = models.CharField(max_length=40, blank=True)
    target_id = models.UUIDField(null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["target_type", "target_id"], condition=Q(target_id__isnull=False), name="files_by_target"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_type="", target_id=None) | (~Q(target_type="") & Q(target_id__isnull=False)),
                name="files_target_is_whole",
            )
        ]
