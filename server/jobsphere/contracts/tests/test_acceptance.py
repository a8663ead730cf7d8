"""What happens around the moment when an offer becomes a contract: rivals, jobs and proposals that end, late money."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from jobsphere.contracts import selectors, services
from jobsphere.contracts.errors import JobTaken, OfferBeingAccepted, OfferTooLate
from jobsphere.contracts.events import OfferAccepted
from jobsphere.contracts.tasks import expire_offers
from jobsphere.contracts.tests.conftest import Deals
from jobsphere.contracts.types import Handover, MilestoneTerms, OfferTerms
from jobsphere.db.transactions import NoTransactionError
from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.services import use_preset
from jobsphere.jobs import selectors as jobs_read
from jobsphere.jobs import services as jobs
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import WrongStatus
from jobsphere.ledger import selectors as ledger
from jobsphere.outbox.types import event_type
from tests.marketplace import make_job, make_profile, make_proposal, usd

Settle = Callable[[], None]


def ends(deals: Deals, offer_id: Any) -> tuple[str, str, str]:
    """Return status, payment detail and reason of an offer."""
    view = selectors.offer(deals.casey, offer_id)
    assert view.payment is not None
    return view.status.value, view.payment.detail.value, view.closed_reason


def test_a_verb_outside_a_transaction_is_a_bug_and_does_nothing(deals: Deals, unchanged: Callable[[], Any]):
    offer_id = deals.offer()
    before = unchanged()
    with pytest.raises(NoTransactionError):
        services.accept_offer(actor=deals.pat, offer_id=offer_id)
    assert unchanged() == before


def test_one_acceptance_does_everything_at_once(deals: Deals, casey: Actor, pat: Actor, sam: Actor, settle: Settle):
    job = make_job(casey)
    for person in (pat, sam):
        make_profile(person)
    pats, sams = make_proposal(pat, job), make_proposal(sam, job)
    with_proposal = deals.do(services.make_offer_on_proposal, casey, proposal_id=pats, payment_method="pm_card_visa")
    rivals_offer = deals.offer(sam, job_id=job)
    deals.do(services.accept_offer, pat, offer_id=with_proposal)

    view = selectors.offer(pat, with_proposal)
    assert view.status == "accepted"
    contract = selectors.contract(pat, view.contract_id)  # type: ignore[arg-type]
    assert (contract.status, [each.status for each in contract.milestones]) == ("active", ["funded"])
    (hold,) = escrow.holds_of_contract(contract.id)
    assert (hold.held, hold.platform_fee, hold.milestone_id) == (usd(90_00), usd(10_00), contract.milestones[0].id)
    job_view = jobs_read.job_for(casey, job)
    assert (job_view.status, job_view.contractor_id) == ("assigned", pat.id)
    assert jobs_read.proposal(casey, pats).status == "accepted"
    assert jobs_read.proposal(casey, sams).status == "rejected"
    settle()
    assert ends(deals, rivals_offer)[:2] == ("withdrawn", "voided")
    assert event_type("offer.accepted") is OfferAccepted


def test_a_second_acceptance_of_the_job_is_refused_while_the_first_is_under_way(
    deals: Deals, casey: Actor, pat: Actor, sam: Actor, sandbox: Any, settle: Settle, unchanged: Callable[[], Any]
):
    job = make_job(casey)
    first, second = deals.offer(pat, job_id=job), deals.offer(sam, job_id=job)
    sandbox.go_down()
    deals.do(services.accept_offer, pat, offer_id=first)
    before = unchanged()
    with pytest.raises(JobTaken) as refusal:
        deals.do(services.accept_offer, sam, offer_id=second)
    assert refusal.value.fields == {"current_status": "pending", "allowed_actions": ["accept", "reject"]}
    with pytest.raises(OfferBeingAccepted):
        deals.do(jobs.cancel_job, casey, job_id=job)
    with pytest.raises(WrongStatus):
        deals.do(services.reject_offer, pat, offer_id=first)
    assert unchanged() == before
    assert ends(deals, second)[0] == "pending", "it may still have its turn"

    sandbox.come_back()
    sandbox.decline("generic_decline", "POST /v1/payment_intents/*/capture")
    with clock.travel(timedelta(hours=1)):
        settle()
        assert ends(deals, first)[0] == "declined_by_gateway"
        deals.do(services.accept_offer, sam, offer_id=second)
    assert ends(deals, second)[0] == "accepted"


def test_a_job_that_is_cancelled_takes_its_offers_with_it(deals: Deals, casey: Actor, sam: Actor, settle: Settle):
    job = make_job(casey)
    pending = deals.offer(job_id=job)
    unpaid = deals.offer(sam, job_id=job, payment_method="pm_card_threeDSecureRequired")
    deals.do(jobs.cancel_job, casey, job_id=job)
    settle()
    assert ends(deals, pending) == ("withdrawn", "voided", "The job was cancelled.")
    assert ends(deals, unpaid) == ("withdrawn", "voided", "The job was cancelled.")


def test_a_proposal_that_is_withdrawn_takes_the_offer_on_it_along(
    deals: Deals, casey: Actor, pat: Actor, settle: Settle
):
    make_profile(pat)
    proposal = make_proposal(pat, make_job(casey))
    offer_id = deals.do(services.make_offer_on_proposal, casey, proposal_id=proposal, payment_method="pm_card_visa")
    deals.do(jobs.withdraw_proposal, pat, proposal_id=proposal)
    settle()
    assert ends(deals, offer_id)[:2] == ("withdrawn", "voided")


def test_money_that_arrives_when_the_job_is_gone_is_refunded(
    deals: Deals, casey: Actor, pat: Actor, sandbox: Any, settle: Settle
):
    job = make_job(casey)
    offer_id = deals.offer(job_id=job)
    sandbox.go_down()
    deals.do(services.accept_offer, pat, offer_id=offer_id)
    with clock.travel(timedelta(days=31)):
        deals.do(lambda actor, job_id: jobs.expire_job(job_id=job_id), pat, job_id=job)
    assert jobs_read.job_for(casey, job).status == "expired"
    sandbox.come_back()
    with clock.travel(timedelta(hours=2)):
        settle()
    assert ends(deals, offer_id)[:2] == ("withdrawn", "refunded")
    assert selectors.contracts(casey).count() == 0
    trial = ledger.trial_balance()
    assert trial.is_zero
    assert [line for line in trial.lines if line.balance] == []
    assert sandbox.balance("usd") == 0


def test_an_authorisation_that_lapses_by_itself_expires_the_offer(
    deals: Deals, casey: Actor, pat: Actor, sandbox: Any, settle: Settle
):
    offer_id = deals.offer()
    sandbox.advance(timedelta(days=8))
    settle()
    assert ends(deals, offer_id)[:2] == ("expired", "lapsed")
    with pytest.raises(WrongStatus):
        deals.do(services.accept_offer, pat, offer_id=offer_id)


def test_an_offer_past_its_time_cannot_be_accepted_before_the_timer_comes_round(
    deals: Deals, pat: Actor, unchanged: Callable[[], Any], settle: Settle
):
    offer_id = deals.offer()
    before = unchanged()
    with clock.travel(timedelta(days=3, seconds=1)):
        with pytest.raises(OfferTooLate):
            deals.do(services.accept_offer, pat, offer_id=offer_id)
        assert unchanged() == before
        expire_offers()
        expire_offers()
        settle()
    assert ends(deals, offer_id)[:2] == ("expired", "voided")


def test_the_fees_of_an_offer_stay_when_the_policy_changes(deals: Deals, ada: Actor, pat: Actor):
    offer_id = deals.offer()
    deals.do(use_preset, ada, preset="simple")
    deals.do(services.accept_offer, pat, offer_id=offer_id)
    accepted = selectors.offer(pat, offer_id)
    assert accepted.fees is not None
    assert accepted.fees.payout == usd(700_00)
    later = selectors.offer(ada, deals.offer())
    assert later.fees is not None
    assert later.fees.payout == usd(900_00)


def test_odd_cents_are_shared_out_so_that_nothing_is_lost(deals: Deals, casey: Actor, pat: Actor, settle: Settle):
    milestones = tuple(MilestoneTerms(f"Third {number}", usd(cents)) for number, cents in enumerate((333, 333, 335)))
    offer_id = deals.offer(terms=OfferTerms(usd(1001), milestones))
    deals.do(services.accept_offer, pat, offer_id=offer_id)
    contract_id = selectors.offer(pat, offer_id).contract_id
    deals.do(services.deliver_contract, pat, contract_id=contract_id, work=Handover("All."))
    deals.do(services.complete_contract, casey, contract_id=contract_id)
    money = selectors.contract(pat, contract_id).money  # type: ignore[arg-type]
    assert money.fees is not None
    assert (money.fees.platform_fee, money.fees.service_fee, money.fees.payout) == (usd(100), usd(200), usd(701))
    assert ledger.trial_balance().is_zero
