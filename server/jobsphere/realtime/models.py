"""What each person was told lately, numbered without a gap, so that a device that was away can catch up."""

from django.db import models

from jobsphere.db.models import Record
from jobsphere.realtime.rules import TYPE_LENGTH


class Stream(models.Model):
    """The number of the last frame of a person. Its row lock makes the order of commits the order of numbers."""

    user = models.OneToOneField("users.User", on_delete=models.CASCADE, primary_key=True, related_name="+")
    last_seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"stream of {self.pk} at {self.last_seq}"


class Frame(Record):
    """One thing that one person was told; kept for as long as a device may be away (rules.KEEP)."""

    user = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    seq = models.BigIntegerField()
    type = models.CharField(max_length=TYPE_LENGTH)
    #: JSON as it goes out: nobody here reads it again.
    payload = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "seq"], name="realtime_seq_once")]
        indexes = [models.Index(fields=["created_at"], name="realtime_by_age")]


class Presence(models.Model):
    """Whether a person is here, for those who may know. Who does not want to be seen has no moments noted."""

    user = models.OneToOneField("users.User", on_delete=models.CASCADE, primary_key=True, related_name="+")
    shown = models.BooleanField(default=True)
    #: A server that holds a socket of theirs says so again and again (rules.BEAT); what it says ages.
    online = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"presence of {self.pk}"
