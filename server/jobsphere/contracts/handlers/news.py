"""What people are told of their offers and contracts. By the worker."""

from collections.abc import Mapping
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
    ExpenseClaimed,
    ExpenseClosed,
    ExpensePaid,
    ExpenseRefunded,
    ExpenseReminder,
    FundingReminder,
    MilestoneEvent,
    MilestoneFunded,
    MilestoneRefunded,
    MilestoneReleased,
    OfferAccepted,
    OfferDeclined,
    OfferEvent,
    OfferExpired,
    OfferRejected,
    OfferSent,
    OfferWithdrawn,
    RefundAsked,
    RefundDeclined,
    ReleaseReminder,
    TipPaid,
    TipRefunded,
    WorkSubmitted,
)
from jobsphere.contracts.rules.lifecycles import CONTRACTOR, CUSTOMER
from jobsphere.contracts.selectors.describing import payments as describe_payments
from jobsphere.contracts.services.chargebacks import contract_paid_by
from jobsphere.contracts.services.repeating import was_agreed
from jobsphere.kit.words import Phrase
from jobsphere.notifications.services import tell
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.payments.events import PaymentActionRequired, PaymentEvent, PaymentFailed, PaymentUnapplied

OFFER = "offer"
#: What is paid in a running contract.
LATER = ("milestone", "change", "tip", "expense")


@subscribe(OfferSent)
def tell_of_offer(event: OfferSent, meta: EventMeta) -> None:
    """The contractor has an offer, and the customer's money is reserved for it. Of a series its own app tells."""
    if was_agreed(event.offer_id):
        return
    _of_offer(meta, event, event.contractor_id, "offer.received", amount=event.amount)
    _of_offer(meta, event, event.customer_id, "payment.authorized", amount=event.reserved or event.amount)


@subscribe(OfferAccepted)
def tell_of_acceptance(event: OfferAccepted, meta: EventMeta) -> None:
    """The customer's offer is accepted and its money was taken; both have a contract."""
    paid = event.paid or event.amount
    deal = {"contract_id": event.contract_id, "title": event.title, "amount": paid}
    _tell(meta, event.customer_id, "payment.received", deal, key="payment")
    if was_agreed(event.offer_id):
        return
    _tell(meta, event.customer_id, "offer.accepted", deal)
    _tell(meta, event.contractor_id, "contract.started", deal)


@subscribe(OfferRejected)
def tell_of_rejection(event: OfferRejected, meta: EventMeta) -> None:
    """The contractor said no."""
    _of_offer(meta, event, event.customer_id, "offer.rejected", reason=event.reason)


@subscribe(OfferWithdrawn)
def tell_of_withdrawal(event: OfferWithdrawn, meta: EventMeta) -> None:
    """The offer is gone; who never saw it is not told."""
    if event.seen and not was_agreed(event.offer_id):
        _of_offer(meta, event, event.contractor_id, "offer.withdrawn", reason=event.reason)


@subscribe(OfferExpired)
def tell_of_expiry(event: OfferExpired, meta: EventMeta) -> None:
    """Nobody answered in time."""
    _of_offer(meta, event, event.customer_id, "offer.expired")
    if event.seen and not was_agreed(event.offer_id):
        _of_offer(meta, event, event.contractor_id, "offer.expired/contractor")


@subscribe(OfferDeclined)
def tell_of_decline(event: OfferDeclined, meta: EventMeta) -> None:
    """The customer's card did not pay."""
    _of_offer(meta, event, event.customer_id, "payment.failed", amount=event.amount, reason=event.reason)
    if event.seen and not was_agreed(event.offer_id):
        _of_offer(meta, event, event.contractor_id, "offer.withdrawn/unpaid")


@subscribe(PaymentActionRequired)
def tell_of_required_action(event: PaymentActionRequired, meta: EventMeta) -> None:
    """The customer's bank wants a confirmation."""
    if event.purpose_type == OFFER:
        params = {"offer_id": event.purpose_id, "amount": event.amount}
        _tell(meta, event.payer_id, "payment.action_required", params)
    elif event.purpose_type in LATER:
        _of_payment(meta, event, "payment.action_required/milestone")


@subscribe(PaymentUnapplied)
def tell_of_money_back(event: PaymentUnapplied, meta: EventMeta) -> None:
    """What was taken for an offer that came to nothing goes back."""
    if event.purpose_type == OFFER:
        params = {"offer_id": event.purpose_id, "amount": event.amount}
        _tell(meta, event.payer_id, "payment.refunded/unapplied", params)
    elif event.purpose_type in LATER:
        _of_payment(meta, event, "payment.refunded/unapplied_milestone")


