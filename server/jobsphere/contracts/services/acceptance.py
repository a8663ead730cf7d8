"""From the contractor's yes to a contract: capture first, then everything in the one transaction that learns of it."""

from uuid import UUID

from django.db import IntegrityError

from jobsphere.audit import services as audit
from jobsphere.contracts import policies
from jobsphere.contracts.errors import JobTaken, OfferTooLate
from jobsphere.contracts.events import (
    ContractStarted,
    OfferAccepted,
    OfferAccepting,
    OfferDeclined,
    OfferExpired,
    OfferSent,
    OfferWithdrawn,
)
from jobsphere.contracts.models import Contract, Milestone, Offer
from jobsphere.contracts.rules.lifecycles import (
    CONTRACTOR,
    LIVE_OFFERS,
    OFFER,
    OPEN_OFFERS,
    SYSTEM,
    OfferStatus,
)
from jobsphere.contracts.rules.terms import FundingShape, expiry_under_authorization
from jobsphere.contracts.services.closing import close_offer, facts, take_step
from jobsphere.contracts.services.protecting import hold_for
from jobsphere.db.composed import get
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.jobs import services as jobs
from jobsphere.kit import actor as actors
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Conflict, NotFound
from jobsphere.messaging import services as messaging
from jobsphere.moderation.policies import require_not_blocked, require_unrestricted
from jobsphere.moderation.types import RestrictedAct
from jobsphere.outbox import services as outbox
from jobsphere.payments import services as payments
from jobsphere.payments.events import PaymentAuthorized, PaymentCaptured, PaymentFailed, PaymentUnapplied
from jobsphere.payments.types import PaymentFailure

JOB_FILLED = "The job went to somebody else."
MONEY_BACK = "The payment was not what was agreed; it is refunded."
JOB_GONE = "The job was no longer open when the payment arrived; it is refunded."


def accept_offer(*, actor: Actor, offer_id: UUID) -> None:
    """Say yes: the offer is `accepting`, and the money is being captured (first attempt after the commit).

    Raises NotFound, WrongParty, WrongStatus, NotBetweenYou when one of the two has blocked the other since, and
    JobTaken when another offer of the job was accepted or is being so.
    """
    require_transaction()
    offer = policies.get_offer_for(actor, offer_id)
    party = policies.party_of(actor, customer_id=offer.customer_id, contractor_id=offer.contractor_id)
    policies.require(OFFER, OfferStatus(offer.status), "accept", party)
    if offer.expires_at <= clock.now():
        raise OfferTooLate("The time to answer this offer is over.", current_status=offer.status, allowed_actions=[])
    require_unrestricted(actor, RestrictedAct.PROPOSING)
    require_not_blocked(offer.contractor_id, offer.customer_id, doing="accept this offer")
    _take_turn(offer)
    try:
        with savepoint():
            take_step(offer, "accept", party=CONTRACTOR)
    except IntegrityError as error:
        raise JobTaken(
            "Another offer for this job is being accepted. If that fails, you can still accept yours.",
            current_status=offer.status,
            allowed_actions=OFFER.allowed(OfferStatus(offer.status), CONTRACTOR),
        ) from error
    assert offer.payment_id is not None, "an offer is made together with its payment"
    audit.record(actor=actor, verb="offer.accept", target_type="offer", target_id=offer.pk)
    outbox.publish(OfferAccepting(**facts(offer)), actor=actor)
    # Of a prepaid payment this is the capture itself, and all that follows it.
    payments.capture_payment(actor=actor, payment_id=offer.payment_id)


def _take_turn(offer: Offer) -> None:
    """Let one acceptance of a job go first, whether it begins or its money has come: it also closes the rivals'.

    All of the job's live offers in one order, so that two who would each close the other's never wait in a circle.
    """
    rivals = Offer.objects.filter(job_id=offer.job_id, status__in=LIVE_OFFERS)
    list(rivals.order_by("pk").select_for_update().values_list("pk"))


def note_authorization(event: PaymentAuthorized) -> None:
    """The money is reserved: show the offer to the contractor; or give it back if the offer ended meanwhile."""
    offer = _offer(event.purpose_id)
    if offer.status == OfferStatus.AWAITING_PAYMENT:
        expires_at = expiry_under_authorization(offer.expires_at, event.authorized_until)
        take_step(offer, "authorize", party=SYSTEM, sent_at=clock.now(), expires_at=expires_at)
        audit.record(actor=actors.SYSTEM, verb="offer.authorize", target_type="offer", target_id=offer.pk)
        outbox.publish(OfferSent(**facts(offer), reserved=event.amount))
    elif offer.status not in (OfferStatus.PENDING, OfferStatus.ACCEPTING, OfferStatus.ACCEPTED):
        payments.void_payment(actor=actors.SYSTEM, payment_id=event.payment_id, reason=f"offer {offer.status}")


