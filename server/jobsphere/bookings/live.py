"""What the two of a booking are told at once (realtime.hints)."""

from jobsphere.bookings.events import (
    AbsenceContested,
    AbsenceReported,
    AbsenceSettled,
    AbsenceWithdrawn,
    BookingConfirmed,
    CheckedIn,
    Rescheduled,
    RescheduleDeclined,
    RescheduleProposed,
    SetOut,
    SlotFreed,
    SlotHeld,
)
from jobsphere.realtime import hints
from jobsphere.realtime.hints import Hint

_BOTH = [Hint("booking", "booking_id", ("customer_id", "contractor_id"))]
_CUSTOMER = Hint("booking", "booking_id", ("customer_id",))

HINTS: hints.Table = {
    #: Until the money is reserved the contractor learns nothing of an offer.
    SlotHeld: [_CUSTOMER],
    SlotFreed: [_CUSTOMER, Hint("booking", "booking_id", ("contractor_id",), when="seen")],
    **dict.fromkeys(
        (
            *(BookingConfirmed, RescheduleProposed, Rescheduled, RescheduleDeclined, SetOut, CheckedIn),
            *(AbsenceReported, AbsenceContested, AbsenceWithdrawn, AbsenceSettled),
        ),
        _BOTH,
    ),
}

announce = hints.announcer(HINTS, name="bookings.live")
