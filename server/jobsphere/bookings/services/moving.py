"""Another time: one of the two proposes it, the other agrees; until then both times are kept, and the old one holds."""

from datetime import datetime
from uuid import UUID

from jobsphere.bookings import policies, selectors
from jobsphere.bookings.errors import SlotTaken
from jobsphere.bookings.events import Rescheduled, RescheduleDeclined, RescheduleProposed
from jobsphere.bookings.models import Booking
from jobsphere.bookings.rules.lifecycle import BookingStatus
from jobsphere.bookings.services.claims import cells_of, claim, keep_only, tell
from jobsphere.contracts.services.bookings import move_slot
from jobsphere.contracts.types import Slot
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import WrongStatus

_NO_PROPOSAL = {"proposed_starts_at": None, "proposed_ends_at": None, "proposed_by": ""}


def reschedule(*, actor: Actor, booking_id: UUID, starts_at: datetime) -> None:
    """Propose another time, instead of one's own last proposal; it is kept until the other one answers.

    A customer chooses among the free times; a contractor any time that is not taken. Raises NotFound, WrongStatus,
    NotNow, SlotTaken.
    """
    require_transaction()
    row = policies.get_booking_for(actor, booking_id)
    party = policies.require(actor, row, "reschedule")
    ends_at = starts_at + (row.ends_at - row.starts_at)
    if not selectors.may_move(row, starts_at, party=party):
        raise SlotTaken("This time is not free. Choose another one; the old one still holds.")
    _change(row, "reschedule", proposed_starts_at=starts_at, proposed_ends_at=ends_at, proposed_by=party)
    wanted = [*cells_of(row, row.starts_at, row.ends_at), *cells_of(row, starts_at, ends_at)]
    keep_only(row, wanted)
    claim(row, wanted)
    tell(actor, row, "reschedule", RescheduleProposed, by=party, proposed_at=starts_at)


def accept_reschedule(*, actor: Actor, booking_id: UUID) -> None:
    """Agree to the other time; what cancelling costs moves with it. Raises NotFound, WrongStatus, NotNow."""
    require_transaction()
    row = policies.get_booking_for(actor, booking_id)
    party = policies.require(actor, row, "accept_reschedule")
    starts_at, ends_at = row.proposed_starts_at, row.proposed_ends_at
    assert starts_at, "a proposal is whole"
    assert ends_at, "a proposal is whole"
    _change(
        row,
        "accept_reschedule",
        starts_at=starts_at,
        ends_at=ends_at,
        sequence=row.sequence + 1,
        on_the_way_at=None,
        **_NO_PROPOSAL,
    )
    keep_only(row, cells_of(row, starts_at, ends_at))
    move_slot(actor=actor, offer_id=row.offer_id, slot=Slot(starts_at, ends_at))
    tell(actor, row, "accept_reschedule", Rescheduled, by=party)


def decline_reschedule(*, actor: Actor, booking_id: UUID, withdraw: bool = False) -> None:
    """Say no to the other time, or (`withdraw`) take one's own proposal back. Raises NotFound, WrongStatus, NotNow."""
    require_transaction()
    row = policies.get_booking_for(actor, booking_id)
    action = "withdraw_reschedule" if withdraw else "decline_reschedule"
    party = policies.require(actor, row, action)
    _change(row, action, **_NO_PROPOSAL)
    keep_only(row, cells_of(row, row.starts_at, row.ends_at))
    tell(actor, row, action, RescheduleDeclined, by=party, withdrawn=withdraw)


def _change(row: Booking, action: str, **changes: object) -> None:
    """Write to the booking if it is as it was read; raises WrongStatus when somebody was faster."""
    seen = {
        "pk": row.pk,
        "status": BookingStatus.CONFIRMED,
        "starts_at": row.starts_at,
        "proposed_starts_at": row.proposed_starts_at,
        "proposed_by": row.proposed_by,
        "absent": "",
    }
    if not update_where(Booking, seen, **changes):
        raise WrongStatus(action, Booking.objects.values_list("status", flat=True).get(pk=row.pk))
    for name, value in changes.items():
        setattr(row, name, value)
