"""What jobs hold about a person: jobs they posted, proposals they made, searches they saved."""

from collections.abc import Iterator

from django.db.models import Q

from jobsphere.jobs.models import Job, Proposal, SavedSearch
from jobsphere.jobs.types import JobStatus, ProposalStatus
from jobsphere.users.personal_data import Blocker, Data, Subject, scrub, table

REMOVED = "[removed with its author's account]"
_LIVE = (JobStatus.OPEN,)
_PRIVATE = ("place", "address", "latitude", "longitude")


def export(subject: Subject) -> Data:
    """Return jobs, proposals and saved searches of the person."""
    jobs = Job.objects.filter(customer_id=subject.id)
    proposals = Proposal.objects.filter(contractor_id=subject.id)
    return {
        "jobs": table(jobs, "id", "status", "title", "description", *_PRIVATE, "cancel_reason", "created_at"),
        "proposals": table(proposals, "id", "job_id", "status", "message", "price_kind", "feedback", "created_at"),
        "saved_searches": table(SavedSearch.objects.filter(user_id=subject.id), "name", "filters", "created_at"),
    }


def erase(subject: Subject) -> None:
    """Empty what came to nothing; of what became a contract keep the work that was agreed, without place or person."""
    jobs = Job.objects.filter(customer_id=subject.id)
    jobs.update(address="", place="", latitude=None, longitude=None, cancel_reason="")
    jobs.filter(contractor=None).update(title=REMOVED, description=REMOVED)
    proposals = Proposal.objects.filter(contractor_id=subject.id)
    proposals.exclude(status=ProposalStatus.ACCEPTED).update(message=REMOVED, milestones=[])
    SavedSearch.objects.filter(user_id=subject.id).delete()
    near = Q(customer_id=subject.id) | Q(contractor_id=subject.id)
    scrub(Job.objects.filter(near), ("title", "description", "cancel_reason"), subject)
    involved = Q(contractor_id=subject.id) | Q(job__customer_id=subject.id)
    scrub(Proposal.objects.filter(involved), ("message", "feedback"), subject)


def blockers(subject: Subject) -> Iterator[Blocker]:
    """Open jobs, on which others may be writing proposals just now."""
    count = Job.objects.filter(customer_id=subject.id, status__in=_LIVE).count()
    if count:
        yield Blocker("open-jobs", f"{count} of your jobs are open. Cancel them first.")
