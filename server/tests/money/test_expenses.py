"""Expenses over HTTP: a receipt, a cap both agreed on, paid whole, and back only by staff or the bank (ADR 0030)."""

from datetime import timedelta
from typing import Any

import pytest

from jobsphere.contracts.tasks import lapse_expenses
from jobsphere.invoices.models import Invoice
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.payments.gateways.registry import get_controls
from tests.money.deals import Staff
from tests.money.test_change_orders import START, Changing
from tests.money.test_funding import PARTS
from tests.openapi.strangers import Outsider, upload
from tests.stories.people import CARD_WITH_3DS, GOOD_CARD, books, dollars


class Spending(Changing):
    """A contract whose contractor buys things for it."""

    def agrees_on_cap(self, amount: int) -> None:
        order = self.proposes(self.contractor, {"kind": "expenses", "amount": dollars(amount)})
        self.answers(self.customer, "accept", order)

    def claims(self, amount: int, *, what: str = "Pipe and glue", expect: int = 201, **body: Any) -> Any:
        receipts = [upload(self.contractor)["id"]]
        today = clock.now().date().isoformat()
        claim = {"amount": dollars(amount), "what": what, "spent_on": today, "file_ids": receipts, **body}
        answer = self.contractor.post(f"contracts/{self.contract_id}/expenses/", claim, expect=expect)
        self.settle()
        return answer

    def pays_expense(self, expense: Any, card: str = GOOD_CARD, *, expect: int = 201, who: Any = None) -> Any:
        body = {"purpose": {"type": "expense", "id": expense["id"]}, "payment_method": card}
        answer = (who or self.customer).post("payments/create-intent", body, expect=expect)
        self.settle()
        return answer

    def expenses(self, viewer: Any = None) -> Any:
        return self.contract(viewer)["expenses"]

    def later(self, **time: float) -> None:
        clock.set_offset(clock.offset() + timedelta(**time))
        lapse_expenses()
        self.settle()


@pytest.fixture
def deal(transactional_db: None, sandbox: Any, taxonomy: None, settle: Any) -> Spending:
    """A contract of $1000, all paid in, with a cap of $100 on expenses."""
    spending = Spending(settle, milestones=PARTS)
    spending.agrees_on_cap(100)
    return spending


PAID = {**START, "gateway": 1040, "wallet": 40}


def test_an_approved_expense_is_paid_whole_and_documented_without_commission(
    deal: Spending, ada: Actor, client_for: Any
) -> None:
    before = Invoice.objects.count()
    expense = deal.claims(40)
    assert "An expense of $40.00 is claimed" in deal.told(deal.customer)
    (shown,) = deal.expenses(deal.customer)["claims"]
    assert (shown["status"], shown["allowed_actions"]) == ("claimed", ["decline", "fund"])
    assert deal.customer.client.get(shown["receipts"][0]["url"]).status_code == 200
    assert deal.expenses()["left"] == dollars(60)
    assert books() == START

    deal.pays_expense(expense, expect=403, who=deal.contractor)
    payment = deal.pays_expense(expense, CARD_WITH_3DS)
    assert books() == START
    deal.confirms(payment)
    assert books() == PAID
    assert "Your expense of $40.00 is paid" in deal.told(deal.contractor)
    assert deal.expenses()["claims"][0]["status"] == "paid"
    assert deal.contract()["money"]["protected"] == dollars(1000)
    (paper,) = Invoice.objects.order_by("pk")[before:]
    assert (paper.kind, paper.gross) == ("work", 40_00)

    deal.pays_expense(expense, expect=409)
    deal.contractor.post(f"expenses/{expense['id']}/refund/", {"reason": "Bought twice."}, expect=403)
    assert books() == PAID
    Staff(ada, client_for(ada)).post(f"expenses/{expense['id']}/refund/", {"reason": "It was bought twice."})
    deal.settle()
    assert books() == START
    assert deal.expenses()["claims"][0]["refunded"] == dollars(40)
    assert "An expense of $40.00 is given back" in deal.told(deal.customer)


def test_a_claim_needs_a_cap_a_receipt_and_room(deal: Spending) -> None:
    assert deal.claims(101, expect=400)["errors"][0]["code"] == "over-the-cap"
    assert deal.claims(10, file_ids=[], expect=400)["errors"][0]["pointer"].startswith("/file_ids")
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    assert deal.claims(10, spent_on=tomorrow, expect=400)["errors"][0]["code"] == "future"
    deal.customer.post(
        f"contracts/{deal.contract_id}/expenses/",
        {"amount": dollars(5), "what": "Mine", "spent_on": "2026-01-01", "file_ids": [upload(deal.customer)["id"]]},
        expect=403,
    )
    assert deal.expenses()["claims"] == []
    deal.claims(60)
    assert deal.claims(41, expect=400)["errors"][0]["code"] == "over-the-cap"
    lower = {"kind": "expenses", "amount": dollars(100)}
    deal.proposes(deal.customer, lower, expect=400)
    deal.agrees_on_cap(150)
    deal.claims(41)
    assert deal.expenses()["left"] == dollars(49)
    assert books() == START


