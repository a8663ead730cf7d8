"""What /api/payments/ may ask of offers and milestones: their payment, the release and refund of what it pays for."""

from uuid import UUID

from jobsphere.contracts import policies
from jobsphere.contracts.models import Contract, Milestone
from jobsphere.contracts.rules.lifecycles import CUSTOMER, HELD_MILESTONES, MilestoneStatus
from jobsphere.contracts.services.cancellation import cancel_contract
from jobsphere.contracts.services.changing import fund_change
from jobsphere.contracts.services.completion import complete_contract, release_milestone
from jobsphere.contracts.services.expenses import fund_expense
from jobsphere.contracts.services.funding import fund_milestone
from jobsphere.contracts.services.offers import pay_offer
from jobsphere.contracts.services.refunds import refund_milestone, request_refund
from jobsphere.contracts.services.tipping import fund_tip
from jobsphere.db.guarded import take_turn
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.payments.purposes import Purpose
from jobsphere.payments.types import RefundRequest, ReleaseRequest


def create_intent(actor: Actor, offer_id: UUID, payment_method: str | None, gateway: str = "") -> UUID:
    """Return the payment of an offer, tried with this card if one is given."""
    if payment_method:
        return pay_offer(actor=actor, offer_id=offer_id, payment_method=payment_method)
    offer = policies.get_offer_for(actor, offer_id)
    assert offer.payment_id is not None, "an offer is made together with its payment"
    return offer.payment_id


def release(actor: Actor, request: ReleaseRequest) -> UUID:
    """Approve a milestone, or everything that was handed in on a contract."""
    if request.milestone_id:
        release_milestone(actor=actor, milestone_id=request.milestone_id)
    contract = _contract(actor, request.milestone_id, request.contract_id)
    if not request.milestone_id:
        complete_contract(actor=actor, contract_id=contract.pk)
    return contract.payment_id


def refund(actor: Actor, request: RefundRequest) -> UUID:
    """Refund as the actor may: the customer asks for a milestone's money, or cancels a contract by its policy; the
    contractor and staff give back at once.
    """
    contract = _contract(actor, request.milestone_id, request.contract_id)
    if request.milestone_id is None and request.amount is None:
        cancel_contract(actor=actor, contract_id=contract.pk, reason=request.reason)
        return contract.payment_id
    party = policies.party_of(actor, customer_id=contract.customer_id, contractor_id=contract.contractor_id)
    verb = request_refund if party == CUSTOMER else refund_milestone
    milestone_id = request.milestone_id or _only_milestone(contract)
    verb(actor=actor, milestone_id=milestone_id, amount=request.amount, reason=request.reason)
    return contract.payment_id


def _contract(actor: Actor, milestone_id: UUID | None, contract_id: UUID | None) -> Contract:
    if milestone_id:
        found = policies.get_milestone_for(actor, milestone_id).contract
        assert found is not None, "the gate-keeper lets only funded milestones through"
        return found
    if contract_id:
        return policies.get_contract_for(actor, contract_id)
    raise InvalidInput.at("/milestone_id", "required", "Name the milestone or the contract.")


def _only_milestone(contract: Contract) -> UUID:
    """Return the one milestone that is meant: of what is protected, or else of what was released."""
    rows: list[UUID] = []
    for statuses in (HELD_MILESTONES, [MilestoneStatus.RELEASED]):
        found = Milestone.objects.filter(contract=contract, status__in=statuses)
        rows = rows or list(found.values_list("pk", flat=True)[:2])
    if len(rows) != 1:
        raise InvalidInput.at("/milestone_id", "required", "Say of which milestone this amount is to be refunded.")
    return rows[0]


def fund(actor: Actor, milestone_id: UUID, payment_method: str | None, gateway: str = "") -> UUID:
    """Pay a milestone of a running contract in."""
    return fund_milestone(actor=actor, milestone_id=milestone_id, payment_method=payment_method, gateway=gateway)


def queue_up(offer_id: UUID) -> None:
    """Wait for the verbs that are running on the contract of an offer, if it has become one."""
    take_turn(Contract, offer_id=offer_id)


def queue_up_for_milestone(milestone_id: UUID) -> None:
    """Wait for the verbs that are running on the contract of a milestone."""
    take_turn(Contract, milestones=milestone_id)


def fund_agreed(actor: Actor, order_id: UUID, payment_method: str | None, gateway: str = "") -> UUID:
    """Pay the difference of a change that both have agreed."""
    return fund_change(actor=actor, order_id=order_id, payment_method=payment_method, gateway=gateway)


def queue_up_for_change(order_id: UUID) -> None:
    """Wait for the verbs that are running on the contract of a change order."""
    take_turn(Contract, change_orders=order_id)


def tip(actor: Actor, tip_id: UUID, payment_method: str | None, gateway: str = "") -> UUID:
    """Pay a tip."""
    return fund_tip(actor=actor, tip_id=tip_id, payment_method=payment_method, gateway=gateway)


def queue_up_for_tip(tip_id: UUID) -> None:
    """Wait for the verbs that are running on the contract of a tip."""
    take_turn(Contract, tips=tip_id)


def expense(actor: Actor, expense_id: UUID, payment_method: str | None, gateway: str = "") -> UUID:
    """Approve an expense by paying it."""
    return fund_expense(actor=actor, expense_id=expense_id, payment_method=payment_method, gateway=gateway)


def queue_up_for_expense(expense_id: UUID) -> None:
    """Wait for the verbs that are running on the contract of an expense."""
    take_turn(Contract, expenses=expense_id)


OFFER_PURPOSE = Purpose(create_intent=create_intent, release=release, refund=refund, take_turn=queue_up)
MILESTONE_PURPOSE = Purpose(create_intent=fund, take_turn=queue_up_for_milestone)
CHANGE_PURPOSE = Purpose(create_intent=fund_agreed, take_turn=queue_up_for_change)
TIP_PURPOSE = Purpose(create_intent=tip, take_turn=queue_up_for_tip)
EXPENSE_PURPOSE = Purpose(create_intent=expense, take_turn=queue_up_for_expense)