def note_failure(event: PaymentFailed) -> None:
    """The gateway will not give the money; an offer that has ended otherwise stays as it is."""
    offer = _offer(event.purpose_id)
    if "decline" not in OFFER.allowed(OfferStatus(offer.status), SYSTEM):
        return
    if event.stage is PaymentFailure.LAPSED and offer.status != OfferStatus.ACCEPTING:
        close_offer(offer, "expire", OfferExpired, actor=actors.SYSTEM, party=SYSTEM, void=False)
        return
    reason = event.message or event.code
    close_offer(offer, "decline", OfferDeclined, actor=actors.SYSTEM, party=SYSTEM, reason=reason, void=False)


def note_return(event: PaymentUnapplied) -> None:
    """The money is going back: an offer that still waited for it (taken in part, by hand at the gateway) has ended."""
    offer = _offer(event.purpose_id)
    if offer.status in OPEN_OFFERS:
        close_offer(offer, "decline", OfferDeclined, actor=actors.SYSTEM, party=SYSTEM, reason=MONEY_BACK, void=False)


def note_capture(event: PaymentCaptured) -> None:
    """The money was taken: make the contract, all at once; or leave the money unapplied, and payments refunds it.

    It is left when the offer ended meanwhile, or when its job can be assigned no more.
    """
    _take_turn(_offer(event.purpose_id))
    offer = _offer(event.purpose_id)
    if offer.status != OfferStatus.ACCEPTING:
        return
    try:
        with savepoint():
            _conclude(offer, event)
    except (Conflict, NotFound):
        offer = _offer(event.purpose_id)
        close_offer(offer, "give_up", OfferWithdrawn, actor=actors.SYSTEM, party=SYSTEM, reason=JOB_GONE, void=False)


def withdraw_offers(*, actor: Actor, reason: str, **where: UUID) -> None:
    """Withdraw every undecided offer of a job (`job_id`) or proposal; the queue voids their authorisations."""
    for offer in Offer.objects.filter(status__in=OPEN_OFFERS, **where).select_related("job").order_by("pk"):
        try:
            with savepoint():
                close_offer(offer, "withdraw", OfferWithdrawn, actor=actor, party=SYSTEM, reason=reason)
        except Conflict:  # it was answered, or its payment failed, a moment ago
            continue


def note_conversation(*, contract_id: UUID, customer_id: UUID, contractor_id: UUID) -> UUID:
    """Open the conversation of a contract, or find it, and note it on the contract; returns its id."""
    conversation_id = messaging.open_conversation(
        actor=actors.SYSTEM,
        between=(customer_id, contractor_id),
        subject_type="contract",
        subject_id=contract_id,
    )
    Contract.objects.filter(pk=contract_id).update(conversation_id=conversation_id)
    return conversation_id


def _conclude(offer: Offer, event: PaymentCaptured) -> None:
    """Accept: job assigned, contract and milestones made, their money held, rivals out, one audit entry, events."""
    take_step(offer, "capture", party=SYSTEM, closed_at=clock.now())
    jobs.assign_job(
        actor=actors.SYSTEM,
        job_id=offer.job_id,
        contractor_id=offer.contractor_id,
        proposal_id=offer.proposal_id,
    )
    contract = Contract.objects.create(
        offer=offer,
        job_id=offer.job_id,
        customer_id=offer.customer_id,
        contractor_id=offer.contractor_id,
        title=offer.title,
        amount=offer.amount,
        currency=offer.currency,
        funding=offer.funding,
        cancellation_policy=offer.cancellation_policy,
        expense_cap=offer.expense_cap,
        slot_starts_at=offer.starts_at if offer.cancels_by_slot else None,
        payment_id=event.payment_id,
    )
    _fund(contract, offer)
    withdraw_offers(actor=actors.SYSTEM, job_id=offer.job_id, reason=JOB_FILLED)
    audit.record(
        actor=actors.SYSTEM,
        verb="offer.conclude",
        target_type="offer",
        target_id=offer.pk,
        detail={"contract_id": contract.pk, "amount": event.amount},
    )
    outbox.publish(OfferAccepted(**facts(offer), contract_id=contract.pk, paid=event.amount))
    outbox.publish(
        ContractStarted(
            contract_id=contract.pk,
            job_id=contract.job_id,
            customer_id=contract.customer_id,
            contractor_id=contract.contractor_id,
            title=contract.title,
            amount=event.amount,
        )
    )


def _fund(contract: Contract, offer: Offer) -> None:
    """Hold what the acceptance took: of all milestones, or of the first where the others are paid in later."""
    milestones = list(Milestone.objects.filter(offer=offer).order_by("position"))
    for milestone in milestones:
        milestone.contract = contract
    Milestone.objects.bulk_update(milestones, ["contract"])
    paid = milestones if offer.funding == FundingShape.UPFRONT else milestones[:1]
    hold_for(contract, paid, payment_id=contract.payment_id)


def _offer(offer_id: UUID) -> Offer:
    return get(Offer, "job", pk=offer_id)
