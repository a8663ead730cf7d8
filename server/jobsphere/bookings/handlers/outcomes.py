"""Time is taken and given back in the transaction of the offer or contract that decides about it. Inline."""

from jobsphere.bookings.services import booking
from jobsphere.contracts.events import (
    ContractCancelled,
    ContractCompleted,
    OfferAccepted,
    OfferCreated,
    OfferDeclined,
    OfferEvent,
    OfferExpired,
    OfferRejected,
    OfferSent,
    OfferWithdrawn,
)
from jobsphere.kit.actor import SYSTEM
from jobsphere.outbox.subscriptions import listen


@listen(OfferCreated)
def hold_time(event: OfferCreated) -> None:
    """Somebody books: the time is theirs, or nobody's."""
    booking.hold(event, actor=SYSTEM)


@listen(OfferSent)
def show_time(event: OfferSent) -> None:
    """It is paid for."""
    booking.show(offer_id=event.offer_id)


@listen(OfferAccepted)
def confirm_time(event: OfferAccepted) -> None:
    """The contractor said yes, and the money came."""
    booking.confirm(offer_id=event.offer_id, contract_id=event.contract_id)


@listen(OfferRejected, OfferWithdrawn, OfferExpired, OfferDeclined)
def free_time(event: OfferEvent) -> None:
    """The offer came to nothing."""
    booking.free(offer_id=event.offer_id)


@listen(ContractCancelled)
def free_time_of_contract(event: ContractCancelled) -> None:
    """The contract ended early."""
    booking.free(contract_id=event.contract_id, by=event.by)


@listen(ContractCompleted)
def finish_booking(event: ContractCompleted) -> None:
    """The work is done."""
    booking.finish(contract_id=event.contract_id)
