"""Tips: paid through the same door as everything else, and straight to the wallet, without commission (ADR 0030)."""

from typing import Any
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.contracts import policies
from jobsphere.contracts.errors import TooLateToTip
from jobsphere.contracts.events import TipPaid, TipRefunded
from jobsphere.contracts.models import Contract, Tip
from jobsphere.contracts.rules.lifecycles import CONTRACT, CUSTOMER, SYSTEM, ContractStatus
from jobsphere.contracts.rules.tips import TIME_TO_TIP, TIP, TipStatus, may_tip
from jobsphere.contracts.services.completion import require_reason
from jobsphere.contracts.services.funding import live_payment, void_unwanted
from jobsphere.contracts.services.turns import contract_facts, take_turn, wait_for
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.escrow import services as escrow
from jobsphere.escrow.types import HoldShare, Split
from jobsphere.kit import actor as actors
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput, WrongStatus
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox
from jobsphere.payments import routing
from jobsphere.payments import services as payments
from jobsphere.payments.events import ChargebackLost, ChargebackReinstated, PaymentCaptured

TIP_PURPOSE = "tip"


def give_tip(*, actor: Actor, contract_id: UUID, amount: Money, message: str = "") -> UUID:
    """Begin a tip, at most what the contract cost; it is the contractor's once it is paid. Returns its id.

    One that was begun and not paid is withdrawn. Raises NotFound, WrongParty, WrongStatus, ContractIsHeld, TooLateToTip
    and InvalidInput.
    """
    require_transaction()
    seen = policies.get_contract_for(actor, contract_id)
    party = policies.party_of(actor, customer_id=seen.customer_id, contractor_id=seen.contractor_id)
    policies.require(CONTRACT, ContractStatus(seen.status), "tip", party)
    contract, party = take_turn(actor, contract_id, "tip", ended=True)
    policies.require(CONTRACT, ContractStatus(contract.status), "tip", party)
    _check(contract, amount)
    for open_ in Tip.objects.filter(contract=contract, status=TipStatus.AWAITING_PAYMENT):
        _move(open_, "withdraw", CUSTOMER)
        if open_.payment_id:
            outbox.enqueue(void_unwanted, open_.payment_id)
    tip = Tip.objects.create(contract=contract, amount=amount.amount, currency=amount.currency, message=message)
    _record(actor, "give", tip, amount=amount)
    return tip.pk


def fund_tip(*, actor: Actor, tip_id: UUID, payment_method: str | None = None, gateway: str = "") -> UUID:
    """Pay a tip, or go on with its payment; returns the payment's id. Raises NotFound, WrongParty, WrongStatus."""
    require_transaction()
    seen = policies.get_tip_for(actor, tip_id)
    policies.require(TIP, TipStatus(seen.status), "fund", _party(actor, seen.contract))
    if live := live_payment(seen.payment_id):
        if payment_method:
            payments.confirm_payment(actor=actor, payment_id=live, payment_method=payment_method)
        return live
    contract, party = take_turn(actor, seen.contract_id, "tip", ended=True)
    tip = Tip.objects.get(pk=tip_id)
    policies.require(TIP, TipStatus(tip.status), "fund", party)
    if live := live_payment(tip.payment_id):
        return live
    payment = payments.start_payment(
        actor=actor,
        payer_id=contract.customer_id,
        payee_id=contract.contractor_id,
        amount=Money(tip.amount, tip.currency),
        purpose_type=TIP_PURPOSE,
        purpose_id=tip.pk,
        payment_method=payment_method,
        gateway=gateway or None,
        capture="automatic",
        description=f"{contract.title}: tip",
    )
    Tip.objects.filter(pk=tip.pk).update(payment_id=payment.id)
    _record(actor, "fund", tip, payment=payment.id)
    return payment.id


