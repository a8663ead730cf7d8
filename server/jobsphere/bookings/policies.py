"""Who may see and do what with bookings, calendars and packages; a stranger gets 404."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from jobsphere.bookings.errors import NotNow
from jobsphere.bookings.models import Booking, Calendar, Package, SpecialDay
from jobsphere.bookings.rules import lifecycle as rules
from jobsphere.bookings.rules.lifecycle import BOOKING, CONTRACTOR, CUSTOMER, SYSTEM, BookingStatus
from jobsphere.contracts.policies import is_staff
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound


def bookings_of(viewer: Actor) -> "QuerySet[Booking]":
    """Return the viewer's bookings; a contractor sees one once its money is reserved, staff see all."""
    if viewer.is_system or is_staff(viewer):
        return Booking.objects.all()
    return Booking.objects.filter(
        Q(customer_id=viewer.known_id()) | Q(contractor_id=viewer.known_id(), seen_at__isnull=False)
    )


def get_booking_for(actor: Actor, booking_id: UUID) -> Booking:
    """Return a booking of the actor's; raises NotFound."""
    return _one(bookings_of(actor).filter(pk=booking_id))


def get_package_for(actor: Actor, package_id: UUID) -> Package:
    """Return a package of the contractor's own; raises NotFound."""
    found = Package.objects.filter(pk=package_id, contractor_id=actor.known_id(), retired_at=None).first()
    if found is None:
        raise NotFound("There is no such package of yours.")
    return found


def get_special_for(actor: Actor, special_id: UUID) -> SpecialDay:
    """Return special days of the contractor's own calendar; raises NotFound."""
    found = SpecialDay.objects.filter(pk=special_id, calendar__contractor_id=actor.known_id()).first()
    if found is None:
        raise NotFound("There are no such days in your calendar.")
    return found


def calendar_of(contractor_id: UUID) -> Calendar | None:
    """Return a contractor's calendar, if they have one."""
    return Calendar.objects.filter(contractor_id=contractor_id).first()


def can_read_check_in(actor: Actor, booking_id: UUID) -> bool:
    """Say whether the actor may see the photo of a check-in: one of the two, or staff."""
    return actor.id is not None and bookings_of(actor).filter(pk=booking_id).exists()


def party_of(actor: Actor, row: Booking) -> str | None:
    """Return what the actor is to a booking, in the words of its lifecycle; None for staff who look."""
    if actor.is_system:
        return SYSTEM
    if actor.id == row.customer_id:
        return CUSTOMER
    return CONTRACTOR if actor.id == row.contractor_id else None


def require(actor: Actor, row: Booking, action: str) -> str:
    """Return the actor's party when they may do this now; raises NotFound for who only looks, WrongStatus, NotNow."""
    party = party_of(actor, row)
    if party is None:
        raise NotFound("There is no such booking, or it is not for you.")
    BOOKING.next(BookingStatus(row.status), action, party=party)
    if action not in allowed_on_booking(actor, row):
        allowed = list(allowed_on_booking(actor, row))
        raise NotNow(
            "Look at the booking again: it has changed, or it is too early or too late.", allowed_actions=allowed
        )
    return party


def allowed_on_booking(viewer: Actor, row: Booking, *, frozen: bool = False) -> tuple[str, ...]:
    """Return what the viewer may do with a booking now; `frozen`: nothing of its money may move."""
    party = party_of(viewer, row)
    if party is None or party == SYSTEM:
        return ()
    found = BOOKING.allowed(BookingStatus(row.status), party)
    impossible = _impossible(row, party, clock.now())
    if frozen:
        impossible |= {"cancel"}
    return tuple(each for each in found if each not in impossible)


def _impossible(row: Booking, party: str, now: datetime) -> set[str]:
    """Return which actions of the table the facts of this booking rule out."""
    out: set[str] = set()
    begun = now >= row.starts_at or row.checked_in_at is not None
    if row.proposed_starts_at is None or begun:
        out |= {"accept_reschedule", "decline_reschedule", "withdraw_reschedule"}
    elif row.proposed_by == party:
        out |= {"accept_reschedule", "decline_reschedule"}
    else:
        out |= {"withdraw_reschedule", "reschedule"}
    if begun:
        out.add("reschedule")
    if row.on_the_way_at or row.checked_in_at or not row.starts_at - rules.SET_OUT_BEFORE <= now <= row.ends_at:
        out.add("on_the_way")
    if row.checked_in_at or not row.starts_at - rules.CHECK_IN_BEFORE <= now <= row.ends_at:
        out.add("check_in")
    if row.absent:
        out |= {"reschedule", "report_no_show", "cancel", "on_the_way", "check_in"}
        if row.absence_contested_at or row.absent != party:
            out.add("contest_no_show")
        if row.absent == party:
            out.add("withdraw_no_show")
    else:
        out |= {"contest_no_show", "withdraw_no_show"}
        late = rules.may_report(starts_at=row.starts_at, ends_at=row.ends_at, now=now)
        if not late or (party == CUSTOMER and row.checked_in_at is not None):
            out.add("report_no_show")
    return out


def _one(rows: "QuerySet[Booking]") -> Booking:
    found = rows.first()
    if found is None:
        raise NotFound("There is no such booking, or it is not for you.")
    return found
