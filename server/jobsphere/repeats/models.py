"""Series of contracts, and their dates."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.models import Record
from jobsphere.repeats.rules.dates import Every
from jobsphere.repeats.rules.lifecycle import UNPAID, OccurrenceStatus, RepeatStatus


def choices(values: type) -> list[tuple[str, str]]:
    """Return a status's values for a column."""
    return [(each.value, each.value) for each in values]  # type: ignore[attr-defined]


class Repeat(Record):
    """A series that two have agreed on. What is done, and where, stands in the offer that it repeats."""

    #: The one that is repeated.
    offer = models.ForeignKey("contracts.Offer", models.PROTECT, related_name="+")
    customer = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    contractor = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=12, choices=choices(RepeatStatus), default=RepeatStatus.PROPOSED)
    every = models.CharField(max_length=12, choices=choices(Every))
    #: By the wall clock of the zone: the first day, the minute of the day, how many minutes.
    first_day = models.DateField()
    minute = models.PositiveSmallIntegerField()
    minutes = models.PositiveIntegerField()
    time_zone = models.CharField(max_length=64)
    #: Minor units: what the customer has agreed to pay each time, all fees included.
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    #: The card that is charged; the customer's usual one where it is not kept any more.
    method_id = models.UUIDField(null=True)
    #: The occurrence that is made next, and when it starts.
    next_number = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    #: A price that the contractor proposes from a day on; the customer agrees, or the series ends there.
    new_amount = models.BigIntegerField(null=True)
    new_from = models.DateField(null=True)
    new_agreed_at = models.DateTimeField(null=True)
    #: Occurrences in a row that nobody paid for.
    misses = models.PositiveSmallIntegerField(default=0)
    #: Why it was paused, declined or ended: our code, or a person's words.
    reason = models.CharField(max_length=500, blank=True)
    #: Raised by whoever has its turn.
    revision = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, minutes__gt=0, minute__lt=1440), name="repeat_is_sound"),
            models.CheckConstraint(
                condition=Q(new_amount__isnull=True, new_from__isnull=True, new_agreed_at__isnull=True)
                | Q(new_amount__gt=0, new_from__isnull=False),
                name="repeat_new_price_is_whole",
            ),
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(status__in=[RepeatStatus.PROPOSED, RepeatStatus.ACTIVE, RepeatStatus.PAUSED]),
                name="repeat_one_live_an_offer",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-id"], name="repeat_by_customer"),
            models.Index(fields=["contractor", "-id"], name="repeat_by_contractor"),
            models.Index(fields=["next_at"], condition=Q(status=RepeatStatus.ACTIVE), name="repeat_to_make"),
        ]


class Occurrence(Record):
    """One date of a series that was made, is being paid, or does not take place. Never twice (ADR 0034)."""

    repeat = models.ForeignKey(Repeat, models.PROTECT, related_name="occurrences")
    number = models.PositiveIntegerField()
    due_on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    amount = models.BigIntegerField()
    status = models.CharField(max_length=16, choices=choices(OccurrenceStatus), default=OccurrenceStatus.CHARGING)
    #: The offer of the last try; each try is one of its own, with its own payment.
    offer = models.OneToOneField("contracts.Offer", models.PROTECT, null=True, related_name="+")
    contract = models.OneToOneField("contracts.Contract", models.PROTECT, null=True, related_name="+")
    #: How often a card was asked for it.
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    #: Why it was refused or skipped: a code.
    reason = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["repeat", "due_on"], name="occurrence_once_a_date"),
            models.UniqueConstraint(fields=["repeat", "number"], name="occurrence_once_a_number"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at"), amount__gt=0), name="occurrence_is_sound"),
            models.CheckConstraint(
                condition=~Q(status=OccurrenceStatus.MADE) | Q(contract__isnull=False),
                name="occurrence_made_has_a_contract",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], condition=Q(status__in=UNPAID), name="occurrence_unpaid"),
            models.Index(
                fields=["next_try_at"], condition=Q(status=OccurrenceStatus.FAILED), name="occurrence_to_try_again"
            ),
        ]