def note_capture(event: PaymentCaptured) -> None:
    """The tip was taken: all of it is the contractor's at once; one that was withdrawn goes back."""
    contract = wait_for(Tip.objects.values_list("contract_id", flat=True).get(pk=event.purpose_id))
    tip = Tip.objects.get(pk=event.purpose_id)
    if (tip.status, tip.payment_id) != (TipStatus.AWAITING_PAYMENT, event.payment_id):
        return
    nothing = Money.zero(tip.currency)
    funding = escrow.fund_holds(
        actor=actors.SYSTEM,
        payment_id=event.payment_id,
        contract_id=contract.pk,
        payer_id=contract.customer_id,
        payee_id=contract.contractor_id,
        shares=[HoldShare(tip.pk, Split(event.amount, nothing, event.amount, nothing, event.amount))],
    )
    _move(tip, "capture", SYSTEM, hold_id=funding.holds[0].id, paid_at=clock.now())
    escrow.release_hold(actor=actors.SYSTEM, hold_id=funding.holds[0].id)
    _record(actors.SYSTEM, "capture", tip, amount=event.amount, payment=event.payment_id)
    outbox.publish(TipPaid(**contract_facts(contract), tip_id=tip.pk, amount=event.amount, message=tip.message))


def refund_tip(*, actor: Actor, tip_id: UUID, reason: str) -> UUID:
    """Give a paid tip back to the customer, for staff with a reason; the contractor gives it, or owes it.

    Returns the contract's id. Raises NotFound, WrongParty, WrongStatus, InvalidInput, PaymentIsDisputed.
    """
    require_transaction()
    seen = policies.get_tip_for(actor, tip_id)
    party = _party(actor, seen.contract)
    policies.require(TIP, TipStatus(seen.status), "refund", party)
    require_reason(party, reason)
    contract, _ = take_turn(actor, seen.contract_id, "refund_tip", ended=True)
    tip = Tip.objects.get(pk=tip_id)
    assert tip.hold_id is not None, "a paid tip has a hold"
    recovery = escrow.take_back_released(actor=actor, hold_id=tip.hold_id, reason=reason)
    _record(actor, "refund", tip, taken=recovery.taken, owed=recovery.owed, reason=reason)
    event = TipRefunded(**contract_facts(contract), tip_id=tip.pk, refunded=recovery.hold.refunded, reason=reason)
    outbox.publish(event, actor=actor)
    return contract.pk


def bear_loss(event: ChargebackLost) -> None:
    """The customer's bank has taken a tip back for good: the contractor gives it, or owes it."""
    losses = escrow.charge_back(chargeback_id=event.chargeback_id, payment_id=event.payment_id, amount=event.lost)
    tip = Tip.objects.get(pk=event.purpose_id)
    for loss in losses:
        _record(actors.SYSTEM, "charge_back", tip, lost=loss.amount, taken=loss.taken, owed=loss.owed)


def take_back_loss(event: ChargebackReinstated) -> None:
    """The bank has given it back after all."""
    escrow.restore(chargeback_id=event.chargeback_id, amount=event.back)


def _check(contract: Contract, amount: Money) -> None:
    policies.refuse_while_held(contract)
    if not may_tip(contract.completed_at, now=clock.now()):
        raise TooLateToTip(f"A tip can be given until {TIME_TO_TIP.days} days after the contract is completed.")
    if amount.currency != contract.currency:
        raise InvalidInput.at("/amount/currency", "currency", f"This contract is in {contract.currency}.")
    if amount.amount > contract.amount:
        most = Money(contract.amount, contract.currency)
        raise InvalidInput.at("/amount", "too-much", f"A tip is at most what the contract cost, {most}.")
    if problem := routing.problem_with(amount):
        raise InvalidInput([problem])


def _party(actor: Actor, contract: Contract) -> str:
    return policies.party_of(actor, customer_id=contract.customer_id, contractor_id=contract.contractor_id) or ""


def _move(tip: Tip, action: str, party: str, **changes: Any) -> None:
    status = TIP.next(TipStatus(tip.status), action, party=party)
    if not move(Tip, tip.pk, from_status=tip.status, to_status=status, **changes):
        raise WrongStatus(action, Tip.objects.values_list("status", flat=True).get(pk=tip.pk))
    tip.refresh_from_db()


def _record(actor: Actor, verb: str, tip: Tip, **detail: Any) -> None:
    audit.record(
        actor=actor,
        verb=f"tip.{verb}",
        target_type="tip",
        target_id=tip.pk,
        detail={"contract_id": tip.contract_id, **detail},
    )
