"""Authorise, confirm, capture, void: against the real adapter and the sandbox, with every fault."""

import pytest

from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import Forbidden, NotFound, WrongStatus
from jobsphere.ledger.types import AccountKind
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments import services
from jobsphere.payments.models import GatewayOperation, Payment, Refund
from jobsphere.payments.tests.builders import (
    UNWANTED,
    assert_sound_books,
    balance,
    captured,
    do,
    gateway_id,
    later,
    look,
    operation,
    pay,
    usd,
)

pytestmark = pytest.mark.django_db(transaction=True)


def events(payment_id):
    return list(StoredEvent.objects.filter(aggregate_id=payment_id).order_by("pk").values_list("name", flat=True))


def test_a_card_is_reserved_and_nothing_is_booked(sandbox, casey, pat):
    payment = pay(casey, pat)
    assert (payment.status, payment.detail) == ("pending", "authorized")
    assert payment.authorized_until is not None
    assert not payment.captured
    assert balance(AccountKind.GATEWAY, "sandbox") == 0
    assert events(payment.id) == ["payment.authorized"]
    assert_sound_books()


def test_authorised_money_is_captured_and_applied_in_one_step(sandbox, casey, pat):
    payment = captured(casey, pat)
    assert payment.captured == usd(100_00)
    assert payment.applied_transfer_id is not None
    assert events(payment.id) == ["payment.authorized", "payment.captured"]
    assert balance(AccountKind.GATEWAY, "sandbox") == 100_00
    assert balance(AccountKind.WALLET, pat.id) == 100_00
    assert_sound_books()


def test_capture_at_once_needs_no_second_step(sandbox, casey, pat):
    payment = pay(casey, pat, capture="automatic")
    assert payment.status == "released"
    assert_sound_books()


def test_a_payment_without_a_card_waits_for_the_payers_browser(sandbox, casey, pat):
    payment = pay(casey, pat, card=None)
    assert payment.detail == "action_required"
    assert payment.action is not None
    assert payment.action.client_secret
    assert look(payment.id, pat).action is None
    do(services.confirm_payment, actor=casey, payment_id=payment.id, payment_method="pm_card_visa")
    assert look(payment.id).detail == "authorized"
    assert Payment.objects.get(pk=payment.id).action is None


def test_three_d_secure_then_capture(sandbox, casey, pat):
    payment = pay(casey, pat, card="pm_card_threeDSecureRequired")
    assert (payment.status, payment.detail) == ("pending", "action_required")
    assert payment.action is not None
    assert payment.action.url
    sandbox.answer_challenge(gateway_id(payment.id))
    do(services.confirm_payment, actor=casey, payment_id=payment.id)
    assert look(payment.id).detail == "authorized"
    do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
    assert look(payment.id).captured == usd(100_00)
    assert_sound_books()


def test_three_d_secure_that_is_not_passed_fails_the_payment_and_closes_it_at_the_gateway(sandbox, casey, pat):
    payment = pay(casey, pat, card="pm_card_threeDSecureRequired")
    sandbox.answer_challenge(gateway_id(payment.id), passed=False)
    do(services.confirm_payment, actor=casey, payment_id=payment.id)
    payment = look(payment.id)
    assert (payment.status, payment.detail) == ("failed", "declined")
    assert payment.failure_code == "authentication_failed"
    assert [each["status"] for each in sandbox.objects("payment_intent")] == ["canceled"]
    assert events(payment.id) == ["payment.action_required", "payment.failed"]


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ("pm_card_chargeDeclined", "card_declined"),
        ("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card"),
        ("pm_card_chargeDeclinedProcessingError", "processing_error"),
    ],
)
def test_a_declined_card_fails_the_payment_with_its_reason(sandbox, casey, pat, card, code):
    payment = pay(casey, pat, card=card)
    assert (payment.status, payment.detail, payment.failure_code) == ("failed", "declined", code)
    assert payment.failure_message
    assert_sound_books()


def test_an_unknown_card_is_our_mistake_and_raises_the_alarm(sandbox, casey, pat):
    payment = pay(casey, pat, card="pm_card_nonsense")
    assert payment.status == "failed"
    assert operation(payment.id, "authorize").status == "rejected"
    assert StoredEvent.objects.filter(name="operation.rejected").count() == 1


@pytest.mark.parametrize("fault", ["lose_request", "lose_response", "fail_before", "fail_after", "limit_rate"])
@pytest.mark.parametrize("step", ["authorize", "capture", "void"])
def test_whatever_the_network_does_each_step_happens_once(sandbox, casey, pat, run_worker, fault, step):
    getattr(sandbox, fault)({"authorize": "POST /v1/payment_intents"}.get(step, "POST /v1/payment_intents/*"))
    payment = pay(casey, pat)
    if step == "void":
        sandbox.clear_faults()
        getattr(sandbox, fault)("POST /v1/payment_intents/*")
        do(services.void_payment, actor=SYSTEM, payment_id=payment.id)
    for _ in range(4):
        later(30)
        run_worker()
    if step != "void":
        assert look(payment.id).detail == "authorized"
        do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
        for _ in range(4):
            later(30)
            run_worker()
    assert look(payment.id).status == ("failed" if step == "void" else "released")
    assert len(sandbox.objects("payment_intent")) == 1
    assert set(GatewayOperation.objects.values_list("status", flat=True)) == {"succeeded"}
    assert_sound_books()


def test_a_lost_answer_is_unknown_and_not_failed(sandbox, casey, pat):
    sandbox.lose_response("POST /v1/payment_intents", times=None)
    sandbox.lose_request("GET *", times=None)
    payment = pay(casey, pat)
    assert (payment.status, payment.detail) == ("pending", "created")
    assert operation(payment.id, "authorize").status == "unknown"


