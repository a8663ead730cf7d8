"""Change orders and tips against whatever else happens at the same moment, on both engines (ADR 0030)."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from jobsphere.contracts import selectors, services
from jobsphere.contracts.models import ChangeOrder, Milestone, Tip
from jobsphere.contracts.tests.conftest import GOOD_CARD, Deals
from jobsphere.contracts.types import Change, ChangeKind, ContractView
from jobsphere.kit.errors import DomainError
from jobsphere.payments.models import Payment, Refund
from jobsphere.payments.tests.builders import assert_sound_books
from jobsphere.payments.tests.test_races import at_once
from tests.marketplace import usd

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


def cheaper(deals: Deals) -> tuple[ContractView, UUID]:
    """Propose that a milestone costs 200 dollars less; returns the contract and the order."""
    made = deals.contract()
    line = Change(ChangeKind.PRICE, made.milestones[0].id, amount=usd(300_00))
    wish = {"contract_id": made.id, "changes": [line], "reason": "Less to do."}
    return made, deals.do(services.propose_change, deals.pat, **wish)


def accepting(deals: Deals, order_id: UUID) -> Callable[[], Any]:
    return partial(deals.do, services.accept_change, deals.casey, order_id=order_id)


def refunded(contract: ContractView) -> list[int]:
    return sorted(Refund.objects.filter(payment_id=contract.payment_id).values_list("amount", flat=True))


def test_a_change_that_is_accepted_twice_at_once_is_applied_once(deals: Deals, settle: Any) -> None:
    for _ in range(ROUNDS):
        contract, order_id = cheaper(deals)
        results = at_once(accepting(deals, order_id), accepting(deals, order_id))
        settle()
        assert sum(isinstance(each, DomainError) for each in results) == 1
        assert refunded(contract) == [200_00]
        after = selectors.contract(deals.casey, contract.id)
        assert (after.money.protected, after.money.refunded) == (usd(800_00), usd(200_00))
    assert_sound_books()


def test_accepting_against_withdrawing_ends_in_one_of_them(deals: Deals, settle: Any) -> None:
    for _ in range(ROUNDS):
        contract, order_id = cheaper(deals)
        withdrawing = partial(deals.do, services.withdraw_change, deals.pat, order_id=order_id)
        results = at_once(accepting(deals, order_id), withdrawing)
        settle()
        assert sum(isinstance(each, DomainError) for each in results) == 1
        applied = ChangeOrder.objects.get(pk=order_id).status == "applied"
        assert applied == isinstance(results[1], DomainError)
        assert refunded(contract) == ([200_00] if applied else [])
        left = usd(800_00 if applied else 1000_00)
        assert selectors.contract(deals.casey, contract.id).money.protected == left
    assert_sound_books()


def test_accepting_against_cancelling_gives_all_of_it_back_once(deals: Deals, settle: Any) -> None:
    for _ in range(ROUNDS):
        contract, order_id = cheaper(deals)
        wish = {"contract_id": contract.id, "reason": "We move."}
        results = at_once(accepting(deals, order_id), partial(deals.do, services.cancel_contract, deals.casey, **wish))
        settle()
        assert not isinstance(results[1], DomainError)
        assert ChangeOrder.objects.get(pk=order_id).status in ("applied", "withdrawn")
        assert sum(refunded(contract)) == 1000_00
        assert selectors.contract(deals.casey, contract.id).money.protected == usd(0)
    assert_sound_books()


def test_an_agreed_change_that_is_paid_twice_at_once_is_paid_once(deals: Deals, settle: Any) -> None:
    for _ in range(ROUNDS):
        contract = deals.contract()
        wish = {"contract_id": contract.id, "changes": [Change(ChangeKind.ADD, title="Paint", amount=usd(50_00))]}
        order_id = deals.do(services.propose_change, deals.pat, reason="The wall.", **wish)
        accepting(deals, order_id)()
        pay = partial(deals.do, services.fund_change, deals.casey, order_id=order_id, payment_method=GOOD_CARD)
        at_once(pay, pay)
        settle()
        assert Payment.objects.filter(purpose_id=order_id).count() == 1
        assert Milestone.objects.filter(contract_id=contract.id, title="Paint").count() == 1
        assert selectors.contract(deals.casey, contract.id).money.funded == usd(1050_00)
    assert_sound_books()


def test_a_tip_that_is_sent_and_paid_twice_at_once_is_given_once(deals: Deals, settle: Any, post: Any) -> None:
    for number in range(ROUNDS):
        contract = deals.contract()
        body = {"amount": usd(20_00).to_json()}
        send = partial(post, deals.casey, f"contracts/{contract.id}/tips/", body, key=f"thanks-{number}-for-the-tiles")
        answers = at_once(send, send)
        statuses = sorted(each.status_code for each in answers)
        assert statuses in ([201, 201], [201, 409]), "the same answer twice, or the second is told to wait"
        (tip,) = Tip.objects.filter(contract_id=contract.id)
        pay = partial(deals.do, services.fund_tip, deals.casey, tip_id=tip.pk, payment_method=GOOD_CARD)
        at_once(pay, pay)
        settle()
        tip.refresh_from_db()
        assert (tip.status, Payment.objects.filter(purpose_id=tip.pk).count()) == ("paid", 1)
    assert_sound_books()
