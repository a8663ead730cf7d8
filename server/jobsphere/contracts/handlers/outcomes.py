"""What must happen together with what is heard: outcomes of payments, ends of jobs and proposals. Inline."""

from typing import Any

from jobsphere.contracts import selectors
from jobsphere.contracts.errors import OfferBeingAccepted
from jobsphere.contracts.events import ContractCancelled, ContractCompleted
from jobsphere.contracts.services import acceptance, changing, chargebacks, expenses, extras, funding, tipping
from jobsphere.jobs.events import JobCancelled, JobExpired, ProposalRejected, ProposalWithdrawn
from jobsphere.kit import actor as actors
from jobsphere.outbox.subscriptions import listen
from jobsphere.payments.events import (
    ChargebackClosed,
    ChargebackLost,
    ChargebackReinstated,
    PaymentAuthorized,
    PaymentCaptured,
    PaymentDisputed,
    PaymentFailed,
    PaymentUnapplied,
)

OFFER = "offer"
MILESTONE = "milestone"
CHANGE = "change"
TIP = "tip"
EXPENSE = "expense"
#: Extras are no money of the work: a bank that contests one stops nothing else.
EXTRAS: dict[str, extras.Kind[Any]] = {TIP: tipping.TIPS, EXPENSE: expenses.EXPENSES}
#: What a contract is paid by: the offer that became it, each milestone that is paid in later, and agreed changes.
OF_CONTRACT = (OFFER, MILESTONE, CHANGE)


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
    elif event.purpose_type == MILESTONE:
        funding.note_capture(event)
    elif event.purpose_type == CHANGE:
        changing.note_capture(event)
    elif event.purpose_type == TIP:
        tipping.note_capture(event)
    elif event.purpose_type == EXPENSE:
        expenses.note_capture(event)


@listen(PaymentFailed)
def decline_offer(event: PaymentFailed) -> None:
    """The money will not come."""
    if event.purpose_type == OFFER:
        acceptance.note_failure(event)


@listen(PaymentUnapplied)
def end_offer(event: PaymentUnapplied) -> None:
    """The money goes back."""
    if event.purpose_type == OFFER:
        acceptance.note_return(event)


@listen(PaymentDisputed)
def stop_disputed(event: PaymentDisputed) -> None:
    """The customer's bank contests the payment, or does so no longer."""
    if event.purpose_type in OF_CONTRACT:
        chargebacks.note_dispute(event)


@listen(ChargebackLost)
def bear_loss(event: ChargebackLost) -> None:
    """The bank has taken it for good."""
    if event.purpose_type in OF_CONTRACT:
        chargebacks.bear_loss(event)
    elif kind := EXTRAS.get(event.purpose_type):
        extras.bear_loss(kind, event)


@listen(ChargebackReinstated)
def take_back_loss(event: ChargebackReinstated) -> None:
    """The bank has given it back after all."""
    if event.purpose_type in OF_CONTRACT:
        chargebacks.take_back_loss(event)
    elif event.purpose_type in EXTRAS:
        extras.take_back_loss(event)


@listen(ChargebackClosed)
def end_offer_without_money(event: ChargebackClosed) -> None:
    """An offer whose money the bank has taken leads to nothing."""
    if event.purpose_type == OFFER and not event.won:
        chargebacks.end_offer(event)


@listen(ContractCompleted, ContractCancelled)
def end_changes(event: ContractCompleted | ContractCancelled) -> None:
    """Nothing is left to change; inside the turn of the verb that has ended it."""
    changing.end_changes(event.contract_id)


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
