"""Cards that do not pay, banks that ask too late, a gateway that is down for an hour."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from jobsphere.kit import clock
from tests.stories.people import CARD_WITH_3DS, DECLINED_CARD, Contractor, Customer, books, dollars

ACCEPTED = {"gateway": 1000, "escrow": 900, "revenue_platform_fee": 100}


@pytest.fixture
def terms(customer: Customer, contractor: Contractor) -> dict[str, Any]:
    """What every offer of these stories says."""
    return {"job_id": customer.posts_job(), "contractor_id": contractor.id, "amount": dollars(1000)}


def test_a_declined_card_ends_the_offer_and_another_can_be_sent(
    customer: Customer, contractor: Contractor, terms: dict[str, Any], settle: Callable[[], None]
):
    offer = customer.offers(payment_method=DECLINED_CARD, **terms)
    assert (offer["status"], offer["payment"]["status"]) == ("declined_by_gateway", "failed")
    settle()
    contractor.get(f"offers/{offer['id']}/", expect=404)
    assert [each["type"] for each in customer.get("notifications/")["results"]] == ["payment.failed"]
    # The job itself is news to them; an offer that was never paid is not.
    assert {each["type"] for each in contractor.get("notifications/")["results"]} <= {"job.new"}
    contractor.accepts(customer.offers(**terms))
    assert books() == ACCEPTED


def test_a_failed_challenge_leaves_nothing_taken(customer: Customer, contractor: Contractor, terms: dict[str, Any]):
    offer = customer.offers(payment_method=CARD_WITH_3DS, **terms)
    after = customer.confirms_3ds(offer, passed=False)
    assert after["status"] in ("awaiting_payment", "declined_by_gateway")
    contractor.get(f"offers/{offer['id']}/", expect=404)
    assert books() == {}


def test_a_challenge_that_is_answered_after_the_offer_was_withdrawn_is_voided(
    customer: Customer, terms: dict[str, Any], settle: Callable[[], None], sandbox
):
    offer = customer.offers(payment_method=CARD_WITH_3DS, **terms)
    sandbox.go_down()
    customer.post(f"offers/{offer['id']}/withdraw/", {"reason": "Changed my mind."})
    sandbox.come_back()
    intent = offer["payment"]["action"]["client_secret"].split("_secret_")[0]
    sandbox.answer_challenge(intent)
    with clock.travel(timedelta(minutes=10)):
        settle()
        after = customer.get(f"offers/{offer['id']}/")
    assert (after["status"], after["payment"]["detail"]) == ("withdrawn", "voided")
    assert sandbox.objects("payment_intent")[0]["status"] == "canceled"
    assert books() == {}


def test_a_capture_that_is_declined_frees_the_job_for_another_offer(
    customer: Customer, contractor: Contractor, terms: dict[str, Any], sandbox
):
    offer = customer.offers(**terms)
    sandbox.decline("generic_decline", "POST /v1/payment_intents/*/capture")
    assert contractor.accepts(offer)["status"] == "declined_by_gateway"
    assert books() == {}
    assert customer.get(f"jobs/{offer['job_id']}/")["status"] == "open"
    contractor.accepts(customer.offers(**terms))
    assert books() == ACCEPTED


def test_an_hour_without_the_gateway_answers_everybody_and_finishes_everything(
    customer: Customer, contractor: Contractor, terms: dict[str, Any], settle: Callable[[], None], sandbox
):
    sandbox.go_down()
    offer = customer.offers(expect=202, **terms)
    assert offer["status"] == "awaiting_payment"
    again = customer.get(f"offers/{offer['id']}/")
    assert again["payment"]["detail"] == "created"
    with clock.travel(timedelta(minutes=30)):
        settle()
    sandbox.come_back()
    with clock.travel(timedelta(hours=1, minutes=30)):
        settle()
        assert contractor.get(f"offers/{offer['id']}/")["status"] == "pending"
        sandbox.go_down()
        assert contractor.accepts(offer, expect=202)["status"] == "accepting"
        assert customer.post(f"offers/{offer['id']}/withdraw/", expect=409)["current_status"] == "accepting"
        assert books(reconciled=False) == {}
    with clock.travel(timedelta(hours=2)):
        settle()
        sandbox.come_back()
    with clock.travel(timedelta(hours=3)):
        settle()
        assert contractor.get(f"offers/{offer['id']}/")["status"] == "accepted"
    assert books() == ACCEPTED
    assert len(sandbox.objects("payment_intent")) == 1


def test_an_answer_that_was_lost_is_not_captured_twice(
    customer: Customer, contractor: Contractor, terms: dict[str, Any], settle: Callable[[], None], sandbox
):
    sandbox.lose_response("POST /v1/payment_intents")
    offer = customer.offers(expect=202, **terms)
    with clock.travel(timedelta(minutes=10)):
        settle()
    sandbox.lose_response("POST /v1/payment_intents/*/capture")
    answer = contractor.post(f"offers/{offer['id']}/accept/", expect=202)
    assert answer["status"] == "accepting"
    with clock.travel(timedelta(minutes=20)):
        settle()
    assert contractor.get(f"offers/{offer['id']}/")["status"] == "accepted"
    assert books() == ACCEPTED
    assert sandbox.balance("usd") == 1000_00
