"""What people are told of bookings, and what is noted in the conversation of the two. By the worker."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from jobsphere.bookings.events import (
    AbsenceContested,
    AbsenceReported,
    AbsenceSettled,
    AbsenceWithdrawn,
    BookingEvent,
    CheckedIn,
    Rescheduled,
    RescheduleDeclined,
    RescheduleProposed,
    SetOut,
)
from jobsphere.bookings.rules.lifecycle import CONTRACTOR, CUSTOMER, other_party
from jobsphere.messaging import services as messaging
from jobsphere.notifications.services import tell
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta


@subscribe(RescheduleProposed)
def tell_of_proposal(event: RescheduleProposed, meta: EventMeta) -> None:
    """The other one answers next."""
    _tell(meta, event, other_party(event.by), "booking.updated/proposed", proposed_at=event.proposed_at)
    _note(meta, event, f"Another time is proposed: {_wall(event.proposed_at, event)}.", event.proposed_at)


@subscribe(Rescheduled)
def tell_of_move(event: Rescheduled, meta: EventMeta) -> None:
    """It takes place at another time."""
    _tell(meta, event, other_party(event.by), "booking.updated/moved", starts_at=event.starts_at)
    _note(meta, event, f"The booking is moved to {_wall(event.starts_at, event)}.", event.starts_at)


@subscribe(RescheduleDeclined)
def tell_of_refusal(event: RescheduleDeclined, meta: EventMeta) -> None:
    """The old time holds."""
    _tell(meta, event, other_party(event.by), "booking.updated/kept", starts_at=event.starts_at)
    _note(meta, event, f"The booking stays at {_wall(event.starts_at, event)}.", event.starts_at)


@subscribe(SetOut)
def tell_of_way(event: SetOut, meta: EventMeta) -> None:
    """The customer gets ready."""
    _tell(meta, event, CUSTOMER, "booking.updated/on_the_way")
    _note(meta, event, "The contractor is on the way.")


@subscribe(CheckedIn)
def tell_of_arrival(event: CheckedIn, meta: EventMeta) -> None:
    """The contractor is there."""
    _tell(meta, event, CUSTOMER, "booking.updated/checked_in")
    _note(meta, event, "The contractor has checked in.")


@subscribe(AbsenceReported)
def tell_of_report(event: AbsenceReported, meta: EventMeta) -> None:
    """Who is said not to have come may say otherwise."""
    _tell(meta, event, event.absent, "booking.updated/absent", contest_until=event.contest_until)
    _note(meta, event, f"It is reported that the {event.absent} did not come. The money is on hold.")


@subscribe(AbsenceContested)
def tell_of_contest(event: AbsenceContested, meta: EventMeta) -> None:
    """Staff decide."""
    _tell(meta, event, other_party(event.by), "booking.updated/contested")
    _note(meta, event, "The report is contested. The money stays on hold until staff have decided.")


@subscribe(AbsenceWithdrawn)
def tell_of_withdrawal(event: AbsenceWithdrawn, meta: EventMeta) -> None:
    """All is as before."""
    _tell(meta, event, other_party(event.by), "booking.updated/absence_withdrawn")
    _note(meta, event, "The report is taken back.")


@subscribe(AbsenceSettled)
def tell_of_settlement(event: AbsenceSettled, meta: EventMeta) -> None:
    """The contract has ended; where the money went is told by contracts."""
    for party in (CUSTOMER, CONTRACTOR):
        _tell(meta, event, party, "booking.updated/settled")
    _note(meta, event, f"Nobody contested the report: the {event.absent} did not come.")


def _tell(meta: EventMeta, event: BookingEvent, party: str, message: str, **values: Any) -> None:
    user_id: UUID = event.customer_id if party == CUSTOMER else event.contractor_id
    params = {"contract_id": event.contract_id, "title": event.title, **values}
    tell(user_id=user_id, message=message, params=params, key=f"{meta.id}:{user_id}")


def _note(meta: EventMeta, event: BookingEvent, text: str, moment: datetime | None = None) -> None:
    assert event.contract_id is not None, "these happen to bookings that are confirmed"
    messaging.note(
        between=(event.customer_id, event.contractor_id),
        subject_type="contract",
        subject_id=event.contract_id,
        key=str(meta.id),
        code=event.name,
        text=text,
        params={"at": moment.isoformat()} if moment else {},
        link=f"/contracts/{event.contract_id}",
    )


def _wall(moment: datetime, event: BookingEvent) -> str:
    """Return the moment on the contractor's wall clock, with its zone: where the work is done."""
    return f"{moment.astimezone(ZoneInfo(event.time_zone)):%d %B %Y, %H:%M} ({event.time_zone})"
