"""Change orders over HTTP: who pays and gets what, and when it takes effect (ADR 0030)."""

from datetime import timedelta
from typing import Any

import pytest

from jobsphere.contracts.tasks import expire_changes
from jobsphere.kit import clock
from jobsphere.payments.gateways.registry import get_controls
from tests.money.test_funding import PARTS, Shaped
from tests.stories.people import CARD_WITH_3DS, GOOD_CARD, books, dollars

#: $400 and $600, all paid in.
START = {"gateway": 1000, "escrow": 900, "revenue_platform_fee": 100}


class Changing(Shaped):
    """A contract whose two sides change their minds."""

    def proposes(self, who: Any, *changes: dict[str, Any], expect: int = 201) -> Any:
        body = {"changes": list(changes), "reason": "The wall is wet."}
        answer = who.post(f"contracts/{self.contract_id}/change-orders/", body, expect=expect)
        self.settle()
        return answer

    def answers(self, who: Any, verb: str, order: Any, *, expect: int = 200) -> Any:
        answer = who.post(f"change-orders/{order['id']}/{verb}/", expect=expect)
        self.settle()
        return answer

    def pays_change(self, order: Any, card: str = GOOD_CARD, *, expect: int = 201) -> Any:
        purpose = {"type": "change", "id": order["id"]}
        body = {"purpose": purpose, "payment_method": card}
        answer = self.customer.post("payments/create-intent", body, expect=expect)
        self.settle()
        return answer

    def price(self, number: int, amount: int) -> dict[str, Any]:
        return {"kind": "price", "milestone_id": self.part(number)["id"], "amount": dollars(amount)}

    def order(self) -> Any:
        return self.customer.get(f"contracts/{self.contract_id}/change-orders/")["results"][0]


@pytest.fixture
def deal(transactional_db: None, sandbox: Any, taxonomy: None, settle: Any) -> Changing:
    """A contract of $400 and $600, all paid in."""
    return Changing(settle, milestones=PARTS)


def test_a_change_that_costs_more_takes_effect_once_the_difference_is_held(deal: Changing) -> None:
    order = deal.proposes(
        deal.contractor, deal.price(0, 500), {"kind": "add", "title": "Dry the wall", "amount": dollars(150)}
    )
    assert (order["pay"], order["back"], order["later"]["amount"]) == (dollars(250), {**dollars(0)}, 0)
    assert [(each["was"], each["amount"]) for each in order["changes"]] == [
        (dollars(400), dollars(500)),
        (None, dollars(150)),
    ]
    assert "A change to “Renovate the bathroom” is proposed" in deal.told(deal.customer)
    deal.answers(deal.contractor, "accept", order, expect=403)
    deal.pays_change(order, expect=409)
    deal.proposes(deal.customer, deal.price(1, 500), expect=409)
    assert books() == START

    agreed = deal.answers(deal.customer, "accept", order)
    assert (agreed["change_order"]["status"], agreed["change_order"]["allowed_actions"]) == (
        "agreed",
        ["fund", "withdraw"],
    )
    assert len(agreed["milestones"]) == 2
    payment = deal.pays_change(order, CARD_WITH_3DS)
    assert books() == START
    deal.confirms(payment)
    assert books() == {"gateway": 1250, "escrow": 1125, "revenue_platform_fee": 125}
    contract = deal.contract()
    assert (contract["amount"], contract["change_order"]) == (dollars(1250), None)
    assert [(each["title"], each["amount"], each["status"]) for each in contract["milestones"]] == [
        ("First", dollars(400), "funded"),
        ("Second", dollars(600), "funded"),
        ("First (extra)", dollars(100), "funded"),
        ("Dry the wall", dollars(150), "funded"),
    ]
    for number in range(4):
        deal.does(number)
        deal.approves(number)
    assert books() == {"gateway": 1250, "revenue_platform_fee": 125, "revenue_service_fee": 250, "wallet": 875}
    assert deal.contract()["status"] == "completed"


def test_a_change_that_costs_less_is_applied_at_once_and_the_difference_goes_back_with_its_fee(deal: Changing) -> None:
    order = deal.proposes(deal.customer, deal.price(0, 300), {"kind": "remove", "milestone_id": deal.part(1)["id"]})
    assert (order["pay"]["amount"], order["back"]) == (0, dollars(700))
    contract = deal.answers(deal.contractor, "accept", order)
    assert [(each["status"], each["money"]["refunded"]) for each in contract["milestones"]] == [
        ("funded", dollars(100)),
        ("refunded", dollars(600)),
    ]
    assert books() == {"gateway": 300, "escrow": 270, "revenue_platform_fee": 30}
    assert deal.order()["status"] == "applied"
    deal.does(0)
    deal.approves(0)
    assert books() == {"gateway": 300, "revenue_platform_fee": 30, "revenue_service_fee": 60, "wallet": 210}


