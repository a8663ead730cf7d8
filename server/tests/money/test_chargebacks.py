"""A customer's bank takes money back, over HTTP: who bears it, what people are told, and that the books stay right."""

from datetime import timedelta
from typing import Any

import pytest

from jobsphere.kit import clock
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments.chargebacks_due import look_for_chargebacks, mind_deadlines
from jobsphere.payments.models import Chargeback, Refund
from tests.money.deals import Deal, Staff
from tests.stories.people import books, dollars

#: What the sandbox's bank asks for each chargeback, in dollars.
FEE = 15


def later(**by: float) -> None:
    clock.set_offset(clock.offset() + timedelta(**by))


# --- Opened, won


def test_a_chargeback_stops_the_money_and_a_won_one_lets_it_go_again(deal: Deal) -> None:
    before = books()
    dispute = deal.charged_back()
    assert books() == {**before, "gateway": -FEE, "gateway_fee": FEE, "chargeback": 1000}
    assert deal.payment()["flags"]["disputed"]
    assert "bank is taking" in deal.payment()["dispute_notice"]
    contract = deal.contract()
    assert contract["money"]["on_hold"]
    assert contract["disputed_at"]
    assert "until the bank has decided" in contract["dispute_notice"]
    assert "refund" not in contract["milestones"][0]["allowed_actions"]
    each = contract["milestones"][0]["id"]
    deal.contractor.post(f"milestones/{each}/start/")
    deal.contractor.post(f"milestones/{each}/submit/", {"note": "Done."})
    deal.customer.post(f"milestones/{each}/release/", expect=409)
    deal.refunds(deal.contractor, 0, expect=409)
    assert books() == {**before, "gateway": -FEE, "gateway_fee": FEE, "chargeback": 1000}
    deal.decided(dispute, won=True)
    assert books() == {**before, "gateway": 1000 - FEE, "gateway_fee": FEE}
    assert not deal.payment()["flags"]["disputed"]
    assert deal.contract()["dispute_notice"] == ""
    deal.customer.post(f"milestones/{each}/release/")
    assert books()["wallet"] == 280
    assert "Your bank has taken $1,000.00 back" in deal.told(deal.customer)
    assert "The customer's bank is taking $1,000.00 back" in deal.told(deal.contractor)


def test_money_that_an_administrator_holds_stays_held_after_a_won_chargeback(deal: Deal, finance: Staff) -> None:
    finance.post(f"contracts/{deal.contract_id}/hold/", {"reason": "We look at it."})
    dispute = deal.charged_back()
    finance.post(f"contracts/{deal.contract_id}/resume/", {"reason": "We have looked."})
    assert deal.contract()["money"]["on_hold"]
    finance.post(f"contracts/{deal.contract_id}/hold/", {"reason": "We look again."})
    deal.decided(dispute, won=True)
    assert deal.contract()["money"]["on_hold"]
    finance.post(f"contracts/{deal.contract_id}/resume/", {"reason": "All is well."})
    assert not deal.contract()["money"]["on_hold"]
    books()


def test_an_inquiry_moves_nothing_until_it_becomes_a_chargeback(deal: Deal, finance: Staff) -> None:
    before = books()
    dispute = deal.charged_back(inquiry=True)
    assert books() == before
    assert not deal.payment()["flags"]["disputed"]
    (row,) = finance.get("admin/chargebacks/")["results"]
    assert (row["inquiry"], row["status"], row["taken"]["amount"]) == (True, "open", 0)
    assert any("asks about a payment" in title for title in deal.told(finance))
    deal.sandbox.escalate_dispute(dispute)
    deal.settle()
    assert books()["chargeback"] == 1000
    deal.decided(dispute, won=True)
    assert books() == {**before, "gateway": 1000 - FEE, "gateway_fee": FEE}


# --- Lost


def test_a_lost_chargeback_on_protected_money_costs_the_contract_and_nobody_else(deal: Deal) -> None:
    deal.decided(deal.charged_back(), won=False)
    assert books() == {"gateway": -FEE, "gateway_fee": FEE}
    contract = deal.contract()
    assert contract["status"] == "cancelled"
    assert [each["status"] for each in contract["milestones"]] == ["refunded", "refunded"]
    assert contract["money"]["charged_back"] == dollars(1000)
    assert "for good" in contract["dispute_notice"]
    assert (deal.payment()["status"], deal.payment()["charged_back"]) == ("refunded", dollars(1000))


