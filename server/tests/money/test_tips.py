"""Tips over HTTP: no commission, straight to the wallet, and back only by staff or the bank (ADR 0030)."""

from datetime import timedelta
from typing import Any

import pytest

from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.payments.gateways.registry import get_controls
from tests.money.deals import Staff
from tests.money.test_change_orders import Changing
from tests.money.test_funding import ENDS, PARTS, Shaped
from tests.stories.people import CARD_WITH_3DS, GOOD_CARD, books, dollars


class Thanked(Shaped):
    """A contract that is done."""

    def thanks(self, amount: int, *, expect: int = 201) -> Any:
        body = {"amount": dollars(amount), "message": "Great work!"}
        return self.customer.post(f"contracts/{self.contract_id}/tips/", body, expect=expect)

    def pays_tip(self, tip: Any, card: str = GOOD_CARD, *, expect: int = 201) -> Any:
        body = {"purpose": {"type": "tip", "id": tip["id"]}, "payment_method": card}
        answer = self.customer.post("payments/create-intent", body, expect=expect)
        self.settle()
        return answer


@pytest.fixture
def deal(transactional_db: None, sandbox: Any, taxonomy: None, settle: Any) -> Thanked:
    """A contract of $1000, approved and released."""
    done = Thanked(settle, milestones=PARTS)
    for number in (0, 1):
        done.does(number)
        done.approves(number)
    return done


TIPPED = {**ENDS, "gateway": 1050, "wallet": 750}


def test_a_tip_goes_whole_to_the_wallet_and_only_staff_give_it_back(deal: Thanked, ada: Actor, client_for: Any) -> None:
    first = deal.thanks(20)
    tip = deal.thanks(50)
    deal.pays_tip(first, expect=409)
    assert deal.contract()["tips"] == []
    payment = deal.pays_tip(tip, CARD_WITH_3DS)
    assert books() == ENDS
    deal.confirms(payment)
    assert books() == TIPPED
    assert "You got a tip of $50.00" in deal.told(deal.contractor)
    (shown,) = deal.contract()["tips"]
    assert (shown["status"], shown["message"], shown["allowed_actions"]) == ("paid", "Great work!", [])
    assert shown["refunded"] is None
    assert deal.contract()["money"]["released"] == dollars(1000)
    deal.pays_tip(tip, expect=409)

    deal.contractor.post(f"tips/{tip['id']}/refund/", {"reason": "Too much."}, expect=403)
    deal.customer.post(f"tips/{tip['id']}/refund/", {"reason": "I want it back."}, expect=403)
    assert books() == TIPPED
    Staff(ada, client_for(ada)).post(f"tips/{tip['id']}/refund/", {"reason": "It was typed wrongly."})
    deal.settle()
    assert books() == ENDS
    assert deal.contract()["tips"][0]["refunded"] == dollars(50)


def test_a_bank_that_takes_a_tip_back_takes_it_from_the_contractor(deal: Thanked) -> None:
    deal.pays_tip(deal.thanks(50))
    dispute = get_controls().open_dispute(get_controls().objects("payment_intent")[-1]["id"])
    deal.settle()
    assert deal.contract()["disputed_at"] is None
    get_controls().close_dispute(dispute, won=False)
    deal.settle()
    assert books() == {**ENDS, "gateway": 1000 - 15, "gateway_fee": 15}
    assert deal.contract()["tips"][0]["refunded"] == dollars(50)


def test_a_tip_is_the_customers_to_give_for_some_weeks_and_no_more_than_the_job_cost(deal: Thanked) -> None:
    deal.contractor.post(f"contracts/{deal.contract_id}/tips/", {"amount": dollars(5)}, expect=403)
    deal.thanks(1001, expect=400)
    assert "tip" in deal.contract(deal.customer)["allowed_actions"]
    clock.set_offset(clock.offset() + timedelta(days=61))
    assert "tip" not in deal.contract(deal.customer)["allowed_actions"]
    assert deal.thanks(10, expect=409)["code"] == "too-late-to-tip"
    assert books() == ENDS


class Everything(Changing, Thanked):
    """A contract that is paid four times."""


def test_the_statement_of_a_contract_has_each_of_its_payments(
    transactional_db: None, sandbox: Any, taxonomy: None, settle: Any, finance: Staff
) -> None:
    deal = Everything(settle, funding="by_milestone", milestones=PARTS)
    deal.does(0)
    deal.approves(0)
    deal.pays(1)
    order = deal.proposes(deal.customer, deal.price(1, 800))
    deal.answers(deal.contractor, "accept", order)
    deal.pays_change(order)
    told = finance.get(f"admin/contracts/{deal.contract_id}/statement/")["totals"]
    assert told["charged"] == dollars(1200)
    assert told["held"] == dollars(720)
    for number in (1, 2):
        deal.does(number)
        deal.approves(number)
    deal.pays_tip(deal.thanks(50))
    statement = finance.get(f"admin/contracts/{deal.contract_id}/statement/")
    totals = {name: amount["amount"] for name, amount in statement["totals"].items()}
    assert totals["charged"] == 1250_00
    assert totals["contractor"] == books()["wallet"] * 100
    kept = ("platform_fee", "service_fee", "held", "contractor", "refunded", "unapplied")
    assert sum(totals[name] for name in kept) == totals["charged"]
    assert statement["total"] == dollars(0)
