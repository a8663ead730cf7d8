"""Jobs and proposals as what is reported: for moderation, which asks who can see them."""

from uuid import UUID

from jobsphere.db.composed import first
from jobsphere.jobs import policies
from jobsphere.jobs.models import Job, Proposal
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.moderation.types import Subject


def job_subject(actor: Actor, job_id: UUID) -> Subject | None:
    """Return a job with its words as they are now; None for who cannot see it."""
    try:
        job = first(Job, pk=job_id) if actor.is_system else policies.get_job_for(actor, job_id)
    except NotFound:
        return None
    if job is None:
        return None
    return Subject(
        type="job",
        id=job.pk,
        owner_id=job.customer_id,
        title=f"The job “{job.title}”",
        link=f"/jobs/{job.pk}",
        snapshot={"title": job.title, "description": job.description, "place": job.place, "status": job.status},
    )


def proposal_subject(actor: Actor, proposal_id: UUID) -> Subject | None:
    """Return a proposal with its words as they are now; None for who cannot see it."""
    rows = Proposal.objects.select_related("job")
    try:
        row = rows.filter(pk=proposal_id).first() if actor.is_system else policies.get_proposal_for(actor, proposal_id)
    except NotFound:
        return None
    if row is None:
        return None
    return Subject(
        type="proposal",
        id=row.pk,
        owner_id=row.contractor_id,
        title=f"A proposal for “{row.job.title}”",
        link=f"/jobs/{row.job_id}",
        snapshot={"message": row.message, "feedback": row.feedback, "status": row.status},
    )
