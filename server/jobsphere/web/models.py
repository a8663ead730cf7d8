"""The stored answers of commands that came with an Idempotency-Key."""

from django.db import models

from jobsphere.db.encryption_fields import EncryptedJSONField
from jobsphere.db.models import Record


class IdempotencyRecord(Record):
    """One claimed key and the answer that was given to it, written in the verb's own transaction."""

    actor_id = models.UUIDField()
    key = models.CharField(max_length=255)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=255)
    body_hash = models.CharField(max_length=64)
    answer_status = models.PositiveSmallIntegerField(default=0)
    #: May hold what only the asker may see (the secret of a card form), so it rests sealed.
    answer = EncryptedJSONField(null=True, row_bound=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor_id", "key"], name="one_answer_per_key")]
        indexes = [models.Index(fields=["created_at"])]
