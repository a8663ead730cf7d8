"""Consents, closed accounts, changes of address, data exports."""

from django.db import models
from django.db.models import Q

from jobsphere.accounts.rules import EMAIL_CHANGE_ATTEMPTS
from jobsphere.accounts.types import ChangeStatus, ClosureKind, ClosureStatus, ConsentKind, ExportStatus
from jobsphere.db.models import Record


class Consent(Record):
    """One thing that a person agreed to or took back; append-only: the newest of a kind holds."""

    user = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=[(each, each) for each in ConsentKind])
    version = models.CharField(max_length=32)
    given = models.BooleanField()
    #: Where it was said: "sign-up", "settings", "mobile".
    source = models.CharField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["user", "kind", "id"], name="consent_newest")]


class Closure(Record):
    """An account that its owner closed, to come back or to be erased."""

    user = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=[(each, each) for each in ClosureKind])
    status = models.CharField(max_length=16, choices=[(each, each) for each in ClosureStatus])
    #: Until when the person can come back; a deletion is due then.
    until = models.DateTimeField()
    #: What stood in the way of the erasure when it was last tried, as codes.
    blocked_by = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(status__in=["closed", "blocked"]), name="one_open_closure_per_person"
            )
        ]
        indexes = [models.Index(fields=["status", "until"], name="closure_due")]


class EmailChange(Record):
    """A new address that waits to be proven at both ends. Codes are made with the letters; only hashes rest."""

    user = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=16, choices=[(each, each) for each in ChangeStatus])
    old_email = models.EmailField()
    new_email = models.EmailField()
    old_code = models.CharField(max_length=64, blank=True)
    new_code = models.CharField(max_length=64, blank=True)
    #: Of the link in the letter to the old address.
    cancel_token = models.CharField(max_length=64, blank=True)
    old_confirmed_at = models.DateTimeField(null=True)
    new_confirmed_at = models.DateTimeField(null=True)
    attempts_left = models.PositiveSmallIntegerField(default=EMAIL_CHANGE_ATTEMPTS)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(status="pending"), name="one_open_email_change")
        ]
        indexes = [models.Index(fields=["cancel_token"], name="email_change_by_token")]


class DataExport(Record):
    """Everything that is held about a person, as one file that they can take away for a while."""

    user = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=16, choices=[(each, each) for each in ExportStatus])
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    filename = models.CharField(max_length=50, blank=True)
    size = models.BigIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(status__in=["queued", "building"]), name="one_export_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["status", "expires_at"], name="export_expiry")]


class CleanUp(Record):
    """One run of the clean-up of old rows; `created_at` is when it began."""

    #: "nightly", or "command" for an operator's own.
    source = models.CharField(max_length=16)
    finished_at = models.DateTimeField(null=True)


class CleanUpReport(Record):
    """What a run did to one table."""

    run = models.ForeignKey(CleanUp, on_delete=models.CASCADE, related_name="reports")
    table = models.CharField(max_length=64)
    #: Rows from before this moment were due.
    before = models.DateTimeField()
    removed = models.PositiveIntegerField()
    #: There was more than one night may take; the next one goes on.
    unfinished = models.BooleanField(default=False)
    milliseconds = models.PositiveIntegerField()
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["table", "id"], name="clean_up_of_table")]