def test_a_lost_chargeback_after_withdrawal_is_owed_and_later_earnings_offset_it(
    deal: Deal, sandbox: Any, settle: Any
) -> None:
    deal.releases(0, 1)
    deal.withdraws(700)
    deal.decided(deal.charged_back(), won=False)
    assert books() == {"gateway": -700 - FEE, "gateway_fee": FEE, "receivable": 700}
    assert "$280.00 was taken back from your earnings" in deal.told(deal.contractor)
    second = Deal(sandbox, settle, customer=deal.customer, contractor=deal.contractor)
    second.releases(0)
    assert books()["receivable"] == 700 - 280
    assert deal.contractor.wallet() == 0
    second.releases(1)
    assert "receivable" not in books()


def test_a_part_goes_first_from_what_is_protected_then_from_those_who_got_it(deal: Deal) -> None:
    deal.releases(0)
    deal.decided(deal.charged_back(700_00), won=False)
    # 600 protected go whole; of the other 100 the platform gives 10, the service fee 18, the contractor 72... in cents.
    found = books()
    assert found["wallet"] == 210
    assert (found["revenue_platform_fee"], found["revenue_service_fee"]) == (30, 60)
    assert deal.contract()["status"] == "completed"
    first, second = deal.contract()["milestones"]
    assert (first["status"], first["money"]["refunded"]) == ("released", dollars(100))
    assert (second["status"], second["money"]["charged_back"]) == ("refunded", dollars(600))
    assert deal.payment()["flags"]["partially_refunded"]


def test_several_chargebacks_of_one_payment_add_up(deal: Deal) -> None:
    first, second = deal.charged_back(250_00), deal.charged_back(250_00)
    assert books()["chargeback"] == 500
    deal.decided(first, won=True)
    assert deal.payment()["flags"]["disputed"]
    deal.decided(second, won=False)
    assert not deal.payment()["flags"]["disputed"]
    assert deal.contract()["money"]["protected"]["amount"] == 750_00
    deal.releases(0, 1)
    books()


def test_a_chargeback_that_is_lost_after_a_refund_is_written_off_and_named(deal: Deal, finance: Staff) -> None:
    deal.refunds(deal.contractor, 0)
    deal.refunds(deal.contractor, 1)
    assert books() == {}
    deal.decided(deal.charged_back(1000_00), won=False)
    assert books() == {"gateway": -1000 - FEE, "gateway_fee": FEE, "writeoff": 1000}
    assert any("was written off for a chargeback" in title for title in deal.told(finance))
    assert deal.payment()["charged_back"]["amount"] == 0


def test_two_lost_chargebacks_of_more_than_the_payment_never_take_twice(deal: Deal) -> None:
    first, second = deal.charged_back(800_00), deal.charged_back(800_00)
    deal.decided(first, won=False)
    deal.decided(second, won=False)
    assert books() == {"gateway": -600 - 2 * FEE, "gateway_fee": 2 * FEE, "writeoff": 600}
    assert deal.payment()["charged_back"] == dollars(1000)


def test_a_refund_that_fails_after_the_same_money_was_lost_is_given_up(deal: Deal) -> None:
    deal.refunds(deal.contractor, 0)
    deal.refunds(deal.contractor, 1)
    deal.decided(deal.charged_back(1000_00), won=False)
    for refund in deal.sandbox.objects("refund"):
        deal.sandbox.fail_refund(refund["id"])
    deal.settle()
    assert books() == {"gateway": -FEE, "gateway_fee": FEE}
    assert {row.status for row in Refund.objects.all()} == {"superseded"}
    assert (deal.payment()["refunded"]["amount"], deal.payment()["charged_back"]) == (0, dollars(1000))


def test_a_refund_that_meets_a_chargeback_waits_for_the_bank(deal: Deal) -> None:
    deal.sandbox.withhold("charge.dispute.*")
    dispute = deal.charged_back()  # We do not know of it yet.
    deal.refunds(deal.contractor, 0)
    assert Refund.objects.get().status == "failed"
    deal.sandbox.release()
    deal.settle()
    assert books()["refund_in_transit"] == 400
    deal.decided(dispute, won=False)
    assert books() == {"gateway": -FEE, "gateway_fee": FEE}
    assert Refund.objects.get().status == "superseded"


