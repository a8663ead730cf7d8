"""Who contractors are for tax authorities, what was reported of them, and the tables that thresholds need."""

from django.db import models
from django.db.models import Q

from jobsphere.db.encryption_fields import EncryptedJSONField, EncryptedTextField
from jobsphere.db.models import Record
from jobsphere.reporting.rules import Regime

_REGIMES = [(each.value, each.value) for each in Regime]


class Seller(Record):
    """Who a contractor is for a tax authority, as they said and sealed; one row a person."""

    user = models.OneToOneField("users.User", models.PROTECT, related_name="+")
    #: kind, names, address, birth, tax number, VAT number, account; `types.FIELDS` lists them.
    details = EncryptedJSONField(row_bound=False)
    #: Nothing is missing any more.
    complete = models.BooleanField(default=False)
    #: When they were first asked for what is missing, and how often they were reminded.
    asked_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    #: Their withdrawals wait until they have answered.
    withheld_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], condition=Q(complete=False), name="seller_to_remind")]


class Report(Record):
    """A file that was made for a tax authority. It is never changed: a correction is another one that refers to it."""

    year = models.PositiveSmallIntegerField()
    regime = models.CharField(max_length=8, choices=_REGIMES)
    #: The message that this one corrects; empty for new data.
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    made_by = models.ForeignKey("users.User", models.PROTECT, null=True, related_name="+")
    message_ref = models.CharField(max_length=80, unique=True)
    lines_count = models.PositiveIntegerField()
    #: SHA-256 of the file, and the file itself.
    digest = models.CharField(max_length=64)
    content = EncryptedTextField()

    class Meta:
        indexes = [models.Index(fields=["year", "regime", "id"], name="report_by_year")]


class ReportLine(Record):
    """What a report says of one person in one currency; numbers only, the words are in the file."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="lines")
    user = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    doc_ref = models.CharField(max_length=80, unique=True)
    #: The line that this one takes the place of.
    corrects = models.CharField(max_length=80, blank=True)
    #: "new", "corrected" or "deleted".
    change = models.CharField(max_length=10)
    figures = models.JSONField()
    #: SHA-256 of all that was said, so that a later look finds what has changed.
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="report_line_by_user")]


class Threshold(Record):
    """From which amounts on people are reported, where the law has changed since; the newest row counts."""

    regime = models.CharField(max_length=8, choices=_REGIMES)
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    activities = models.PositiveIntegerField()
    both = models.BooleanField()
    #: The law, as who added it wrote it down.
    source = models.CharField(max_length=300)


class ExchangeRate(Record):
    """What one unit of a currency is worth in a year, as the operator says; the newest row counts."""

    year = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    into = models.CharField(max_length=3)
    #: Millionths of a unit of `into`.
    millionths = models.BigIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(millionths__gt=0), name="exchange_rate_positive")]
