"""The sandbox over real HTTP on a loopback port, and its onboarding page."""

import json
import threading
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.validate import validator

import pytest
import stripe

from jobsphere.payments.gateways.base import PaymentState, Unknown
from jobsphere.payments.gateways.sandbox import SandboxSite
from jobsphere.payments.gateways.sandbox.cards import BANKS
from jobsphere.payments.gateways.stripe import StripeGateway
from jobsphere.payments.gateways.tests.bench import DOLLARS, done

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _served(server):
    """Serve the sandbox on a free port, as strictly as WSGI demands."""
    with make_server("127.0.0.1", 0, validator(SandboxSite(server)), handler_class=_Quiet) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_port}"
        finally:
            http.shutdown()
            thread.join()


def _over_http(bench, address) -> StripeGateway:
    """The same adapter, on the SDK's real HTTP client."""
    gateway = StripeGateway(secret_key=bench.server.state.secret_key, webhook_secrets=[], guard=lambda: None)
    client = stripe.StripeClient(
        bench.server.state.secret_key,
        http_client=stripe.RequestsClient(timeout=5),
        base_addresses={"api": address},
        max_network_retries=0,
    )
    gateway._v1 = client.v1
    return gateway


def test_the_same_adapter_works_over_a_real_socket(stripe_bench):
    with _served(stripe_bench.server) as address:
        gateway = _over_http(stripe_bench, address)
        payment = done(
            gateway.authorize(amount=DOLLARS, idempotency_key="k", operation_id="k", payment_method="pm_card_visa")
        )
        captured = gateway.capture(gateway_id=payment.gateway_id, amount=DOLLARS, idempotency_key="c")
        assert done(captured).status is PaymentState.CAPTURED
        stripe_bench.controls.lose_response("POST /v1/refunds")
        refund = {"gateway_id": payment.gateway_id, "amount": DOLLARS, "operation_id": "r"}
        assert isinstance(gateway.refund(idempotency_key="r", **refund), Unknown)
        assert done(gateway.refund(idempotency_key="r", **refund)).amount == DOLLARS
        with urlopen(Request(f"{address}/3ds/{payment.gateway_id}")) as page:
            assert "Nothing to confirm" in page.read().decode()
    assert len(stripe_bench.controls.objects("refund")) == 1


def test_a_closed_port_is_unknown(stripe_bench):
    with _served(stripe_bench.server) as address:
        gateway = _over_http(stripe_bench, address)
    assert isinstance(gateway.fetch_payment(gateway_id="pi_1"), Unknown)


def test_a_payee_onboards_on_the_page_and_is_sent_back(stripe_bench):
    link = _link(stripe_bench)
    site = SandboxSite(stripe_bench.server)
    page = site.respond("GET", link.path, link.query, "", {})
    assert page.status == 200
    assert page.body.count('type="radio"') == len(BANKS)
    form = {"token": link.query.removeprefix("token="), "holder": "Pat <b>Payee</b>", "bank": "000123456789"}
    answer = site.respond("POST", link.path, "", urlencode(form), FORM)
    assert (answer.status, answer.headers["Location"]) == (303, "https://app.example.org/done")
    assert stripe_bench.status(link.path.split("/")[-1]).payouts_enabled


def test_a_program_onboards_with_json(stripe_bench):
    link = _link(stripe_bench)
    answer = SandboxSite(stripe_bench.server).respond(
        "POST",
        link.path,
        "",
        json.dumps({"token": link.query.removeprefix("token="), "holder": "Pat", "bank": "000123456789"}),
        {"Content-Type": "application/json", "Accept": "application/json"},
    )
    assert json.loads(answer.body)["return_url"] == "https://app.example.org/done"
    assert stripe_bench.status(link.path.split("/")[-1]).payouts_enabled


def test_a_bank_that_does_not_exist_is_refused_on_the_page_and_nothing_changes(stripe_bench):
    link = _link(stripe_bench)
    form = {"token": link.query.removeprefix("token="), "holder": "Pat", "bank": "000000000001"}
    answer = SandboxSite(stripe_bench.server).respond("POST", link.path, "", urlencode(form), FORM)
    assert answer.status == 400
    assert 'role="alert"' in answer.body
    assert not stripe_bench.status(link.path.split("/")[-1]).payouts_enabled


@pytest.mark.parametrize("late", [True, False])
def test_a_used_or_late_link_leads_back_to_fetch_a_fresh_one(stripe_bench, late):
    link = _link(stripe_bench)
    payee = link.path.split("/")[-1]
    if late:
        stripe_bench.clock.advance(timedelta(minutes=6))
    else:
        stripe_bench.controls.complete_onboarding(payee)
    before = stripe_bench.status(payee)
    site = SandboxSite(stripe_bench.server)
    form = urlencode({"token": link.query.removeprefix("token="), "bank": "000111111113"})
    for answer in (site.respond("GET", link.path, link.query, "", {}), site.respond("POST", link.path, "", form, FORM)):
        assert (answer.status, answer.headers["Location"]) == (303, "https://app.example.org/again")
    assert stripe_bench.status(payee) == before


def test_what_people_write_is_shown_as_text(stripe_bench):
    gateway = stripe_bench.gateway
    made = gateway.onboard_payee(
        idempotency_key="k",
        operation_id="k",
        email="<script>alert(1)</script>@example.org",
        country="US",
        return_url="https://app.example.org/done",
        refresh_url="https://app.example.org/again",
    )
    link = urlsplit(done(made).url)
    page = SandboxSite(stripe_bench.server).respond("GET", link.path, link.query, "", {})
    assert "<script>" not in page.body
    assert "&lt;script&gt;" in page.body
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_unknown_pages_and_objects_are_not_found(stripe_bench):
    site = SandboxSite(stripe_bench.server)
    for path in ("/", "/3ds/pi_none", "/onboarding/acct_none", "/admin"):
        assert site.respond("GET", path, "", "", {}).status == 404


def test_without_a_key_the_api_answers_nothing(stripe_bench):
    site = SandboxSite(stripe_bench.server)
    payment = stripe_bench.authorized()
    assert site.respond("GET", f"/v1/payment_intents/{payment}", "", "", {}).status == 401
    assert site.respond("POST", "/v1/refunds", "", f"payment_intent={payment}", {}).status == 401


def _link(bench):
    bench.new_payee("onboard")
    again = bench.gateway.onboard_payee(
        idempotency_key="onboard",
        operation_id="onboard",
        email="pat@example.org",
        country="US",
        return_url="https://app.example.org/done",
        refresh_url="https://app.example.org/again",
    )
    return urlsplit(done(again).url)
