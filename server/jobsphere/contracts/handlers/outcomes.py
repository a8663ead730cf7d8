"""What must happen together with what is heard: outcomes of payments, ends of jobs and proposals. Inline."""

from jobsphere.contracts import selectors
from jobsphere.contracts.errors import OfferBeingAccepted
from jobsphere.contracts.services import acceptance
from jobsphere.jobs.events import JobCancelled, JobExpired, ProposalRejected, ProposalWithdrawn
from jobsphere.kit import actor as actors
from jobsphere.outbox.subscriptions import listen
from jobsphere.payments.events import PaymentAuthorized, PaymentCaptured, PaymentFailed

OFFER = "offer"


@listen(PaymentAuthorized)
def show_offer(event: PaymentAuthorized) -> None:
    """The money is reserved."""
    if event.purpose_type == OFFER:
        acceptance.note_authorization(event)


@listen(PaymentCaptured)
def make_contract(event: PaymentCaptured) -> None:
    """The money was taken."""
    if event.purpose_type == OFFER:
        acceptance.note_capture(event)


@listen(PaymentFailed)
def decline_offer(event: PaymentFailed) -> None:
    """The money will not come."""
    if event.purpose_type == OFFER:
        acceptance.note_failure(event)


@listen(JobCancelled)
def close_offers_of_cancelled_job(event: JobCancelled) -> None:
    """No offer outlives its job; while one is being accepted the job cannot be cancelled."""
    if selectors.is_being_accepted(job_id=event.job_id):
        raise OfferBeingAccepted("An offer for this job is being accepted right now. Cancel its contract instead.")
    acceptance.withdraw_offers(actor=actors.SYSTEM, job_id=event.job_id, reason="The job was cancelled.")


@listen(JobExpired)
def close_offers_of_expired_job(event: JobExpired) -> None:
    """No offer outlives its job; one that is being accepted finds the job gone and is refunded."""
    acceptance.withdraw_offers(actor=actors.SYSTEM, job_id=event.job_id, reason="The job has expired.")


@listen(ProposalWithdrawn, ProposalRejected)
def close_offers_on_proposal(event: ProposalWithdrawn | ProposalRejected) -> None:
    """An offer rests on its proposal; while it is being accepted the proposal stays."""
    if selectors.is_being_accepted(proposal_id=event.proposal_id):
        raise OfferBeingAccepted("The offer on this proposal is being accepted right now.")
    acceptance.withdraw_offers(
        actor=actors.SYSTEM, proposal_id=event.proposal_id, reason="The proposal was withdrawn or rejected."
    )