def test_after_twenty_hours_it_is_looked_up_and_not_sent_again(sandbox, casey, pat, run_worker):
    sandbox.lose_response("POST /v1/payment_intents")
    sandbox.lose_request("*", times=None, skip=1)
    payment = pay(casey, pat)
    assert payment.detail == "created"
    sandbox.clear_faults()
    sandbox.forget_keys()
    later(21 * 3600)
    run_worker()
    assert look(payment.id).detail == "authorized"
    assert len(sandbox.objects("payment_intent")) == 1
    assert len(sandbox.requests("POST /v1/payment_intents")) == 1


def test_a_gateway_that_is_down_for_an_hour_loses_nothing(sandbox, casey, pat, run_worker):
    sandbox.go_down()
    payments = [pay(casey, pat) for _ in range(3)]
    for _ in range(12):
        later(300)
        run_worker()
    assert {look(each.id).detail for each in payments} == {"created"}
    assert StoredEvent.objects.filter(name="operation.stuck").count() == 3
    sandbox.come_back()
    later(600)
    run_worker()
    assert {look(each.id).detail for each in payments} == {"authorized"}
    assert len(sandbox.objects("payment_intent")) == 3


def test_an_authorisation_is_given_up_once(sandbox, casey, pat):
    payment = pay(casey, pat)
    do(services.void_payment, actor=SYSTEM, payment_id=payment.id, reason="withdrawn")
    do(services.void_payment, actor=SYSTEM, payment_id=payment.id, reason="again")
    assert (look(payment.id).status, look(payment.id).detail) == ("failed", "voided")
    assert events(payment.id) == ["payment.authorized", "payment.voided"]
    assert len(sandbox.requests("POST /v1/payment_intents/*/cancel")) == 1


def test_a_payment_that_is_given_up_while_unknown_is_voided_when_it_is_known(sandbox, casey, pat, run_worker):
    sandbox.go_down()
    payment = pay(casey, pat)
    do(services.void_payment, actor=SYSTEM, payment_id=payment.id)
    assert look(payment.id).detail == "voiding"
    sandbox.come_back()
    later(30)
    run_worker()
    assert look(payment.id).detail == "voided"
    assert [each["status"] for each in sandbox.objects("payment_intent")] == ["canceled"]


def test_three_d_secure_finished_after_the_payment_was_given_up_takes_nothing(sandbox, casey, pat, settle):
    payment = pay(casey, pat, card="pm_card_threeDSecureRequired")
    sandbox.go_down()
    do(services.void_payment, actor=SYSTEM, payment_id=payment.id)
    sandbox.come_back()
    sandbox.answer_challenge(gateway_id(payment.id))
    settle()
    later(30)
    settle()
    assert look(payment.id).detail == "voided"
    assert balance(AccountKind.GATEWAY, "sandbox") == 0
    assert_sound_books()


def test_an_authorisation_that_lapses_fails_the_payment(sandbox, casey, pat, settle):
    payment = pay(casey, pat)
    later(8 * 24 * 3600)
    sandbox.tick()
    settle()
    payment = look(payment.id)
    assert (payment.status, payment.detail, payment.failure_code) == ("failed", "lapsed", "authorization_gone")
    failed = StoredEvent.objects.get(name="payment.failed")
    assert failed.payload["stage"] == "lapsed"


def test_a_lapsed_authorisation_cannot_be_captured(sandbox, casey, pat):
    payment = pay(casey, pat)
    later(8 * 24 * 3600)
    do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
    assert look(payment.id).detail == "lapsed"
    assert StoredEvent.objects.get(name="payment.failed").payload["stage"] == "capture"
    assert_sound_books()


def test_a_declined_capture_fails_the_payment(sandbox, casey, pat):
    payment = pay(casey, pat, card="pm_card_captureDeclined")
    do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
    assert look(payment.id).status == "failed"
    assert StoredEvent.objects.get(name="payment.failed").payload["stage"] == "capture"
    assert_sound_books()


def test_captured_money_that_nobody_wants_goes_back_by_itself(sandbox, casey, pat, settle):
    payment = captured(casey, pat, purpose=UNWANTED)
    settle()
    payment = look(payment.id)
    assert (payment.status, payment.detail) == ("refunded", "refunded")
    assert payment.refunded == usd(100_00)
    assert events(payment.id) == ["payment.authorized", "payment.captured", "payment.unapplied"]
    assert Refund.objects.get().status == "succeeded"
    assert balance(AccountKind.GATEWAY, "sandbox") == 0
    assert balance(AccountKind.UNAPPLIED, payment.id) == 0
    assert_sound_books()


def test_only_authorised_money_can_be_captured_and_nothing_changes(sandbox, casey, pat):
    payment = pay(casey, pat, card="pm_card_chargeDeclined")
    before = GatewayOperation.objects.count()
    with pytest.raises(WrongStatus):
        do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
    assert look(payment.id) == look(payment.id)
    assert GatewayOperation.objects.count() == before


def test_taken_money_cannot_be_given_up(sandbox, casey, pat):
    payment = captured(casey, pat)
    with pytest.raises(WrongStatus):
        do(services.void_payment, actor=SYSTEM, payment_id=payment.id)
    assert look(payment.id).status == "released"


def test_only_the_payer_confirms(sandbox, casey, pat, omar):
    payment = pay(casey, pat, card="pm_card_threeDSecureRequired")
    requests = len(sandbox.requests())
    with pytest.raises(NotFound):
        do(services.confirm_payment, actor=omar, payment_id=payment.id)
    with pytest.raises(Forbidden):
        do(services.confirm_payment, actor=pat, payment_id=payment.id)
    assert look(payment.id).detail == "action_required"
    assert len(sandbox.requests()) == requests
