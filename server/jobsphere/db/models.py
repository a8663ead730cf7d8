"""The base of every table."""

from django.db import models

from jobsphere.kit import clock
from jobsphere.kit.ids import uuid7


class Record(models.Model):
    """A row with a time-ordered UUID (R112) and the moment it was made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.label}:{self.pk}"
