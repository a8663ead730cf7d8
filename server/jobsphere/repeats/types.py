"""Series as the API knows them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.repeats.rules.dates import Every
from jobsphere.repeats.rules.lifecycle import OccurrenceStatus, RepeatStatus
from jobsphere.users.types import Person

__all__ = ["DateView", "Every", "OccurrenceStatus", "OccurrenceView", "PriceChange", "RepeatStatus", "RepeatView"]


@dataclass(frozen=True, slots=True)
class DateView:
    """One of the next dates. `price` is None where a new price was not agreed: the series would end there."""

    due_on: date
    starts_at: datetime
    price: Money | None
    skipped: bool


@dataclass(frozen=True, slots=True)
class OccurrenceView:
    """A date that was made, is being paid, or does not take place."""

    id: UUID
    due_on: date
    starts_at: datetime
    ends_at: datetime
    price: Money
    status: OccurrenceStatus
    #: For the customer alone: a code of ours.
    reason: str
    offer_id: UUID | None
    contract_id: UUID | None
    next_try_at: datetime | None
    pay_until: datetime


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A price that the contractor proposes, or that holds from a day on."""

    amount: Money
    new_from: date
    agreed: bool


@dataclass(frozen=True, slots=True)
class RepeatView:
    """A series as one of its two sees it; `mine`: what the viewer is in it. `card` is for the customer alone."""

    id: UUID
    status: RepeatStatus
    title: str
    every: Every
    time_zone: str
    minutes: int
    price: Money
    price_change: PriceChange | None
    customer: Person
    contractor: Person
    mine: str
    offer_id: UUID
    card: str
    method_id: UUID | None
    next_at: datetime | None
    dates: tuple[DateView, ...]
    occurrences: tuple[OccurrenceView, ...]
    needs_customer: bool
    reason: str
    created_at: datetime
    allowed_actions: tuple[str, ...]
