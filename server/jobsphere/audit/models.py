"""The audit trail."""

from django.db import models

from jobsphere.db.models import Record


class AuditEntry(Record):
    """One verb that somebody carried out on one object; append-only.

    People are named by their id alone: an entry is for good, a person may leave. Readers see the present name.
    """

    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=100)
    target_type = models.CharField(max_length=50)
    target_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "audit entries"
        # The id is time-ordered, so each of these also serves "newest first".
        indexes = [
            models.Index(fields=["target_id", "id"], name="audit_by_target"),
            models.Index(fields=["actor_id", "id"], name="audit_by_actor"),
            models.Index(fields=["verb", "id"], name="audit_by_verb"),
        ]
