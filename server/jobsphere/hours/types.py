"""Deals by the hour, their weeks and reports as other apps and the API know them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobsphere.contracts.types import CancellationPolicy, MilestoneStatus
from jobsphere.hours.rules.lifecycle import DealStatus, WeekStatus
from jobsphere.kit.money import Money
from jobsphere.users.types import Person

__all__ = [
    "DayView",
    "DealStatus",
    "DealView",
    "DisputeView",
    "HourlyTarget",
    "HourlyTerms",
    "ReportLine",
    "ReportView",
    "TimerView",
    "WeekStatus",
    "WeekView",
]


@dataclass(frozen=True, slots=True)
class HourlyTerms:
    """What a customer offers: `rate` an hour, at most `weekly_cap` minutes a week; `weeks`: for so long, None: open."""

    rate: Money
    weekly_cap: int
    time_zone: str
    weeks: int | None = None
    message: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HourlyTarget:
    """To whom and on what: a proposal, or a job and a contractor."""

    proposal_id: UUID | None = None
    job_id: UUID | None = None
    contractor_id: UUID | None = None
    policy: CancellationPolicy = CancellationPolicy.MODERATE


@dataclass(frozen=True, slots=True)
class DealView:
    """An agreement by the hour. `weekly_price` is what a week costs at its cap, and what is paid in for it."""

    id: UUID
    status: DealStatus
    offer_id: UUID
    contract_id: UUID | None
    customer: Person
    contractor: Person
    title: str
    rate: Money
    weekly_cap_minutes: int
    weekly_price: Money
    time_zone: str
    weeks: int | None
    ended_at: datetime | None
    ended_by: str
    end_reason: str
    created_at: datetime
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayView:
    """How many minutes were worked on a local day."""

    day: date
    minutes: int


@dataclass(frozen=True, slots=True)
class DisputeView:
    """Hours of a week that the customer does not agree to, and where their money stands."""

    minutes: int
    amount: Money
    reason: str
    entry_ids: tuple[UUID, ...]
    disputed_at: datetime
    milestone_id: UUID
    milestone_status: MilestoneStatus


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week. While it is open, minutes and amounts are as of now.

    `price` is what was, or is to be, paid in; `amount` what its hours cost, of which `billed_minutes` are paid and the
    rest is over the cap. `release_at`: when silence releases it.
    """

    id: UUID
    deal_id: UUID
    contract_id: UUID
    milestone_id: UUID
    number: int
    status: WeekStatus
    milestone_status: MilestoneStatus
    starts_on: date
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    time_zone: str
    cap_minutes: int
    minutes: int
    billed_minutes: int
    price: Money
    amount: Money
    release_at: datetime | None
    days: tuple[DayView, ...]
    dispute: DisputeView | None
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimerView:
    """A timer that runs: since when, and when it stops by itself."""

    contract_id: UUID
    title: str
    note: str
    started_at: datetime
    stops_at: datetime


@dataclass(frozen=True, slots=True)
class ReportLine:
    """Closed weeks of one contract, calendar week or customer, in one currency; `held_apart`: of `billed`, disputed."""

    key: str
    label: str
    weeks: int
    minutes: int
    billed_minutes: int
    billed: Money
    held_apart: Money


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report: lines, and their sums, a line for each currency."""

    group: str
    since: date | None
    until: date | None
    lines: tuple[ReportLine, ...]
    totals: tuple[ReportLine, ...]
