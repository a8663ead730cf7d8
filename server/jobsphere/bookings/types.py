"""Calendars, packages and bookings as other apps and the API know them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobsphere.bookings.rules.lifecycle import BookingStatus, Nearness
from jobsphere.bookings.rules.slots import Special, SpecialKind, WeeklyRange
from jobsphere.bookings.rules.terms import BookingDraft, CalendarSettings, Extra, PackageDetails
from jobsphere.contracts.types import CancellationPolicy, SlotStep, Split
from jobsphere.kit.money import Money
from jobsphere.users.types import Person

__all__ = [
    "Availability",
    "BookingDraft",
    "BookingPage",
    "BookingStatus",
    "BookingView",
    "CalendarSettings",
    "CalendarView",
    "Extra",
    "Nearness",
    "PackageDetails",
    "PackageView",
    "Quote",
    "Special",
    "SpecialKind",
    "SpecialView",
    "WeeklyRange",
]


@dataclass(frozen=True, slots=True)
class SpecialView:
    """Days that differ, with their id."""

    id: UUID
    kind: SpecialKind
    first_day: date
    last_day: date
    starts: int
    ends: int
    note: str


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A contractor's own calendar; `saved` is False until they have said anything."""

    settings: CalendarSettings
    policy_summary: str
    weekly: tuple[WeeklyRange, ...]
    specials: tuple[SpecialView, ...]
    saved: bool


@dataclass(frozen=True, slots=True)
class PackageView:
    """A package as everybody sees it."""

    id: UUID
    title: str
    description: str
    category: str
    minutes: int
    price: Money
    extras: tuple[Extra, ...]


@dataclass(frozen=True, slots=True)
class BookingPage:
    """What somebody needs to know before they book a contractor."""

    contractor: Person
    is_open: bool
    time_zone: str
    arrival_minutes: int
    horizon_days: int
    cancellation_policy: CancellationPolicy
    policy_summary: str
    packages: tuple[PackageView, ...]


@dataclass(frozen=True, slots=True)
class Availability:
    """The free slots of a contractor for a package."""

    time_zone: str
    minutes: int
    slots: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """What a booking would cost, and what cancelling it would."""

    title: str
    price: Money
    minutes: int
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    arrival_minutes: int
    cancellation_policy: CancellationPolicy
    policy_summary: str
    steps: tuple[SlotStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingView:
    """A booking as one of its two sees it. `if_cancelled`, `if_absent`: where the money would go; None where it would
    not move, or in a list.
    """

    id: UUID
    status: BookingStatus
    offer_id: UUID
    contract_id: UUID | None
    customer: Person
    contractor: Person
    mine: str
    title: str
    extras: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    buffer_before: int
    buffer_after: int
    time_zone: str
    arrival_minutes: int
    proposed_starts_at: datetime | None
    proposed_ends_at: datetime | None
    proposed_by: str
    on_the_way_at: datetime | None
    checked_in_at: datetime | None
    nearness: Nearness
    absent: str
    absence_reason: str
    absence_reported_at: datetime | None
    absence_contested_at: datetime | None
    contest_reason: str
    contest_until: datetime | None
    if_cancelled: Split | None
    if_absent: Split | None
    free_until: datetime | None
    created_at: datetime
    allowed_actions: tuple[str, ...]