@subscribe(PaymentFailed)
def tell_of_failed_payment(event: PaymentFailed, meta: EventMeta) -> None:
    """A milestone is not paid in; offers tell of theirs by themselves."""
    if event.purpose_type in LATER:
        _of_payment(meta, event, "payment.failed/milestone", reason=event.message or event.code)


@subscribe(MilestoneFunded)
def tell_of_funding(event: MilestoneFunded, meta: EventMeta) -> None:
    """Its work may start."""
    _of_work(meta, event, event.customer_id, "payment.received", amount=event.amount)
    _of_work(meta, event, event.contractor_id, "payment.received/funded", amount=event.amount)


@subscribe(FundingReminder)
def remind_to_fund(event: FundingReminder, meta: EventMeta) -> None:
    """The next part waits for its money."""
    by = Phrase("part.fund_by", {"day": event.fund_by}) if event.fund_by else ""
    _of_work(meta, event, event.customer_id, "contract.reminder/fund", amount=event.amount, by=by)


@subscribe(WorkSubmitted)
def tell_of_submission(event: WorkSubmitted, meta: EventMeta) -> None:
    """Work waits for the customer."""
    _of_work(meta, event, event.customer_id, "milestone.submitted", amount=event.amount, release_at=event.release_at)


@subscribe(ChangesRequested)
def tell_of_changes(event: ChangesRequested, meta: EventMeta) -> None:
    """The customer wants something done differently."""
    _of_work(meta, event, event.contractor_id, "milestone.changes_requested", reason=event.reason)


@subscribe(MilestoneReleased)
def tell_of_release(event: MilestoneReleased, meta: EventMeta) -> None:
    """Money is in the contractor's wallet; a customer whose silence released it is told too."""
    _of_work(meta, event, event.contractor_id, "milestone.released", payout=event.payout)
    if event.by != CUSTOMER:
        _of_work(meta, event, event.customer_id, "milestone.released/customer", amount=event.amount)


@subscribe(MilestoneRefunded)
def tell_of_refund(event: MilestoneRefunded, meta: EventMeta) -> None:
    """Money goes back to the customer."""
    values = {"refunded": event.refunded, "reason": event.reason}
    _of_work(meta, event, event.customer_id, "payment.refunded", **values)
    if event.by != CONTRACTOR and event.taken is None:
        _of_work(meta, event, event.contractor_id, "payment.refunded/contractor", **values)


@subscribe(RefundAsked)
def tell_of_wish(event: RefundAsked, meta: EventMeta) -> None:
    """The contractor is asked to give money back."""
    values = {"wanted": event.wanted, "reason": event.reason}
    _of_work(meta, event, event.contractor_id, "payment.refunded/asked", **values)


@subscribe(RefundDeclined)
def tell_of_declined_wish(event: RefundDeclined, meta: EventMeta) -> None:
    """The customer does not get it by agreement."""
    values = {"wanted": event.wanted, "reason": event.reason}
    _of_work(meta, event, event.customer_id, "payment.refunded/declined", **values)


#: What is told of a change order that ended without effect.
_CLOSED = {
    "declined": "contract.change/declined",
    "withdrawn": "contract.change/withdrawn",
    "expired": "contract.change/expired",
}


@subscribe(ChangeOrderProposed, ChangeOrderAgreed, ChangeOrderApplied, ChangeOrderClosed)
def tell_of_change(event: ChangeOrderEvent, meta: EventMeta) -> None:
    """The side that has not just acted learns of it; the customer also what there is to pay."""
    proposer, other = event.customer_id, event.contractor_id
    if event.proposed_by == CONTRACTOR:
        proposer, other = other, proposer
    if isinstance(event, ChangeOrderProposed):
        _of_work(meta, event, other, "contract.change", reason=event.reason)
    elif isinstance(event, ChangeOrderClosed):
        for person in (proposer, other):
            _of_work(meta, event, person, _CLOSED[event.status], reason=event.reason)
    elif isinstance(event, ChangeOrderApplied):
        for person in (proposer, other):
            _of_work(meta, event, person, "contract.change/applied")
    elif event.pay:
        _of_work(meta, event, event.customer_id, "contract.change/to_pay", amount=event.pay)
        _of_work(meta, event, event.contractor_id, "contract.change/agreed", amount=event.pay)


@subscribe(TipPaid)
def tell_of_tip(event: TipPaid, meta: EventMeta) -> None:
    """Somebody says thank you."""
    _of_work(meta, event, event.contractor_id, "milestone.released/tip", amount=event.amount, words=event.message)
    _of_work(meta, event, event.customer_id, "payment.received/tip", amount=event.amount)


