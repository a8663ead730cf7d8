"""What any gateway must do behind the port: money in and money back."""

from datetime import timedelta

import pytest

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    ActionRequired,
    DeclineCode,
    Declined,
    PaymentState,
    RefundState,
    Rejected,
)
from jobsphere.payments.gateways.tests.bench import DOLLARS, done

TEN = Money(1000, "USD")


def test_an_authorisation_reserves_and_moves_nothing(bench):
    payment = done(bench.authorize())
    assert payment.status is PaymentState.AUTHORIZED
    assert payment.amount == DOLLARS
    assert payment.amount_captured == Money.zero("USD")
    assert payment.authorized_until == bench.clock.now() + bench.gateway.capabilities.authorization_lifetime
    assert bench.controls.balance("USD") == 0


def test_a_capture_brings_exactly_the_amount(bench):
    payment = bench.captured()
    snapshot = bench.payment(payment)
    assert snapshot.status is PaymentState.CAPTURED
    assert snapshot.amount_captured == DOLLARS
    assert bench.controls.balance("USD") == DOLLARS.amount


def test_capturing_again_with_another_key_is_ok_and_takes_nothing_more(bench):
    payment = bench.captured()
    again = bench.gateway.capture(gateway_id=payment, amount=DOLLARS, idempotency_key=bench.key())
    assert done(again).amount_captured == DOLLARS
    assert bench.controls.balance("USD") == DOLLARS.amount


def test_capturing_another_amount_than_before_is_declined_and_takes_nothing_more(bench):
    payment = bench.captured()
    outcome = bench.gateway.capture(gateway_id=payment, amount=TEN, idempotency_key=bench.key())
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.ALREADY_CAPTURED
    assert bench.controls.balance("USD") == DOLLARS.amount


def test_capturing_more_than_was_authorised_is_rejected_and_takes_nothing(bench):
    payment = bench.authorized(amount=TEN)
    outcome = bench.gateway.capture(gateway_id=payment, amount=DOLLARS, idempotency_key=bench.key())
    assert isinstance(outcome, Declined | Rejected)
    assert bench.payment(payment).status is PaymentState.AUTHORIZED
    assert bench.controls.balance("USD") == 0


def test_a_void_ends_the_authorisation(bench):
    payment = bench.authorized()
    assert done(bench.gateway.void(gateway_id=payment, idempotency_key=bench.key())).status is PaymentState.CANCELED
    outcome = bench.gateway.capture(gateway_id=payment, amount=DOLLARS, idempotency_key=bench.key())
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.AUTHORIZATION_GONE
    assert bench.controls.balance("USD") == 0


def test_a_second_void_is_ok(bench):
    payment = bench.authorized()
    bench.gateway.void(gateway_id=payment, idempotency_key=bench.key())
    again = done(bench.gateway.void(gateway_id=payment, idempotency_key=bench.key()))
    assert again.status is PaymentState.CANCELED
    assert again.amount_refunded == Money.zero("USD")


def test_a_captured_payment_cannot_be_voided(bench):
    payment = bench.captured()
    outcome = bench.gateway.void(gateway_id=payment, idempotency_key=bench.key())
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.ALREADY_CAPTURED
    assert bench.payment(payment).status is PaymentState.CAPTURED


@pytest.mark.parametrize(
    "card, code, retryable",
    [
        ("declines", DeclineCode.CARD_DECLINED, False),
        ("lacks funds", DeclineCode.INSUFFICIENT_FUNDS, False),
        ("expired", DeclineCode.EXPIRED_CARD, False),
        ("processing error", DeclineCode.PROCESSING_ERROR, True),
    ],
)
def test_a_refused_card_is_declined_with_its_reason(bench, card, code, retryable):
    outcome = bench.authorize(card)
    assert isinstance(outcome, Declined)
    assert (outcome.code, outcome.retryable) == (code, retryable)
    assert outcome.message
    left_behind = bench.payment(outcome.gateway_id)
    assert left_behind.status is PaymentState.REQUIRES_PAYMENT_METHOD
    assert left_behind.failure_code == code


def test_after_a_decline_the_same_payment_takes_another_card(bench):
    declined = bench.authorize("declines")
    outcome = bench.gateway.confirm_payment(
        gateway_id=declined.gateway_id, payment_method="pm_card_visa", idempotency_key=bench.key()
    )
    assert done(outcome).status is PaymentState.AUTHORIZED


