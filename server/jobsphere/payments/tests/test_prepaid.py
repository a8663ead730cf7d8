"""Money that is taken before it was asked for: by a gateway that cannot reserve, or by hand at its own site."""

from datetime import timedelta
from uuid import uuid4

import pytest

from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import WrongStatus
from jobsphere.ledger import checks
from jobsphere.ledger.types import AccountKind
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments import services
from jobsphere.payments.gateways.registry import get_gateway
from jobsphere.payments.models import GatewayOperation, Payment, Refund
from jobsphere.payments.tests.builders import (
    UNWANTED,
    assert_sound_books,
    balance,
    do,
    gateway_id,
    later,
    look,
    pay,
    usd,
)

pytestmark = pytest.mark.django_db(transaction=True)


def events(payment_id):
    """Name what has happened to a payment, oldest first."""
    return list(StoredEvent.objects.filter(aggregate_id=str(payment_id)).order_by("pk").values_list("name", flat=True))


def capture_by_hand(payment, amount=None):
    """Take reserved money at the gateway, past our marketplace."""
    get_gateway("sandbox").capture(
        gateway_id=gateway_id(payment.id), amount=amount or payment.amount, idempotency_key=uuid4().hex
    )


def test_money_that_a_gateway_takes_at_once_waits_as_prepaid(no_hold, casey, pat):
    payment = pay(casey, pat)
    assert (payment.status, payment.detail, payment.prepaid) == ("pending", "prepaid", True)
    assert payment.captured == usd(100_00)
    assert payment.authorized_until is None
    assert balance(AccountKind.PREPAID, payment.id) == balance(AccountKind.GATEWAY, "sandbox") == 100_00
    assert events(payment.id) == ["payment.authorized"]
    assert_sound_books()


def test_capturing_prepaid_money_asks_nobody_and_is_heard_at_once(no_hold, casey, pat):
    payment = pay(casey, pat)
    asked = len(no_hold.requests())
    do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
    assert look(payment.id).status == "released"
    assert len(no_hold.requests()) == asked
    assert not GatewayOperation.objects.filter(kind="capture").exists()
    assert balance(AccountKind.PREPAID, payment.id) == 0
    assert balance(AccountKind.WALLET, pat.id) == balance(AccountKind.GATEWAY, "sandbox") == 100_00
    assert events(payment.id) == ["payment.authorized", "payment.captured"]
    assert_sound_books()


def test_prepaid_money_that_nobody_wants_when_it_is_captured_goes_back(no_hold, casey, pat, settle):
    payment = pay(casey, pat, purpose=UNWANTED)
    do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
    settle()
    assert (look(payment.id).status, look(payment.id).refunded) == ("refunded", usd(100_00))
    assert balance(AccountKind.GATEWAY, "sandbox") == balance(AccountKind.PREPAID, payment.id) == 0
    assert_sound_books()


def test_giving_prepaid_money_up_refunds_it_once(no_hold, casey, pat, settle):
    payment = pay(casey, pat)
    for _ in range(2):
        do(services.void_payment, actor=SYSTEM, payment_id=payment.id, reason="withdrawn")
    settle()
    assert (look(payment.id).status, look(payment.id).detail) == ("refunded", "refunded")
    assert Refund.objects.get().status == "succeeded"
    assert not GatewayOperation.objects.filter(kind="void").exists()
    assert events(payment.id) == ["payment.authorized", "payment.unapplied"]
    assert balance(AccountKind.GATEWAY, "sandbox") == balance(AccountKind.PREPAID, payment.id) == 0
    with pytest.raises(WrongStatus):
        do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
    assert_sound_books()


