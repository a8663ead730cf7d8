"""Reads of jobs and proposals; the first argument is the viewer."""

from uuid import UUID

from django.db.models import Q, QuerySet

from jobsphere.jobs import policies, rules
from jobsphere.jobs.models import Job, Proposal, SavedSearch
from jobsphere.jobs.offered import with_live_offers
from jobsphere.jobs.selectors.filters import matching
from jobsphere.jobs.selectors.views import job_view, proposal_view
from jobsphere.jobs.types import JobFilters, JobStatus, JobView, ProposalStatus, ProposalView
from jobsphere.kit import clock
from jobsphere.kit.actor import CUSTOMER, Actor
from jobsphere.kit.errors import NotFound, WrongStatus

__all__ = [
    "has_answered",
    "job",
    "job_for",
    "job_for_offer",
    "job_view",
    "jobs",
    "jobs_to_expire",
    "proposal",
    "proposal_for_offer",
    "proposal_view",
    "proposals",
    "saved_search",
    "saved_searches",
]


def jobs(viewer: Actor, filters: JobFilters) -> QuerySet[Job]:
    """Return the jobs that the viewer may see and that fit, with all that a list shows in three statements."""
    return _shown(Job.objects.filter(matching(viewer, filters)))


def job(viewer: Actor, job_id: UUID) -> Job:
    """Return one job with all that its page shows; raises NotFound."""
    found = _shown(Job.objects.select_related("contractor").filter(policies.visible_jobs(viewer), pk=job_id)).first()
    if found is None:
        raise NotFound("There is no such job, or it is not for you.")
    return found


def has_answered(viewer: Actor, job_id: UUID) -> bool:
    """Say whether the viewer has a live proposal for the job."""
    live = Proposal.objects.filter(job_id=job_id, contractor_id=viewer.id, status__in=rules.LIVE_PROPOSALS)
    return viewer.id is not None and live.exists()


def job_for(viewer: Actor, job_id: UUID) -> JobView:
    """Return a job as other apps see it; raises NotFound when the viewer may not see it."""
    return job_view(policies.get_job_for(viewer, job_id))


def job_for_offer(actor: Actor, job_id: UUID) -> JobView:
    """Return a job that the actor may hire for: their own, and open.

    Raises NotFound for a stranger, WrongStatus when it is not open.
    """
    found = policies.get_own_job_for(actor, job_id)
    if found.status != JobStatus.OPEN:
        raise WrongStatus("offer", found.status, rules.JOB.allowed(JobStatus(found.status), CUSTOMER))
    return job_view(found)


def proposal_for_offer(actor: Actor, proposal_id: UUID) -> ProposalView:
    """Return a proposal that the actor may make an offer on: for their own open job, and not decided.

    Raises NotFound for a stranger, WrongStatus when it was decided or the job is not open.
    """
    found = policies.get_received_proposal_for(actor, proposal_id)
    rules.PROPOSAL.next(ProposalStatus(found.status), "offer", party=CUSTOMER)
    job_for_offer(actor, found.job_id)
    return proposal_view(found)


def proposals(viewer: Actor, *, job_id: UUID | None = None, status: str = "", role: str = "") -> QuerySet[Proposal]:
    """Return the proposals that the viewer made (role contractor) or received (role customer), or both."""
    rows = Proposal.objects.filter(policies.visible_proposals(viewer)).select_related("job", "contractor")
    if role:
        rows = rows.filter(Q(job__customer_id=viewer.id) if role == CUSTOMER else Q(contractor_id=viewer.id))
    if job_id:
        rows = rows.filter(job_id=job_id)
    return with_live_offers(rows.filter(status=status) if status else rows)


def proposal(viewer: Actor, proposal_id: UUID) -> Proposal:
    """Return one proposal that the viewer made or received; raises NotFound."""
    found = proposals(viewer).filter(pk=proposal_id).first()
    if found is None:
        raise NotFound("There is no such proposal, or it is not for you.")
    return found


def saved_searches(viewer: Actor) -> QuerySet[SavedSearch]:
    """Return the viewer's own saved searches."""
    return SavedSearch.objects.filter(user_id=viewer.known_id())


def saved_search(viewer: Actor, search_id: UUID) -> SavedSearch:
    """Return one of the viewer's own searches; raises NotFound."""
    return policies.get_saved_search_for(viewer, search_id)


def jobs_to_expire(viewer: Actor, limit: int = 1000) -> list[UUID]:
    """Return the open jobs whose time has passed, the longest overdue first."""
    due = Job.objects.filter(status=JobStatus.OPEN, expires_at__lte=clock.now()).order_by("expires_at")
    return list(due.values_list("pk", flat=True)[:limit])


def _shown(rows: QuerySet[Job]) -> QuerySet[Job]:
    return rows.select_related("customer", "category").prefetch_related("skills")
