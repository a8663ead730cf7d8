"""Money that goes back after it was released: to the cent, and in nobody's silence."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from jobsphere.escrow.models import EscrowHold
from jobsphere.kit import clock
from jobsphere.ledger.rules import AccountKind
from jobsphere.ledger.selectors import trial_balance
from jobsphere.payments import registry
from jobsphere.payments.models import GatewayOperation, Payment, Refund
from tests.money.deals import Deal, Staff
from tests.stories.people import books, dollars


def standing(kind: AccountKind) -> int:
    """Return what stands on accounts of a kind, in minor units."""
    return sum(line.balance.amount for line in trial_balance().lines if line.kind is kind)


def test_the_contractor_gives_released_money_back_and_the_fees_go_back_in_proportion(deal: Deal) -> None:
    deal.releases(0, 1)
    before = books()
    answer = deal.refunds(deal.contractor, 0, 100_00)
    first = answer["milestones"][0]
    assert (first["status"], first["money"]["refunded"], first["money"]["released"]) == (
        "released",
        dollars(100),
        dollars(300),
    )
    after = books()
    assert {kind: before[kind] - after[kind] for kind in before} == {
        "gateway": 100,
        "revenue_platform_fee": 10,
        "revenue_service_fee": 20,
        "wallet": 70,
    }
    assert (deal.payment()["status"], deal.payment()["flags"]["partially_refunded"]) == ("released", True)
    assert "$70.00 was taken back from your earnings" in deal.told(deal.contractor)
    assert "$100.00 is refunded to you" in deal.told(deal.customer)


def test_finance_refunds_all_of_it_after_withdrawal_and_the_rest_is_owed(
    deal: Deal, finance: Staff, sandbox: Any, settle: Any
) -> None:
    deal.releases(0, 1)
    deal.withdraws(650)
    for number in (0, 1):
        deal.refunds(finance, number)
    # Our balance does not cover it until somebody pays again; the customer's money is booked as on its way.
    assert books() == {"gateway": 350, "receivable": 650, "refund_in_transit": 1000}
    Deal(sandbox, settle, customer=deal.customer, contractor=deal.contractor)
    for _ in range(3):
        clock.set_offset(clock.offset() + timedelta(minutes=6))
        deal.settle()
    found = books()
    assert (found["gateway"], found["receivable"], found.get("refund_in_transit")) == (350, 650, None)
    assert deal.payment()["status"] == "refunded"
    assert [each["status"] for each in deal.contract()["milestones"]] == ["released", "released"]
    assert [each["allowed_actions"] for each in deal.contract()["milestones"]] == [[], []]
    deal.refunds(finance, 0, expect=400)
    (debt,) = finance.get("admin/receivables/")["results"]
    assert (debt["owner"]["name"], debt["balance"]) == ("Pat Contractor", dollars(650))


def test_what_is_owed_is_forgiven_with_a_reason_and_never_more_than_that(deal: Deal, finance: Staff) -> None:
    deal.releases(0, 1)
    deal.withdraws(700)
    deal.refunds(finance, 0)
    path = f"admin/receivables/{deal.contractor.id}/forgive/"
    finance.post(path, {"amount": dollars(281), "reason": "A good contractor."}, expect=409)
    finance.post(path, {"amount": dollars(80)}, expect=400)
    deal.contractor.post(path, {"amount": dollars(80), "reason": "I like it."}, expect=403)
    assert books()["receivable"] == 280
    left = finance.post(path, {"amount": dollars(80), "reason": "A good contractor."})
    assert left["owed"] == dollars(200)
    assert (books()["receivable"], books()["writeoff"]) == (200, 80)
    finance.post(path, {"amount": dollars(200), "reason": "And we made a mistake."})
    deal.settle()
    assert (books().get("receivable"), books()["writeoff"]) == (None, 280)
    assert "$200.00 of what you owe is written off" in deal.told(deal.contractor)
    finance.post(path, {"amount": dollars(1), "reason": "Once more."}, expect=404)


def test_the_customer_and_strangers_cannot_take_released_money_back(deal: Deal) -> None:
    deal.releases(0)
    before = books()
    deal.refunds(deal.customer, 0, expect=403)
    assert "refund" not in deal.milestone(0, deal.customer)["allowed_actions"]
    assert "refund" in deal.milestone(0)["allowed_actions"]
    assert (books(), Refund.objects.count()) == (before, 0)


def test_the_payments_own_verb_does_the_same(deal: Deal) -> None:
    deal.releases(0, 1)
    body = {"milestone": deal.milestone(1)["id"], "amount": dollars(60), "reason": "A tile is loose."}
    answer = deal.contractor.post("payments/refund/", body)
    assert answer["flags"]["partially_refunded"]
    deal.settle()
    assert books()["wallet"] == 700 - 42


@pytest.mark.parametrize(
    ("currency", "amounts", "parts"),
    [
        ("USD", (500_33, 499_68), (1, 9_99, 50_55, 123_45)),
        ("JPY", (101, 899), (1, 20, 29)),
        ("KWD", (333_330, 666_670), (10, 5_120, 77_770)),
    ],
)
def test_split_refunds_before_and_after_release_add_up_to_the_smallest_unit(
    transactional_db: None,
    sandbox: Any,
    taxonomy: None,
    settle: Any,
    currency: str,
    amounts: tuple[int, int],
    parts: tuple[int, ...],
) -> None:
    deal = Deal(sandbox, settle, currency=currency, amounts=amounts)
    for part in parts:
        deal.refunds(deal.contractor, 0, part)
    deal.releases(0, 1)
    for part in parts:
        deal.refunds(deal.contractor, 0, part)
        deal.refunds(deal.contractor, 1, part)
    books()
    given = 3 * sum(parts)
    assert deal.payment()["refunded"]["amount"] == given
    assert standing(AccountKind.GATEWAY) == sum(amounts) - given
    for number in (0, 1):
        deal.refunds(deal.contractor, number)
    books()
    assert trial_balance().is_zero
    assert {line.kind: line.balance.amount for line in trial_balance().lines if line.balance} == {}
    assert deal.payment()["status"] == "refunded"


def test_a_refund_that_fails_days_after_the_release_waits_for_finance(deal: Deal, finance: Staff) -> None:
    deal.releases(0, 1)
    deal.refunds(finance, 0)
    deal.refunds(finance, 1)
    assert deal.payment()["status"] == "refunded"
    deal.sandbox.fail_refund(deal.sandbox.objects("refund")[0]["id"])
    deal.settle()
    assert (deal.payment()["status"], books()["refund_in_transit"]) == ("released", 400)
    failed = Refund.objects.get(status="failed")
    finance.post(f"admin/refunds/{failed.pk}/retry/", {"reason": "Another card."})
    deal.settle()
    assert (deal.payment()["status"], books()) == ("refunded", {})


def test_fees_that_the_terms_keep_stay_with_the_marketplace(deal: Deal) -> None:
    EscrowHold.objects.update(after_release="kept")
    deal.releases(0, 1)
    before = books()
    deal.refunds(deal.contractor, 0, 281_00, expect=400)
    deal.refunds(deal.contractor, 0)
    after = books()
    assert {kind: before[kind] - after[kind] for kind in before if before[kind] != after.get(kind)} == {
        "gateway": 280,
        "wallet": 280,
    }


def test_one_refund_at_a_time_where_the_gateway_wants_it_so(deal: Deal, monkeypatch: pytest.MonkeyPatch) -> None:
    gateway = registry.gateway("sandbox")
    monkeypatch.setattr(gateway, "capabilities", replace(gateway.capabilities, parallel_refunds=False))
    deal.sandbox.go_down()  # Nobody knows what became of the first one, so it stays under way.
    for amount in (10_00, 20_00, 30_00):
        deal.refunds(deal.contractor, 0, amount)
    assert [row.status for row in Refund.objects.order_by("id")] == ["requested"] * 3
    assert GatewayOperation.objects.filter(kind="refund").count() == 1
    deal.sandbox.come_back()
    for _ in range(3):
        clock.set_offset(clock.offset() + timedelta(minutes=6))
        deal.settle()
    assert [row.status for row in Refund.objects.order_by("id")] == ["succeeded"] * 3
    sent = [each["amount"] for each in deal.sandbox.objects("refund")]
    assert sent == [10_00, 20_00, 30_00]
    assert Payment.objects.get().refunded_amount == 60_00
    books()