def test_a_declined_expense_says_why_and_frees_its_room(deal: Spending) -> None:
    expense = deal.claims(100)
    deal.customer.post(f"expenses/{expense['id']}/decline/", {"reason": ""}, expect=400)
    deal.contractor.post(f"expenses/{expense['id']}/decline/", {"reason": "Not mine to say."}, expect=403)
    assert deal.expenses()["left"] == dollars(0)
    deal.customer.post(f"expenses/{expense['id']}/decline/", {"reason": "This is for another job."})
    deal.settle()
    (shown,) = deal.expenses()["claims"]
    assert (shown["status"], shown["answer"]) == ("declined", "This is for another job.")
    assert deal.expenses()["left"] == dollars(100)
    deal.pays_expense(expense, expect=409)
    withdrawn = deal.claims(20)
    deal.customer.post(f"expenses/{withdrawn['id']}/withdraw/", expect=403)
    deal.contractor.post(f"expenses/{withdrawn['id']}/withdraw/")
    assert deal.expenses()["left"] == dollars(100)
    assert books() == START


def test_silence_is_reminded_of_and_lapses_after_a_week(deal: Spending) -> None:
    expense = deal.claims(40)
    deal.later(days=5, minutes=1)
    deal.later(minutes=1)
    assert deal.told(deal.customer).count("An expense of $40.00 waits for your answer") == 1
    assert deal.expenses()["claims"][0]["status"] == "claimed"
    deal.later(days=2)
    assert deal.expenses()["claims"][0]["status"] == "lapsed"
    assert "Nobody answered the expense of $40.00" in deal.told(deal.contractor)
    deal.pays_expense(expense, expect=409)
    assert deal.expenses()["left"] == dollars(100)
    assert books() == START


def test_a_payment_that_comes_after_the_claim_has_ended_goes_back(deal: Spending) -> None:
    expense = deal.claims(40)
    payment = deal.pays_expense(expense, CARD_WITH_3DS)
    deal.contractor.post(f"expenses/{expense['id']}/withdraw/")
    get_controls().answer_challenge(payment["action"]["client_secret"].split("_secret_")[0], passed=True)
    deal.settle()
    assert deal.expenses()["claims"][0]["status"] == "withdrawn"
    assert books() == START


def test_a_bank_that_takes_an_expense_back_takes_it_from_the_contractor_and_freezes_nothing(deal: Spending) -> None:
    deal.pays_expense(deal.claims(40))
    dispute = get_controls().open_dispute(get_controls().objects("payment_intent")[-1]["id"])
    deal.settle()
    assert deal.contract()["disputed_at"] is None
    get_controls().close_dispute(dispute, won=False)
    deal.settle()
    assert books() == {**START, "gateway": 1000 - 15, "gateway_fee": 15}


def test_nothing_is_paid_while_the_contract_is_held_and_nobody_else_sees_it(
    deal: Spending, ada: Actor, client_for: Any
) -> None:
    expense = deal.claims(40)
    omar = Outsider()
    receipt = deal.expenses()["claims"][0]["receipts"][0]["url"]
    assert omar.client.get(receipt).status_code == 404
    for verb in ("decline", "withdraw", "refund"):
        omar.post(f"expenses/{expense['id']}/{verb}/", {"reason": "I am curious."}, expect=404)
    Staff(ada, client_for(ada)).post(f"contracts/{deal.contract_id}/hold/", {"reason": "A question."})
    assert "fund" not in deal.expenses(deal.customer)["claims"][0]["allowed_actions"]
    assert deal.pays_expense(expense, expect=409)["code"] == "contract-held"
    assert books() == START


def test_receipts_come_for_some_weeks_after_the_end(deal: Spending) -> None:
    for number in (0, 1):
        deal.does(number)
        deal.approves(number)
    deal.settle()
    assert "claim_expense" in deal.contract()["allowed_actions"]
    deal.pays_expense(deal.claims(40))
    assert books() == {"gateway": 1040, "revenue_platform_fee": 100, "revenue_service_fee": 200, "wallet": 740}
    clock.set_offset(clock.offset() + timedelta(days=31))
    assert "claim_expense" not in deal.contract()["allowed_actions"]
    assert deal.claims(10, expect=409)["code"] == "too-late-to-claim"
