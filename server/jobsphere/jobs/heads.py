"""What a job says of itself to search engines and to those who share it: open, public jobs alone."""

from collections.abc import Iterator
from uuid import UUID

from jobsphere.jobs import policies
from jobsphere.jobs.models import Job
from jobsphere.jobs.selectors.views import budget_of
from jobsphere.jobs.types import JobStatus, Visibility
from jobsphere.kit.actor import VISITOR
from jobsphere.kit.errors import NotFound
from jobsphere.web.heads import MOST_PAGES, Head, ListedPage


def job_head(job_id: str) -> Head:
    """Return the head of a job's page; raises NotFound unless a visitor may see it and it is open."""
    try:
        job = policies.get_job_for(VISITOR, UUID(job_id))
    except ValueError as error:
        raise NotFound("There is no such job.") from error
    if job.status != JobStatus.OPEN:
        raise NotFound("This job is not open.")
    budget = budget_of(job)
    price = f"{budget.min} to {budget.max}" if budget else ""
    facts = ", ".join(filter(None, (job.place, price)))
    return Head(
        title=f"{job.title} · JobSphere",
        description=f"{facts}. {job.description}" if facts else job.description,
        kind="article",
    )


def open_jobs() -> Iterator[ListedPage]:
    """Yield the pages of open, public jobs, newest first. One query."""
    rows = Job.objects.filter(visibility=Visibility.PUBLIC, status=JobStatus.OPEN).order_by("-feed_key")
    for job_id, updated_at in rows.values_list("pk", "updated_at")[:MOST_PAGES]:
        yield ListedPage(f"/jobs/{job_id}", updated_at)
