"""Amounts that no card can pay are refused before anything is written; shares are whole steps of the currency."""

import pytest

from jobsphere.contracts import selectors, services
from jobsphere.contracts.types import MilestoneTerms, OfferTerms
from jobsphere.jobs.types import Budget, PriceKind
from jobsphere.kit.money import Money
from jobsphere.ledger import checks
from jobsphere.payments.models import GatewayOperation
from tests.marketplace import make_job

pytestmark = pytest.mark.django_db(transaction=True)


def job_in(actor, currency):
    """Post a job in another currency."""
    return make_job(actor, budget=Budget(PriceKind.FIXED, Money(1_000, currency), Money(900_000, currency)))


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        (49, "USD", "amount-too-small"),
        (10**9, "USD", "amount-too-large"),
        (5_124, "KWD", "amount-step"),
        (49, "JPY", "amount-too-small"),
    ],
)
def test_an_amount_that_nobody_can_pay_is_refused_and_nothing_changes(deals, post, unchanged, amount, currency, code):
    job_id = job_in(deals.casey, currency)
    before = unchanged()
    body = {
        "job_id": str(job_id),
        "contractor_id": str(deals.pat.id),
        "amount": {"amount": amount, "currency": currency},
        "payment_method": "pm_card_visa",
    }
    answer = post(deals.casey, "offers/", body)
    assert answer.status_code == 400
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [("/amount", code)]
    assert unchanged() == before


def test_a_milestone_that_could_not_be_given_back_is_refused(deals, post, unchanged):
    job_id = job_in(deals.casey, "KWD")
    before = unchanged()
    parts = [
        {"title": name, "amount": {"amount": amount, "currency": "KWD"}}
        for name, amount in [("A", 5_124), ("B", 4_876)]
    ]
    body = {
        "job_id": str(job_id),
        "contractor_id": str(deals.pat.id),
        "amount": {"amount": 10_000, "currency": "KWD"},
        "milestones": parts,
    }
    answer = post(deals.casey, "offers/", body)
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/milestones/0/amount", "/milestones/1/amount"]
    assert unchanged() == before


@pytest.mark.parametrize(
    ("amount", "currency"), [(50, "USD"), (55, "USD"), (9_99, "USD"), (101, "JPY"), (5_120, "KWD"), (5_130, "KWD")]
)
@pytest.mark.parametrize("back", [None, 7])
def test_odd_amounts_are_paid_cancelled_and_refunded_to_the_last_unit(deals, settle, amount, currency, back):
    offer_id = deals.offer(
        job_id=job_in(deals.casey, currency),
        terms=OfferTerms(Money(amount, currency), (MilestoneTerms("All", Money(amount, currency)),)),
    )
    deals.do(services.accept_offer, deals.pat, offer_id=offer_id)
    contract_id = selectors.offer(deals.pat, offer_id).contract_id
    assert contract_id is not None
    milestone = selectors.contract(deals.pat, contract_id).milestones[0]
    deals.do(services.start_milestone, deals.pat, milestone_id=milestone.id)
    if back:
        part = Money(back, currency)
        deals.do(services.refund_milestone, deals.pat, milestone_id=milestone.id, reason="A gift.", amount=part)
    deals.do(services.cancel_contract, deals.casey, contract_id=contract_id, reason="Not needed any more.")
    settle()
    assert set(GatewayOperation.objects.values_list("status", flat=True)) == {"succeeded"}
    assert [str(each) for found in checks.run().values() for each in found] == []


def test_what_cancelling_rounds_is_said_beforehand(deals, post):
    offer_id = deals.offer(job_id=job_in(deals.casey, "KWD"), terms=OfferTerms(Money(5_130, "KWD")))
    deals.do(services.accept_offer, deals.pat, offer_id=offer_id)
    contract_id = selectors.offer(deals.pat, offer_id).contract_id
    assert contract_id is not None
    milestone = selectors.contract(deals.pat, contract_id).milestones[0]
    deals.do(services.start_milestone, deals.pat, milestone_id=milestone.id)
    preview = post(deals.casey, f"contracts/{contract_id}/", method="get").json()["if_cancelled"]
    assert (preview["refund"]["amount"], preview["rounding"]["amount"]) == (2_310, 0)
