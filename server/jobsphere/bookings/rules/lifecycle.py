"""Which step follows which on a booking, and who may take it (ADR 0029). Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from jobsphere.kit.lifecycle import Lifecycle, step

CUSTOMER, CONTRACTOR, SYSTEM = "customer", "contractor", "system"
#: So long after the start somebody may be said not to have come, and so long after the end it is too late to say it.
GRACE = timedelta(minutes=15)
REPORT_FOR = timedelta(days=2)
#: So long the other one may contest a report before it is settled as reported.
CONTEST_FOR = timedelta(days=2)
#: So early the contractor may set out, and be there.
SET_OUT_BEFORE = timedelta(hours=12)
CHECK_IN_BEFORE = timedelta(hours=2)
#: So long a slot is kept for a customer who has not paid.
UNPAID_FOR = timedelta(minutes=30)
#: So long the contractor has for an answer; the slot is not kept for longer.
ANSWER_WITHIN = timedelta(hours=24)


class BookingStatus(StrEnum):
    """Where the time of a booking stands."""

    #: The offer is alive: the time is kept.
    HELD = "held"
    #: There is a contract.
    CONFIRMED = "confirmed"
    #: It will not take place: the time is free again.
    FREED = "freed"
    #: The contract is completed.
    DONE = "done"


class Nearness(StrEnum):
    """How near to the job's place somebody checked in; the place itself is kept nowhere."""

    UNKNOWN = ""
    HERE = "here"
    NEAR = "near"
    AWAY = "away"


_BOTH = (CUSTOMER, CONTRACTOR)
_KEPT = BookingStatus.CONFIRMED

BOOKING = Lifecycle(
    {
        (BookingStatus.HELD, "confirm"): step(_KEPT, SYSTEM),
        (BookingStatus.HELD, "free"): step(BookingStatus.FREED, SYSTEM),
        # The customer takes the offer back.
        (BookingStatus.HELD, "cancel"): step(BookingStatus.FREED, CUSTOMER),
        (_KEPT, "cancel"): step(BookingStatus.FREED, *_BOTH),
        (_KEPT, "free"): step(BookingStatus.FREED, SYSTEM),
        (_KEPT, "finish"): step(BookingStatus.DONE, SYSTEM),
        (_KEPT, "reschedule"): step(_KEPT, *_BOTH),
        (_KEPT, "accept_reschedule"): step(_KEPT, *_BOTH),
        (_KEPT, "decline_reschedule"): step(_KEPT, *_BOTH),
        (_KEPT, "withdraw_reschedule"): step(_KEPT, *_BOTH),
        (_KEPT, "on_the_way"): step(_KEPT, CONTRACTOR),
        (_KEPT, "check_in"): step(_KEPT, CONTRACTOR),
        (_KEPT, "report_no_show"): step(_KEPT, *_BOTH),
        (_KEPT, "contest_no_show"): step(_KEPT, *_BOTH),
        (_KEPT, "withdraw_no_show"): step(_KEPT, *_BOTH),
    }
)
#: A booking that takes time of its contractor.
LIVE = (BookingStatus.HELD, BookingStatus.CONFIRMED)


def other_party(party: str) -> str:
    """Return the other one of the two."""
    return CONTRACTOR if party == CUSTOMER else CUSTOMER


def may_report(*, starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Say whether it is time to report that somebody did not come."""
    return starts_at + GRACE <= now <= ends_at + REPORT_FOR


def nearness(distance_km: float | None) -> Nearness:
    """Return how near that is, in words; the distance is forgotten."""
    if distance_km is None:
        return Nearness.UNKNOWN
    if distance_km <= 0.3:
        return Nearness.HERE
    return Nearness.NEAR if distance_km <= 2 else Nearness.AWAY
