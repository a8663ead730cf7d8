"""What a contractor says of their calendar and packages, and what a customer books. Pure."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from jobsphere.contracts.types import CancellationPolicy
from jobsphere.kit.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSettings:
    """How a contractor takes bookings."""

    time_zone: str
    is_open: bool = True
    buffer_before: int = 0
    buffer_after: int = 0
    notice_hours: int = 12
    horizon_days: int = 60
    step: int = 30
    arrival_minutes: int = 0
    cancellation_policy: CancellationPolicy = CancellationPolicy.MODERATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """What can be added to a package. The id is made when it is saved."""

    title: str
    minutes: int
    price: Money
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageDetails:
    """What a contractor says of a package."""

    title: str
    minutes: int
    price: Money
    description: str = ""
    category: str = ""
    extras: tuple[Extra, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingDraft:
    """What a customer books, of whom, when and where."""

    contractor_id: UUID
    package_id: UUID
    starts_at: datetime
    extras: tuple[str, ...] = ()
    message: str = ""
    place: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