def test_a_refund_that_a_chargeback_stopped_goes_out_once_it_is_won(deal: Deal) -> None:
    deal.sandbox.withhold("charge.dispute.*")
    dispute = deal.charged_back()
    deal.refunds(deal.contractor, 0)
    deal.sandbox.release()
    deal.settle()
    deal.decided(dispute, won=True)
    assert Refund.objects.get().status == "succeeded"
    assert books()["gateway"] == 600 - FEE
    assert deal.payment()["refunded"] == dollars(400)


def test_money_that_comes_back_after_it_was_lost_goes_to_those_who_bore_it(deal: Deal) -> None:
    deal.releases(0, 1)
    deal.withdraws(300)
    dispute = deal.charged_back()
    deal.decided(dispute, won=False)
    assert books()["receivable"] == 300
    deal.sandbox.reinstate_funds(dispute)
    deal.settle()
    found = books()
    assert found == {
        "gateway": 700 - FEE,
        "gateway_fee": FEE,
        "wallet": 400,
        "revenue_platform_fee": 100,
        "revenue_service_fee": 200,
    }
    assert deal.payment()["status"] == "released"
    assert deal.contract()["money"]["charged_back"]["amount"] == 0


def test_the_contractor_bears_the_fee_where_the_operator_says_so(deal: Deal, settings: Any) -> None:
    settings.CHARGEBACK_FEE_BORNE_BY = "payee"
    deal.releases(0)
    deal.decided(deal.charged_back(600_00), won=False)
    found = books()
    assert found["wallet"] == 280 - FEE
    assert "gateway_fee" not in found


# --- Webhooks that are lost


def test_a_chargeback_whose_webhooks_are_lost_is_found(deal: Deal) -> None:
    deal.sandbox.withhold("charge.dispute.*")
    dispute = deal.charged_back()
    assert not Chargeback.objects.exists()
    look_for_chargebacks()
    assert books()["chargeback"] == 1000
    deal.decided(dispute, won=False)
    look_for_chargebacks()
    look_for_chargebacks()
    assert books() == {"gateway": -FEE, "gateway_fee": FEE}
    deal.sandbox.release()
    deal.settle()
    assert books() == {"gateway": -FEE, "gateway_fee": FEE}
    assert StoredEvent.objects.filter(name="chargeback.closed").count() == 1


@pytest.mark.parametrize("won", [True, False])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_its_webhooks_may_come_in_any_order_and_often(deal: Deal, won: bool, seed: int, run_worker: Any) -> None:
    deal.releases(0)
    deal.sandbox.withhold("charge.dispute.*")
    dispute = deal.charged_back()
    deal.sandbox.close_dispute(dispute, won=won)
    deal.sandbox.release()
    deal.sandbox.deliver_webhooks(copies=3, shuffle=seed)
    run_worker()
    deal.settle()
    found = books()
    assert (found.get("chargeback"), found.get("wallet")) == (None, 280 if won else None)
    assert Chargeback.objects.get().status == ("won" if won else "lost")


# --- Evidence


def test_the_evidence_is_the_contracts_own_record(deal: Deal, finance: Staff) -> None:
    deal.releases(0)
    deal.contractor.post(f"contracts/{deal.contract_id}/time-entries/", {"minutes": 90, "note": "Tiling"}, expect=201)
    chat = deal.contract()["conversation_id"]
    deal.customer.post("messages/send/", {"chat_id": chat, "body": "It looks wonderful."}, expect=201)
    deal.charged_back()
    (row,) = finance.get("admin/chargebacks/")["results"]
    shown = finance.get(f"admin/chargebacks/{row['id']}/")
    assert shown["allowed_actions"] == ["accept", "submit"]
    texts = shown["evidence"]["texts"]
    assert texts["customer_name"] == "Casey Customer"
    assert "Renovate the bathroom" in texts["product_description"]
    assert "moderate" in texts["cancellation_policy"]
    assert "offer: accept" in texts["access_activity_log"]
    assert "the customer had signed in from" in texts["access_activity_log"]
    for words in ("First: $400.00, released", "approved", "90 minutes", "It looks wonderful.", "Done."):
        assert words in texts["uncategorized_text"]
    assert texts["uncategorized_text"] in shown["evidence"]["text"]


