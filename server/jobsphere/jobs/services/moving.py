"""How a job moves: look the step up, guard the update, close proposals, leave an audit entry."""

from typing import Any
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.composed import first
from jobsphere.db.guarded import move
from jobsphere.jobs import rules
from jobsphere.jobs.events import ProposalRejected
from jobsphere.jobs.models import Job, Proposal
from jobsphere.jobs.types import JobStatus, ProposalStatus, RejectionReason
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound, WrongStatus
from jobsphere.outbox import services as outbox


def job_row(job_id: UUID) -> Job:
    """Return a job for a verb that asks no person; raises NotFound."""
    found = first(Job, pk=job_id)
    if found is None:
        raise NotFound("There is no such job.")
    return found


def take_step(
    job: Job, action: str, *, actor: Actor, party: str, detail: dict[str, Any] | None = None, **changes: Any
) -> None:
    """Move the job by one row of the table and record it; `job` then shows the new status and changes.

    Raises WrongStatus when the party may not do this in the present status, or somebody was faster.
    """
    status = rules.JOB.next(JobStatus(job.status), action, party=party)
    changes["updated_at"] = clock.now()
    if not move(Job, job.pk, from_status=job.status, to_status=status, **changes):
        raise_wrong_status(job.pk, action, party)
    for name, value in {"status": status, **changes}.items():
        setattr(job, name, value)
    audit.record(actor=actor, verb=f"job.{action}", target_type="job", target_id=job.pk, detail=detail)


def raise_wrong_status(job_id: UUID, action: str, party: str) -> None:
    """Say which status the job has meanwhile; raises WrongStatus always."""
    status = JobStatus(job_row(job_id).status)
    raise WrongStatus(action, status, rules.JOB.allowed(status, party))


def close_proposals(job: Job, reason: RejectionReason, *, actor: Actor, chosen: UUID | None = None) -> None:
    """Reject every undecided proposal of a job but the chosen one, and tell each contractor."""
    undecided = Proposal.objects.filter(job=job, status__in=rules.UNDECIDED_PROPOSALS).order_by("pk")
    for proposal in undecided:
        if proposal.pk == chosen:
            continue
        moved = move(
            Proposal,
            proposal.pk,
            from_status=proposal.status,
            to_status=rules.PROPOSAL.next(ProposalStatus(proposal.status), "close"),
            rejection_reason=reason,
            updated_at=clock.now(),
        )
        if moved:
            outbox.publish(rejected(proposal, job.customer_id, reason), actor=actor)


def rejected(proposal: Proposal, customer_id: UUID, reason: RejectionReason, feedback: str = "") -> ProposalRejected:
    """Return the fact that a proposal was turned down."""
    return ProposalRejected(
        proposal_id=proposal.pk,
        job_id=proposal.job_id,
        customer_id=customer_id,
        contractor_id=proposal.contractor_id,
        reason=reason,
        feedback=feedback,
    )
