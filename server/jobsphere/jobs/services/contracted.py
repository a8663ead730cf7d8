"""How the floor above moves a job: hiring, work, delivery, completion. Persons do not call these; contracts does."""

from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.composed import get
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.jobs import rules
from jobsphere.jobs.events import JobAssigned, JobMoved, ProposalAccepted
from jobsphere.jobs.models import Job, Proposal
from jobsphere.jobs.selectors.views import job_view
from jobsphere.jobs.services.moving import close_proposals, job_row, take_step
from jobsphere.jobs.services.posting import cancel
from jobsphere.jobs.services.writing import columns, skill_ids
from jobsphere.jobs.types import JobDetails, JobStatus, JobView, ProposalStatus, RejectionReason, Visibility
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound, WrongStatus
from jobsphere.outbox import services as outbox
from jobsphere.profiles import policies as profiles


def create_direct_job(*, actor: Actor, details: JobDetails) -> JobView:
    """Make the job of a direct booking: open, but to be found only by its parties.

    Raises Forbidden without the customer role, InvalidInput for wrong fields (category and budget may be left out).
    """
    require_transaction()
    profiles.require_customer(actor)
    rules.check_job(details, today=clock.now().date(), complete=False)
    skills = skill_ids(details.skills)
    job = Job.objects.create(
        customer_id=actor.known_id(),
        status=JobStatus.OPEN,
        visibility=Visibility.PRIVATE,
        published_at=clock.now(),
        **columns(details),
    )
    job.skills.set(skills)
    audit.record(actor=actor, verb="job.book", target_type="job", target_id=job.pk)
    return job_view(job)


def assign_job(*, actor: Actor, job_id: UUID, contractor_id: UUID, proposal_id: UUID | None = None) -> JobView:
    """Hire: the job is assigned, the proposal accepted, every rival proposal rejected, all in one.

    Raises WrongStatus when the job is not open any more (somebody else was hired) or the proposal was decided,
    NotFound when the proposal is not this contractor's answer to this job.
    """
    require_transaction()
    job = job_row(job_id)
    take_step(
        job,
        "assign",
        actor=actor,
        party=rules.CONTRACT,
        detail={"contractor_id": contractor_id, "proposal_id": proposal_id},
        contractor_id=contractor_id,
    )
    if proposal_id is not None:
        _accept(job, proposal_id, actor=actor)
    close_proposals(job, RejectionReason.JOB_FILLED, actor=actor, chosen=proposal_id)
    event = JobAssigned(
        job_id=job.pk, customer_id=job.customer_id, contractor_id=contractor_id, proposal_id=proposal_id
    )
    outbox.publish(event, actor=actor)
    return job_view(job)


def start_job(*, actor: Actor, job_id: UUID) -> JobView:
    """The contractor began: assigned -> in_progress."""
    return _go_on(job_id, "start", actor)


def deliver_job(*, actor: Actor, job_id: UUID) -> JobView:
    """All work was handed in: in_progress -> delivered."""
    return _go_on(job_id, "deliver", actor)


def resume_job(*, actor: Actor, job_id: UUID) -> JobView:
    """Changes were requested, or a dispute withdrawn: delivered | disputed -> in_progress."""
    return _go_on(job_id, "resume", actor)


def complete_job(*, actor: Actor, job_id: UUID) -> JobView:
    """The work was approved, or a dispute settled: delivered | disputed -> completed."""
    return _go_on(job_id, "complete", actor)


def dispute_job(*, actor: Actor, job_id: UUID) -> JobView:
    """A dispute was opened: in_progress | delivered -> disputed."""
    return _go_on(job_id, "dispute", actor)


def reopen_job(*, actor: Actor, job_id: UUID) -> JobView:
    """The contract ended before any work: assigned -> open, for somebody else to be hired."""
    require_transaction()
    job = job_row(job_id)
    accepted = Proposal.objects.filter(job=job, status=ProposalStatus.ACCEPTED).first()
    now = clock.now()
    take_step(
        job,
        "reopen",
        actor=actor,
        party=rules.CONTRACT,
        contractor_id=None,
        expires_at=rules.expires_at(published=now, due_on=None) if job.visibility == Visibility.PUBLIC else None,
    )
    if accepted:
        released = rules.PROPOSAL.next(ProposalStatus.ACCEPTED, "release")
        move(Proposal, accepted.pk, from_status=ProposalStatus.ACCEPTED, to_status=released, updated_at=now)
    return _tell(job, "reopen", actor)


def cancel_job_of_contract(*, actor: Actor, job_id: UUID, reason: str) -> JobView:
    """The contract or booking was called off: open | assigned | in_progress | disputed -> cancelled."""
    require_transaction()
    job = job_row(job_id)
    cancel(job, reason, actor=actor, party=rules.CONTRACT)
    return job_view(job)


def _go_on(job_id: UUID, action: str, actor: Actor) -> JobView:
    require_transaction()
    job = job_row(job_id)
    take_step(job, action, actor=actor, party=rules.CONTRACT)
    return _tell(job, action, actor)


def _tell(job: Job, action: str, actor: Actor) -> JobView:
    event = JobMoved(
        job_id=job.pk,
        customer_id=job.customer_id,
        contractor_id=job.contractor_id,
        action=action,
        status=job.status,
    )
    outbox.publish(event, actor=actor)
    return job_view(job)


def _accept(job: Job, proposal_id: UUID, *, actor: Actor) -> None:
    proposal = Proposal.objects.filter(pk=proposal_id, job=job, contractor_id=job.contractor_id).first()
    if proposal is None:
        raise NotFound("There is no such proposal of this contractor for this job.")
    status = rules.PROPOSAL.next(ProposalStatus(proposal.status), "accept", party=rules.CONTRACT)
    if not move(Proposal, proposal.pk, from_status=proposal.status, to_status=status, updated_at=clock.now()):
        raise WrongStatus("accept", get(Proposal, pk=proposal_id).status)
    audit.record(actor=actor, verb="proposal.accept", target_type="proposal", target_id=proposal.pk)
    event = ProposalAccepted(
        proposal_id=proposal.pk,
        job_id=job.pk,
        customer_id=job.customer_id,
        contractor_id=proposal.contractor_id,
    )
    outbox.publish(event, actor=actor)
