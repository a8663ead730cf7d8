"""Paystack in the marketplace: its webhooks at their own address, believed only with its signature, stored once."""

import json

import pytest
from rest_framework.test import APIClient

from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.money import Money
from jobsphere.ledger.types import AccountKind
from jobsphere.payments import services
from jobsphere.payments.gateways.base import PayeeBank
from jobsphere.payments.gateways.registry import forget_gateways, get_controls, get_gateway, sandbox_of
from jobsphere.payments.models import GatewayEvent, Payment, Refund
from jobsphere.payments.tasks import deliver_sandbox_events
from jobsphere.payments.tests.builders import (
    UNWANTED,
    assert_sound_books,
    balance,
    do,
    gateway_id,
    later,
    look,
    pay,
)

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "/api/webhooks/paystack"


@pytest.fixture
def paystack(settings, tmp_path):
    """The Paystack sandbox as the marketplace's gateway."""
    settings.DATA_DIR = tmp_path
    settings.GATEWAY = "sandbox_paystack"
    settings.GATEWAYS = ["sandbox_paystack"]
    forget_gateways()
    yield get_controls("sandbox_paystack")
    sandbox_of("sandbox_paystack").server.state.close()
    forget_gateways()


def _charge(key="op-1"):
    return get_gateway().authorize(
        amount=Money(100_000, "NGN"),
        idempotency_key=key,
        operation_id=key,
        payment_method="AUTH_pays",
        payer_email="casey@example.org",
    )


def _post(body, headers):
    named = {name: value for name, value in headers.items() if name != "Content-Type"}
    return APIClient().post(ADDRESS, body, content_type="application/json", headers=named).status_code


def _caught(controls):
    caught = []

    def keep(body, headers):
        caught.append((body, dict(headers)))
        return 500

    controls.deliver(keep)
    return caught


def test_an_event_is_stored_once_however_often_it_comes(paystack):
    _charge()
    body, headers = _caught(paystack)[0]
    assert [_post(body, headers) for _ in range(10)] == [200] * 10
    assert GatewayEvent.objects.get().gateway == "sandbox_paystack"


def test_forged_altered_rewritten_and_foreign_events_are_refused_and_not_stored(paystack):
    _charge()
    body, headers = _caught(paystack)[0]
    rewritten = json.dumps(json.loads(body), indent=1).encode()
    wrong_key = headers | {"x-paystack-signature": "0" * 128}
    for spoiled, shown in (
        (body.replace(b"100000", b"900000"), headers),
        (rewritten, headers),
        (body, wrong_key),
        (body, {}),
    ):
        assert _post(spoiled, shown) == 400
    assert not GatewayEvent.objects.exists()
    assert _post(body, headers) == 200


def test_stripes_address_does_not_take_what_paystack_signed(paystack):
    _charge()
    body, headers = _caught(paystack)[0]
    named = {name: value for name, value in headers.items() if name != "Content-Type"}
    answer = APIClient().post("/api/webhooks/stripe", body, content_type="application/json", headers=named)
    assert answer.status_code == 400
    assert not GatewayEvent.objects.exists()


def test_the_periodic_task_delivers_what_every_sandbox_has_to_say(paystack, run_worker):
    _charge()
    gateway = get_gateway()
    gateway.onboard_payee(
        idempotency_key="o",
        operation_id="o",
        email="pat@example.org",
        country="NG",
        return_url="",
        refresh_url="",
        bank=PayeeBank("0001234567", "058"),
    )
    deliver_sandbox_events()
    assert GatewayEvent.objects.get().type == "charge.success"
    run_worker()
    assert not GatewayEvent.objects.filter(handled_at=None).exists()


# --- through the marketplace's own verbs


@pytest.fixture
def rest(paystack, run_worker):
    """A function that lets gateway, inbox and queue talk until neither has anything to say."""

    def run():
        for _ in range(20):
            run_worker()
            before = len(paystack.events("pending"))
            deliver_sandbox_events()
            if not before:
                return
        raise AssertionError("gateway and queue do not come to rest")

    return run


def test_a_charge_is_prepaid_until_it_is_wanted_and_then_earned(paystack, casey, pat, rest):
    payment = pay(casey, pat, card="AUTH_pays")
    assert (payment.detail, payment.prepaid) == ("prepaid", True)
    asked = len(paystack.requests("POST *"))
    do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
    rest()
    assert look(payment.id).status == "released"
    assert len(paystack.requests("POST *")) == asked
    assert balance(AccountKind.WALLET, pat.known_id()) == 100_00
    assert_sound_books()


def test_a_charge_that_is_given_up_is_refunded_and_one_that_nobody_wants_too(paystack, casey, pat, rest):
    given_up = pay(casey, pat, card="AUTH_pays")
    do(services.void_payment, actor=SYSTEM, payment_id=given_up.id)
    unwanted = pay(casey, pat, card="AUTH_pays", capture="automatic", purpose=UNWANTED)
    rest()
    paystack.finish_refunds()
    rest()
    for payment in (given_up, unwanted):
        assert look(payment.id).status == "refunded"
    assert paystack.balance("USD") == 0
    assert_sound_books()


def test_a_page_is_kept_while_it_is_looked_at_and_paid_by_the_payer(paystack, casey, pat, rest):
    payment = pay(casey, pat, card=None)
    page = Payment.objects.get(pk=payment.id).action["url"]
    assert "/sandbox/paystack/checkout/" in page
    do(services.confirm_payment, actor=casey, payment_id=payment.id)
    rest()
    assert Payment.objects.get(pk=payment.id).action["url"] == page
    paystack.pay(gateway_id(payment.id))
    rest()
    assert look(payment.id).detail == "prepaid"
    assert_sound_books()


def test_who_pays_on_a_page_after_it_was_given_up_is_refunded(paystack, casey, pat, rest):
    payment = pay(casey, pat, card=None, purpose=UNWANTED)
    do(services.void_payment, actor=SYSTEM, payment_id=payment.id)
    rest()
    assert look(payment.id).detail == "voided"
    paystack.pay(gateway_id(payment.id))
    rest()
    paystack.finish_refunds()
    rest()
    assert look(payment.id).status == "refunded"
    assert paystack.balance("USD") == 0
    assert_sound_books()


@pytest.mark.parametrize("fault", ["lose_request", "lose_response", "fail_before", "fail_after"])
def test_a_lost_answer_charges_once(paystack, casey, pat, rest, fault):
    getattr(paystack, fault)("POST /transaction/charge_authorization")
    payment = pay(casey, pat, card="AUTH_pays")
    assert payment.status == "pending"
    for _ in range(6):
        later(60)
        rest()
    assert look(payment.id).detail == "prepaid"
    assert len(paystack.objects("transaction")) == 1
    assert paystack.balance("USD") == 100_00
    assert_sound_books()


def test_a_declined_card_fails_the_payment_and_takes_nothing(paystack, casey, pat, rest):
    payment = pay(casey, pat, card="AUTH_lacks_funds")
    rest()
    assert look(payment.id).status == "failed"
    assert paystack.balance("USD") == 0
    assert_sound_books()


def test_a_refund_that_fails_is_noticed_though_its_event_names_only_the_payment(paystack, casey, pat, rest):
    payment = pay(casey, pat, card="AUTH_pays")
    do(services.void_payment, actor=SYSTEM, payment_id=payment.id)
    rest()
    paystack.fail_refund(paystack.objects("refund")[0]["id"])
    rest()
    assert Refund.objects.get().status == "failed"
    assert_sound_books()
