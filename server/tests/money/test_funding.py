"""Three shapes of funding over HTTP, step by step as a bookkeeper reads them; and what comes too late (ADR 0030)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from jobsphere.contracts.tasks import remind_to_fund_milestones
from jobsphere.kit import clock
from jobsphere.payments.gateways.registry import get_controls
from tests.stories.people import CARD_WITH_3DS, DECLINED_CARD, GOOD_CARD, Contractor, Customer, books, dollars

#: What one payment of $1000 leaves when all of it is released: every shape ends here.
ENDS = {"gateway": 1000, "revenue_platform_fee": 100, "revenue_service_fee": 200, "wallet": 700}


class Shaped:
    """A contract of $1000 between two people, in a shape of funding."""

    def __init__(self, settle: Callable[[], None], **offer: Any) -> None:
        self.settle, self.customer, self.contractor = settle, Customer(), Contractor()
        proposal = self.contractor.proposes(self.customer.posts_job(), 1000)
        self.offer = self.customer.offers(proposal_id=proposal, amount=dollars(1000), **offer)
        self.reserved = self.offer["payment"]["amount"]["amount"] // 100
        self.contract_id = self.contractor.accepts(self.offer)["contract_id"]
        settle()

    def part(self, number: int) -> Any:
        return self.contract(self.customer)["milestones"][number]

    def contract(self, viewer: Any = None) -> Any:
        return (viewer or self.contractor).get(f"contracts/{self.contract_id}/")

    def pays(self, number: int, card: str = GOOD_CARD, *, expect: int = 201) -> Any:
        """Pay a milestone in, through the same door as an offer."""
        purpose = {"type": "milestone", "id": self.part(number)["id"]}
        body = {"purpose": purpose, "payment_method": card}
        return self.customer.post("payments/create-intent", body, expect=expect)

    def confirms(self, payment: Any, *, passed: bool = True) -> Any:
        get_controls().answer_challenge(payment["action"]["client_secret"].split("_secret_")[0], passed=passed)
        answer = self.customer.post("payments/confirm", {"payment": payment["id"]})
        self.settle()
        return answer

    def does(self, number: int) -> None:
        """Let the contractor work on a milestone and hand it in."""
        self.contractor.post(f"milestones/{self.part(number)['id']}/start/")
        self.contractor.post(f"milestones/{self.part(number)['id']}/submit/", {"note": "Done."})
        self.settle()

    def approves(self, number: int) -> None:
        self.customer.post(f"milestones/{self.part(number)['id']}/release/")

    def told(self, who: Any) -> list[str]:
        return [each["title"] for each in who.get("notifications/")["results"]]


PARTS = [{"title": "First", "amount": dollars(400)}, {"title": "Second", "amount": dollars(600)}]


@pytest.fixture
def by_milestone(transactional_db: None, sandbox: Any, taxonomy: None, settle: Any) -> Shaped:
    """A contract of $400 and $600, of which $400 are paid in."""
    return Shaped(settle, funding="by_milestone", milestones=PARTS)


def test_milestone_by_milestone_each_is_taken_before_its_work_starts(by_milestone: Shaped) -> None:
    deal = by_milestone
    assert deal.reserved == 400
    assert books() == {"gateway": 400, "escrow": 360, "revenue_platform_fee": 40}
    money = deal.contract(deal.customer)["money"]
    assert (money["funded"], money["unfunded"]) == (dollars(400), dollars(600))
    assert (deal.part(1)["status"], deal.part(1)["allowed_actions"], deal.part(1)["money"]) == (
        "pending",
        ["fund"],
        None,
    )

    refused = deal.contractor.post(f"milestones/{deal.part(1)['id']}/start/", expect=409)
    assert (refused["code"], refused["current_status"]) == ("milestone-unfunded", "pending")
    assert "$600.00" in refused["detail"]
    deal.contractor.post(
        "payments/create-intent", {"purpose": {"type": "milestone", "id": deal.part(1)["id"]}}, expect=403
    )
    assert (deal.part(1)["status"], deal.part(1)["payment_id"]) == ("pending", None)

    deal.does(0)
    assert "“Second” waits to be paid in" in deal.told(deal.customer)
    payment = deal.pays(1, CARD_WITH_3DS)
    assert (payment["status"], payment["detail"], bool(payment["action"]["url"])) == (
        "pending",
        "action_required",
        True,
    )
    assert books() == {"gateway": 400, "escrow": 360, "revenue_platform_fee": 40}
    assert deal.confirms(payment)["status"] == "held"
    assert books() == {"gateway": 1000, "escrow": 900, "revenue_platform_fee": 100}
    assert "$600.00 is protected: you can start" in deal.told(deal.contractor)
    assert deal.pays(1, expect=409)["current_status"] == "funded"

    deal.approves(0)
    assert books() == {
        "gateway": 1000,
        "escrow": 540,
        "revenue_platform_fee": 100,
        "revenue_service_fee": 80,
        "wallet": 280,
    }
    assert deal.contract()["status"] == "active"
    deal.does(1)
    deal.approves(1)
    assert books() == ENDS
    assert deal.contract()["status"] == "completed"


def test_a_deposit_is_the_first_milestone_and_the_balance_is_asked_for_before_its_day(
    transactional_db: None, sandbox: Any, taxonomy: None, settle: Any
) -> None:
    due = (clock.now() + timedelta(days=5)).date().isoformat()
    deal = Shaped(settle, funding="deposit", deposit=dollars(300), balance_due_on=due)
    assert (deal.reserved, deal.offer["due_now"]) == (300, dollars(300))
    assert [(each["title"], each["amount"]["amount"], each["fund_by"]) for each in deal.contract()["milestones"]] == [
        ("Deposit", 300_00, None),
        ("Renovate the bathroom", 700_00, due),
    ]
    assert books() == {"gateway": 300, "escrow": 270, "revenue_platform_fee": 30}
    reminder = "“Renovate the bathroom” waits to be paid in"
    remind_to_fund_milestones()
    settle()
    assert reminder not in deal.told(deal.customer)
    clock.set_offset(clock.offset() + timedelta(days=3))
    for _ in range(2):
        remind_to_fund_milestones()
        settle()
    assert deal.told(deal.customer).count(reminder) == 1
    assert deal.pays(1)["status"] == "held"
    assert books() == {"gateway": 1000, "escrow": 900, "revenue_platform_fee": 100}
    for number in (0, 1):
        deal.does(number)
        deal.approves(number)
    assert books() == ENDS


def test_what_was_never_paid_in_leaves_a_cancelled_contract_and_money_that_comes_later_goes_back(
    by_milestone: Shaped,
) -> None:
    payment = by_milestone.pays(1, CARD_WITH_3DS)
    intent = payment["action"]["client_secret"].split("_secret_")[0]
    by_milestone.customer.post(f"contracts/{by_milestone.contract_id}/cancel/", {"reason": "We move away."})
    get_controls().answer_challenge(intent, passed=True)
    by_milestone.settle()
    assert books() == {}
    assert [each["status"] for each in by_milestone.contract()["milestones"]] == ["refunded", "removed"]
    assert by_milestone.customer.get(f"payments/{payment['id']}/")["status"] in ("refunded", "failed")
    by_milestone.pays(1, expect=409)
    assert books() == {}


def test_asked_twice_it_is_one_payment_and_a_declined_card_can_be_followed_by_another(by_milestone: Shaped) -> None:
    first = by_milestone.pays(1, DECLINED_CARD)
    assert first["status"] == "failed"
    by_milestone.settle()
    assert "Your payment failed" in by_milestone.told(by_milestone.customer)
    second = by_milestone.pays(1, CARD_WITH_3DS)
    again = by_milestone.customer.post(
        "payments/create-intent", {"purpose": {"type": "milestone", "id": by_milestone.part(1)["id"]}}, expect=201
    )
    assert second["id"] == again["id"] != first["id"]
    by_milestone.confirms(second)
    assert books() == {"gateway": 1000, "escrow": 900, "revenue_platform_fee": 100}


def test_a_payment_whose_answer_was_lost_is_protected_once_when_it_is_learned(
    by_milestone: Shaped, sandbox: Any
) -> None:
    sandbox.lose_response("POST /v1/payment_intents")
    payment = by_milestone.pays(1, expect=202)
    assert by_milestone.part(1)["status"] == "pending"
    clock.set_offset(clock.offset() + timedelta(minutes=10))
    by_milestone.settle()
    assert by_milestone.customer.get(f"payments/{payment['id']}/")["status"] == "held"
    assert by_milestone.part(1)["status"] == "funded"
    assert books() == {"gateway": 1000, "escrow": 900, "revenue_platform_fee": 100}


def test_a_bank_that_takes_back_one_payment_freezes_the_contract_and_costs_that_milestone(by_milestone: Shaped) -> None:
    by_milestone.pays(1)
    by_milestone.settle()
    intent = get_controls().objects("payment_intent")[-1]["id"]
    dispute = get_controls().open_dispute(intent)
    by_milestone.settle()
    assert by_milestone.contract()["disputed_at"]
    assert "refund" not in by_milestone.part(0)["allowed_actions"]
    get_controls().close_dispute(dispute, won=False)
    by_milestone.settle()
    assert books() == {"gateway": 400 - 15, "gateway_fee": 15, "escrow": 360, "revenue_platform_fee": 40}
    assert [each["status"] for each in by_milestone.contract()["milestones"]] == ["funded", "refunded"]
    assert by_milestone.contract()["status"] == "active"


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "one part": ({"funding": "by_milestone"}, "/milestones"),
    "no deposit": ({"funding": "deposit"}, "/deposit"),
    "all of it": ({"funding": "deposit", "deposit": dollars(1000)}, "/deposit"),
    "another shape's": ({"deposit": dollars(100)}, "/deposit"),
    "a day gone by": (
        {"funding": "deposit", "deposit": dollars(100), "balance_due_on": "2020-01-01"},
        "/balance_due_on",
    ),
    "parts of the whole": ({"funding": "deposit", "deposit": dollars(100), "milestones": PARTS}, "/milestones"),
}


def test_terms_that_contradict_themselves_name_their_field_and_reserve_nothing(
    transactional_db: None, sandbox: Any, taxonomy: None
) -> None:
    customer, contractor = Customer(), Contractor()
    proposal = contractor.proposes(customer.posts_job(), 1000)
    terms: Any
    for terms, pointer in WRONG.values():
        answer = customer.offers(proposal_id=proposal, amount=dollars(1000), expect=400, **terms)
        assert [each["pointer"] for each in answer["errors"]] == [pointer]
    assert customer.get("offers/")["results"] == []
    assert books() == {}
