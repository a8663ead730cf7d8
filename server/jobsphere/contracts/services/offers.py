"""The customer writes, pays and withdraws offers; the contractor rejects them."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError

from jobsphere.audit import services as audit
from jobsphere.contracts import policies
from jobsphere.contracts.errors import InvalidOffer, OfferAlreadyLive
from jobsphere.contracts.events import OfferCreated, OfferRejected, OfferWithdrawn
from jobsphere.contracts.models import Milestone, Offer
from jobsphere.contracts.rules.cancellation import DEFAULT_POLICY, CancellationPolicy
from jobsphere.contracts.rules.lifecycles import CUSTOMER, OFFER, OfferStatus
from jobsphere.contracts.rules.terms import (
    DEPOSIT,
    FundingShape,
    MilestoneTerms,
    OfferTerms,
    due_now,
    expiry_of,
    milestones_of,
    problems_of,
)
from jobsphere.contracts.services.closing import facts, require_and_close
from jobsphere.contracts.types import BookingDetails
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.jobs import selectors as job_selectors
from jobsphere.jobs import services as jobs
from jobsphere.jobs.types import Budget, JobDetails, JobView, PriceKind, ProposalView
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.moderation.policies import require_not_blocked, require_unrestricted
from jobsphere.moderation.types import RestrictedAct
from jobsphere.outbox import services as outbox
from jobsphere.payments import routing
from jobsphere.payments import services as payments
from jobsphere.plans.selectors import terms_for
from jobsphere.profiles.verification.policies import require_hireable
from jobsphere.users import selectors as users


@dataclass(frozen=True, slots=True)
class _Draft:
    """What an offer is about, once its target is known."""

    job: JobView
    contractor_id: UUID
    terms: OfferTerms
    policy: CancellationPolicy
    payment_method: str | None
    gateway: str
    proposal_id: UUID | None = None
    is_booking: bool = False
    cancels_by_slot: bool = False
    off_session: bool = False


def make_offer_on_proposal(
    *,
    actor: Actor,
    proposal_id: UUID,
    terms: OfferTerms | None = None,
    policy: CancellationPolicy = DEFAULT_POLICY,
    payment_method: str | None = None,
    gateway: str = "",
) -> UUID:
    """Offer the job to the contractor who proposed; without terms, at the proposal's price and milestones.

    The payment is started and its first attempt runs after the commit. Returns the offer's id. Raises NotFound for a
    stranger, WrongStatus when proposal or job were decided, InvalidOffer, OfferAlreadyLive.
    """
    require_transaction()
    proposal = job_selectors.proposal_for_offer(actor, proposal_id)
    job = job_selectors.job_for_offer(actor, proposal.job_id)
    offered = terms or terms_of(proposal)
    draft = _Draft(job, proposal.contractor_id, offered, policy, payment_method, gateway, proposal.id)
    return _make(actor, draft)


def make_offer_on_job(
    *,
    actor: Actor,
    job_id: UUID,
    contractor_id: UUID,
    terms: OfferTerms,
    policy: CancellationPolicy = DEFAULT_POLICY,
    payment_method: str | None = None,
    gateway: str = "",
) -> UUID:
    """Offer an open job of one's own to a contractor who need not have proposed; raises as above."""
    require_transaction()
    job = job_selectors.job_for_offer(actor, job_id)
    return _make(actor, _Draft(job, contractor_id, terms, policy, payment_method, gateway))


def book_contractor(
    *,
    actor: Actor,
    contractor_id: UUID,
    booking: BookingDetails,
    terms: OfferTerms,
    policy: CancellationPolicy = DEFAULT_POLICY,
    payment_method: str | None = None,
    gateway: str = "",
    cancels_by_slot: bool = False,
    off_session: bool = False,
) -> UUID:
    """Book a contractor directly for a time slot: the job is made for it and only its parties see it (R31).

    `cancels_by_slot`: cancelling costs by how long before the start it happens (ADR 0029).
    `off_session`: the customer is away and pays with a card that they keep (ADR 0034).
    """
    require_transaction()
    if terms.slot is None:
        raise InvalidOffer([FieldError("/starts_at", "required", "A booking says when it starts and ends.")])
    _check(terms)
    details = JobDetails(
        title=booking.title,
        description=booking.description,
        category=booking.category,
        budget=Budget(PriceKind.FIXED, terms.amount, terms.amount),
        starts_on=terms.slot.starts_at.date(),
        due_on=terms.slot.ends_at.date(),
        place=booking.place,
        address=booking.address,
        latitude=booking.latitude,
        longitude=booking.longitude,
    )
    _require_contractor(actor, contractor_id)
    job = jobs.create_direct_job(actor=actor, details=details)
    draft = _Draft(job, contractor_id, terms, policy, payment_method, gateway, None, True, cancels_by_slot, off_session)
    return _make(actor, draft)


