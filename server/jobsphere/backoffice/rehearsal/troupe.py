"""Two people who exist for rehearsals, and what they do together: a job, a payment, work, a withdrawal, a refund.

They use the verbs that everybody uses, each in a transaction of its own as the edge would open it, so whatever was
ordered for "the next payment" happens to them.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from jobsphere.backoffice.rehearsal import stage
from jobsphere.backoffice.rehearsal.gate import controls, whole_controls
from jobsphere.backoffice.rehearsal.types import Act, Values
from jobsphere.contracts import selectors as contract_reads
from jobsphere.contracts import services as contracts
from jobsphere.contracts.types import Handover, OfferStatus
from jobsphere.db.transactions import edge_transaction
from jobsphere.jobs import services as jobs
from jobsphere.jobs.types import Budget, JobDetails, PriceKind, ProposalDetails
from jobsphere.kit.actor import CONTRACTOR, CUSTOMER, Actor
from jobsphere.kit.errors import DomainError
from jobsphere.kit.money import Money
from jobsphere.payments import selectors as payment_reads
from jobsphere.payments import services as payments
from jobsphere.profiles import services as profiles
from jobsphere.profiles.types import ContractorDetails
from jobsphere.users import passwords
from jobsphere.users import selectors as users
from jobsphere.users import services as people

CURRENCY = "USD"
CATEGORY = "carpenters"
REASON = "The rehearsal calls it off."
#: How far a deal is played.
UNTIL = ("offered", "accepted", "released", "withdrawn", "refunded")

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Troupe:
    """The two of them."""

    customer: Actor
    contractor: Actor


def deal(values: Values) -> Act:
    """Let the two make a deal, as far as they are told; whatever was ordered happens to them."""
    until, price = str(values["until"]), Money(int(values["amount"]) * 100, CURRENCY)

    def act() -> list[str]:
        both = troupe()
        offer = _offer(both, price, str(values["card"]))
        told = [f"Remy offered Robin {price}: {_status(both, offer)}."]
        if until == "offered" or not _goes_on(told, lambda: _accept(both, offer)):
            return told
        steps = {"released": [_release], "withdrawn": [_release, _withdraw], "refunded": [_cancel]}.get(until, [])
        for step in steps:
            if not _goes_on(told, lambda step=step: step(both, offer)):  # type: ignore[misc]
                break
        return told

    return act


def withdraw(values: Values) -> Act:
    """Let the contractor withdraw everything that is in the wallet."""

    def act() -> list[str]:
        told: list[str] = []
        both = troupe()
        _goes_on(told, lambda: _withdraw(both, None))
        return told

    return act


def troupe() -> Troupe:
    """Return the two; the first time they sign up, the contractor with a profile."""
    customer = _person("Remy Rehearsal", "remy@rehearsal.example", CUSTOMER)
    contractor = _person("Robin Rehearsal", "robin@rehearsal.example", CONTRACTOR)
    profile = ContractorDetails(headline="Exists for rehearsals only", categories=(CATEGORY,))
    _do(lambda: profiles.save_contractor_profile(actor=contractor, details=profile))
    return Troupe(customer, contractor)


def _person(name: str, email: str, role: str) -> Actor:
    found = users.find_person(email=email)
    user_id = found.id if found else _sign_up(name, email, role)
    actor = users.actor_of(user_id)
    assert actor is not None
    return actor


def _sign_up(name: str, email: str, role: str) -> UUID:
    """Make a login that nobody can use: its password is thrown away."""
    hashed = passwords.hash_password(secrets.token_urlsafe(32))
    user_id = _do(
        lambda: people.create_person(name=name, email=email, password_hash=hashed, roles=(role,), verified=True)
    )
    assert user_id is not None
    return user_id


def _offer(both: Troupe, price: Money, card: str) -> UUID:
    details = JobDetails(
        title="Rehearsal: hang a door",
        description="Posted by a rehearsal. No door is hung.",
        category=CATEGORY,
        skills=(),
        budget=Budget(PriceKind.FIXED, price, price),
    )
    job = _do(lambda: jobs.create_job(actor=both.customer, details=details))
    proposal = ProposalDetails(price=price, message="As rehearsed.", estimated_days=1)
    proposed = _do(lambda: jobs.submit_proposal(actor=both.contractor, job_id=job, details=proposal))
    offer = _do(
        lambda: contracts.make_offer_on_proposal(actor=both.customer, proposal_id=proposed, payment_method=card)
    )
    stage.settle()
    _prove_identity(both, offer)
    return offer


def _prove_identity(both: Troupe, offer: UUID) -> None:
    """Answer the bank's question, should it ask, and come back to the marketplace."""
    payment = contract_reads.offer(both.customer, offer).payment
    if payment is None or payment.action is None:
        return
    for intent in controls(payment.gateway).objects("payment_intent"):
        if str(payment.id) in (intent.get("metadata") or {}).values() and intent["status"] == "requires_action":
            controls(payment.gateway).answer_challenge(str(intent["id"]))
    _do(lambda: contracts.pay_offer(actor=both.customer, offer_id=offer))
    stage.settle()


