"""The steps of a deal, as quiet lines in the conversation of the two (R82). By the worker; notifications are `news`.

Offers are steps of the job's conversation, everything after them of the contract's. The English text is what clients
without words of their own read; what people gave as reasons is on the pages that the lines lead to.
"""

from typing import Any
from uuid import UUID

from jobsphere.contracts.events import (
    ChangeOrderAgreed,
    ChangeOrderApplied,
    ChangeOrderClosed,
    ChangeOrderEvent,
    ChangeOrderProposed,
    ChangesRequested,
    ContractCancelled,
    ContractCompleted,
    ContractEvent,
    ContractHeld,
    ContractResumed,
    ContractStarted,
    ExpenseClaimed,
    ExpenseClosed,
    ExpensePaid,
    MilestoneChargedBack,
    MilestoneEvent,
    MilestoneFunded,
    MilestoneRefunded,
    MilestoneReleased,
    MilestoneRemoved,
    MilestoneStarted,
    OfferAccepted,
    OfferDeclined,
    OfferEvent,
    OfferExpired,
    OfferRejected,
    OfferSent,
    OfferWithdrawn,
    RefundAsked,
    RefundDeclined,
    TipPaid,
    WorkSubmitted,
)
from jobsphere.contracts.services.acceptance import note_conversation
from jobsphere.kit.money import Money
from jobsphere.messaging import services as messaging
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta

_OFFERS = {
    OfferSent: "An offer of {amount} was made for “{title}”.",
    OfferRejected: "The offer of {amount} for “{title}” was declined.",
    OfferWithdrawn: "The offer of {amount} for “{title}” was withdrawn.",
    OfferExpired: "The offer of {amount} for “{title}” has expired.",
    OfferDeclined: "The offer of {amount} for “{title}” ended: its payment failed.",
}
_MILESTONES = {
    MilestoneRemoved: "“{title}” is no part of the contract any more. It was not paid in.",
    MilestoneStarted: "Work on “{title}” has begun.",
    ChangesRequested: "Changes were asked for on “{title}”.",
}
_CONTRACTS = {
    ContractCompleted: "“{title}” is completed.",
    ContractHeld: "JobSphere has put the money of this contract on hold.",
    ContractResumed: "The money of this contract may move again.",
}


@subscribe(OfferSent, OfferRejected, OfferWithdrawn, OfferExpired, OfferDeclined)
def note_offer(event: OfferEvent, meta: EventMeta) -> None:
    """An offer came or went; one that the contractor never saw leaves no line."""
    if isinstance(event, OfferSent) or event.seen:
        _note_offer(event, meta, _OFFERS[type(event)], link=f"/offers/{event.offer_id}")


@subscribe(OfferAccepted)
def note_acceptance(event: OfferAccepted, meta: EventMeta) -> None:
    """The job's conversation leads on to the contract."""
    _note_offer(event, meta, "The offer of {amount} was accepted.", link=f"/contracts/{event.contract_id}")


@subscribe(ContractStarted)
def open_conversation(event: ContractStarted, meta: EventMeta) -> None:
    """The two can write to each other about the contract, whose money is protected."""
    note_conversation(contract_id=event.contract_id, customer_id=event.customer_id, contractor_id=event.contractor_id)
    text = "The contract begins. {amount} is paid in and protected until the work is approved."
    _note(event, meta, text, amount=event.amount)


@subscribe(MilestoneFunded)
def note_funding(event: MilestoneFunded, meta: EventMeta) -> None:
    """More of it is protected."""
    _note(event, meta, "{amount} for “{title}” is paid in and protected.", amount=event.amount)


@subscribe(MilestoneStarted, MilestoneRemoved, ChangesRequested)
def note_work(event: MilestoneEvent, meta: EventMeta) -> None:
    """The work goes on."""
    _note(event, meta, _MILESTONES[type(event)])


@subscribe(WorkSubmitted)
def note_delivery(event: WorkSubmitted, meta: EventMeta) -> None:
    """Work waits for the customer."""
    text = f"“{{title}}” is delivered. Without an answer {{amount}} is released on {event.release_at:%d %B}."
    _note(event, meta, text, amount=event.amount, release_at=event.release_at.isoformat())


@subscribe(MilestoneReleased)
def note_release(event: MilestoneReleased, meta: EventMeta) -> None:
    """Money has changed hands."""
    why = "nobody objected in time" if event.by == "system" else "it was approved"
    text = f"{{amount}} for “{{title}}” is released: {why}."
    _note(event, meta, text, amount=event.amount, by=event.by)


