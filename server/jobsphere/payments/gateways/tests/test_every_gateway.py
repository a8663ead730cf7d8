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
    Unknown,
)
from jobsphere.payments.gateways.tests.bench import done, only

TEN = Money(1000, "USD")


@only(manual_capture=True)
def test_an_authorisation_reserves_and_moves_nothing(bench):
    payment = done(bench.authorize())
    assert payment.status is PaymentState.AUTHORIZED
    assert payment.amount == bench.all
    assert payment.amount_captured == Money.zero(bench.currency)
    assert payment.authorized_until == bench.clock.now() + bench.gateway.capabilities.authorization_lifetime
    assert bench.controls.balance(bench.currency) == 0


def test_a_capture_brings_exactly_the_amount(bench):
    payment = bench.captured()
    snapshot = bench.payment(payment)
    assert snapshot.status is PaymentState.CAPTURED
    assert snapshot.amount_captured == bench.all
    assert bench.controls.balance(bench.currency) == bench.all.amount


def test_capturing_again_with_another_key_is_ok_and_takes_nothing_more(bench):
    payment = bench.captured()
    again = bench.gateway.capture(gateway_id=payment, amount=bench.all, idempotency_key=bench.key())
    assert done(again).amount_captured == bench.all
    assert bench.controls.balance(bench.currency) == bench.all.amount


def test_capturing_another_amount_than_before_is_declined_and_takes_nothing_more(bench):
    payment = bench.captured()
    outcome = bench.gateway.capture(gateway_id=payment, amount=bench.ten, idempotency_key=bench.key())
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.ALREADY_CAPTURED
    assert bench.controls.balance(bench.currency) == bench.all.amount


@only(manual_capture=True)
def test_capturing_more_than_was_authorised_is_rejected_and_takes_nothing(bench):
    payment = bench.authorized(amount=bench.ten)
    outcome = bench.gateway.capture(gateway_id=payment, amount=bench.all, idempotency_key=bench.key())
    assert isinstance(outcome, Declined | Rejected)
    assert bench.payment(payment).status is PaymentState.AUTHORIZED
    assert bench.controls.balance(bench.currency) == 0


@only(manual_capture=True)
def test_a_void_ends_the_authorisation(bench):
    payment = bench.authorized()
    assert done(bench.gateway.void(gateway_id=payment, idempotency_key=bench.key())).status is PaymentState.CANCELED
    outcome = bench.gateway.capture(gateway_id=payment, amount=bench.all, idempotency_key=bench.key())
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.AUTHORIZATION_GONE
    assert bench.controls.balance(bench.currency) == 0


@only(manual_capture=True)
def test_a_second_void_is_ok(bench):
    payment = bench.authorized()
    bench.gateway.void(gateway_id=payment, idempotency_key=bench.key())
    again = done(bench.gateway.void(gateway_id=payment, idempotency_key=bench.key()))
    assert again.status is PaymentState.CANCELED
    assert again.amount_refunded == Money.zero(bench.currency)


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
    another_card = bench.gateway.capabilities.server_confirmation
    assert left_behind.status is (PaymentState.REQUIRES_PAYMENT_METHOD if another_card else PaymentState.FAILED)
    assert left_behind.failure_code == code


@only(parallel_refunds=False)
def test_a_second_refund_waits_for_the_first_and_gives_nothing_meanwhile(bench):
    payment = bench.captured()
    first = done(bench.refund(payment, bench.ten, "first"))
    assert first.status is RefundState.PENDING
    assert isinstance(bench.refund(payment, bench.ten, "second"), Unknown)
    assert bench.payment(payment).amount_refunded == bench.ten
    bench.controls.finish_refunds()
    assert done(bench.refund(payment, bench.ten, "second")).gateway_id != first.gateway_id
    assert bench.payment(payment).amount_refunded == bench.ten + bench.ten


@only(server_confirmation=True)
def test_after_a_decline_the_same_payment_takes_another_card(bench):
    declined = bench.authorize("declines")
    outcome = bench.gateway.confirm_payment(
        gateway_id=declined.gateway_id, payment_method=bench.words.cards["pays"], idempotency_key=bench.key()
    )
    assert done(outcome).status is PaymentState.AUTHORIZED


def test_an_unknown_card_is_rejected(bench):
    outcome = bench.gateway.authorize(
        amount=bench.ten,
        idempotency_key="k",
        operation_id="k",
        payment_method="pm_card_nonesuch",
        payer_email="casey@example.org",
    )
    assert isinstance(outcome, Rejected)
    assert bench.controls.objects(bench.words.payment) == []
    assert bench.controls.events() == []


@only(server_confirmation=False)
def test_without_a_card_the_payer_is_sent_to_the_gateways_page(bench):
    outcome = bench.gateway.authorize(
        amount=bench.ten, idempotency_key="k", operation_id="k", payer_email="casey@example.org"
    )
    assert isinstance(outcome, ActionRequired)
    assert outcome.url == outcome.payment.action_url != ""
    assert outcome.payment.status is PaymentState.ACTION_REQUIRED
    assert bench.payment(outcome.payment.gateway_id).amount_captured == Money.zero(bench.currency)


