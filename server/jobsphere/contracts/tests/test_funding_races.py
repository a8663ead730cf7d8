"""Paying a milestone in against everything else that may happen to it at the same time, on both engines (ADR 0030)."""

from typing import Any

import pytest

from jobsphere.contracts import selectors, services
from jobsphere.contracts.tests.conftest import GOOD_CARD, Deals
from jobsphere.contracts.types import ContractStatus, ContractView, Funding, FundingShape, MilestoneTerms, OfferTerms
from jobsphere.kit.errors import DomainError
from jobsphere.payments.models import Payment
from jobsphere.payments.tests.builders import assert_sound_books
from jobsphere.payments.tests.test_races import at_once
from tests.marketplace import usd
from tests.stories.people import books

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def half_paid(deals: Deals) -> ContractView:
    """Make a contract whose second milestone waits for its money."""
    parts = tuple(MilestoneTerms(f"Part {number}", usd(500_00)) for number in (1, 2))
    terms = OfferTerms(usd(1000_00), parts, funding=Funding(FundingShape.BY_MILESTONE))
    offer_id = deals.offer(terms=terms)
    deals.do(services.accept_offer, deals.pat, offer_id=offer_id)
    contract_id = selectors.offer(deals.pat, offer_id).contract_id
    assert contract_id is not None
    return selectors.contract(deals.casey, contract_id)


def paying(deals: Deals, contract: ContractView) -> Any:
    return lambda: deals.do(
        services.fund_milestone, deals.casey, milestone_id=contract.milestones[1].id, payment_method=GOOD_CARD
    )


def cancelling(deals: Deals, contract: ContractView) -> Any:
    return lambda: deals.do(services.cancel_contract, deals.casey, contract_id=contract.id, reason="We move.")


def test_two_payments_at_once_take_the_money_once(deals: Deals, settle: Any) -> None:
    for _ in range(ROUNDS):
        contract = half_paid(deals)
        at_once(paying(deals, contract), paying(deals, contract))
        settle()
        assert Payment.objects.filter(purpose_id=contract.milestones[1].id).count() == 1
        assert selectors.contract(deals.casey, contract.id).money.funded == usd(1000_00)
    assert_sound_books()


def test_paying_against_cancelling_ends_with_all_of_it_back(deals: Deals, settle: Any) -> None:
    for _ in range(ROUNDS):
        contract = half_paid(deals)
        results = at_once(paying(deals, contract), cancelling(deals, contract))
        settle()
        after = selectors.contract(deals.casey, contract.id)
        assert not isinstance(results[1], DomainError)
        assert after.status is ContractStatus.CANCELLED
        assert after.money.protected == usd(0)
    assert books() == {}