def _accept(both: Troupe, offer: UUID) -> str:
    _do(lambda: contracts.accept_offer(actor=both.contractor, offer_id=offer))
    stage.settle()
    shown = contract_reads.offer(both.customer, offer)
    if shown.status is not OfferStatus.ACCEPTED:
        raise _Pause(f"Robin accepted; what became of the payment is not known yet: {shown.status.value}.")
    return f"Robin accepted: {shown.amount} are captured and protected."


def _release(both: Troupe, offer: UUID | None) -> str:
    contract = contract_reads.contract(both.customer, _contract(both, offer))
    for milestone in contract.milestones:
        _work(both, milestone.id)
    stage.settle()
    return f"The work was approved: {_purse(both)} can be withdrawn."


def _work(both: Troupe, part: UUID) -> None:
    work = Handover(note="As rehearsed.")
    _do(lambda: contracts.start_milestone(actor=both.contractor, milestone_id=part))
    _do(lambda: contracts.submit_milestone(actor=both.contractor, milestone_id=part, work=work))
    _do(lambda: contracts.release_milestone(actor=both.customer, milestone_id=part))


def _withdraw(both: Troupe, offer: UUID | None) -> str:
    _connect_bank(both.contractor)
    amount = _purse(both)
    if not amount:
        raise _Pause("Nothing can be withdrawn yet: what was earned is clearing. Move the clock.")
    _do(lambda: payments.request_withdrawal(actor=both.contractor, amount=amount))
    stage.settle()
    return f"Robin withdrew {amount}."


def _cancel(both: Troupe, offer: UUID | None) -> str:
    contract = _contract(both, offer)
    _do(lambda: contracts.cancel_contract(actor=both.customer, contract_id=contract, reason=REASON))
    stage.settle()
    refunded = contract_reads.contract(both.customer, contract).money.refunded
    return f"Remy cancelled before the work began: {refunded} go back to the card."


def _connect_bank(contractor: Actor) -> None:
    """Complete the gateway's onboarding, unless that was done before."""
    if payment_reads.payee(contractor).connected and payment_reads.payee(contractor).payouts_enabled:
        return
    view = _do(lambda: payments.connect_payee(actor=contractor))
    at = whole_controls(view.gateway)
    for account in at.objects("account"):
        if not account["details_submitted"] and str(contractor.id) in (account.get("metadata") or {}).values():
            at.complete_onboarding(str(account["id"]), holder=contractor.name)
    _do(lambda: payments.refresh_payee(actor=contractor))
    stage.settle()


def _contract(both: Troupe, offer: UUID | None) -> UUID:
    assert offer is not None
    contract = contract_reads.offer(both.customer, offer).contract_id
    assert contract is not None
    return contract


def _purse(both: Troupe) -> Money:
    return payment_reads.wallet(both.contractor).available(CURRENCY)


def _status(both: Troupe, offer: UUID) -> str:
    shown = contract_reads.offer(both.customer, offer)
    why = f" ({shown.payment.failure_code.replace('_', ' ')})" if shown.payment and shown.payment.failure_code else ""
    return f"{shown.status.value.replace('_', ' ')}{why}"


class _Pause(Exception):
    """The deal stands still here; the text says why."""


def _goes_on(told: list[str], step: Callable[[], str]) -> bool:
    """Take a step and tell of it; False when the deal stands still, refused or waiting."""
    try:
        told.append(step())
    except _Pause as pause:
        told.append(str(pause))
        return False
    except DomainError as refusal:
        told.append(f"Refused ({refusal.code}): {refusal.detail}")
        return False
    return True


def _do(verb: Callable[[], Result]) -> Result:
    """Do one verb in a transaction of its own."""
    with edge_transaction():
        return verb()
