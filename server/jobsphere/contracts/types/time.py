"""Time worked, and weeks that are paid by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobsphere.contracts.rules.lifecycles import MilestoneStatus
from jobsphere.files.types import FileView
from jobsphere.kit.money import Money


@dataclass(frozen=True, slots=True)
class TimeTotals:
    """Logged time in minutes (R55)."""

    minutes: int
    billed_minutes: int
    by_milestone: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TimeDetails:
    """Time worked, as its contractor says it: a start and an end, or a number of minutes."""

    milestone_id: UUID | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    minutes: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LoggedTime:
    """Time in a week that is paid by the hour."""

    id: UUID
    milestone_id: UUID
    starts_at: datetime
    ends_at: datetime
    minutes: int
    note: str


@dataclass(frozen=True, slots=True)
class WeekMoney:
    """Where the money of a week, or of its disputed part, stands."""

    status: MilestoneStatus
    amount: Money
    auto_release_at: datetime | None


@dataclass(frozen=True, slots=True)
class TimeEntryView:
    """Time worked."""

    id: UUID
    contract_id: UUID
    milestone_id: UUID | None
    started_at: datetime | None
    ended_at: datetime | None
    minutes: int
    note: str
    billed_at: datetime | None
    created_at: datetime
    files: tuple[FileView, ...]
    allowed_actions: tuple[str, ...]
