"""How contractors answer a job and customers choose."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F

from jobsphere.audit import services as audit
from jobsphere.db.composed import get
from jobsphere.db.guarded import move, update_where
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.jobs import policies, rules
from jobsphere.jobs.errors import ProposalExists
from jobsphere.jobs.events import ProposalShortlisted, ProposalSubmitted, ProposalWithdrawn
from jobsphere.jobs.models import Job, Proposal
from jobsphere.jobs.services.moving import raise_wrong_status, rejected
from jobsphere.jobs.types import JobStatus, ProposalDetails, ProposalStatus, RejectionReason
from jobsphere.kit import clock
from jobsphere.kit.actor import CONTRACTOR, CUSTOMER, Actor
from jobsphere.kit.errors import WrongStatus
from jobsphere.outbox import services as outbox


def submit_proposal(*, actor: Actor, job_id: UUID, details: ProposalDetails) -> UUID:
    """Answer an open job; return the proposal's id.

    Raises NotFound for a job one may not see, OwnJob, Forbidden or ProfileRequired, WrongStatus when the job is not
    open, ProposalExists when there is a live one already, InvalidInput for wrong fields.
    """
    require_transaction()
    job = policies.get_job_to_propose_on(actor, job_id)
    rules.check_proposal(details, currency=job.currency)
    # Counting first takes the job's row, so that no proposal slips in beside a hire or a cancellation.
    if not update_where(Job, {"pk": job.pk, "status": JobStatus.OPEN}, proposal_count=F("proposal_count") + 1):
        raise_wrong_status(job.pk, "propose", rules.CANDIDATE)
    proposal = _insert(actor, job, details)
    audit.record(actor=actor, verb="proposal.submit", target_type="proposal", target_id=proposal.pk)
    event = ProposalSubmitted(
        proposal_id=proposal.pk,
        job_id=job.pk,
        customer_id=job.customer_id,
        contractor_id=proposal.contractor_id,
        price=details.price,
    )
    outbox.publish(event, actor=actor)
    return proposal.pk


def update_proposal(*, actor: Actor, proposal_id: UUID, details: ProposalDetails) -> None:
    """Replace what one's own pending proposal says; raises NotFound, WrongStatus, InvalidInput."""
    require_transaction()
    proposal = policies.get_own_proposal_for(actor, proposal_id)
    rules.PROPOSAL.next(ProposalStatus(proposal.status), "edit", party=CONTRACTOR)
    rules.check_proposal(details, currency=proposal.job.currency)
    if not update_where(Proposal, {"pk": proposal.pk, "status": ProposalStatus.PENDING}, **_columns(details)):
        _raise_wrong_status(proposal.pk, "edit", CONTRACTOR)
    audit.record(actor=actor, verb="proposal.edit", target_type="proposal", target_id=proposal.pk)


def withdraw_proposal(*, actor: Actor, proposal_id: UUID) -> None:
    """Take one's own proposal back; raises NotFound for a stranger, WrongStatus once it was decided."""
    require_transaction()
    proposal = policies.get_own_proposal_for(actor, proposal_id)
    _take_step(proposal, "withdraw", actor=actor, party=CONTRACTOR)
    update_where(Job, {"pk": proposal.job_id}, proposal_count=F("proposal_count") - 1)
    outbox.publish(ProposalWithdrawn(**_parties(proposal)), actor=actor)


def shortlist_proposal(*, actor: Actor, proposal_id: UUID) -> None:
    """Keep a proposal in the closer choice; raises NotFound for anybody but the job's customer, WrongStatus."""
    require_transaction()
    proposal = policies.get_received_proposal_for(actor, proposal_id)
    _take_step(proposal, "shortlist", actor=actor, party=CUSTOMER)
    outbox.publish(ProposalShortlisted(**_parties(proposal)), actor=actor)


def reject_proposal(*, actor: Actor, proposal_id: UUID, feedback: str = "") -> None:
    """Turn a proposal down and say why; raises NotFound for anybody but the job's customer, WrongStatus."""
    require_transaction()
    proposal = policies.get_received_proposal_for(actor, proposal_id)
    reason = RejectionReason.DECLINED
    _take_step(proposal, "reject", actor=actor, party=CUSTOMER, rejection_reason=reason, feedback=feedback)
    outbox.publish(rejected(proposal, proposal.job.customer_id, reason, feedback), actor=actor)


def _insert(actor: Actor, job: Job, details: ProposalDetails) -> Proposal:
    try:
        with savepoint():
            return Proposal.objects.create(job=job, contractor_id=actor.known_id(), **_columns(details))
    except IntegrityError as error:
        raise ProposalExists(
            "You have already answered this job. Change that proposal or withdraw it first."
        ) from error


def _columns(details: ProposalDetails) -> dict[str, Any]:
    return {
        "price_kind": details.price_kind,
        "price_amount": details.price.amount,
        "currency": details.price.currency,
        "message": details.message,
        "estimated_days": details.estimated_days,
        "milestones": [{"title": each.title, "amount": each.amount.amount} for each in details.milestones],
        "updated_at": clock.now(),
    }


def _take_step(proposal: Proposal, action: str, *, actor: Actor, party: str, **changes: Any) -> None:
    status = rules.PROPOSAL.next(ProposalStatus(proposal.status), action, party=party)
    if not move(
        Proposal, proposal.pk, from_status=proposal.status, to_status=status, updated_at=clock.now(), **changes
    ):
        _raise_wrong_status(proposal.pk, action, party)
    audit.record(actor=actor, verb=f"proposal.{action}", target_type="proposal", target_id=proposal.pk)


def _raise_wrong_status(proposal_id: UUID, action: str, party: str) -> None:
    status = ProposalStatus(get(Proposal, pk=proposal_id).status)
    raise WrongStatus(action, status, rules.PROPOSAL.allowed(status, party))


def _parties(proposal: Proposal) -> dict[str, UUID]:
    return {
        "proposal_id": proposal.pk,
        "job_id": proposal.job_id,
        "customer_id": proposal.job.customer_id,
        "contractor_id": proposal.contractor_id,
    }
