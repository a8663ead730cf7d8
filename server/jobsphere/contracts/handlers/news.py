"""What people are told of their offers and contracts, and the conversation that a contract opens. By the worker."""

from uuid import UUID

from jobsphere.contracts.events import (
    ChangesRequested,
    ContractCancelled,
    ContractCompleted,
    ContractHeld,
    ContractResumed,
    ContractStarted,
    MilestoneRefunded,
    MilestoneReleased,
    OfferAccepted,
    OfferDeclined,
    OfferExpired,
    OfferRejected,
    OfferSent,
    OfferWithdrawn,
    RefundAsked,
    RefundDeclined,
    ReleaseReminder,
    WorkSubmitted,
)
from jobsphere.contracts.rules.lifecycles import CONTRACTOR, CUSTOMER
from jobsphere.contracts.services.acceptance import note_conversation
from jobsphere.notifications import services as notifications
from jobsphere.notifications.types import NotificationType as Told
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.payments.events import PaymentActionRequired

OFFER = "offer"


@subscribe(OfferSent)
def tell_of_offer(event: OfferSent, meta: EventMeta) -> None:
    """The contractor has an offer."""
    title = f"You have an offer of {event.amount}"
    _tell(meta, event.contractor_id, Told.OFFER_RECEIVED, title, event.title, link=_offer(event.offer_id))


@subscribe(OfferAccepted)
def tell_of_acceptance(event: OfferAccepted, meta: EventMeta) -> None:
    """The customer's offer is accepted; both have a contract."""
    link = _contract(event.contract_id)
    body = f"{event.amount} for “{event.title}” is protected until you approve the work."
    _tell(meta, event.customer_id, Told.OFFER_ACCEPTED, "Your offer is accepted", body, link=link)
    body = f"{event.amount} for “{event.title}” is paid in and protected. You can start."
    _tell(meta, event.contractor_id, Told.CONTRACT_STARTED, "Your contract begins", body, link=link)


@subscribe(ContractStarted)
def open_conversation(event: ContractStarted) -> None:
    """The two can write to each other about the contract."""
    note_conversation(contract_id=event.contract_id, customer_id=event.customer_id, contractor_id=event.contractor_id)


@subscribe(OfferRejected)
def tell_of_rejection(event: OfferRejected, meta: EventMeta) -> None:
    """The contractor said no."""
    body = f"“{event.title}”. {event.reason} The money is given back to your card.".replace("  ", " ")
    _tell(meta, event.customer_id, Told.OFFER_REJECTED, "Your offer is declined", body, link=_offer(event.offer_id))


@subscribe(OfferWithdrawn)
def tell_of_withdrawal(event: OfferWithdrawn, meta: EventMeta) -> None:
    """The offer is gone; who never saw it is not told."""
    if event.seen:
        body = f"“{event.title}”. {event.reason}"
        link = _offer(event.offer_id)
        _tell(meta, event.contractor_id, Told.OFFER_WITHDRAWN, "An offer to you is withdrawn", body, link=link)


@subscribe(OfferExpired)
def tell_of_expiry(event: OfferExpired, meta: EventMeta) -> None:
    """Nobody answered in time."""
    link = _offer(event.offer_id)
    body = f"“{event.title}”. The money is given back to your card."
    _tell(meta, event.customer_id, Told.OFFER_EXPIRED, "Your offer has expired", body, link=link)
    if event.seen:
        _tell(meta, event.contractor_id, Told.OFFER_EXPIRED, "An offer to you has expired", event.title, link=link)


@subscribe(OfferDeclined)
def tell_of_decline(event: OfferDeclined, meta: EventMeta) -> None:
    """The customer's card did not pay."""
    link = _offer(event.offer_id)
    body = f"{event.amount} for “{event.title}”: {event.reason} Nothing was taken; send the offer again to try anew."
    _tell(meta, event.customer_id, Told.PAYMENT_FAILED, "Your payment failed", body, link=link)
    if event.seen:
        title = "The payment for an offer failed"
        _tell(meta, event.contractor_id, Told.OFFER_WITHDRAWN, title, event.title, link=link)


@subscribe(PaymentActionRequired)
def tell_of_required_action(event: PaymentActionRequired, meta: EventMeta) -> None:
    """The customer's bank wants a confirmation."""
    if event.purpose_type == OFFER:
        body = f"Confirm the payment of {event.amount}; the contractor sees your offer after that."
        title = "Your bank wants you to confirm a payment"
        _tell(meta, event.payer_id, Told.PAYMENT_ACTION_REQUIRED, title, body, link=_offer(event.purpose_id))


@subscribe(WorkSubmitted)
def tell_of_submission(event: WorkSubmitted, meta: EventMeta) -> None:
    """Work waits for the customer."""
    body = (
        f"Approve it or ask for changes by {event.release_at:%d %B}; after that {event.amount} is released by itself."
    )
    title = f"“{event.title}” is delivered"
    _tell(meta, event.customer_id, Told.MILESTONE_SUBMITTED, title, body, link=_contract(event.contract_id))


