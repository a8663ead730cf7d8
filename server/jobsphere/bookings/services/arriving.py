"""The contractor sets out, and is there."""

from collections.abc import Sequence
from uuid import UUID

from jobsphere.bookings import policies
from jobsphere.bookings.events import CheckedIn, SetOut
from jobsphere.bookings.models import Booking
from jobsphere.bookings.rules.lifecycle import BookingStatus, Nearness, nearness
from jobsphere.bookings.services.claims import tell
from jobsphere.contracts.selectors.bookings import place_of
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.files.services import attach
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import WrongStatus
from jobsphere.profiles.geo import Point, distance_km


def set_out(*, actor: Actor, booking_id: UUID) -> None:
    """Tell the customer that one is on the way. Raises NotFound, WrongStatus, NotNow."""
    require_transaction()
    row = policies.get_booking_for(actor, booking_id)
    party = policies.require(actor, row, "on_the_way")
    _note(row, "on_the_way", {"on_the_way_at": None}, on_the_way_at=clock.now())
    tell(actor, row, "on_the_way", SetOut, by=party)


def check_in(*, actor: Actor, booking_id: UUID, place: Point | None = None, file_ids: Sequence[UUID] = ()) -> None:
    """Say that one is there, perhaps with a photo, and how near to the job's place: in words, the place is not kept.

    Raises NotFound, WrongStatus, NotNow, InvalidInput for a file that is not the actor's.
    """
    require_transaction()
    row = policies.get_booking_for(actor, booking_id)
    party = policies.require(actor, row, "check_in")
    _note(row, "check_in", {"checked_in_at": None}, checked_in_at=clock.now(), nearness=_nearness(row, place))
    attach(actor=actor, file_ids=file_ids, to_type="check_in", to_id=row.pk)
    tell(actor, row, "check_in", CheckedIn, by=party)


def _nearness(row: Booking, place: Point | None) -> Nearness:
    there = place_of(row.offer_id) if place else None
    if place is None or there is None:
        return Nearness.UNKNOWN
    return nearness(distance_km(place, Point(*there)))


def _note(row: Booking, action: str, condition: dict[str, object], **changes: object) -> None:
    seen = {"pk": row.pk, "status": BookingStatus.CONFIRMED, "absent": "", **condition}
    if not update_where(Booking, seen, **changes):
        raise WrongStatus(action, Booking.objects.values_list("status", flat=True).get(pk=row.pk))
    for name, value in changes.items():
        setattr(row, name, value)
