"""From rows to the frozen views that other apps get."""

from jobsphere.jobs.models import Job, Proposal
from jobsphere.jobs.types import (
    Budget,
    JobDetails,
    JobStatus,
    JobView,
    PriceKind,
    ProposalDetails,
    ProposalStatus,
    ProposalView,
    ProposedMilestone,
    Visibility,
)
from jobsphere.kit.money import Money


def budget_of(job: Job) -> Budget | None:
    """Return the budget of a row; a draft may have none."""
    if job.budget_min_amount is None or job.budget_max_amount is None:
        return None
    return Budget(
        PriceKind(job.budget_kind),
        Money(job.budget_min_amount, job.currency),
        Money(job.budget_max_amount, job.currency),
    )


def details_of(job: Job) -> JobDetails:
    """Return what the customer said, so that a part of it can be changed."""
    return JobDetails(
        title=job.title,
        description=job.description,
        category=job.category.slug if job.category else "",
        skills=tuple(sorted(skill.slug for skill in job.skills.all())),
        budget=budget_of(job),
        starts_on=job.starts_on,
        due_on=job.due_on,
        place=job.place,
        address=job.address,
        latitude=job.exact_latitude,
        longitude=job.exact_longitude,
    )


def job_view(job: Job) -> JobView:
    """Return a job as upper floors see it."""
    return JobView(
        id=job.pk,
        status=JobStatus(job.status),
        visibility=Visibility(job.visibility),
        customer_id=job.customer_id,
        contractor_id=job.contractor_id,
        title=job.title,
        description=job.description,
        category=job.category.slug if job.category else "",
        budget=budget_of(job),
        currency=job.currency,
        starts_on=job.starts_on,
        due_on=job.due_on,
        place=job.place,
        created_at=job.created_at,
    )


def milestones_of(proposal: Proposal) -> tuple[ProposedMilestone, ...]:
    """Return the proposed milestones of a row."""
    return tuple(
        ProposedMilestone(part["title"], Money(part["amount"], proposal.currency)) for part in proposal.milestones
    )


def proposal_view(proposal: Proposal) -> ProposalView:
    """Return a proposal as upper floors see it."""
    return ProposalView(
        id=proposal.pk,
        job_id=proposal.job_id,
        contractor_id=proposal.contractor_id,
        status=ProposalStatus(proposal.status),
        price=Money(proposal.price_amount, proposal.currency),
        price_kind=PriceKind(proposal.price_kind),
        message=proposal.message,
        estimated_days=proposal.estimated_days,
        milestones=milestones_of(proposal),
    )


def proposal_details_of(proposal: Proposal) -> ProposalDetails:
    """Return what the contractor said, so that a part of it can be changed."""
    return ProposalDetails(
        price=Money(proposal.price_amount, proposal.currency),
        price_kind=PriceKind(proposal.price_kind),
        message=proposal.message,
        estimated_days=proposal.estimated_days,
        milestones=milestones_of(proposal),
    )
