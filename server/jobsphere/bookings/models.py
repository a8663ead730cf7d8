"""Calendars, packages, bookings, and the cells of time that bookings claim."""

from django.db import models
from django.db.models import F, Q

from jobsphere.bookings.rules.lifecycle import BookingStatus, Nearness
from jobsphere.bookings.rules.slots import DAY_MINUTES, SpecialKind
from jobsphere.contracts.types import CancellationPolicy
from jobsphere.db.models import Record


def choices(values: type) -> list[tuple[str, str]]:
    """Return a status's values for a column."""
    return [(each.value, each.value) for each in values]  # type: ignore[attr-defined]


class Calendar(Record):
    """How a contractor takes bookings. Minutes, hours and days say it in their names."""

    contractor = models.OneToOneField("users.User", models.PROTECT, related_name="+")
    time_zone = models.CharField(max_length=64)
    #: Whether anybody may book now.
    is_open = models.BooleanField(default=True)
    buffer_before = models.PositiveSmallIntegerField(default=0)
    buffer_after = models.PositiveSmallIntegerField(default=0)
    notice_hours = models.PositiveSmallIntegerField(default=12)
    horizon_days = models.PositiveSmallIntegerField(default=60)
    step = models.PositiveSmallIntegerField(default=30)
    #: The contractor arrives within so many minutes of the start; 0: on the minute.
    arrival_minutes = models.PositiveSmallIntegerField(default=0)
    cancellation_policy = models.CharField(
        max_length=10, choices=choices(CancellationPolicy), default=CancellationPolicy.MODERATE.value
    )


class WeeklyHours(Record):
    """Usual hours on a weekday (0 is Monday), in minutes of the local day."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="weekly")
    weekday = models.PositiveSmallIntegerField()
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends"), ends__lte=DAY_MINUTES, weekday__lte=6), name="weekly_hours_in_order"
            ),
        ]


class SpecialDay(Record):
    """Days off, or extra hours, in minutes of the local day."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="specials")
    kind = models.CharField(max_length=8, choices=choices(SpecialKind))
    first_day = models.DateField()
    last_day = models.DateField()
    starts = models.PositiveSmallIntegerField(default=0)
    ends = models.PositiveSmallIntegerField(default=DAY_MINUTES)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends"), ends__lte=DAY_MINUTES, first_day__lte=F("last_day")),
                name="special_day_in_order",
            ),
        ]
        indexes = [models.Index(fields=["calendar", "last_day"], name="special_day_by_end")]


class Package(Record):
    """What can be booked at a listed price. `extras`: [{"id", "title", "minutes", "amount"}], in its currency."""

    contractor = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    description = models.CharField(max_length=1000, blank=True)
    category = models.CharField(max_length=64, blank=True)
    minutes = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    extras = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)
    #: Taken off the list; bookings of it stay as they are.
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0, minutes__gt=0), name="package_costs_something")]
        indexes = [models.Index(fields=["contractor", "position"], name="package_by_contractor")]


class Booking(Record):
    """The time of an offer, later of its contract. What it costs, and who is paid, stands in contracts alone."""

    offer = models.OneToOneField("contracts.Offer", models.PROTECT, related_name="+")
    contract = models.OneToOneField("contracts.Contract", models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    contractor = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    package = models.ForeignKey(Package, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=choices(BookingStatus), default=BookingStatus.HELD)
    #: When its money was reserved and the contractor got to see it; empty: they have not.
    seen_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=200)
    #: The titles of the chosen extras.
    extras = models.JSONField(default=list)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    #: Pinned: a later change of the calendar alters no booking.
    buffer_before = models.PositiveSmallIntegerField(default=0)
    buffer_after = models.PositiveSmallIntegerField(default=0)
    arrival_minutes = models.PositiveSmallIntegerField(default=0)
    time_zone = models.CharField(max_length=64, default="UTC")
    #: Another time that one of the two proposes; until the other agrees, the old one holds.
    proposed_starts_at = models.DateTimeField(null=True)
    proposed_ends_at = models.DateTimeField(null=True)
    proposed_by = models.CharField(max_length=12, blank=True)
    #: Raised by every change of the time, for calendars that read the feed.
    sequence = models.PositiveIntegerField(default=0)
    on_the_way_at = models.DateTimeField(null=True)
    checked_in_at = models.DateTimeField(null=True)
    nearness = models.CharField(max_length=8, choices=choices(Nearness), blank=True)
    #: Who is said not to have come: customer or contractor.
    absent = models.CharField(max_length=12, blank=True)
    absence_reason = models.CharField(max_length=1000, blank=True)
    absence_reported_at = models.DateTimeField(null=True)
    absence_contested_at = models.DateTimeField(null=True)
    contest_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_in_order"),
            models.CheckConstraint(
                condition=Q(proposed_starts_at__isnull=True, proposed_by="")
                | (Q(proposed_ends_at__gt=F("proposed_starts_at")) & ~Q(proposed_by="")),
                name="booking_proposal_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "starts_at"], name="booking_by_customer"),
            models.Index(fields=["contractor", "starts_at"], name="booking_by_contractor"),
            models.Index(
                fields=["absence_reported_at"],
                condition=Q(status=BookingStatus.CONFIRMED, absence_contested_at=None),
                name="booking_absence_to_settle",
            ),
            models.Index(
                fields=["created_at"], condition=Q(status=BookingStatus.HELD, seen_at=None), name="booking_unpaid"
            ),
        ]


class SlotClaim(Record):
    """A quarter of an hour of a contractor, taken by a booking. The database lets nobody take it twice (ADR 0029)."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="claims")
    contractor = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    cell = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contractor", "cell"], name="slot_claimed_once")]


class CalendarFeed(Record):
    """The secret address at which a person's calendar reads their bookings; only its digest is kept."""

    person = models.OneToOneField("users.User", models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
