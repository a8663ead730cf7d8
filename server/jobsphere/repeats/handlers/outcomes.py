"""What becomes of an occurrence's offer becomes of the occurrence, in the same transaction. Inline."""

from jobsphere.contracts.events import (
    OfferAccepted,
    OfferDeclined,
    OfferEvent,
    OfferExpired,
    OfferRejected,
    OfferSent,
    OfferWithdrawn,
)
from jobsphere.outbox.subscriptions import listen, subscribe
from jobsphere.repeats.services import making


@subscribe(OfferSent)
def accept_for_contractor(event: OfferSent) -> None:
    """It is paid, and the contractor has agreed to the series. By the worker: what is in the way undoes no payment."""
    making.accept(offer_id=event.offer_id)


@listen(OfferAccepted)
def note_contract(event: OfferAccepted) -> None:
    """The money is protected."""
    making.note_contract(offer_id=event.offer_id, contract_id=event.contract_id)


@listen(OfferRejected, OfferWithdrawn, OfferExpired, OfferDeclined)
def note_failure(event: OfferEvent) -> None:
    """It came to nothing."""
    making.note_failure(offer_id=event.offer_id)