def test_an_unknown_card_is_rejected(bench):
    outcome = bench.gateway.authorize(
        amount=TEN, idempotency_key="k", operation_id="k", payment_method="pm_card_nonesuch"
    )
    assert isinstance(outcome, Rejected)
    assert bench.controls.objects("payment_intent") == []
    assert bench.controls.events() == []


def test_without_a_card_the_payment_waits_for_the_payer(bench):
    outcome = bench.gateway.authorize(amount=TEN, idempotency_key="k", operation_id="k")
    assert isinstance(outcome, ActionRequired)
    assert outcome.client_secret
    assert outcome.url == ""
    assert outcome.payment.status is PaymentState.REQUIRES_PAYMENT_METHOD


def test_an_automatic_capture_takes_the_money_at_once(bench):
    payment = done(bench.authorize(capture="automatic"))
    assert payment.status is PaymentState.CAPTURED
    assert bench.controls.balance("USD") == DOLLARS.amount


def test_a_card_that_declines_the_capture_leaves_an_authorisation_to_void(bench):
    payment = bench.authorized("declines capture")
    outcome = bench.gateway.capture(gateway_id=payment, amount=DOLLARS, idempotency_key=bench.key())
    assert isinstance(outcome, Declined)
    assert bench.controls.balance("USD") == 0
    assert done(bench.gateway.void(gateway_id=payment, idempotency_key=bench.key())).status is PaymentState.CANCELED


def test_an_authorisation_that_nobody_captures_lapses(bench):
    payment = bench.authorized()
    bench.controls.advance(bench.gateway.capabilities.authorization_lifetime + timedelta(seconds=1))
    assert bench.payment(payment).status is PaymentState.CANCELED
    outcome = bench.gateway.capture(gateway_id=payment, amount=DOLLARS, idempotency_key=bench.key())
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.AUTHORIZATION_GONE
    assert bench.controls.balance("USD") == 0


def test_an_amount_below_the_minimum_is_declined(bench):
    outcome = bench.authorize(amount=Money(10, "USD"))
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.AMOUNT_TOO_SMALL


def test_whole_unit_currencies_are_not_multiplied(bench):
    payment = bench.captured(amount=Money(5000, "JPY"))
    assert bench.payment(payment).amount_captured == Money(5000, "JPY")
    assert bench.controls.balance("JPY") == 5000


# --- money back


def test_a_refund_in_parts_gives_back_each_part(bench):
    payment = bench.captured()
    first, second = done(bench.refund(payment, TEN)), done(bench.refund(payment, TEN))
    assert first.status is RefundState.SUCCEEDED
    assert first.gateway_id != second.gateway_id
    assert bench.payment(payment).amount_refunded == TEN + TEN
    assert bench.controls.balance("USD") == (DOLLARS - TEN - TEN).amount


def test_refunding_more_than_is_left_is_refused_and_gives_nothing(bench):
    payment = bench.captured(amount=TEN)
    bench.captured()
    outcome = bench.refund(payment, TEN + TEN)
    assert isinstance(outcome, Declined | Rejected)
    assert bench.payment(payment).amount_refunded == Money.zero("USD")


def test_refunding_a_refunded_payment_is_declined(bench):
    payment = bench.captured(amount=TEN)
    done(bench.refund(payment, TEN))
    bench.captured()
    outcome = bench.refund(payment, TEN)
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.ALREADY_REFUNDED
    assert bench.payment(payment).amount_refunded == TEN


def test_a_refund_may_fail_a_day_later_and_the_money_is_back(bench):
    payment = bench.captured("refund fails")
    refund = done(bench.refund(payment, DOLLARS))
    assert refund.status is RefundState.SUCCEEDED
    bench.controls.advance(timedelta(days=1))
    later = done(bench.gateway.fetch_refund(gateway_id=refund.gateway_id))
    assert later.status is RefundState.FAILED
    assert later.failure_code
    assert bench.payment(payment).amount_refunded == Money.zero("USD")
    assert bench.controls.balance("USD") == DOLLARS.amount


def test_a_refund_may_take_a_day(bench):
    payment = bench.captured("refund takes a day")
    refund = done(bench.refund(payment, TEN))
    assert refund.status is RefundState.PENDING
    bench.controls.advance(timedelta(days=1))
    assert done(bench.gateway.fetch_refund(gateway_id=refund.gateway_id)).status is RefundState.SUCCEEDED
