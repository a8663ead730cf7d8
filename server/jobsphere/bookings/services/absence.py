"""Somebody did not come: reported, perhaps contested, then settled (ADR 0029). The money is on hold meanwhile."""

from uuid import UUID

from jobsphere.bookings import policies
from jobsphere.bookings.events import AbsenceContested, AbsenceReported, AbsenceSettled, AbsenceWithdrawn
from jobsphere.bookings.models import Booking
from jobsphere.bookings.rules.lifecycle import CONTEST_FOR, CONTRACTOR, SYSTEM, BookingStatus, other_party
from jobsphere.bookings.services.claims import tell
from jobsphere.contracts.services.bookings import cancel_for_no_show, hold_for_no_show, release_no_show_hold
from jobsphere.db.composed import first
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import actor as actors
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import WrongStatus


def report_no_show(*, actor: Actor, booking_id: UUID, reason: str) -> None:
    """Say that the other one did not come: the money is held, and they may contest it for CONTEST_FOR.

    Raises NotFound, WrongStatus, NotNow.
    """
    require_transaction()
    row = policies.get_booking_for(actor, booking_id)
    party = policies.require(actor, row, "report_no_show")
    absent, now = other_party(party), clock.now()
    _change(row, "report_no_show", "", absent=absent, absence_reason=reason[:1000], absence_reported_at=now)
    hold_for_no_show(actor=actor, contract_id=_contract(row))
    until = now + CONTEST_FOR
    tell(actor, row, "report_no_show", AbsenceReported, by=party, absent=absent, contest_until=until)


def contest_no_show(*, actor: Actor, booking_id: UUID, reason: str) -> None:
    """Say that one was there: the money stays on hold until staff have decided. Raises as report_no_show."""
    require_transaction()
    row = policies.get_booking_for(actor, booking_id)
    party = policies.require(actor, row, "contest_no_show")
    _change(row, "contest_no_show", row.absent, absence_contested_at=clock.now(), contest_reason=reason[:1000])
    tell(actor, row, "contest_no_show", AbsenceContested, by=party, absent=row.absent)


def withdraw_no_show(*, actor: Actor, booking_id: UUID) -> None:
    """Take one's report back; the money may move again. Raises as report_no_show."""
    require_transaction()
    row = policies.get_booking_for(actor, booking_id)
    party = policies.require(actor, row, "withdraw_no_show")
    nothing = {
        "absent": "",
        "absence_reason": "",
        "absence_reported_at": None,
        "absence_contested_at": None,
        "contest_reason": "",
    }
    update = {"pk": row.pk, "status": BookingStatus.CONFIRMED, "absent": row.absent}
    if not update_where(Booking, update, **nothing):
        raise WrongStatus("withdraw_no_show", row.status)
    release_no_show_hold(actor=actor, contract_id=_contract(row), reason="The report was taken back.")
    tell(actor, row, "withdraw_no_show", AbsenceWithdrawn, by=party)


def settle_no_show(*, booking_id: UUID) -> bool:
    """End the contract as reported, when nobody has contested in time; says whether this call did it.

    Raises ContractIsHeld while staff or a bank hold the money for another reason; the clock comes again.
    """
    require_transaction()
    row = first(Booking, pk=booking_id)
    if row is None or row.absence_reported_at is None or row.absence_reported_at > clock.now() - CONTEST_FOR:
        return False
    waiting = {"pk": row.pk, "status": BookingStatus.CONFIRMED, "absent": row.absent, "absence_contested_at": None}
    # Written first, so that who contests at this moment comes before or after, never between.
    if not row.absent or not update_where(Booking, waiting, absence_reason=row.absence_reason):
        return False
    reason = "The contractor did not come." if row.absent == CONTRACTOR else "The customer was not there."
    cancel_for_no_show(actor=actors.SYSTEM, contract_id=_contract(row), absent=row.absent, reason=reason)
    tell(actors.SYSTEM, row, "settle_no_show", AbsenceSettled, by=SYSTEM, absent=row.absent)
    return True


def _contract(row: Booking) -> UUID:
    assert row.contract_id is not None, "a confirmed booking has a contract"
    return row.contract_id


def _change(row: Booking, action: str, absent_before: str, **changes: object) -> None:
    seen = {
        "pk": row.pk,
        "status": BookingStatus.CONFIRMED,
        "absent": absent_before,
        "absence_contested_at": None,
        "checked_in_at": row.checked_in_at,
    }
    if not update_where(Booking, seen, **changes):
        raise WrongStatus(action, Booking.objects.values_list("status", flat=True).get(pk=row.pk))
    for name, value in changes.items():
        setattr(row, name, value)
