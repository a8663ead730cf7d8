"""Claims and answers that meet each other, on both engines: the cap holds, and money moves once (ADR 0030)."""

from functools import partial
from typing import Any
from uuid import UUID

import pytest

from jobsphere.contracts import selectors, services
from jobsphere.contracts.models import Contract, Expense
from jobsphere.contracts.tests.conftest import GOOD_CARD, Deals
from jobsphere.kit import clock
from jobsphere.kit.errors import DomainError, InvalidInput
from jobsphere.payments.models import Payment
from jobsphere.payments.tests.builders import assert_sound_books
from jobsphere.payments.tests.test_races import at_once
from tests.marketplace import usd

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def capped(deals: Deals) -> UUID:
    made = deals.contract()
    Contract.objects.filter(pk=made.id).update(expense_cap=100_00)
    return made.id


def claiming(deals: Deals, contract_id: UUID, file_id: str, amount: int = 60_00) -> Any:
    claim = {"amount": usd(amount), "what": "Pipe", "spent_on": clock.now().date(), "file_ids": [UUID(file_id)]}
    return lambda: deals.do(services.claim_expense, deals.pat, contract_id=contract_id, **claim)


def test_two_claims_at_once_never_pass_the_cap(deals: Deals, upload: Any) -> None:
    for _ in range(ROUNDS):
        contract_id = capped(deals)
        receipts = [upload(deals.pat)["id"] for _ in range(2)]
        results = at_once(*(claiming(deals, contract_id, each) for each in receipts))
        assert sum(isinstance(each, InvalidInput) for each in results) == 1
        (row,) = Expense.objects.filter(contract_id=contract_id)
        assert row.amount == 60_00


def test_two_payments_at_once_pay_an_expense_once(deals: Deals, upload: Any, settle: Any) -> None:
    for _ in range(ROUNDS):
        contract_id = capped(deals)
        expense_id = claiming(deals, contract_id, upload(deals.pat)["id"])()
        pay = {"expense_id": expense_id, "payment_method": GOOD_CARD}
        at_once(*[partial(deals.do, services.fund_expense, deals.casey, **pay)] * 2)
        settle()
        assert Payment.objects.filter(purpose_id=expense_id).count() == 1
        assert Expense.objects.get(pk=expense_id).status == "paid"
    assert_sound_books()


def test_paying_against_withdrawing_pays_it_or_gives_all_of_it_back(deals: Deals, upload: Any, settle: Any) -> None:
    for _ in range(ROUNDS):
        contract_id = capped(deals)
        expense_id = claiming(deals, contract_id, upload(deals.pat)["id"])()
        pay = {"expense_id": expense_id, "payment_method": GOOD_CARD}
        withdrawing = partial(deals.do, services.withdraw_expense, deals.pat, expense_id=expense_id)
        results = at_once(partial(deals.do, services.fund_expense, deals.casey, **pay), withdrawing)
        settle()
        row = Expense.objects.get(pk=expense_id)
        assert row.status in ("paid", "withdrawn")
        assert (row.status == "paid") == isinstance(results[1], DomainError)
        assert (row.hold_id is not None) == (row.status == "paid")
        assert selectors.contract(deals.casey, contract_id).money.protected == usd(1000_00)
    assert_sound_books()
