"""The same key moves money once, whatever happens in between; and Stripe's own rules about keys."""

from datetime import timedelta

import pytest

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    DeclineCode,
    Declined,
    ObjectKind,
    Ok,
    PaymentState,
    Rejected,
    RejectedCode,
    Unknown,
)
from jobsphere.payments.gateways.tests.bench import DOLLARS, done, only

TEN = Money(1000, "USD")


def test_the_same_key_makes_one_payment(bench):
    first, second = done(bench.authorize(key="k")), done(bench.authorize(key="k"))
    assert first == second
    assert len(bench.controls.objects(bench.words.payment)) == 1


@only(connected_payouts=True)
def test_the_same_key_moves_every_kind_of_money_once(bench):
    payment = bench.authorized()
    for _ in range(3):
        done(bench.gateway.capture(gateway_id=payment, amount=bench.all, idempotency_key="capture"))
        refund = done(bench.refund(payment, bench.ten, "refund"))
    payee = bench.open_payee()
    for _ in range(3):
        transfer = done(bench.transfer(payee, bench.ten, "transfer"))
        payout = done(bench.pay_out(payee, Money(400, bench.currency), "payout"))
        reversal = done(
            bench.gateway.reverse_transfer(
                transfer_id=transfer.gateway_id,
                amount=Money(600, bench.currency),
                idempotency_key="reversal",
                operation_id="reversal",
            )
        )
    assert [item["id"] for item in bench.controls.objects("transfer_reversal")] == [reversal.gateway_id]
    assert [item["id"] for item in bench.controls.objects("payout")] == [payout.gateway_id]
    refunds = [item["id"] for item in bench.controls.objects("refund")]
    assert refunds.count(refund.gateway_id) == 1
    assert bench.controls.balance(bench.currency) == bench.all.amount - 1000 - 1000 + 600
    assert bench.controls.balance(bench.currency, payee) == 0


@only(manual_capture=True)
def test_a_replayed_answer_is_read_again_so_that_it_is_never_stale(bench):
    payment = done(bench.authorize(key="k"))
    done(bench.gateway.capture(gateway_id=payment.gateway_id, amount=bench.all, idempotency_key="c"))
    assert done(bench.authorize(key="k")).status is PaymentState.CAPTURED


@only(connected_payouts=True)
def test_a_replayed_payout_tells_its_present_state(bench):
    bench.captured()
    payee = bench.open_payee()
    bench.transfer(payee, bench.ten)
    first = done(bench.pay_out(payee, bench.ten, "payout"))
    bench.controls.fail_payout(first.gateway_id)
    assert done(bench.pay_out(payee, bench.ten, "payout")).status == "failed"
    assert len(bench.controls.objects("payout")) == 1


def test_the_same_key_with_another_amount_is_rejected_and_makes_nothing(bench):
    bench.authorize(key="k")
    outcome = bench.authorize(key="k", amount=bench.ten)
    assert isinstance(outcome, Rejected)
    assert outcome.code is RejectedCode.KEY_REUSED
    assert len(bench.controls.objects(bench.words.payment)) == 1


def test_the_same_key_for_another_request_is_rejected(stripe_bench):
    payment = done(stripe_bench.authorize(key="k")).gateway_id
    outcome = stripe_bench.gateway.capture(gateway_id=payment, amount=DOLLARS, idempotency_key="k")
    assert isinstance(outcome, Rejected)
    assert stripe_bench.payment(payment).status is PaymentState.AUTHORIZED


def test_a_decline_is_kept_under_its_key_and_a_new_key_tries_again(bench):
    first = bench.authorize("declines", key="k")
    assert bench.authorize("declines", key="k") == first
    assert len(bench.controls.objects(bench.words.payment)) == 1
    assert isinstance(bench.authorize("declines"), Declined)
    assert len(bench.controls.objects(bench.words.payment)) == 2


