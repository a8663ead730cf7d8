"""3-D Secure, from the server and from the browser."""

import json
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from jobsphere.payments.gateways.base import (
    ActionRequired,
    DeclineCode,
    Declined,
    PaymentState,
)
from jobsphere.payments.gateways.sandbox import SandboxSite
from jobsphere.payments.gateways.tests.bench import DOLLARS, done, only

BACK = "https://app.example.org/back?offer=7"


def test_a_card_that_asks_needs_the_payer_and_then_the_same_key_is_ok(bench):
    first = bench.authorize("asks", key="k", return_url=BACK)
    assert isinstance(first, ActionRequired)
    assert first.url.startswith(bench.server.public_url)
    assert first.client_secret == first.payment.client_secret != ""
    assert first.payment.status is PaymentState.ACTION_REQUIRED
    bench.controls.answer_challenge(first.payment.gateway_id)
    assert done(bench.authorize("asks", key="k", return_url=BACK)).status is bench.charged
    assert len(bench.controls.objects(bench.words.payment)) == 1


@only(manual_capture=True)
def test_while_the_payer_has_not_answered_nothing_can_be_captured(bench):
    waiting = bench.authorize("asks")
    outcome = bench.gateway.capture(gateway_id=waiting.payment.gateway_id, amount=bench.all, idempotency_key="c")
    assert not hasattr(outcome, "object")
    assert bench.payment(waiting.payment.gateway_id).status is PaymentState.ACTION_REQUIRED
    assert bench.controls.balance(bench.currency) == 0


@pytest.mark.parametrize(
    "card, passed, code",
    [
        ("asks", False, DeclineCode.AUTHENTICATION_FAILED),
        ("asks, then lacks funds", True, DeclineCode.INSUFFICIENT_FUNDS),
    ],
)
def test_a_challenge_that_ends_badly_declines_the_payment_with_its_reason(bench, card, passed, code):
    first = bench.authorize(card, key="k")
    bench.controls.answer_challenge(first.payment.gateway_id, passed=passed)
    outcome = bench.authorize(card, key="k")
    assert isinstance(outcome, Declined)
    assert outcome.code is code
    another_card = bench.gateway.capabilities.server_confirmation
    left_behind = PaymentState.REQUIRES_PAYMENT_METHOD if another_card else PaymentState.FAILED
    assert bench.payment(first.payment.gateway_id).status is left_behind


@only(manual_capture=True)
def test_a_challenge_can_be_given_up(bench):
    waiting = bench.authorize("asks").payment.gateway_id
    assert done(bench.gateway.void(gateway_id=waiting, idempotency_key="v")).status is PaymentState.CANCELED
    bench.controls.answer_challenge(waiting)
    assert bench.payment(waiting).status is PaymentState.CANCELED


