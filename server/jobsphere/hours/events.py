"""What happens to deals by the hour, besides what happens to their contracts and milestones."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class HoursEvent(Event):
    """What every event of a deal by the hour carries."""

    aggregate: ClassVar[str] = "deal"
    deal_id: UUID
    contract_id: UUID
    customer_id: UUID
    contractor_id: UUID
    title: str


@dataclass(frozen=True)
class WeekStated(HoursEvent):
    """A week is closed: `minutes` were worked, and `amount` waits for the customer's answer."""

    name: ClassVar[str] = "hours.week_stated"
    week_id: UUID
    starts_on: date
    minutes: int
    amount: Money


@dataclass(frozen=True)
class HoursDisputed(HoursEvent):
    """The customer does not agree to some hours of a week: `amount` is held apart, the rest is released."""

    name: ClassVar[str] = "hours.disputed"
    week_id: UUID
    starts_on: date
    minutes: int
    amount: Money
    reason: str


@dataclass(frozen=True)
class HoursStopped(HoursEvent):
    """One of the two (`by`) has ended the hours: no new ones are taken, and the last week closes at `closes_at`."""

    name: ClassVar[str] = "hours.ended"
    by: str
    reason: str
    closes_at: datetime | None


@dataclass(frozen=True)
class TimerStarted(HoursEvent):
    """The contractor's timer runs."""

    name: ClassVar[str] = "hours.timer_started"


@dataclass(frozen=True)
class TimerStopped(HoursEvent):
    """The contractor's timer stopped; `minutes` are logged."""

    name: ClassVar[str] = "hours.timer_stopped"
    minutes: int