def pay_offer(*, actor: Actor, offer_id: UUID, payment_method: str | None = None) -> UUID:
    """Go on with the payment of an offer: choose a card, or tell us that 3-D Secure is done; returns the payment's id.

    Coming back from 3-D Secure is harmless when the gateway's own report was faster. Raises NotFound, WrongParty,
    WrongStatus once the payment is settled.
    """
    require_transaction()
    offer = policies.get_offer_for(actor, offer_id)
    party = policies.party_of(actor, customer_id=offer.customer_id, contractor_id=offer.contractor_id)
    assert offer.payment_id is not None, "an offer is made together with its payment"
    if party == CUSTOMER and offer.status == OfferStatus.PENDING and not payment_method:
        return offer.payment_id
    policies.require(OFFER, OfferStatus(offer.status), "pay", party)
    payments.confirm_payment(actor=actor, payment_id=offer.payment_id, payment_method=payment_method)
    return offer.payment_id


def withdraw_offer(*, actor: Actor, offer_id: UUID, reason: str = "") -> None:
    """Take an offer back; its authorisation is voided. Raises NotFound, WrongParty, WrongStatus."""
    require_transaction()
    offer = policies.get_offer_for(actor, offer_id)
    require_and_close(offer, "withdraw", OfferWithdrawn, actor=actor, reason=reason)


def reject_offer(*, actor: Actor, offer_id: UUID, reason: str = "") -> None:
    """Say no to an offer; its authorisation is voided. Raises NotFound, WrongParty, WrongStatus."""
    require_transaction()
    offer = policies.get_offer_for(actor, offer_id)
    require_and_close(offer, "reject", OfferRejected, actor=actor, reason=reason)


def terms_of(proposal: ProposalView) -> OfferTerms:
    """Return the terms that a contractor proposed; raises InvalidOffer for an hourly price, which is no amount yet."""
    if proposal.price_kind is not PriceKind.FIXED:
        text = "The proposal names an hourly rate. Say the whole amount that you offer."
        raise InvalidOffer([FieldError("/amount", "required", text)])
    milestones = tuple(MilestoneTerms(part.title, part.amount) for part in proposal.milestones)
    return OfferTerms(amount=proposal.price, milestones=milestones)


def _make(actor: Actor, draft: _Draft) -> UUID:
    """Write the offer with its pinned terms and milestones, and start its payment."""
    _check(draft.terms)
    if draft.terms.amount.currency != draft.job.currency:
        text = f"This job is in {draft.job.currency}."
        raise InvalidOffer([FieldError("/amount/currency", "currency", text)])
    if not draft.is_booking:
        _require_contractor(actor, draft.contractor_id)
    require_hireable(draft.contractor_id, draft.job.category)
    offer = _write(actor, draft)
    payment = payments.start_payment(
        actor=actor,
        payer_id=offer.customer_id,
        payee_id=offer.contractor_id,
        amount=due_now(draft.terms, title=draft.job.title),
        purpose_type="offer",
        purpose_id=offer.pk,
        payment_method=draft.payment_method,
        gateway=draft.gateway,
        capture="manual",
        off_session=draft.off_session,
        description=offer.title,
    )
    Offer.objects.filter(pk=offer.pk).update(payment_id=payment.id)
    audit.record(
        actor=actor,
        verb="offer.make",
        target_type="offer",
        target_id=offer.pk,
        detail={
            "amount": draft.terms.amount,
            "funding": draft.terms.funding.shape,
            "expense_cap": draft.terms.expense_cap,
            "contractor_id": draft.contractor_id,
            "job_id": draft.job.id,
        },
    )
    starts_at, ends_at = (offer.starts_at, offer.ends_at) if offer.is_booking else (None, None)
    outbox.publish(OfferCreated(**facts(offer), starts_at=starts_at, ends_at=ends_at), actor=actor)
    return offer.pk


