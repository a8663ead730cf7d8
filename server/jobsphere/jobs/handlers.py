"""What follows for people: a thread to talk in (R46), and a word to whom it concerns (R88)."""

from uuid import UUID

from jobsphere.db.transactions import edge_transaction
from jobsphere.jobs.events import (
    JobExpired,
    JobPublished,
    ProposalAccepted,
    ProposalRejected,
    ProposalShortlisted,
    ProposalSubmitted,
)
from jobsphere.jobs.models import Job, Proposal
from jobsphere.jobs.services.moving import job_row
from jobsphere.jobs.types import JobStatus, Visibility
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.words import Phrase
from jobsphere.messaging.services import open_conversation
from jobsphere.notifications.services import tell
from jobsphere.outbox.services import enqueue
from jobsphere.outbox.subscriptions import job, subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.profiles.geo import Point
from jobsphere.profiles.selectors import contractors_near
from jobsphere.profiles.verification.selectors import missing_for_hiring

#: Contractors who hear of one new job at once, so that no transaction is long.
_BATCH = 20


@subscribe(JobPublished)
def find_contractors(event: JobPublished) -> None:
    """Look for the contractors whom a new job concerns, and queue a word to them in small batches."""
    row = Job.objects.select_related("category").filter(pk=event.job_id, status=JobStatus.OPEN).first()
    if row is None or row.category is None or row.visibility != Visibility.PUBLIC:
        return
    place = None if row.latitude is None or row.longitude is None else Point(row.latitude, row.longitude)
    customer = Actor(id=event.customer_id, roles=frozenset())
    found = contractors_near(customer, category=row.category.slug, place=place)
    for start in range(0, len(found), _BATCH):
        enqueue(tell_of_new_job, row.id, [str(each) for each in found[start : start + _BATCH]])


@job()
def tell_of_new_job(job_id: str, people: list[str]) -> None:
    """Tell these contractors of a job that is still open, if they have not answered it; several unread ones are one."""
    row = Job.objects.select_related("category").filter(pk=UUID(job_id), status=JobStatus.OPEN).first()
    if row is None or row.category is None:
        return
    params = {
        "job_id": row.id,
        "title": row.title,
        "category": row.category.name,
        "place": row.place or Phrase("part.elsewhere"),
    }
    told = [UUID(each) for each in people]
    answered = set(Proposal.objects.filter(job=row, contractor_id__in=told).values_list("contractor_id", flat=True))
    for person in (each for each in told if each not in answered):
        with edge_transaction():
            tell(
                user_id=person,
                message="job.new",
                params=params,
                group="jobs.new",
                metadata={"job_id": row.id},
                key=f"job.new:{row.feed_key}",
            )


@subscribe(ProposalSubmitted)
def open_thread(event: ProposalSubmitted) -> None:
    """Give the two a place to talk about the job."""
    between = (event.customer_id, event.contractor_id)
    open_conversation(actor=SYSTEM, between=between, subject_type="job", subject_id=event.job_id)


@subscribe(ProposalSubmitted)
def tell_customer_of_proposal(event: ProposalSubmitted) -> None:
    """Tell the customer that somebody answered."""
    tell(
        user_id=event.customer_id,
        message="proposal.received",
        params={"price": event.price, "title": _title(event.job_id), "job_id": event.job_id},
        group=f"proposals:{event.job_id}",
        metadata={"job_id": event.job_id, "proposal_id": event.proposal_id},
        key=f"proposal.received:{event.proposal_id}",
    )


@subscribe(ProposalSubmitted)
def tell_contractor_what_is_missing(event: ProposalSubmitted) -> None:
    """Tell the contractor what to prove before this proposal can become a contract."""
    category = job_row(event.job_id).category
    missing = missing_for_hiring(event.contractor_id, category.slug if category else "")
    if missing:
        tell(
            user_id=event.contractor_id,
            message="account.verification/missing",
            params={"title": _title(event.job_id), "missing": [Phrase(f"paper.{kind}") for kind in missing]},
            metadata={"job_id": event.job_id, "missing": list(missing)},
            key=f"verification.missing:{event.proposal_id}",
        )


@subscribe(ProposalShortlisted)
def tell_contractor_of_shortlist(event: ProposalShortlisted) -> None:
    """Tell the contractor that they are in the closer choice."""
    _tell_contractor(event, "proposal.shortlisted")


@subscribe(ProposalAccepted)
def tell_contractor_of_acceptance(event: ProposalAccepted) -> None:
    """Tell the contractor that they were hired."""
    _tell_contractor(event, "proposal.accepted")


@subscribe(ProposalRejected)
def tell_contractor_of_rejection(event: ProposalRejected) -> None:
    """Tell the contractor why, and what the customer said."""
    _tell_contractor(event, "proposal.rejected", why=event.feedback or Phrase(f"why.{event.reason}"))


@subscribe(JobExpired)
def tell_customer_of_expiry(event: JobExpired, meta: EventMeta) -> None:
    """Tell the customer that the job is closed and can be posted again."""
    tell(
        user_id=event.customer_id,
        message="job.expired",
        params={"title": _title(event.job_id), "job_id": event.job_id},
        metadata={"job_id": event.job_id},
        key=f"job.expired:{meta.id}",
    )


def _tell_contractor(
    event: ProposalShortlisted | ProposalAccepted | ProposalRejected, message: str, **values: object
) -> None:
    tell(
        user_id=event.contractor_id,
        message=message,
        params={"title": _title(event.job_id), "job_id": event.job_id, **values},
        metadata={"job_id": event.job_id, "proposal_id": event.proposal_id},
        key=f"{message}:{event.proposal_id}",
    )


def _title(job_id: UUID) -> str:
    return job_row(job_id).title
