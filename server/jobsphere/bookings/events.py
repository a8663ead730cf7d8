"""What happens to bookings, besides what happens to their offers and contracts."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class BookingEvent(Event):
    """What every event of a booking carries. `by`: customer, contractor or system."""

    aggregate: ClassVar[str] = "booking"
    booking_id: UUID
    offer_id: UUID
    contract_id: UUID | None
    customer_id: UUID
    contractor_id: UUID
    title: str
    starts_at: datetime
    time_zone: str
    by: str


@dataclass(frozen=True)
class SlotHeld(BookingEvent):
    """A time is kept for an offer."""

    name: ClassVar[str] = "booking.held"


@dataclass(frozen=True)
class SlotFreed(BookingEvent):
    """The time is free again: the booking came to nothing, or was cancelled."""

    name: ClassVar[str] = "booking.freed"
    #: Whether the contractor had got to see it.
    seen: bool


@dataclass(frozen=True)
class BookingConfirmed(BookingEvent):
    """The offer was accepted."""

    name: ClassVar[str] = "booking.confirmed"


@dataclass(frozen=True)
class RescheduleProposed(BookingEvent):
    """One of the two proposes another time."""

    name: ClassVar[str] = "booking.reschedule_proposed"
    proposed_at: datetime


@dataclass(frozen=True)
class Rescheduled(BookingEvent):
    """The two agreed; `starts_at` is the new time."""

    name: ClassVar[str] = "booking.rescheduled"


@dataclass(frozen=True)
class RescheduleDeclined(BookingEvent):
    """The old time holds: the other one said no, or who proposed took it back (`withdrawn`)."""

    name: ClassVar[str] = "booking.reschedule_declined"
    withdrawn: bool


@dataclass(frozen=True)
class SetOut(BookingEvent):
    """The contractor is on the way."""

    name: ClassVar[str] = "booking.set_out"


@dataclass(frozen=True)
class CheckedIn(BookingEvent):
    """The contractor is there."""

    name: ClassVar[str] = "booking.checked_in"


@dataclass(frozen=True)
class AbsenceReported(BookingEvent):
    """One of the two says that the other did not come; the money is on hold."""

    name: ClassVar[str] = "booking.absence_reported"
    absent: str
    contest_until: datetime


@dataclass(frozen=True)
class AbsenceContested(BookingEvent):
    """The other one says otherwise; staff decide."""

    name: ClassVar[str] = "booking.absence_contested"
    absent: str


@dataclass(frozen=True)
class AbsenceWithdrawn(BookingEvent):
    """Who reported took it back; the money may move again."""

    name: ClassVar[str] = "booking.absence_withdrawn"


@dataclass(frozen=True)
class AbsenceSettled(BookingEvent):
    """Nobody contested in time: the contract ended at the cost of whoever did not come."""

    name: ClassVar[str] = "booking.absence_settled"
    absent: str
