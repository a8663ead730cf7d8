"""What a customer's bank does to a contract: it stops its money, takes it for good, or gives it back. Inline."""

from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.contracts.events import MilestoneChargedBack, OfferWithdrawn
from jobsphere.contracts.models import ChangeOrder, Contract, Milestone, Offer
from jobsphere.contracts.rules.lifecycles import OPEN_OFFERS, SYSTEM, ContractStatus
from jobsphere.contracts.services.closing import close_offer
from jobsphere.contracts.services.completion import drop_refund_request
from jobsphere.contracts.services.holding import freeze, unfreeze
from jobsphere.contracts.services.turns import milestone_facts, record, settle, take_step, wait_for
from jobsphere.db.composed import get
from jobsphere.escrow import services as escrow
from jobsphere.escrow.types import Loss
from jobsphere.kit import actor as actors
from jobsphere.kit import clock
from jobsphere.outbox import services as outbox
from jobsphere.payments import selectors as payments_read
from jobsphere.payments.events import (
    ChargebackClosed,
    ChargebackLost,
    ChargebackReinstated,
    PaymentDisputed,
    PaymentEvent,
)

REASON = "The customer's bank is taking the payment back."
MONEY_GONE = "The customer's bank has taken the payment back."
#: How a contract is found by what was paid.
_CONTRACT_OF = {
    "offer": "offer_id",
    "milestone": "milestones",
    "change": "change_orders",
    "tip": "tips",
    "expense": "expenses",
}


def note_dispute(event: PaymentDisputed) -> None:
    """Stop the contract's money while a bank contests it, and let it move again when that is decided."""
    contract = _contract(event)
    if contract is None:
        return
    if not event.open and _contested(contract):
        return
    contract.disputed_at = (contract.disputed_at or clock.now()) if event.open else None
    Contract.objects.filter(pk=contract.pk).update(disputed_at=contract.disputed_at)
    if event.open:
        freeze(contract, actor=actors.SYSTEM, reason=REASON)
    else:
        unfreeze(contract, actor=actors.SYSTEM)
    verb = "contract.dispute" if event.open else "contract.dispute-closed"
    audit.record(
        actor=actors.SYSTEM,
        verb=verb,
        target_type="contract",
        target_id=contract.pk,
        detail={"payment": event.payment_id, "reason": event.reason},
    )


def bear_loss(event: ChargebackLost) -> None:
    """Let the milestones bear what the bank has taken for good; one whose protected money is gone has ended."""
    contract = _contract(event)
    if contract is None:
        return
    losses = escrow.charge_back(chargeback_id=event.chargeback_id, payment_id=event.payment_id, amount=event.lost)
    for loss in losses:
        _lose(contract, loss)
    if contract.status == ContractStatus.ACTIVE:
        settle(contract, actor=actors.SYSTEM)


def take_back_loss(event: ChargebackReinstated) -> None:
    """Let those who bore a loss have back what the bank has given back."""
    if _contract(event) is not None:
        escrow.restore(chargeback_id=event.chargeback_id, amount=event.back)


def end_offer(event: ChargebackClosed) -> None:
    """End an offer that nobody has accepted: the bank has given its money back."""
    offer = Offer.objects.filter(pk=event.purpose_id, status__in=OPEN_OFFERS).first()
    if offer is not None and not event.inquiry:
        close_offer(offer, "withdraw", OfferWithdrawn, actor=actors.SYSTEM, party=SYSTEM, reason=MONEY_GONE)


def _lose(contract: Contract, loss: Loss) -> None:
    milestone = get(Milestone, pk=loss.milestone_id)
    if loss.closed:
        take_step(milestone, "refund", party=SYSTEM, auto_release_at=None, closed_at=clock.now())
        drop_refund_request(milestone)
    record(actors.SYSTEM, "charge_back", milestone, lost=loss.amount, taken=loss.taken, owed=loss.owed)
    outbox.publish(
        MilestoneChargedBack(
            **milestone_facts(milestone, contract),
            lost=loss.amount,
            closed=loss.closed,
            taken=loss.taken,
            owed=loss.owed,
        ),
        actor=actors.SYSTEM,
    )


def _contract(event: PaymentEvent) -> Contract | None:
    """Return the contract that a payment is for, in its turn; None before there is one."""
    found = contract_paid_by(event.purpose_type, event.purpose_id)
    return wait_for(found) if found else None


def contract_paid_by(purpose_type: str, purpose_id: UUID) -> UUID | None:
    """Return the contract that a payment for this purpose is for; None before there is one, or for another purpose."""
    where = _CONTRACT_OF.get(purpose_type)
    return Contract.objects.filter(**{where: purpose_id}).values_list("pk", flat=True).first() if where else None


def _contested(contract: Contract) -> bool:
    """Say whether a bank contests any of the payments of a contract."""
    paid = {"contract": contract, "payment__isnull": False}
    parts = Milestone.objects.filter(**paid).values_list("payment_id", flat=True)
    changes = ChangeOrder.objects.filter(**paid).values_list("payment_id", flat=True)
    return payments_read.any_disputed([contract.payment_id, *parts, *changes])
