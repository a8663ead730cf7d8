"""Cancelling a contract: every unreleased milestone is split as the pinned policy says (C2)."""

from uuid import UUID

from jobsphere.contracts import policies
from jobsphere.contracts.events import MilestoneRefunded
from jobsphere.contracts.models import Contract, Milestone
from jobsphere.contracts.rules.cancellation import Split
from jobsphere.contracts.rules.lifecycles import CONTRACT, HELD_MILESTONES, SYSTEM, ContractStatus
from jobsphere.contracts.selectors.money import split_of
from jobsphere.contracts.services.completion import drop_refund_request, release, require_reason
from jobsphere.contracts.services.funding import remove_unpaid
from jobsphere.contracts.services.turns import close_cancelled, milestone_facts, record, take_step, take_turn
from jobsphere.db.transactions import require_transaction
from jobsphere.escrow import selectors as holds
from jobsphere.escrow import services as escrow
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox


def cancel_contract(*, actor: Actor, contract_id: UUID, reason: str) -> None:
    """End a contract early: protected money goes back, less what the contractor had earned by the pinned policy.

    What was never paid in leaves the contract. Before work starts, and whenever anybody but the customer cancels, all
    of it goes back. Raises NotFound, WrongParty, WrongStatus, ContractIsHeld, InvalidInput for an administrator without
    a reason.
    """
    require_transaction()
    seen = policies.get_contract_for(actor, contract_id)
    party = policies.party_of(actor, customer_id=seen.customer_id, contractor_id=seen.contractor_id)
    policies.require(CONTRACT, ContractStatus(seen.status), "cancel", party)
    contract, party = take_turn(actor, contract_id, "cancel")
    require_reason(party, reason)
    end_early(contract, actor=actor, party=party, reason=reason)


def end_early(contract: Contract, *, actor: Actor, party: str, reason: str) -> None:
    """Split what is protected as if `party` had cancelled, and close the contract, inside a turn."""
    refunded = paid_out = Money.zero(contract.currency)
    hold_of = {hold.milestone_id: hold for hold in holds.holds_of_contract(contract.pk)}
    for milestone in Milestone.objects.filter(contract=contract, status__in=HELD_MILESTONES).order_by("position"):
        split = split_of(contract, milestone, hold_of[milestone.pk], party=party)
        _apply(split, milestone, contract, actor=actor, party=party, reason=reason)
        refunded += split.refund
        paid_out += split.payout
    remove_unpaid(contract, actor=actor)
    close_cancelled(contract, actor=actor, by=party, reason=reason, refunded=refunded, paid_out=paid_out)


def _apply(split: Split, milestone: Milestone, contract: Contract, *, actor: Actor, party: str, reason: str) -> None:
    """Refund what goes back, then release what is left of the hold."""
    earned = bool(split.payout or split.service_fee)
    if split.refund:
        refund(milestone, contract, split, closes=not earned, actor=actor, party=party, reason=reason)
    if earned or not split.refund:
        release(milestone, contract, action="settle", actor=actor, party=SYSTEM, reason=reason)


def refund(
    milestone: Milestone, contract: Contract, split: Split, *, closes: bool, actor: Actor, party: str, reason: str
) -> None:
    """Send a part of a milestone's money back, inside a turn; `closes`: nothing of it is left."""
    assert milestone.hold_id is not None, "a funded milestone has a hold"
    if closes:
        take_step(milestone, "refund", party=SYSTEM, auto_release_at=None, closed_at=clock.now())
        drop_refund_request(milestone)
    escrow.refund_hold(
        actor=actor,
        hold_id=milestone.hold_id,
        reason=reason,
        amount=split.refund,
        platform_fee_refundable=split.platform_fee_refundable,
    )
    record(actor, "refund", milestone, refunded=split.refund, by=party, reason=reason)
    event = MilestoneRefunded(
        **milestone_facts(milestone, contract), refunded=split.refund, closed=closes, by=party, reason=reason
    )
    outbox.publish(event, actor=actor)