@only(manual_capture=False)
def test_without_a_hold_the_money_is_taken_at_once_and_only_a_refund_gives_it_back(bench):
    payment = done(bench.authorize())
    assert payment.status is PaymentState.CAPTURED
    assert payment.amount_captured == bench.all
    assert payment.authorized_until is None
    assert bench.controls.balance(bench.currency) == bench.all.amount
    given_up = bench.gateway.void(gateway_id=payment.gateway_id, idempotency_key="v")
    assert isinstance(given_up, Declined)
    assert given_up.code is DeclineCode.ALREADY_CAPTURED
    assert bench.refunded(payment.gateway_id, bench.all).status is RefundState.SUCCEEDED
    assert bench.controls.balance(bench.currency) == 0


@only(server_confirmation=True)
def test_without_a_card_the_payment_waits_for_the_payer(bench):
    outcome = bench.gateway.authorize(amount=bench.ten, idempotency_key="k", operation_id="k")
    assert isinstance(outcome, ActionRequired)
    assert outcome.client_secret
    assert outcome.url == ""
    assert outcome.payment.status is PaymentState.REQUIRES_PAYMENT_METHOD


def test_an_automatic_capture_takes_the_money_at_once(bench):
    payment = done(bench.authorize(capture="automatic"))
    assert payment.status is PaymentState.CAPTURED
    assert bench.controls.balance(bench.currency) == bench.all.amount


@only(manual_capture=True)
def test_a_card_that_declines_the_capture_leaves_an_authorisation_to_void(bench):
    payment = bench.authorized("declines capture")
    outcome = bench.gateway.capture(gateway_id=payment, amount=bench.all, idempotency_key=bench.key())
    assert isinstance(outcome, Declined)
    assert bench.controls.balance(bench.currency) == 0
    assert done(bench.gateway.void(gateway_id=payment, idempotency_key=bench.key())).status is PaymentState.CANCELED


@only(manual_capture=True)
def test_an_authorisation_that_nobody_captures_lapses(bench):
    payment = bench.authorized()
    bench.controls.advance(bench.gateway.capabilities.authorization_lifetime + timedelta(seconds=1))
    assert bench.payment(payment).status is PaymentState.CANCELED
    outcome = bench.gateway.capture(gateway_id=payment, amount=bench.all, idempotency_key=bench.key())
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.AUTHORIZATION_GONE
    assert bench.controls.balance(bench.currency) == 0


def test_an_amount_below_the_minimum_is_declined(bench):
    outcome = bench.authorize(amount=Money(bench.gateway.limits(bench.currency).minimum - 1, bench.currency))
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.AMOUNT_TOO_SMALL


def test_whole_unit_currencies_are_not_multiplied(bench):
    payment = bench.captured(amount=Money(5000, bench.words.whole_currency))
    assert bench.payment(payment).amount_captured == Money(5000, bench.words.whole_currency)
    told = done(bench.gateway.list_balance_movements(since=bench.clock.now()))
    assert [line.net for line in told] == [Money(5000, bench.words.whole_currency)]


# --- money back


def test_a_refund_in_parts_gives_back_each_part(bench):
    payment = bench.captured()
    first, second = bench.refunded(payment, bench.ten), bench.refunded(payment, bench.ten)
    assert first.status is RefundState.SUCCEEDED
    assert first.gateway_id != second.gateway_id
    assert bench.payment(payment).amount_refunded == bench.ten + bench.ten
    assert bench.controls.balance(bench.currency) == (bench.all - bench.ten - bench.ten).amount


def test_refunding_more_than_is_left_is_refused_and_gives_nothing(bench):
    payment = bench.captured(amount=bench.ten)
    bench.captured()
    outcome = bench.refund(payment, bench.ten + bench.ten)
    assert isinstance(outcome, Declined | Rejected)
    assert bench.payment(payment).amount_refunded == Money.zero(bench.currency)


def test_refunding_a_refunded_payment_is_declined(bench):
    payment = bench.captured(amount=bench.ten)
    bench.refunded(payment, bench.ten)
    bench.captured()
    outcome = bench.refund(payment, bench.ten)
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.ALREADY_REFUNDED
    assert bench.payment(payment).amount_refunded == bench.ten


def test_a_refund_may_fail_a_day_later_and_the_money_is_back(bench):
    payment = bench.captured("refund fails")
    refund = done(bench.refund(payment, bench.all))
    assert refund.status in (RefundState.SUCCEEDED, RefundState.PENDING)
    bench.controls.advance(timedelta(days=1))
    later = done(bench.gateway.fetch_refund(gateway_id=refund.gateway_id))
    assert later.status is RefundState.FAILED
    assert later.failure_code
    assert bench.payment(payment).amount_refunded == Money.zero(bench.currency)
    assert bench.controls.balance(bench.currency) == bench.all.amount


def test_a_refund_may_take_a_day(bench):
    payment = bench.captured("refund takes a day")
    refund = done(bench.refund(payment, bench.ten))
    assert refund.status is RefundState.PENDING
    bench.controls.advance(timedelta(days=1))
    assert done(bench.gateway.fetch_refund(gateway_id=refund.gateway_id)).status is RefundState.SUCCEEDED
