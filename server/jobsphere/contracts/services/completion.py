"""Approval releases the money: the customer's, the timer's, or an administrator's with a reason (C5, C6)."""

from dataclasses import replace
from uuid import UUID

from jobsphere.contracts import policies
from jobsphere.contracts.errors import NothingToComplete
from jobsphere.contracts.events import MilestoneReleased
from jobsphere.contracts.models import Contract, Milestone, RefundRequest, TimeEntry
from jobsphere.contracts.rules.lifecycles import (
    ADMIN,
    CONTRACT,
    CUSTOMER,
    HELD_MILESTONES,
    ContractStatus,
    MilestoneStatus,
    RefundRequestStatus,
)
from jobsphere.contracts.services.milestones import answer_deliverables, start, submit
from jobsphere.contracts.services.turns import (
    milestone_facts,
    record,
    settle,
    take_milestone,
    take_step,
    take_turn,
)
from jobsphere.contracts.types import Handover
from jobsphere.db.transactions import require_transaction
from jobsphere.escrow import services as escrow
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox


def release_milestone(*, actor: Actor, milestone_id: UUID, reason: str = "") -> UUID:
    """Approve a milestone: its money, less the service fee, is in the contractor's wallet. Returns the contract's id.

    An administrator says why. Raises NotFound, WrongParty, WrongStatus, ContractIsHeld, InvalidInput.
    """
    require_transaction()
    milestone, contract, party = take_milestone(actor, milestone_id, "release")
    require_reason(party, reason)
    release(milestone, contract, action="release", actor=actor, party=party, reason=reason)
    settle(contract, actor=actor)
    return contract.pk


def complete_contract(*, actor: Actor, contract_id: UUID, work: Handover | None = None) -> None:
    """Mark a contract done: the customer approves everything handed in, the contractor hands everything in (C6).

    Raises NotFound, WrongStatus, ContractIsHeld, NothingToComplete.
    """
    require_transaction()
    seen = policies.get_contract_for(actor, contract_id)
    party = policies.party_of(actor, customer_id=seen.customer_id, contractor_id=seen.contractor_id)
    if party == CUSTOMER:
        _approve_all(actor, contract_id)
    else:
        deliver_contract(actor=actor, contract_id=contract_id, work=work or Handover())


def deliver_contract(*, actor: Actor, contract_id: UUID, work: Handover) -> None:
    """Hand everything in that is not: each milestone is started if need be, and submitted with the same work.

    Raises NotFound, WrongParty, WrongStatus, NothingToComplete when all was handed in before.
    """
    require_transaction()
    seen = policies.get_contract_for(actor, contract_id)
    party = policies.party_of(actor, customer_id=seen.customer_id, contractor_id=seen.contractor_id)
    policies.require(CONTRACT, ContractStatus(seen.status), "deliver", party)
    contract, _ = take_turn(actor, contract_id, "deliver")
    open_statuses = [status for status in HELD_MILESTONES if status is not MilestoneStatus.SUBMITTED]
    rows = list(Milestone.objects.filter(contract=contract, status__in=open_statuses).order_by("position"))
    if not rows:
        raise NothingToComplete("Everything was handed in already; the customer answers next.")
    for milestone in rows:
        if milestone.status == MilestoneStatus.FUNDED:
            start(milestone, contract, actor=actor)
        submit(milestone, contract, work, actor=actor)
        work = replace(work, file_ids=())  # a file is part of one record: of the first milestone's
    settle(contract, actor=actor)


def release(
    milestone: Milestone, contract: Contract, *, action: str, actor: Actor, party: str, reason: str = ""
) -> Money:
    """Release what is held of a milestone, inside a turn; returns what the contractor got."""
    assert milestone.hold_id is not None, "a funded milestone has a hold"
    take_step(milestone, action, party=party, auto_release_at=None, closed_at=clock.now())
    hold = escrow.release_hold(actor=actor, hold_id=milestone.hold_id)
    answer_deliverables(milestone, "approved", reason)
    drop_refund_request(milestone)
    TimeEntry.objects.filter(milestone=milestone, billed_at=None).update(billed_at=clock.now())
    record(actor, action, milestone, payout=hold.payout, service_fee=hold.service_fee, reason=reason)
    event = MilestoneReleased(
        **milestone_facts(milestone, contract), payout=hold.payout, service_fee=hold.service_fee, by=party
    )
    outbox.publish(event, actor=actor)
    return hold.payout


def drop_refund_request(milestone: Milestone) -> None:
    """Close a refund request that the milestone's end has made pointless."""
    RefundRequest.objects.filter(milestone=milestone, status=RefundRequestStatus.REQUESTED).update(
        status=RefundRequestStatus.WITHDRAWN, answered_at=clock.now()
    )


def require_reason(party: str, reason: str) -> None:
    """Raise InvalidInput when an administrator decides about other people's money without saying why."""
    if party == ADMIN and len(reason.strip()) < 3:
        raise InvalidInput.at("/reason", "required", "Say why; the reason is kept with the decision.")


def _approve_all(actor: Actor, contract_id: UUID) -> None:
    contract, party = take_turn(actor, contract_id, "complete")
    rows = list(Milestone.objects.filter(contract=contract, status=MilestoneStatus.SUBMITTED).order_by("position"))
    if not rows:
        raise NothingToComplete("The contractor has not handed anything in yet, so there is nothing to approve.")
    for milestone in rows:
        release(milestone, contract, action="release", actor=actor, party=party)
    settle(contract, actor=actor)