@only(manual_capture=True)
def test_a_replayed_decline_is_looked_at_again_and_a_payment_made_good_meanwhile_is_ok(bench):
    declined = bench.authorize("declines", key="k")
    done(
        bench.gateway.confirm_payment(
            gateway_id=declined.gateway_id, payment_method="pm_card_visa", idempotency_key="again"
        )
    )
    assert done(bench.authorize("declines", key="k")).status is PaymentState.AUTHORIZED


def test_what_was_never_understood_is_not_kept_under_its_key(stripe_bench):
    v1 = stripe_bench.gateway._v1
    options = {"idempotency_key": "k"}
    with pytest.raises(Exception, match="Missing required param"):
        _unchecked(stripe_bench).payment_intents.create({"amount": 500}, options)
    made = v1.payment_intents.create({"amount": 500, "currency": "usd"}, options)
    assert made.amount == 500


@only(manual_capture=True)
def test_a_key_that_was_forgotten_would_pay_twice_so_the_operation_is_looked_up_first(bench):
    bench.authorize(key="k")
    assert bench.controls.forget_keys() == 1
    found = bench.gateway.find_by_operation(kind=ObjectKind.PAYMENT, operation_id="k", since=bench.clock.now())
    assert done(found).status is PaymentState.AUTHORIZED
    bench.authorize(key="k")  # What resending blindly would do.
    assert len(bench.controls.objects(bench.words.payment)) == 2


@only(manual_capture=True)
def test_keys_are_forgotten_after_a_day_as_at_the_real_gateway(bench):
    bench.authorize(key="k")
    bench.controls.advance(timedelta(hours=23))
    bench.authorize(key="k")
    assert len(bench.controls.objects(bench.words.payment)) == 1
    bench.controls.advance(timedelta(hours=2))
    bench.authorize(key="k")
    assert len(bench.controls.objects(bench.words.payment)) == 2


def test_a_look_up_finds_a_payment_that_the_search_index_has_not_seen_yet(stripe_bench):
    stripe_bench.controls.set(search_lag=3600)
    payment = done(stripe_bench.authorize(key="k"))
    found = stripe_bench.gateway.find_by_operation(
        kind=ObjectKind.PAYMENT, operation_id="k", since=stripe_bench.clock.now()
    )
    assert found == Ok(payment)


@only(manual_capture=True)
def test_a_stored_500_is_repeated_and_resolved_by_looking(bench):
    bench.controls.fail_after(bench.words.charge)
    first = bench.authorize(key="k")
    assert isinstance(first, Unknown)
    assert not first.key_spent
    assert done(bench.authorize(key="k")).status is PaymentState.AUTHORIZED
    assert len(bench.controls.objects(bench.words.payment)) == 1


def test_two_accounts_may_use_the_same_key(stripe_bench):
    stripe_bench.captured()
    for payee in (stripe_bench.open_payee(), stripe_bench.open_payee()):
        done(stripe_bench.transfer(payee, TEN))
        done(stripe_bench.pay_out(payee, TEN, "one-key"))
    assert len(stripe_bench.controls.objects("payout")) == 2


@only(connected_payouts=True)
def test_declined_for_want_of_balance_works_later_with_a_new_key(bench):
    payee = bench.open_payee()
    declined = bench.transfer(payee, bench.ten, "first")
    assert isinstance(declined, Declined)
    assert declined.code is DeclineCode.BALANCE_INSUFFICIENT
    bench.captured()
    assert isinstance(bench.transfer(payee, bench.ten, "first"), Declined)
    assert done(bench.transfer(payee, bench.ten, "second")).amount == bench.ten


def _unchecked(bench):
    """Return the SDK on the same sandbox without the contract, to say what our adapter never would."""
    import stripe

    from jobsphere.payments.gateways.sandbox import SandboxHTTPClient

    client = stripe.StripeClient(bench.server.state.secret_key, http_client=SandboxHTTPClient(bench.server))
    return client.v1