@subscribe(MilestoneRefunded)
def note_refund(event: MilestoneRefunded, meta: EventMeta) -> None:
    """Money goes back."""
    _note(event, meta, "{amount} for “{title}” goes back to the customer.", amount=event.refunded, by=event.by)


@subscribe(MilestoneChargedBack)
def note_chargeback(event: MilestoneChargedBack, meta: EventMeta) -> None:
    """A bank has decided."""
    _note(event, meta, "The customer's bank has taken back {amount} of “{title}”.", amount=event.lost)


@subscribe(RefundAsked)
def note_wish(event: RefundAsked, meta: EventMeta) -> None:
    """The customer wants money back."""
    _note(event, meta, "The customer asks for {amount} of “{title}” back.", amount=event.wanted)


@subscribe(RefundDeclined)
def note_declined_wish(event: RefundDeclined, meta: EventMeta) -> None:
    """The contractor does not agree."""
    _note(event, meta, "The contractor did not agree to give {amount} of “{title}” back.", amount=event.wanted)


@subscribe(ContractCompleted, ContractHeld, ContractResumed)
def note_contract(event: ContractEvent, meta: EventMeta) -> None:
    """The contract itself has moved."""
    _note(event, meta, _CONTRACTS[type(event)])


@subscribe(ChangeOrderProposed, ChangeOrderAgreed, ChangeOrderApplied, ChangeOrderClosed)
def note_change(event: ChangeOrderEvent, meta: EventMeta) -> None:
    """The two agree, or do not, on what the contract is."""
    if isinstance(event, ChangeOrderClosed):
        text = f"The proposed change came to nothing: {event.status}."
    elif isinstance(event, ChangeOrderProposed):
        text = f"The {event.proposed_by} proposes a change to “{{title}}”."
    elif isinstance(event, ChangeOrderApplied):
        text = "The contract has changed as both agreed."
    else:
        text = "Both agree to the change."
        text += " It takes effect once the customer has paid {amount}." if event.pay else ""
    _note(event, meta, text, amount=event.pay)


@subscribe(TipPaid)
def note_tip(event: TipPaid, meta: EventMeta) -> None:
    """The customer says thank you."""
    _note(event, meta, "The customer gave a tip of {amount}.", amount=event.amount)


@subscribe(ExpenseClaimed)
def note_claim(event: ExpenseClaimed, meta: EventMeta) -> None:
    """The contractor was out of pocket."""
    _note(event, meta, "The contractor claims an expense of {amount}.", amount=event.amount)


@subscribe(ExpensePaid)
def note_paid_expense(event: ExpensePaid, meta: EventMeta) -> None:
    """They have it back."""
    _note(event, meta, "An expense of {amount} is paid.", amount=event.amount)


@subscribe(ExpenseClosed)
def note_unpaid_expense(event: ExpenseClosed, meta: EventMeta) -> None:
    """They do not."""
    _note(event, meta, f"An expense of {{amount}} is not paid: {event.status}.", amount=event.amount)


@subscribe(ContractCancelled)
def note_cancellation(event: ContractCancelled, meta: EventMeta) -> None:
    """It ended early."""
    text = f"The contract is cancelled. {event.refunded} goes back to the customer, {event.paid_out} to the contractor."
    _note(event, meta, text, amount=event.refunded, paid_out=event.paid_out.to_json(), by=event.by)


def _note_offer(event: OfferEvent, meta: EventMeta, text: str, *, link: str) -> None:
    messaging.note(
        between=(event.customer_id, event.contractor_id),
        subject_type="job",
        subject_id=event.job_id,
        key=str(meta.id),
        code=event.name,
        text=text.format(amount=event.amount, title=event.title),
        params=_params(event.title, event.amount, {}),
        link=link,
    )


def _note(
    event: ContractEvent | MilestoneEvent, meta: EventMeta, text: str, *, amount: Money | None = None, **more: Any
) -> None:
    contract_id: UUID = event.contract_id
    messaging.note(
        between=(event.customer_id, event.contractor_id),
        subject_type="contract",
        subject_id=contract_id,
        key=str(meta.id),
        code=event.name,
        text=text.format(amount=amount, title=event.title),
        params=_params(event.title, amount, more),
        link=f"/contracts/{contract_id}",
    )


def _params(title: str, amount: Money | None, more: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, **({"amount": amount.to_json()} if amount else {}), **more}
