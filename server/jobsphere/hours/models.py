"""Agreements by the hour, their weeks, and the timers that run. The hours themselves are contracts' time entries."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.models import Record
from jobsphere.hours.rules.lifecycle import DealStatus, WeekStatus
from jobsphere.kit.money import Money


def choices(values: type) -> list[tuple[str, str]]:
    """Return a status's values for a column."""
    return [(each.value, each.value) for each in values]  # type: ignore[attr-defined]


class HourlyDeal(Record):
    """What an offer by the hour has pinned, and later its contract goes by."""

    offer = models.OneToOneField("contracts.Offer", models.PROTECT, related_name="+")
    contract = models.OneToOneField("contracts.Contract", models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    contractor = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=choices(DealStatus), default=DealStatus.OFFERED)
    #: What an hour costs the customer, in minor units of `currency`.
    rate_amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    #: In minutes a week.
    weekly_cap = models.PositiveIntegerField()
    time_zone = models.CharField(max_length=64)
    #: How many calendar weeks at most; empty: until somebody ends it.
    weeks = models.PositiveSmallIntegerField(null=True)
    #: When the contractor got to see it; empty: they have not.
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    #: The party: customer or contractor.
    ended_by = models.CharField(max_length=12, blank=True)
    end_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rate_amount__gt=0, weekly_cap__gt=0), name="hourly_deal_costs_something")
        ]
        indexes = [
            models.Index(fields=["customer", "-id"], name="hourly_deal_by_customer"),
            models.Index(fields=["contractor", "-id"], name="hourly_deal_by_contractor"),
            models.Index(fields=["id"], condition=Q(status=DealStatus.RUNNING), name="hourly_deal_running"),
        ]

    @property
    def rate(self) -> Money:
        """Return what an hour costs."""
        return Money(self.rate_amount, self.currency)


class Week(Record):
    """A week of a deal: its bounds in UTC, pinned when it is made, and once it is closed what its hours came to."""

    deal = models.ForeignKey(HourlyDeal, models.PROTECT, related_name="all_weeks")
    milestone = models.OneToOneField("contracts.Milestone", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    #: The local Monday.
    starts_on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=choices(WeekStatus), default=WeekStatus.OPEN)
    closed_at = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField(default=0)
    billed_minutes = models.PositiveIntegerField(default=0)
    amount = models.BigIntegerField(default=0)
    #: What the customer does not agree to, and the milestone that waits with its money.
    disputed_at = models.DateTimeField(null=True)
    disputed_minutes = models.PositiveIntegerField(default=0)
    disputed_amount = models.BigIntegerField(default=0)
    dispute_reason = models.CharField(max_length=1000, blank=True)
    #: Ids of time entries.
    disputed_entries = models.JSONField(default=list)
    disputed_milestone = models.ForeignKey("contracts.Milestone", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deal", "starts_on"], name="hourly_week_once"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at"), ends_at__lte=F("closes_at")), name="hourly_week_in_order"
            ),
            models.CheckConstraint(
                condition=Q(billed_minutes__lte=F("minutes"), disputed_amount__lte=F("amount")),
                name="hourly_week_bills_what_was_worked",
            ),
        ]
        indexes = [
            models.Index(fields=["closes_at"], condition=Q(status=WeekStatus.OPEN), name="hourly_week_to_close"),
        ]


class Timer(Record):
    """A timer that runs: a contractor has one at most. It is gone once it is stopped, and the time is an entry."""

    contractor = models.OneToOneField("users.User", models.CASCADE, related_name="+")
    deal = models.ForeignKey(HourlyDeal, models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField()
    #: At the end of the week, or after a day.
    stops_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["stops_at"], name="hourly_timer_to_stop")]
