"""Paying a milestone in after the contract began: the customer's payment, its outcome, and what ends it (ADR 0030).

A payment that comes back when its milestone does not wait for it any more is applied to nothing, and payments refunds
it by itself. Nothing here waits for a payment's row while it has the contract's turn: outcomes come the other way
round.
"""

from uuid import UUID

from jobsphere.contracts import policies
from jobsphere.contracts.events import FundingReminder, MilestoneFunded, MilestoneRemoved
from jobsphere.contracts.models import Contract, Milestone
from jobsphere.contracts.rules.lifecycles import MILESTONE, SYSTEM, ContractStatus, MilestoneStatus
from jobsphere.contracts.services.protecting import hold_for
from jobsphere.contracts.services.turns import (
    milestone_facts,
    record,
    settle,
    take_milestone,
    take_step,
    wait_for,
)
from jobsphere.db.composed import get
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import edge_transaction, require_transaction
from jobsphere.kit import actor as actors
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Conflict
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox
from jobsphere.outbox.subscriptions import job
from jobsphere.payments import selectors as payments_read
from jobsphere.payments import services as payments
from jobsphere.payments.events import PaymentCaptured
from jobsphere.payments.types import PaymentDetail, PaymentStatus

MILESTONE_PURPOSE = "milestone"
ENDED = "What it was for has ended."


def fund_milestone(*, actor: Actor, milestone_id: UUID, payment_method: str | None = None, gateway: str = "") -> UUID:
    """Pay a milestone in, or go on with the payment that was begun for it; returns the payment's id.

    The money is taken at once, not reserved. Asked twice at once, both get the same payment. Raises NotFound,
    WrongParty, WrongStatus once it is paid in, and ContractIsHeld.
    """
    require_transaction()
    seen = policies.get_milestone_for(actor, milestone_id)
    if live := live_payment(seen.payment_id):
        contract = seen.contract
        assert contract is not None, "the gate-keeper lets only milestones of contracts through"
        party = policies.party_of(actor, customer_id=contract.customer_id, contractor_id=contract.contractor_id)
        policies.require(MILESTONE, MilestoneStatus(seen.status), "fund", party)
        if payment_method:
            payments.confirm_payment(actor=actor, payment_id=live, payment_method=payment_method)
        return live
    milestone, contract, _ = take_milestone(actor, milestone_id, "fund")
    if live := live_payment(milestone.payment_id):
        return live
    amount = Money(milestone.amount, milestone.currency)
    payment = payments.start_payment(
        actor=actor,
        payer_id=contract.customer_id,
        payee_id=contract.contractor_id,
        amount=amount,
        purpose_type=MILESTONE_PURPOSE,
        purpose_id=milestone.pk,
        payment_method=payment_method,
        gateway=gateway or None,
        capture="automatic",
        description=f"{contract.title}: {milestone.title}",
    )
    Milestone.objects.filter(pk=milestone.pk).update(payment_id=payment.id)
    record(actor, "fund", milestone, amount=amount, payment=payment.id)
    return payment.id


def live_payment(payment_id: UUID | None) -> UUID | None:
    """Return a payment that may still bring money; None when there is none, or it has ended."""
    if payment_id is None:
        return None
    found = payments_read.payment_view(payment_id)
    is_open = found.status is PaymentStatus.PENDING and found.detail is not PaymentDetail.VOIDING
    return payment_id if is_open else None


def note_capture(event: PaymentCaptured) -> None:
    """The money was taken: protect it, if this is still what the milestone waits for; else payments refunds it."""
    contract_id = Milestone.objects.values_list("contract_id", flat=True).get(pk=event.purpose_id)
    assert contract_id is not None, "only milestones of contracts are paid in"
    contract = wait_for(contract_id)
    milestone = get(Milestone, pk=event.purpose_id)
    wanted = (MilestoneStatus.PENDING, event.payment_id, event.amount)
    found = (milestone.status, milestone.payment_id, Money(milestone.amount, milestone.currency))
    if contract.status != ContractStatus.ACTIVE or found != wanted:
        return
    hold_for(contract, [milestone], payment_id=event.payment_id)
    record(actors.SYSTEM, "capture", milestone, amount=event.amount, payment=event.payment_id)
    outbox.publish(MilestoneFunded(**milestone_facts(milestone, contract), payment_id=event.payment_id))
    settle(contract, actor=actors.SYSTEM)


def remove_unpaid(contract: Contract, *, actor: Actor) -> None:
    """Take what was never paid in out of a contract that ends, inside a turn."""
    for milestone in Milestone.objects.filter(contract=contract, status=MilestoneStatus.PENDING).order_by("position"):
        remove(milestone, contract, actor=actor)


def remove(milestone: Milestone, contract: Contract, *, actor: Actor) -> None:
    """Take a milestone that was never paid in out of its contract, inside a turn; a payment under way is given up."""
    give_up_payment(milestone)
    take_step(milestone, "remove", party=SYSTEM, closed_at=clock.now())
    record(actor, "remove", milestone)
    outbox.publish(MilestoneRemoved(**milestone_facts(milestone, contract)), actor=actor)


def give_up_payment(milestone: Milestone) -> None:
    """Wait for no payment of this milestone any more; one that is under way is voided, or refunded when it arrives."""
    if milestone.payment_id is not None:
        outbox.enqueue(void_unwanted, milestone.payment_id)
        Milestone.objects.filter(pk=milestone.pk).update(payment_id=None)
        milestone.payment_id = None


@job(name="contracts.void_unwanted")
def void_unwanted(payment_id: str) -> None:
    """Give up a payment whose purpose has ended; one that was taken meanwhile is refunded by itself."""
    try:
        with edge_transaction():
            payments.void_payment(actor=actors.SYSTEM, payment_id=UUID(payment_id), reason=ENDED)
    except Conflict:
        return


def remind_to_fund(*, milestone_id: UUID) -> bool:
    """Remind the customer, once, of a milestone whose day is near; False when it is paid in, or they were told."""
    require_transaction()
    milestone = get(Milestone, "contract", pk=milestone_id)
    waiting = {"pk": milestone_id, "status": MilestoneStatus.PENDING, "fund_reminded_at": None}
    if milestone.contract is None or milestone.contract.is_frozen:
        return False
    if not update_where(Milestone, waiting, fund_reminded_at=clock.now()):
        return False
    outbox.publish(FundingReminder(**milestone_facts(milestone, milestone.contract), fund_by=milestone.fund_by))
    return True


def remind_of_next(handed_in: Milestone, contract: Contract) -> None:
    """Tell the customer to pay the next milestone in, when the one before it was handed in; inside a turn."""
    rows = Milestone.objects.filter(contract=contract, status=MilestoneStatus.PENDING, position__gt=handed_in.position)
    following = rows.order_by("position").first()
    if following is not None:
        outbox.publish(FundingReminder(**milestone_facts(following, contract)))
