"""Tips: paid through the same door as everything else, and straight to the wallet, without commission (ADR 0030)."""

from uuid import UUID

from jobsphere.contracts import policies
from jobsphere.contracts.errors import TooLateToTip
from jobsphere.contracts.events import TipPaid, TipRefunded
from jobsphere.contracts.models import Contract, Tip
from jobsphere.contracts.rules.lifecycles import CONTRACT, CUSTOMER, ContractStatus
from jobsphere.contracts.rules.tips import TIME_TO_TIP, TIP, TipStatus, may_tip
from jobsphere.contracts.services import extras
from jobsphere.contracts.services.turns import contract_facts, take_turn
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox
from jobsphere.payments import routing
from jobsphere.payments.events import PaymentCaptured

TIPS = extras.Kind("tip", Tip, TIP, TipStatus, policies.get_tip_for, lambda _: "tip")


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
        extras.end_unpaid(TIPS, open_, "withdraw", CUSTOMER)
    tip = Tip.objects.create(contract=contract, amount=amount.amount, currency=amount.currency, message=message)
    TIPS.record(actor, "give", tip, amount=amount)
    return tip.pk


def fund_tip(*, actor: Actor, tip_id: UUID, payment_method: str | None = None, gateway: str = "") -> UUID:
    """Pay a tip, or go on with its payment; returns the payment's id. Raises NotFound, WrongParty, WrongStatus."""
    return extras.fund(TIPS, actor=actor, row_id=tip_id, payment_method=payment_method, gateway=gateway)


def note_capture(event: PaymentCaptured) -> None:
    """The tip was taken: all of it is the contractor's at once; one that was withdrawn goes back."""
    if received := extras.receive(TIPS, event):
        tip, contract = received
        outbox.publish(TipPaid(**contract_facts(contract), tip_id=tip.pk, amount=event.amount, message=tip.message))


def refund_tip(*, actor: Actor, tip_id: UUID, reason: str) -> UUID:
    """Give a paid tip back to the customer, for staff with a reason; the contractor gives it, or owes it.

    Returns the contract's id. Raises NotFound, WrongParty, WrongStatus, InvalidInput, PaymentIsDisputed.
    """
    tip, contract, recovery = extras.give_back(TIPS, actor=actor, row_id=tip_id, reason=reason)
    event = TipRefunded(**contract_facts(contract), tip_id=tip.pk, refunded=recovery.hold.refunded, reason=reason)
    outbox.publish(event, actor=actor)
    return contract.pk


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