@subscribe(ChangesRequested)
def tell_of_changes(event: ChangesRequested, meta: EventMeta) -> None:
    """The customer wants something done differently."""
    title = f"Changes are asked for on “{event.title}”"
    link = _contract(event.contract_id)
    _tell(meta, event.contractor_id, Told.MILESTONE_CHANGES_REQUESTED, title, event.reason, link=link)


@subscribe(MilestoneReleased)
def tell_of_release(event: MilestoneReleased, meta: EventMeta) -> None:
    """Money is in the contractor's wallet; a customer whose silence released it is told too."""
    link = _contract(event.contract_id)
    body = f"“{event.title}” is approved; the money is in your wallet."
    _tell(meta, event.contractor_id, Told.MILESTONE_RELEASED, f"{event.payout} is released to you", body, link=link)
    if event.by != CUSTOMER:
        body = f"{event.amount} for “{event.title}” went to the contractor."
        _tell(meta, event.customer_id, Told.MILESTONE_RELEASED, "A payment was released", body, link=link)


@subscribe(MilestoneRefunded)
def tell_of_refund(event: MilestoneRefunded, meta: EventMeta) -> None:
    """Money goes back to the customer."""
    link = _contract(event.contract_id)
    body = f"“{event.title}”: {event.reason} It reaches your card within some days."
    title = f"{event.refunded} is refunded to you"
    _tell(meta, event.customer_id, Told.PAYMENT_REFUNDED, title, body, link=link)
    if event.by != CONTRACTOR:
        title = f"{event.refunded} was refunded to the customer"
        _tell(meta, event.contractor_id, Told.PAYMENT_REFUNDED, title, event.reason, link=link)


@subscribe(RefundAsked)
def tell_of_wish(event: RefundAsked, meta: EventMeta) -> None:
    """The contractor is asked to give money back."""
    title = f"The customer asks for {event.wanted} back"
    link = _contract(event.contract_id)
    _tell(meta, event.contractor_id, Told.PAYMENT_REFUNDED, title, f"“{event.title}”: {event.reason}", link=link)


@subscribe(RefundDeclined)
def tell_of_declined_wish(event: RefundDeclined, meta: EventMeta) -> None:
    """The customer does not get it by agreement."""
    title = f"The contractor did not agree to refund {event.wanted}"
    link = _contract(event.contract_id)
    _tell(meta, event.customer_id, Told.PAYMENT_REFUNDED, title, f"“{event.title}”: {event.reason}", link=link)


@subscribe(ContractCompleted)
def tell_of_completion(event: ContractCompleted, meta: EventMeta) -> None:
    """Both parties are done."""
    for person in (event.customer_id, event.contractor_id):
        link = _contract(event.contract_id)
        _tell(meta, person, Told.CONTRACT_COMPLETED, f"“{event.title}” is completed", link=link)


@subscribe(ContractCancelled)
def tell_of_cancellation(event: ContractCancelled, meta: EventMeta) -> None:
    """The contract ended early."""
    body = f"{event.reason} {event.refunded} goes back to the customer, {event.paid_out} to the contractor."
    for person in (event.customer_id, event.contractor_id):
        link = _contract(event.contract_id)
        _tell(meta, person, Told.CONTRACT_CANCELLED, f"“{event.title}” is cancelled", body, link=link)


@subscribe(ContractHeld, ContractResumed)
def tell_of_hold(event: ContractHeld | ContractResumed, meta: EventMeta) -> None:
    """Staff stopped the money, or let it go again."""
    what = "is on hold" if isinstance(event, ContractHeld) else "may move again"
    for person in (event.customer_id, event.contractor_id):
        title = f"The money of “{event.title}” {what}"
        _tell(meta, person, Told.CONTRACT_REMINDER, title, event.reason, link=_contract(event.contract_id))


@subscribe(ReleaseReminder)
def remind_of_release(event: ReleaseReminder, meta: EventMeta) -> None:
    """Silence will release the money."""
    title = f"“{event.milestone_title}” waits for your answer"
    body = f"Without an answer its money is released on {event.release_at:%d %B %H:%M} UTC."
    _tell(meta, event.customer_id, Told.CONTRACT_REMINDER, title, body, link=_contract(event.contract_id))


def _tell(meta: EventMeta, user_id: UUID, kind: Told, title: str, body: str = "", *, link: str) -> None:
    notifications.notify(user_id=user_id, type=kind, title=title, body=body, link=link, key=f"{meta.id}")


def _offer(offer_id: UUID) -> str:
    return f"/offers/{offer_id}"


def _contract(contract_id: UUID) -> str:
    return f"/contracts/{contract_id}"