def test_what_is_not_paid_in_yet_changes_without_money_and_an_old_payment_of_it_goes_back(
    transactional_db: None, sandbox: Any, taxonomy: None, settle: Any
) -> None:
    deal = Changing(settle, funding="by_milestone", milestones=PARTS)
    old = deal.pays(1, CARD_WITH_3DS)
    order = deal.proposes(deal.customer, deal.price(1, 800), {"kind": "add", "title": "Paint", "amount": dollars(200)})
    assert (order["pay"]["amount"], order["later"]) == (0, dollars(400))
    deal.answers(deal.contractor, "accept", order)
    get_controls().answer_challenge(old["action"]["client_secret"].split("_secret_")[0], passed=True)
    deal.settle()
    assert books() == {"gateway": 400, "escrow": 360, "revenue_platform_fee": 40}
    money = deal.contract(deal.customer)["money"]
    assert (money["unfunded"], deal.contract()["amount"]) == (dollars(1000), dollars(1400))
    assert deal.pays(1)["amount"] == dollars(800)
    deal.settle()
    assert books() == {"gateway": 1200, "escrow": 1080, "revenue_platform_fee": 120}


def test_a_difference_that_comes_after_the_contract_changed_or_ended_goes_back(deal: Changing) -> None:
    order = deal.proposes(deal.contractor, deal.price(0, 500))
    deal.answers(deal.customer, "accept", order)
    payment = deal.pays_change(order, CARD_WITH_3DS)
    deal.does(0)
    deal.approves(0)
    get_controls().answer_challenge(payment["action"]["client_secret"].split("_secret_")[0], passed=True)
    deal.settle()
    assert deal.order()["status"] == "expired"
    assert books() == {
        "gateway": 1000,
        "escrow": 540,
        "revenue_platform_fee": 100,
        "revenue_service_fee": 80,
        "wallet": 280,
    }

    second = deal.proposes(deal.contractor, {"kind": "add", "title": "Paint", "amount": dollars(200)})
    deal.customer.post(f"contracts/{deal.contract_id}/cancel/", {"reason": "We move away."})
    assert deal.order()["status"] == "withdrawn"
    deal.answers(deal.customer, "accept", second, expect=409)
    books()


def test_a_change_is_declined_withdrawn_or_expires_and_the_contract_stays_as_it_was(deal: Changing) -> None:
    before = deal.contract()["milestones"]
    deal.answers(deal.customer, "decline", deal.proposes(deal.contractor, deal.price(0, 500)))
    deal.answers(deal.contractor, "withdraw", deal.proposes(deal.contractor, deal.price(0, 500)))
    agreed = deal.proposes(deal.contractor, deal.price(0, 500))
    deal.answers(deal.customer, "accept", agreed)
    for _ in range(2):
        clock.set_offset(clock.offset() + timedelta(days=8))
        expire_changes()
    deal.settle()
    found = deal.customer.get(f"contracts/{deal.contract_id}/change-orders/")["results"]
    assert [each["status"] for each in found] == ["expired", "withdrawn", "declined"]
    assert (deal.contract()["milestones"], books()) == (before, START)


def test_lines_that_cannot_be_are_named_and_change_nothing(deal: Changing) -> None:
    deal.contractor.post(f"milestones/{deal.part(0)['id']}/start/")
    wrong: list[tuple[dict[str, Any], str]] = [
        (deal.price(0, 400), "/changes/0/amount"),
        ({"kind": "remove", "milestone_id": deal.part(0)["id"]}, "/changes/0"),
        ({"kind": "add", "amount": dollars(5)}, "/changes/0/title"),
        ({"kind": "date", "milestone_id": deal.part(0)["id"]}, "/changes/0/due_on"),
        ({"kind": "remove", "milestone_id": deal.contract_id}, "/changes/0/milestone_id"),
    ]
    for line, pointer in wrong:
        answer = deal.proposes(deal.customer, line, expect=400)
        assert [each["pointer"] for each in answer["errors"]] == [pointer]
    assert deal.customer.get(f"contracts/{deal.contract_id}/change-orders/")["results"] == []
    assert books() == START


def test_where_milestones_are_paid_one_by_one_a_change_takes_money_for_what_runs_and_not_for_what_is_added(
    transactional_db: None, sandbox: Any, taxonomy: None, settle: Any
) -> None:
    deal = Changing(settle, funding="by_milestone", milestones=PARTS)
    order = deal.proposes(
        deal.contractor, {"kind": "add", "title": "Dry the wall", "amount": dollars(150)}, deal.price(0, 500)
    )
    assert (order["pay"], order["later"]) == (dollars(100), dollars(150))
    deal.answers(deal.customer, "accept", order)
    deal.pays_change(order)
    assert deal.order()["status"] == "applied"
    assert books() == {"gateway": 500, "escrow": 450, "revenue_platform_fee": 50}
    assert [(each["title"], each["amount"], each["status"]) for each in deal.contract()["milestones"]] == [
        ("First", dollars(400), "funded"),
        ("Second", dollars(600), "pending"),
        ("Dry the wall", dollars(150), "pending"),
        ("First (extra)", dollars(100), "funded"),
    ]