def _check(terms: OfferTerms) -> None:
    parts = enumerate(terms.milestones)
    unpayable = [
        routing.problem_with(terms.amount),
        *(routing.problem_with_part(each.amount, pointer=f"/milestones/{index}/amount") for index, each in parts),
    ]
    if problems := [*(each for each in unpayable if each), *problems_of(terms, now=clock.now())]:
        raise InvalidOffer(problems)
    if problems := [each for each in _unpayable_alone(terms) if each]:
        raise InvalidOffer(problems)


def _unpayable_alone(terms: OfferTerms) -> list[FieldError | None]:
    """Say which parts are too small, or too large, to be a payment of their own where each is one."""
    if terms.funding.shape is FundingShape.UPFRONT:
        return []
    parts = milestones_of(terms, title=DEPOSIT)
    if terms.funding.deposit is None:
        named = [f"/milestones/{index}/amount" for index in range(len(parts))]
    else:
        named = ["/deposit", *(f"/milestones/{index}/amount" for index in range(len(terms.milestones)))]
        named += [] if terms.milestones else ["/deposit"]
    return [routing.problem_with(part.amount, pointer=name) for part, name in zip(parts, named, strict=True)]


def _require_contractor(actor: Actor, contractor_id: UUID) -> None:
    if contractor_id == actor.id:
        raise InvalidOffer([FieldError("/contractor_id", "yourself", "You cannot hire yourself.")])
    contractor = users.actor_of(contractor_id)
    if contractor is None or not contractor.is_contractor:
        raise InvalidInput.at("/contractor_id", "unknown", "There is no such contractor.")
    require_unrestricted(actor, RestrictedAct.POSTING)
    require_not_blocked(actor.known_id(), contractor_id, doing="hire this person")


def _write(actor: Actor, draft: _Draft) -> Offer:
    terms, job = draft.terms, draft.job
    fees = terms_for(
        contractor_id=draft.contractor_id, customer_id=actor.id, category=job.category, amount=terms.amount
    )
    offer = Offer(
        job_id=job.id,
        proposal_id=draft.proposal_id,
        customer_id=actor.known_id(),
        contractor_id=draft.contractor_id,
        title=job.title,
        amount=terms.amount.amount,
        currency=terms.amount.currency,
        message=terms.message,
        expires_at=expiry_of(terms, now=clock.now()),
        starts_at=terms.slot.starts_at if terms.slot else None,
        ends_at=terms.slot.ends_at if terms.slot else None,
        is_booking=draft.is_booking,
        funding=terms.funding.shape,
        expense_cap=terms.expense_cap.amount if terms.expense_cap else 0,
        cancels_by_slot=draft.cancels_by_slot,
        fee_terms=fees.to_json(),
        cancellation_policy=draft.policy,
    )
    try:
        with savepoint():
            offer.save(force_insert=True)
    except IntegrityError as error:
        raise _already_live(actor, draft) from error
    pays_later = terms.funding.balance_due_on
    Milestone.objects.bulk_create(
        Milestone(
            offer=offer,
            position=position,
            title=part.title,
            description=part.description,
            due_on=part.due_on,
            fund_by=pays_later if position > 1 else None,
            amount=part.amount.amount,
            currency=part.amount.currency,
        )
        for position, part in enumerate(milestones_of(terms, title=job.title), start=1)
    )
    return offer


def _already_live(actor: Actor, draft: _Draft) -> OfferAlreadyLive:
    live = Offer.objects.filter(job_id=draft.job.id, contractor_id=draft.contractor_id, customer_id=actor.known_id())
    newest = live.order_by("-pk").first()
    found = OfferStatus(newest.status) if newest else OfferStatus.PENDING
    return OfferAlreadyLive(
        "This contractor already has an offer for this job. Withdraw it to send another.",
        current_status=str(found),
        allowed_actions=OFFER.allowed(found, CUSTOMER),
    )
