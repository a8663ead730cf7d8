"""What follows for people: a thread to talk in (R46), and a word to whom it concerns (R88)."""

from uuid import UUID

from jobsphere.jobs.events import (
    JobExpired,
    ProposalAccepted,
    ProposalRejected,
    ProposalShortlisted,
    ProposalSubmitted,
)
from jobsphere.jobs.services.moving import job_row
from jobsphere.jobs.types import RejectionReason
from jobsphere.kit.actor import SYSTEM
from jobsphere.messaging.services import open_conversation
from jobsphere.notifications.services import notify
from jobsphere.notifications.types import NotificationType
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta

_WHY = {
    RejectionReason.DECLINED: "The customer decided otherwise.",
    RejectionReason.JOB_FILLED: "Somebody else was hired.",
    RejectionReason.JOB_CANCELLED: "The job was cancelled.",
}


@subscribe(ProposalSubmitted)
def open_thread(event: ProposalSubmitted) -> None:
    """Give the two a place to talk about the job."""
    between = (event.customer_id, event.contractor_id)
    open_conversation(actor=SYSTEM, between=between, subject_type="job", subject_id=event.job_id)


@subscribe(ProposalSubmitted)
def tell_customer_of_proposal(event: ProposalSubmitted) -> None:
    """Tell the customer that somebody answered."""
    notify(
        user_id=event.customer_id,
        type=NotificationType.PROPOSAL_RECEIVED,
        title=f"A proposal of {event.price} for “{_title(event.job_id)}”",
        link=f"/jobs/{event.job_id}",
        metadata={"job_id": event.job_id, "proposal_id": event.proposal_id},
        key=f"proposal.received:{event.proposal_id}",
    )


@subscribe(ProposalShortlisted)
def tell_contractor_of_shortlist(event: ProposalShortlisted) -> None:
    """Tell the contractor that they are in the closer choice."""
    _tell_contractor(event, NotificationType.PROPOSAL_SHORTLISTED, "You are in the closer choice for")


@subscribe(ProposalAccepted)
def tell_contractor_of_acceptance(event: ProposalAccepted) -> None:
    """Tell the contractor that they were hired."""
    _tell_contractor(event, NotificationType.PROPOSAL_ACCEPTED, "You were hired for")


@subscribe(ProposalRejected)
def tell_contractor_of_rejection(event: ProposalRejected) -> None:
    """Tell the contractor why, and what the customer said."""
    body = event.feedback or _WHY[RejectionReason(event.reason)]
    _tell_contractor(event, NotificationType.PROPOSAL_REJECTED, "Your proposal was not chosen for", body)


@subscribe(JobExpired)
def tell_customer_of_expiry(event: JobExpired, meta: EventMeta) -> None:
    """Tell the customer that the job is closed and can be posted again."""
    notify(
        user_id=event.customer_id,
        type=NotificationType.JOB_EXPIRED,
        title=f"“{_title(event.job_id)}” has expired",
        body="Nobody was hired in time. You can post it again.",
        link=f"/jobs/{event.job_id}",
        metadata={"job_id": event.job_id},
        key=f"job.expired:{meta.id}",
    )


def _tell_contractor(
    event: ProposalShortlisted | ProposalAccepted | ProposalRejected,
    kind: NotificationType,
    words: str,
    body: str = "",
) -> None:
    notify(
        user_id=event.contractor_id,
        type=kind,
        title=f"{words} “{_title(event.job_id)}”",
        body=body,
        link=f"/jobs/{event.job_id}",
        metadata={"job_id": event.job_id, "proposal_id": event.proposal_id},
        key=f"{kind}:{event.proposal_id}",
    )


def _title(job_id: UUID) -> str:
    return job_row(job_id).title