def test_a_refund_of_prepaid_money_that_bounces_waits_for_finance(no_hold, casey, pat, ada, settle):
    payment = pay(casey, pat)
    do(services.void_payment, actor=SYSTEM, payment_id=payment.id)
    settle()
    no_hold.fail_refund(no_hold.objects("refund")[0]["id"])
    settle()
    assert (look(payment.id).status, look(payment.id).detail) == ("held", "refund_failed")
    assert balance(AccountKind.REFUND_IN_TRANSIT, Refund.objects.get().pk) == 100_00
    assert_sound_books()
    do(services.retry_refund, actor=ada, refund_id=Refund.objects.get().pk)
    settle()
    assert look(payment.id).detail == "refunded"
    assert_sound_books()


def test_a_payment_that_was_given_up_before_it_was_taken_comes_back(no_hold, casey, pat, run_worker, settle):
    no_hold.go_down()
    payment = pay(casey, pat, purpose=UNWANTED)
    do(services.void_payment, actor=SYSTEM, payment_id=payment.id)
    no_hold.come_back()
    later(30)
    run_worker()
    settle()
    assert (look(payment.id).detail, look(payment.id).refunded) == ("refunded", usd(100_00))
    assert balance(AccountKind.GATEWAY, "sandbox") == 0
    assert_sound_books()


@pytest.mark.parametrize("fault", ["lose_request", "lose_response", "fail_before", "fail_after"])
def test_whatever_the_network_does_it_is_taken_once(no_hold, casey, pat, run_worker, fault):
    getattr(no_hold, fault)("POST /v1/payment_intents")
    payment = pay(casey, pat)
    for _ in range(4):
        later(30)
        run_worker()
    assert look(payment.id).detail == "prepaid"
    assert balance(AccountKind.PREPAID, payment.id) == no_hold.balance("usd") == 100_00
    assert_sound_books()


def test_money_captured_by_hand_is_prepaid_from_then_on(sandbox, casey, pat, settle):
    payment = pay(casey, pat)
    capture_by_hand(payment)
    settle()
    sandbox.deliver_webhooks(copies=2)
    settle()
    assert (look(payment.id).detail, look(payment.id).authorized_until) == ("prepaid", None)
    assert events(payment.id) == ["payment.authorized"]
    assert balance(AccountKind.PREPAID, payment.id) == 100_00
    assert_sound_books()
    later(timedelta(days=8).total_seconds())
    sandbox.tick()
    settle()
    do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
    assert look(payment.id).status == "released"
    assert_sound_books()


def test_a_part_captured_by_hand_is_not_what_was_agreed_and_goes_back(sandbox, casey, pat, settle):
    payment = pay(casey, pat)
    capture_by_hand(payment, usd(40_00))
    settle()
    assert (look(payment.id).detail, look(payment.id).refunded) == ("refunded", usd(40_00))
    assert "payment.unapplied" in events(payment.id)
    assert balance(AccountKind.GATEWAY, "sandbox") == 0
    assert_sound_books()


def test_a_row_that_does_not_explain_the_prepaid_money_is_named(no_hold, casey, pat):
    payment = pay(casey, pat)
    Payment.objects.filter(pk=payment.id).update(detail="voided", status="failed")
    found = [each.subject for each in checks.run(["payments.accounts"])["payments.accounts"]]
    assert found == ["prepaid"]


def test_a_stablecoin_is_taken_on_its_page_and_a_card_beside_it_is_still_reserved(
    sandbox, casey, pat, settle, settings
):
    settings.PAYMENT_METHODS = {"sandbox": ("card", "crypto")}
    by_card, by_coin = pay(casey, pat), pay(casey, pat, card="pm_crypto")
    assert (by_card.detail, by_coin.detail) == ("authorized", "action_required")
    sandbox.answer_challenge(gateway_id(by_coin.id))
    settle()
    assert look(by_coin.id).detail == "prepaid"
    for payment in (by_card, by_coin):
        do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
        assert look(payment.id).status == "released"
    assert balance(AccountKind.GATEWAY, "sandbox") == sandbox.balance("usd") == 200_00
    assert_sound_books()