@subscribe(TipRefunded)
def tell_of_tip_back(event: TipRefunded, meta: EventMeta) -> None:
    """Staff have given it back."""
    for person in (event.customer_id, event.contractor_id):
        _of_work(meta, event, person, "payment.refunded/tip", amount=event.refunded, reason=event.reason)


@subscribe(ExpenseClaimed)
def tell_of_expense(event: ExpenseClaimed, meta: EventMeta) -> None:
    """Somebody was out of pocket."""
    _of_work(meta, event, event.customer_id, "contract.change/expense", amount=event.amount, what=event.what)


@subscribe(ExpenseReminder)
def remind_of_expense(event: ExpenseReminder, meta: EventMeta) -> None:
    """The claim is about to lapse."""
    _of_work(meta, event, event.customer_id, "contract.change/expense_reminder", amount=event.amount, what=event.what)


@subscribe(ExpensePaid)
def tell_of_paid_expense(event: ExpensePaid, meta: EventMeta) -> None:
    """They have it back."""
    _of_work(meta, event, event.contractor_id, "milestone.released/expense", amount=event.amount, what=event.what)
    _of_work(meta, event, event.customer_id, "payment.received/expense", amount=event.amount, what=event.what)


@subscribe(ExpenseClosed)
def tell_of_unpaid_expense(event: ExpenseClosed, meta: EventMeta) -> None:
    """It is not paid; who withdrew it is not told."""
    values = {"amount": event.amount, "what": event.what}
    if event.status == "declined":
        _of_work(meta, event, event.contractor_id, "contract.change/expense_declined", reason=event.reason, **values)
    elif event.status == "lapsed":
        _of_work(meta, event, event.contractor_id, "contract.change/expense_lapsed", **values)
    else:
        _of_work(meta, event, event.customer_id, "contract.change/expense_withdrawn", **values)


@subscribe(ExpenseRefunded)
def tell_of_expense_back(event: ExpenseRefunded, meta: EventMeta) -> None:
    """Staff have given it back."""
    for person in (event.customer_id, event.contractor_id):
        _of_work(meta, event, person, "payment.refunded/expense", amount=event.refunded, reason=event.reason)


@subscribe(ContractCompleted)
def tell_of_completion(event: ContractCompleted, meta: EventMeta) -> None:
    """Both parties are done."""
    for person in (event.customer_id, event.contractor_id):
        _of_work(meta, event, person, "contract.completed")


@subscribe(ContractCancelled)
def tell_of_cancellation(event: ContractCancelled, meta: EventMeta) -> None:
    """The contract ended early."""
    values = {"reason": event.reason, "refunded": event.refunded, "paid_out": event.paid_out}
    for person in (event.customer_id, event.contractor_id):
        _of_work(meta, event, person, "contract.cancelled", **values)


@subscribe(ContractHeld, ContractResumed)
def tell_of_hold(event: ContractHeld | ContractResumed, meta: EventMeta) -> None:
    """Staff stopped the money, or let it go again."""
    held = isinstance(event, ContractHeld)
    for person in (event.customer_id, event.contractor_id):
        message = "contract.reminder/held" if held else "contract.reminder/resumed"
        _of_work(meta, event, person, message, reason=event.reason)


@subscribe(ReleaseReminder)
def remind_of_release(event: ReleaseReminder, meta: EventMeta) -> None:
    """Silence will release the money."""
    values = {"title": event.milestone_title, "release_at": event.release_at}
    _of_work(meta, event, event.customer_id, "contract.reminder", **values)


def _of_offer(meta: EventMeta, event: OfferEvent, person: UUID, message: str, **values: Any) -> None:
    _tell(meta, person, message, {"offer_id": event.offer_id, "title": event.title, **values})


def _of_payment(meta: EventMeta, event: PaymentEvent, message: str, **values: Any) -> None:
    """Tell the payer of a payment of a running contract."""
    found = describe_payments([event.payment_id]).get(event.payment_id)
    contract_id = contract_paid_by(event.purpose_type, event.purpose_id)
    title = (found.part or found.title) if found else ""
    params = {"contract_id": contract_id, "title": title, "amount": event.amount, **values}
    _tell(meta, event.payer_id, message, params)


def _of_work(meta: EventMeta, event: ContractEvent | MilestoneEvent, person: UUID, message: str, **values: Any) -> None:
    _tell(meta, person, message, {"contract_id": event.contract_id, "title": event.title, **values})


def _tell(meta: EventMeta, user_id: UUID, message: str, params: Mapping[str, Any], *, key: str = "") -> None:
    tell(user_id=user_id, message=message, params=params, key=f"{meta.id}:{key}" if key else f"{meta.id}")
