"""A customer books a slot: claim and offer in one transaction; what becomes of the offer becomes of the claim."""

from datetime import timedelta
from uuid import UUID

from jobsphere.bookings import policies, selectors
from jobsphere.bookings.errors import NotOpen, SlotTaken, TooFar
from jobsphere.bookings.events import BookingConfirmed, SlotFreed, SlotHeld
from jobsphere.bookings.models import Booking, SlotClaim
from jobsphere.bookings.rules.lifecycle import (
    ANSWER_WITHIN,
    BOOKING,
    LIVE,
    SYSTEM,
    BookingStatus,
)
from jobsphere.bookings.rules.terms import BookingDraft
from jobsphere.bookings.services.claims import cells_of, claim, tell
from jobsphere.contracts import services as contracts
from jobsphere.contracts.events import OfferCreated
from jobsphere.contracts.types import BookingDetails, CancellationPolicy, OfferTerms, Slot
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import actor as actors
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.profiles.selectors import travels_to


def book(*, actor: Actor, draft: BookingDraft, payment_method: str | None = None, gateway: str = "") -> UUID:
    """Book a package at a free time; returns the booking's id. The offer's payment starts after the commit.

    The time is kept while the offer is alive. Raises NotFound for a package that is not listed, SlotTaken, NotOpen,
    TooFar, InvalidInput, and what `contracts.book_contractor` raises.
    """
    require_transaction()
    package = selectors.package_to_book(draft.contractor_id, draft.package_id)
    calendar = policies.calendar_of(draft.contractor_id)
    if calendar is None or not calendar.is_open:
        raise NotOpen("This contractor takes no bookings just now. Write to them, or post a job.")
    order = selectors.order_of(package, draft.extras)
    ends_at = draft.starts_at + timedelta(minutes=order.minutes)
    if not selectors.is_offered(calendar, minutes=order.minutes, starts_at=draft.starts_at):
        raise SlotTaken("This time is not free any more. Choose another one; nothing was paid.")
    place = (draft.latitude, draft.longitude)
    if None not in place and not travels_to(draft.contractor_id, *place):  # type: ignore[arg-type]
        raise TooFar("This contractor does not travel that far. Choose a nearer place, or ask them first.")
    offer_id = contracts.book_contractor(
        actor=actor,
        contractor_id=draft.contractor_id,
        booking=BookingDetails(
            title=package.title,
            description=order.description,
            category=package.category,
            place=draft.place,
            address=draft.address,
            latitude=draft.latitude,
            longitude=draft.longitude,
        ),
        terms=OfferTerms(
            amount=order.price,
            message=draft.message,
            expires_at=clock.now() + ANSWER_WITHIN if draft.starts_at > clock.now() + ANSWER_WITHIN else None,
            slot=Slot(draft.starts_at, ends_at),
        ),
        policy=CancellationPolicy(calendar.cancellation_policy),
        payment_method=payment_method,
        gateway=gateway,
        cancels_by_slot=True,
    )
    # The offer's own event has taken the time by now (`hold`), in this transaction.
    booking = Booking.objects.get(offer_id=offer_id)
    Booking.objects.filter(pk=booking.pk).update(package_id=package.pk, extras=list(order.extras))
    return booking.pk


def hold(event: OfferCreated, *, actor: Actor) -> None:
    """Take the time of an offer that is a booking, with the buffers of the contractor's calendar; raises SlotTaken."""
    if event.starts_at is None or event.ends_at is None:
        return
    calendar = policies.calendar_of(event.contractor_id)
    pinned = {}
    if calendar:
        names = ("buffer_before", "buffer_after", "arrival_minutes", "time_zone")
        pinned = {name: getattr(calendar, name) for name in names}
    row = Booking.objects.create(
        offer_id=event.offer_id,
        customer_id=event.customer_id,
        contractor_id=event.contractor_id,
        title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        **pinned,
    )
    claim(row, cells_of(row, row.starts_at, row.ends_at))
    tell(actor, row, "hold", SlotHeld, by="customer")


def show(*, offer_id: UUID) -> None:
    """The money is reserved: the contractor sees the booking with its offer."""
    Booking.objects.filter(offer_id=offer_id, seen_at=None).update(seen_at=clock.now())


def confirm(*, offer_id: UUID, contract_id: UUID) -> None:
    """The offer was accepted: the time is the customer's."""
    row = Booking.objects.filter(offer_id=offer_id).first()
    if row is None:
        return
    to_status = BOOKING.next(BookingStatus(row.status), "confirm", party=SYSTEM)
    moved = move(Booking, row.pk, from_status=row.status, to_status=to_status, contract_id=contract_id)
    assert moved, "an offer that is accepted was alive, so its time was kept"
    row.contract_id = contract_id
    tell(actors.SYSTEM, row, "confirm", BookingConfirmed, by=SYSTEM)


def free(*, by: str = SYSTEM, **where: UUID) -> None:
    """The offer or the contract (`offer_id`, `contract_id`) came to an end: give the time back. Again is harmless."""
    row = Booking.objects.filter(status__in=LIVE, **where).first()
    if row is None:
        return
    to_status = BOOKING.next(BookingStatus(row.status), "free", party=SYSTEM)
    if not move(Booking, row.pk, from_status=row.status, to_status=to_status):
        return
    SlotClaim.objects.filter(booking=row).delete()
    tell(actors.SYSTEM, row, "free", SlotFreed, by=by, seen=row.seen_at is not None)


def finish(*, contract_id: UUID) -> None:
    """The contract is completed: the booking is history, and takes no time any more."""
    row = Booking.objects.filter(contract_id=contract_id, status=BookingStatus.CONFIRMED).first()
    if row is None:
        return
    to_status = BOOKING.next(BookingStatus(row.status), "finish", party=SYSTEM)
    if move(Booking, row.pk, from_status=row.status, to_status=to_status):
        SlotClaim.objects.filter(booking=row).delete()


def cancel_booking(*, actor: Actor, booking_id: UUID, reason: str = "") -> None:
    """Cancel: an offer is taken back, a contract is cancelled as its policy says; the time is free again.

    Raises NotFound, WrongStatus, NotNow, and what the verbs of contracts raise (ContractIsHeld).
    """
    require_transaction()
    row = policies.get_booking_for(actor, booking_id)
    policies.require(actor, row, "cancel")
    if row.contract_id is None:
        contracts.withdraw_offer(actor=actor, offer_id=row.offer_id, reason=reason)
    else:
        contracts.cancel_contract(actor=actor, contract_id=row.contract_id, reason=reason)


def release_unpaid(*, booking_id: UUID) -> bool:
    """Take back an offer whose customer has not paid for too long, so that its time is free; says whether it did."""
    require_transaction()
    row = Booking.objects.filter(pk=booking_id, status=BookingStatus.HELD, seen_at=None).first()
    if row is None:
        return False
    contracts.withdraw_offer(actor=actors.SYSTEM, offer_id=row.offer_id, reason="The booking was not paid in time.")
    return True
