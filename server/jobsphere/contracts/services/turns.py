"""Verbs of one contract queue up, see its present state, and leave contract and job where its milestones say."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.audit import services as audit
from jobsphere.contracts import policies
from jobsphere.contracts.events import ContractCancelled, ContractCompleted
from jobsphere.contracts.models import Contract, Milestone, TimeEntry
from jobsphere.contracts.rules.lifecycles import (
    CONTRACT,
    FROZEN_ACTIONS,
    HELD_MILESTONES,
    MILESTONE,
    SYSTEM,
    ContractStatus,
    MilestoneStatus,
)
from jobsphere.db import guarded
from jobsphere.db.composed import composed, get
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.jobs import services as jobs
from jobsphere.jobs.types import JobStatus
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import WrongStatus
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox

#: The next verb of jobs on the way from one status to another.
_JOB_STEPS = {
    (JobStatus.ASSIGNED, JobStatus.IN_PROGRESS): (jobs.start_job, JobStatus.IN_PROGRESS),
    (JobStatus.ASSIGNED, JobStatus.DELIVERED): (jobs.start_job, JobStatus.IN_PROGRESS),
    (JobStatus.ASSIGNED, JobStatus.COMPLETED): (jobs.start_job, JobStatus.IN_PROGRESS),
    (JobStatus.IN_PROGRESS, JobStatus.DELIVERED): (jobs.deliver_job, JobStatus.DELIVERED),
    (JobStatus.IN_PROGRESS, JobStatus.COMPLETED): (jobs.deliver_job, JobStatus.DELIVERED),
    (JobStatus.DELIVERED, JobStatus.IN_PROGRESS): (jobs.resume_job, JobStatus.IN_PROGRESS),
    (JobStatus.DELIVERED, JobStatus.COMPLETED): (jobs.complete_job, JobStatus.COMPLETED),
    (JobStatus.DELIVERED, JobStatus.CANCELLED): (jobs.resume_job, JobStatus.IN_PROGRESS),
}


def take_turn(actor: Actor, contract_id: UUID, action: str, *, ended: bool = False) -> tuple[Contract, str]:
    """Wait for the verbs that are running on this contract, and return it as it is now, with the actor's party.

    Every verb on a contract writes its row first, so two of them never decide on the same state, on either engine.
    Raises NotFound for a stranger, WrongStatus when it is not active (`ended`: it need not be), ContractIsHeld for
    what a hold forbids.
    """
    require_transaction()
    contract = wait_for(contract_id)
    party = policies.party_of(actor, customer_id=contract.customer_id, contractor_id=contract.contractor_id) or ""
    if contract.status != ContractStatus.ACTIVE and not ended:
        raise WrongStatus(action, contract.status, CONTRACT.allowed(ContractStatus(contract.status), party))
    policies.refuse_by_hand(contract, action, party)
    if action in FROZEN_ACTIONS:
        policies.refuse_while_held(contract)
    return contract, party


def wait_for(contract_id: UUID) -> Contract:
    """Wait for the verbs that are running on this contract, and return it as it is now."""
    require_transaction()
    guarded.take_turn(Contract, pk=contract_id)
    return get(Contract, "job", pk=contract_id)


def take_milestone(actor: Actor, milestone_id: UUID, action: str) -> tuple[Milestone, Contract, str]:
    """Take a turn on a milestone's contract for an action on the milestone.

    Raises NotFound for a stranger, WrongParty, WrongStatus, ContractIsHeld.
    """
    seen = policies.get_milestone_for(actor, milestone_id)
    assert seen.contract_id is not None, "the gate-keeper lets only funded milestones through"
    policies.require(MILESTONE, MilestoneStatus(seen.status), action, _party(actor, seen))
    # Money can still be given back after the contract has ended.
    contract, party = take_turn(actor, seen.contract_id, action, ended=action == "refund")
    milestone = get(Milestone, pk=milestone_id)
    policies.require(MILESTONE, MilestoneStatus(milestone.status), action, party)
    return milestone, contract, party


def take_step(milestone: Milestone, action: str, *, party: str, **changes: Any) -> None:
    """Move a milestone by a row of the table; it then shows the new status and changes. Raises WrongStatus."""
    status = MILESTONE.next(MilestoneStatus(milestone.status), action, party=party)
    if not move(Milestone, milestone.pk, from_status=milestone.status, to_status=status, **changes):
        present = MilestoneStatus(Milestone.objects.values_list("status", flat=True).get(pk=milestone.pk))
        raise WrongStatus(action, present, MILESTONE.allowed(present, party))
    for name, value in {"status": status, **changes}.items():
        setattr(milestone, name, value)


def record(actor: Actor, action: str, milestone: Milestone, **detail: Any) -> None:
    """Leave the audit entry of a verb on a milestone."""
    audit.record(
        actor=actor,
        verb=f"milestone.{action}",
        target_type="milestone",
        target_id=milestone.pk,
        detail={"contract_id": milestone.contract_id, **detail},
    )


def contract_facts(contract: Contract) -> dict[str, Any]:
    """Return what every event of this contract carries."""
    return {
        "contract_id": contract.pk,
        "job_id": contract.job_id,
        "customer_id": contract.customer_id,
        "contractor_id": contract.contractor_id,
        "title": contract.title,
    }


def milestone_facts(milestone: Milestone, contract: Contract) -> dict[str, Any]:
    """Return what every event of this milestone carries."""
    return {
        **contract_facts(contract),
        "title": milestone.title,
        "milestone_id": milestone.pk,
        "amount": Money(milestone.amount, milestone.currency),
    }


def settle(contract: Contract, *, actor: Actor) -> None:
    """Let contract and job follow the milestones: nothing left means completed, or cancelled if nothing was paid.

    What the customer has still to pay in is left: the contract goes on without protected money.
    """
    statuses = {MilestoneStatus(status) for status in _statuses(contract_id=contract.pk)}
    held = statuses & set(HELD_MILESTONES)
    unpaid = MilestoneStatus.PENDING in statuses
    if held == {MilestoneStatus.SUBMITTED} and not unpaid:
        advance_job(contract, JobStatus.DELIVERED, actor=actor)
    elif held or unpaid:
        if contract.started_at:
            advance_job(contract, JobStatus.IN_PROGRESS, actor=actor)
    elif MilestoneStatus.RELEASED in statuses:
        _complete(contract, actor=actor)
    else:
        reason = "All of its money was refunded."
        nothing = Money.zero(contract.currency)
        close_cancelled(contract, actor=actor, by=SYSTEM, reason=reason, refunded=nothing, paid_out=nothing)


@composed
def _statuses(*, contract_id: UUID) -> "QuerySet[Any]":
    return Milestone.objects.filter(contract_id=contract_id).values_list("status", flat=True)


def close_cancelled(
    contract: Contract, *, actor: Actor, by: str, reason: str, refunded: Money, paid_out: Money
) -> None:
    """End a contract as cancelled, with its job; the amounts are what this cancelling moved."""
    _close(contract, "cancel", by=by, cancelled_at=clock.now(), cancelled_by=by, cancel_reason=reason[:1000])
    _bill_time(contract)
    advance_job(contract, JobStatus.CANCELLED, actor=actor, reason=reason)
    audit.record(
        actor=actor,
        verb="contract.cancel",
        target_type="contract",
        target_id=contract.pk,
        detail={"by": by, "reason": reason, "refunded": refunded, "paid_out": paid_out},
    )
    event = ContractCancelled(**contract_facts(contract), by=by, reason=reason, refunded=refunded, paid_out=paid_out)
    outbox.publish(event, actor=actor)


def advance_job(contract: Contract, target: JobStatus, *, actor: Actor, reason: str = "") -> None:
    """Move the job of a contract to a status, over the statuses in between; no move when it is there."""
    present = JobStatus(contract.job.status)
    while present is not target:
        if step := _JOB_STEPS.get((present, target)):
            verb, present = step
            verb(actor=actor, job_id=contract.job_id)
        else:
            assert target is JobStatus.CANCELLED, f"no way from {present} to {target}"
            jobs.cancel_job_of_contract(actor=actor, job_id=contract.job_id, reason=reason)
            present = target
    contract.job.status = present  # house: allow status: the row in memory follows the job that was moved above


def _complete(contract: Contract, *, actor: Actor) -> None:
    _close(contract, "complete", by=SYSTEM, completed_at=clock.now())
    _bill_time(contract)
    advance_job(contract, JobStatus.COMPLETED, actor=actor)
    audit.record(actor=actor, verb="contract.complete", target_type="contract", target_id=contract.pk)
    outbox.publish(ContractCompleted(**contract_facts(contract)), actor=actor)


def _close(contract: Contract, action: str, *, by: str, **changes: Any) -> None:
    status = CONTRACT.next(ContractStatus(contract.status), action, party=by)
    if not move(Contract, contract.pk, from_status=contract.status, to_status=status, **changes):
        raise WrongStatus(action, Contract.objects.values_list("status", flat=True).get(pk=contract.pk))
    for name, value in {"status": status, **changes}.items():
        setattr(contract, name, value)


def _bill_time(contract: Contract) -> None:
    TimeEntry.objects.filter(contract=contract, billed_at=None).update(billed_at=clock.now())


def _party(actor: Actor, milestone: Milestone) -> str | None:
    contract = milestone.contract
    assert contract is not None, "the gate-keeper lets only funded milestones through"
    return policies.party_of(actor, customer_id=contract.customer_id, contractor_id=contract.contractor_id)
