"""Bookings as their two see them; a list costs the same queries, however long it is."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.bookings import policies
from jobsphere.bookings.models import Booking
from jobsphere.bookings.rules.lifecycle import (
    CONTEST_FOR,
    CUSTOMER,
    LIVE,
    UNPAID_FOR,
    BookingStatus,
    Nearness,
    other_party,
)
from jobsphere.bookings.selectors.calendars import free_for
from jobsphere.bookings.types import Availability, BookingView
from jobsphere.contracts import selectors as contracts
from jobsphere.contracts.selectors.bookings import deals_of, free_until, split_of_absence
from jobsphere.contracts.types import Split
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.users.selectors import people
from jobsphere.users.types import Person


def bookings(
    viewer: Actor,
    *,
    role: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    live: bool = False,
    contract_id: UUID | None = None,
    offer_id: UUID | None = None,
) -> "QuerySet[Booking]":
    """Return the viewer's bookings for the API to page: by role, and those that touch a stretch of time."""
    rows = policies.bookings_of(viewer)
    if role:
        rows = rows.filter(**{f"{role}_id": viewer.known_id()})
    if since:
        rows = rows.filter(ends_at__gt=since)
    if until:
        rows = rows.filter(starts_at__lt=until)
    if live:
        rows = rows.filter(status__in=[*LIVE, BookingStatus.DONE])
    if contract_id:
        rows = rows.filter(contract_id=contract_id)
    return rows.filter(offer_id=offer_id) if offer_id else rows


def booking_views(viewer: Actor, rows: Sequence[Booking]) -> list[BookingView]:
    """Present a page of bookings; two queries whatever its size."""
    known = people({each for row in rows for each in (row.customer_id, row.contractor_id)}) if rows else {}
    deals = deals_of(row.contract_id for row in rows if row.contract_id)
    frozen = {pk for pk, deal in deals.items() if deal.is_frozen}
    return [_view(viewer, row, known, frozen=row.contract_id in frozen) for row in rows]


def booking(viewer: Actor, booking_id: UUID) -> BookingView:
    """Return one booking with what cancelling and absence would cost now; raises NotFound."""
    row = policies.get_booking_for(viewer, booking_id)
    known = people({row.customer_id, row.contractor_id})
    if row.contract_id is None:
        return _view(viewer, row, known)
    contract = contracts.contract(viewer, row.contract_id)
    frozen = contract.held_at is not None or contract.disputed_at is not None
    return _view(viewer, row, known, frozen=frozen, if_cancelled=contract.if_cancelled, whole=True)


def slots_for_move(viewer: Actor, booking_id: UUID, *, first: date | None, last: date | None) -> Availability:
    """Return the times to which a booking may be moved; raises NotFound, InvalidInput for too many days."""
    return free_for(policies.get_booking_for(viewer, booking_id), first=first, last=last)


def absences_to_settle(limit: int) -> list[UUID]:
    """Return the bookings whose report nobody contested in time, the oldest first."""
    due = Booking.objects.filter(
        status=BookingStatus.CONFIRMED,
        absence_contested_at=None,
        absence_reported_at__lte=clock.now() - CONTEST_FOR,
    )
    return list(due.order_by("absence_reported_at").values_list("pk", flat=True)[:limit])


def unpaid_bookings(limit: int) -> list[UUID]:
    """Return the bookings whose customer has not paid for too long, the oldest first."""
    old = Booking.objects.filter(status=BookingStatus.HELD, seen_at=None, created_at__lte=clock.now() - UNPAID_FOR)
    return list(old.order_by("created_at").values_list("pk", flat=True)[:limit])


def _view(
    viewer: Actor,
    row: Booking,
    known: dict[UUID, Person],
    *,
    frozen: bool = False,
    if_cancelled: Split | None = None,
    whole: bool = False,
) -> BookingView:
    actions = policies.allowed_on_booking(viewer, row, frozen=frozen)
    party = policies.party_of(viewer, row) or ""
    # What is lost by an absence: of the one who was reported; before that, of the other one.
    absent = row.absent or (other_party(party) if "report_no_show" in actions else "")
    shows_absence = whole and row.contract_id and absent and row.status == BookingStatus.CONFIRMED
    return BookingView(
        id=row.pk,
        status=BookingStatus(row.status),
        offer_id=row.offer_id,
        contract_id=row.contract_id,
        customer=known.get(row.customer_id, Person(row.customer_id, "")),
        contractor=known.get(row.contractor_id, Person(row.contractor_id, "")),
        mine=party,
        title=row.title,
        extras=tuple(row.extras),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        buffer_before=row.buffer_before,
        buffer_after=row.buffer_after,
        time_zone=row.time_zone,
        arrival_minutes=row.arrival_minutes,
        proposed_starts_at=row.proposed_starts_at,
        proposed_ends_at=row.proposed_ends_at,
        proposed_by=row.proposed_by,
        on_the_way_at=row.on_the_way_at,
        checked_in_at=row.checked_in_at,
        nearness=Nearness(row.nearness),
        absent=row.absent,
        absence_reason=row.absence_reason,
        absence_reported_at=row.absence_reported_at,
        absence_contested_at=row.absence_contested_at,
        contest_reason=row.contest_reason,
        contest_until=row.absence_reported_at + CONTEST_FOR if row.absence_reported_at else None,
        if_cancelled=if_cancelled if "cancel" in actions else None,
        if_absent=split_of_absence(row.contract_id, absent=absent) if shows_absence and row.contract_id else None,
        free_until=free_until(row.contract_id) if whole and row.contract_id and party == CUSTOMER else None,
        created_at=row.created_at,
        allowed_actions=actions,
    )