def test_finance_edits_and_submits_the_evidence_once(deal: Deal, finance: Staff) -> None:
    deal.charged_back()
    row = Chargeback.objects.get()
    path = f"admin/chargebacks/{row.pk}"
    edited = finance.put(f"{path}/evidence/", {"evidence": {"refund_policy": "None was asked for."}})
    assert edited["evidence"]["edited"] == ["refund_policy"]
    finance.put(f"{path}/evidence/", {"evidence": {"invented": "x"}}, expect=400)
    finance.put(f"{path}/evidence/", {"evidence": {"refund_policy": "x" * 20_001}}, expect=400)
    body = {"reason": "All is there.", "evidence": {"service_date": "in March"}}
    sent = finance.post(f"{path}/submit/", body)
    assert (sent["status"], sent["pending"], sent["allowed_actions"]) == ("under_review", False, [])
    assert sent["evidence_sent_at"]
    at_the_bank = deal.sandbox.objects("dispute")[0]["evidence"]
    assert at_the_bank["refund_policy"] == "None was asked for."
    assert at_the_bank["service_date"] == "in March"
    assert at_the_bank["customer_email_address"] == "casey.customer@stories.example"
    finance.post(f"{path}/submit/", body, expect=409)
    finance.post(f"{path}/accept/", {"reason": "Too late."}, expect=409)
    deal.settle()
    books()


def test_finance_gives_a_chargeback_up(deal: Deal, finance: Staff) -> None:
    deal.charged_back()
    row = Chargeback.objects.get()
    lost = finance.post(f"admin/chargebacks/{row.pk}/accept/", {"reason": "They are right."})
    assert (lost["status"], lost["lost"]) == ("accepted", dollars(1000))
    deal.settle()
    assert books() == {"gateway": -FEE, "gateway_fee": FEE}


def test_nobody_else_sees_chargebacks(deal: Deal) -> None:
    deal.charged_back()
    row = Chargeback.objects.get()
    for who in (deal.customer, deal.contractor):
        who.get("admin/chargebacks/", expect=403)
        who.get(f"admin/chargebacks/{row.pk}/", expect=403)
        who.post(f"admin/chargebacks/{row.pk}/accept/", {"reason": "Please do."}, expect=403)
    row.refresh_from_db()
    assert (row.status, row.accepting_at) == ("open", None)


def test_deadlines_are_minded_and_the_evidence_sends_itself(deal: Deal, finance: Staff, settings: Any) -> None:
    deal.charged_back()
    mind_deadlines()
    assert not StoredEvent.objects.filter(name="chargeback.due").exists()
    for days in (11.5, 1.7):
        later(days=days)
        mind_deadlines()
        mind_deadlines()
    deal.settle()
    assert StoredEvent.objects.filter(name="chargeback.due").count() == 2
    assert sum("must be answered by" in title for title in deal.told(finance)) == 2
    assert Chargeback.objects.get().evidence_sent_at is None
    later(hours=8)
    mind_deadlines()
    deal.settle()
    row = Chargeback.objects.get()
    assert (row.status, row.evidence_sent_at is not None) == ("under_review", True)
    books()


def test_nothing_is_sent_by_itself_where_the_operator_says_so(deal: Deal, settings: Any) -> None:
    settings.CHARGEBACK_AUTO_SUBMIT = False
    deal.charged_back()
    later(days=13, hours=20)
    mind_deadlines()
    assert (Chargeback.objects.get().status, deal.sandbox.requests("POST /v1/disputes/*")) == ("open", [])


def test_evidence_that_the_gateway_does_not_answer_to_goes_on_until_it_does(deal: Deal, finance: Staff) -> None:
    deal.charged_back()
    row = Chargeback.objects.get()
    deal.sandbox.fail_after("POST /v1/disputes/*")
    pending = finance.post(f"admin/chargebacks/{row.pk}/submit/", {"reason": "All is there."})
    assert pending["status"] in ("open", "under_review")
    later(minutes=1)
    deal.settle()
    assert Chargeback.objects.get().status == "under_review"
    assert deal.sandbox.objects("dispute")[0]["evidence_details"]["submission_count"] == 1
