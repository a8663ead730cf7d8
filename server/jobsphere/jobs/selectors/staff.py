"""Reads for staff: everybody's jobs, drafts and bookings too, and figures for the reports."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count

from jobsphere.db.periods import between
from jobsphere.db.rows import Rows, each
from jobsphere.jobs.models import Job
from jobsphere.jobs.types import JobRecord, JobStatus, StaffJobFilter
from jobsphere.kit.actor import Actor, require_right
from jobsphere.kit.errors import NotFound
from jobsphere.kit.money import Money
from jobsphere.users.types import Person

SUPPORT = "support"
FINANCE = "finance"


def jobs_for_staff(viewer: Actor, wanted: StaffJobFilter) -> Rows[JobRecord]:
    """Return everybody's jobs that fit, whatever their status; raises Forbidden without the right "support"."""
    require_right(viewer, SUPPORT)
    rows = Job.objects.select_related("customer", "contractor", "category")
    names = ("status", "visibility", "customer_id", "contractor_id")
    rows = rows.filter(**{name: value for name in names if (value := getattr(wanted, name))})
    if wanted.search:
        rows = rows.filter(title__icontains=wanted.search)
    return Rows(rows.filter(between("created_at", wanted.since, wanted.until)), each(_record))


def job_for_staff(viewer: Actor, job_id: UUID) -> JobRecord:
    """Return any job; raises Forbidden without the right "support", and NotFound."""
    found = next(iter(jobs_for_staff(viewer, StaffJobFilter()).filter(pk=job_id)), None)
    if found is None:
        raise NotFound("There is no such job.")
    return found


def jobs_by_status(viewer: Actor, since: datetime, until: datetime) -> dict[JobStatus, int]:
    """Count the jobs made in a period by their present status; Forbidden without the right "finance". One query."""
    require_right(viewer, FINANCE)
    rows = Job.objects.filter(between("created_at", since, until)).values("status").annotate(count=Count("pk"))
    found = dict(rows.values_list("status", "count"))
    return {status: found.get(status, 0) for status in JobStatus}


def _record(job: Job) -> JobRecord:
    amounts = (job.budget_min_amount, job.budget_max_amount)
    lowest, highest = (Money(amount, job.currency) if amount is not None else None for amount in amounts)
    return JobRecord(
        id=job.pk,
        status=JobStatus(job.status),
        visibility=job.visibility,
        title=job.title,
        description=job.description,
        category=job.category.slug if job.category else "",
        customer=Person(job.customer_id, job.customer.name),
        contractor=Person(job.contractor.pk, job.contractor.name) if job.contractor else None,
        budget_kind=job.budget_kind,
        budget_min=lowest,
        budget_max=highest,
        place=job.place,
        due_on=job.due_on,
        proposal_count=job.proposal_count,
        created_at=job.created_at,
        published_at=job.published_at,
        expires_at=job.expires_at,
        cancel_reason=job.cancel_reason,
    )
