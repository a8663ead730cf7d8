"""A deal begins and ends in the transaction of the offer or contract that decides about it. Inline."""

from jobsphere.contracts.events import (
    ContractCancelled,
    ContractCompleted,
    OfferAccepted,
    OfferDeclined,
    OfferEvent,
    OfferExpired,
    OfferRejected,
    OfferSent,
    OfferWithdrawn,
)
from jobsphere.hours.services import offering
from jobsphere.outbox.subscriptions import listen


@listen(OfferSent)
def show_terms(event: OfferSent) -> None:
    """It is paid for."""
    offering.show(offer_id=event.offer_id)


@listen(OfferAccepted)
def begin_weeks(event: OfferAccepted) -> None:
    """The contractor said yes, and the money of the first week came."""
    offering.begin(offer_id=event.offer_id, contract_id=event.contract_id)


@listen(OfferRejected, OfferWithdrawn, OfferExpired, OfferDeclined)
def drop_deal(event: OfferEvent) -> None:
    """The offer came to nothing."""
    offering.drop(offer_id=event.offer_id)


@listen(ContractCancelled, ContractCompleted)
def finish_deal(event: ContractCancelled | ContractCompleted) -> None:
    """The contract has ended."""
    offering.finish(contract_id=event.contract_id)
