"""The Paystack sandbox's pages, as a payer without JavaScript sees them, and its API over HTTP."""

import json
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from jobsphere.payments.gateways.base import PaymentState
from jobsphere.payments.gateways.paystack.sandbox import PaystackSite

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BACK = "https://app.example.org/payments/1?tab=pay"


@pytest.fixture
def opened(paystack_bench):
    """A checkout page: (bench, site, path, payment)."""
    found = paystack_bench.gateway.authorize(
        amount=paystack_bench.all,
        idempotency_key="k",
        operation_id="k",
        payer_email="<b>casey</b>@example.org",
        return_url=BACK,
    )
    assert found.url.startswith("https://sandbox.example.org/paystack/checkout/")
    path = urlsplit(found.url).path.removeprefix("/paystack")
    return paystack_bench, PaystackSite(paystack_bench.server), path, found.payment.gateway_id


def _pay(site, path, number="4084 0840 8408 4081"):
    form = {"act": "pay", "number": number, "expiry": "12/50", "cvv": "408"}
    return site.respond("POST", path, "", urlencode(form), FORM)


def test_a_payer_pays_with_a_card_and_is_sent_back(opened):
    bench, site, path, payment = opened
    page = site.respond("GET", path, "", "", {})
    assert page.status == 200
    assert "1000.00 GHS" in page.body
    assert "<b>casey" not in page.body
    assert "<script" not in page.body
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    answer = _pay(site, path)
    assert answer.status == 303
    back = urlsplit(answer.headers["Location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == "https://app.example.org/payments/1"
    assert parse_qs(back.query) == {"tab": ["pay"], "trxref": [payment], "reference": [payment]}
    assert bench.payment(payment).status is PaymentState.CAPTURED
    # Once more, as by a double click: nothing more is taken.
    assert _pay(site, path).status == 303
    assert bench.controls.balance("GHS") == bench.all.amount


def test_a_refused_card_is_told_and_another_one_pays(opened):
    bench, site, path, payment = opened
    refused = _pay(site, path, "4084080000009995")
    assert (refused.status, 'role="alert"' in refused.body, "Insufficient Funds" in refused.body) == (402, True, True)
    assert bench.payment(payment).failure_code == "insufficient_funds"
    assert _pay(site, path).status == 303
    assert bench.payment(payment).status is PaymentState.CAPTURED


def test_a_number_that_is_no_test_card_changes_nothing(opened):
    bench, site, path, payment = opened
    before = bench.payment(payment)
    assert _pay(site, path, "4111111111111111").status == 400
    assert bench.payment(payment) == before


@pytest.mark.parametrize("result, state", [("complete", PaymentState.CAPTURED), ("fail", None)])
@pytest.mark.parametrize("number", ["4084080000000409", "5078507850785078"])
def test_a_bank_asks_on_a_page_of_its_own(opened, number, result, state):
    bench, site, path, payment = opened
    onward = _pay(site, path, number)
    assert onward.status == 303
    challenge = urlsplit(onward.headers["Location"]).path.removeprefix("/paystack")
    assert site.respond("GET", challenge, "", "", {}).status == 200
    assert bench.controls.balance("GHS") == 0
    answer = site.respond("POST", challenge, "", urlencode({"result": result, "code": "123456"}), FORM)
    assert answer.status == (303 if state else 402)
    assert bench.payment(payment).status is (state or PaymentState.REQUIRES_PAYMENT_METHOD)


def test_who_leaves_is_sent_back_and_pays_nothing(opened):
    bench, site, path, payment = opened
    answer = site.respond("POST", path, "", "act=leave", FORM)
    assert (answer.status, payment in answer.headers["Location"]) == (303, True)
    assert bench.controls.balance("GHS") == 0


def test_a_return_address_that_is_no_web_page_is_not_followed(paystack_bench):
    found = paystack_bench.gateway.authorize(
        amount=paystack_bench.all,
        idempotency_key="k",
        operation_id="k",
        payer_email="casey@example.org",
        return_url="javascript:alert(1)",
    )
    site = PaystackSite(paystack_bench.server)
    answer = _pay(site, urlsplit(found.url).path.removeprefix("/paystack"))
    assert (answer.status, "Location" in answer.headers) == (200, False)


def test_unknown_pages_are_not_found_and_the_api_wants_its_key(opened):
    bench, site, _, payment = opened
    assert site.respond("GET", "/checkout/none", "", "", {}).status == 404
    assert site.respond("GET", "/challenge/none", "", "", {}).status == 404
    for headers in ({}, {"Authorization": "Bearer sk_test_wrong"}):
        assert site.respond("GET", f"/transaction/verify/{payment}", "", "", headers).status == 401
    key = {"Authorization": f"Bearer {bench.server.state.secret_key}"}
    answer = site.respond("GET", f"/transaction/verify/{payment}", "", "", key)
    assert json.loads(answer.body)["data"]["status"] == "abandoned"
    assert site.respond("GET", "/nonesuch", "", "", key).status == 404
    assert site.respond("POST", "/refund", "", "not json", key).status == 400
    bench.controls.go_down()
    assert site.respond("GET", f"/transaction/verify/{payment}", "", "", key).status == 502