def test_the_challenge_page_completes_the_payment_and_sends_the_payer_back(stripe_bench):
    first = stripe_bench.authorize("asks", return_url=BACK)
    site = SandboxSite(stripe_bench.server)
    path = urlsplit(first.url).path
    page = site.respond("GET", path, "", "", {})
    assert page.status == 200
    assert "1000.00 USD" in page.body
    assert page.body.count("<button") == 2
    answer = site.respond("POST", path, "", "result=complete", {"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 303
    target = urlsplit(answer.headers["Location"])
    assert target._replace(query="").geturl() == "https://app.example.org/back"
    assert parse_qs(target.query) == {
        "offer": ["7"],
        "payment_intent": [first.payment.gateway_id],
        "payment_intent_client_secret": [first.client_secret],
        "redirect_status": ["succeeded"],
    }
    assert stripe_bench.payment(first.payment.gateway_id).status is PaymentState.AUTHORIZED
    assert "Nothing to confirm" in site.respond("GET", path, "", "", {}).body


def test_the_challenge_page_speaks_json_to_programs(stripe_bench):
    first = stripe_bench.authorize("asks")
    answer = SandboxSite(stripe_bench.server).respond(
        "POST",
        f"/3ds/{first.payment.gateway_id}",
        "",
        json.dumps({"result": "fail"}),
        {"Content-Type": "application/json", "Accept": "application/json"},
    )
    assert json.loads(answer.body)["status"] == "requires_payment_method"


def test_a_browser_pays_with_a_typed_card_and_the_client_secret_alone(stripe_bench):
    waiting = stripe_bench.gateway.authorize(amount=DOLLARS, idempotency_key="k", operation_id="k")
    answer = _confirm(stripe_bench, waiting.payment.gateway_id, waiting.client_secret, "4242 4242 4242 4242")
    assert answer.status == 200
    assert json.loads(answer.body)["status"] == "requires_capture"
    assert stripe_bench.payment(waiting.payment.gateway_id).status is PaymentState.AUTHORIZED


@pytest.mark.parametrize(
    "number, status, code",
    [
        ("4000000000000002", 402, "card_declined"),
        ("4242424242424241", 402, "incorrect_number"),
        ("4111111111111111", 402, "card_declined"),
        ("not a number", 402, "incorrect_number"),
    ],
)
def test_a_bad_card_is_refused_and_the_payment_waits_for_another(stripe_bench, number, status, code):
    waiting = stripe_bench.gateway.authorize(amount=DOLLARS, idempotency_key="k", operation_id="k")
    payment = waiting.payment.gateway_id
    answer = _confirm(stripe_bench, payment, waiting.client_secret, number)
    assert (answer.status, json.loads(answer.body)["error"]["code"]) == (status, code)
    again = stripe_bench.gateway.authorize(amount=DOLLARS, idempotency_key="k", operation_id="k")
    assert isinstance(again, ActionRequired)
    assert _confirm(stripe_bench, payment, waiting.client_secret, "4242424242424242").status == 200


@pytest.mark.parametrize("secret", ["", "pi_wrong_secret"])
def test_without_the_client_secret_a_browser_sees_and_moves_nothing(stripe_bench, secret):
    waiting = stripe_bench.gateway.authorize(amount=DOLLARS, idempotency_key="k", operation_id="k")
    payment = waiting.payment.gateway_id
    assert _confirm(stripe_bench, payment, secret, "4242424242424242").status == 404
    headers = {"Authorization": f"Bearer {stripe_bench.server.state.publishable_key}"}
    site = SandboxSite(stripe_bench.server)
    assert site.respond("GET", f"/v1/payment_intents/{payment}", "", "", headers).status == 404
    assert site.respond("POST", f"/v1/payment_intents/{payment}/capture", "", "", headers).status == 403
    assert stripe_bench.payment(payment).status is PaymentState.REQUIRES_PAYMENT_METHOD


def test_a_card_made_in_the_browser_can_be_used_by_the_server(stripe_bench):
    headers = {"Authorization": f"Bearer {stripe_bench.server.state.publishable_key}"}
    body = urlencode(
        {"type": "card", "card[number]": "5555555555554444", "card[exp_month]": "7", "card[exp_year]": "40"}
    )
    made = SandboxSite(stripe_bench.server).respond("POST", "/v1/payment_methods", "", body, headers)
    method = json.loads(made.body)
    assert method["card"]["brand"] == "mastercard"
    outcome = stripe_bench.gateway.authorize(
        amount=DOLLARS, idempotency_key="k", operation_id="k", payment_method=method["id"]
    )
    assert done(outcome).status is PaymentState.AUTHORIZED


def _confirm(bench, payment, secret, number):
    body = urlencode(
        {
            "client_secret": secret,
            "payment_method_data[type]": "card",
            "payment_method_data[card][number]": number,
            "payment_method_data[card][exp_month]": "12",
            "payment_method_data[card][exp_year]": "2040",
            "payment_method_data[card][cvc]": "123",
        }
    )
    headers = {"Authorization": f"Bearer {bench.server.state.publishable_key}"}
    return SandboxSite(bench.server).respond("POST", f"/v1/payment_intents/{payment}/confirm", "", body, headers)
