"""What any gateway must do behind the port: payees and money out."""

from datetime import timedelta

import pytest

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    DeclineCode,
    Declined,
    PayoutState,
)
from jobsphere.payments.gateways.tests.bench import done, only

TEN = Money(1000, "USD")


# --- payees


@only(connected_payouts=True)
def test_a_new_payee_cannot_be_paid_and_is_told_what_is_missing(bench):
    bench.captured()
    payee = bench.new_payee()
    status = bench.status(payee)
    assert not status.payouts_enabled
    assert "external_account" in status.currently_due
    assert status.disabled_reason
    outcome = bench.transfer(payee, bench.ten)
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.PAYEE_RESTRICTED
    assert bench.controls.balance(bench.currency, payee) == 0


def test_a_payee_who_has_told_everything_can_be_paid(bench):
    status = bench.status(bench.open_payee())
    assert status.payouts_enabled
    assert status.transfers_enabled
    assert status.currently_due == ()
    assert status.disabled_reason == ""


@only(connected_payouts=True)
def test_going_on_with_onboarding_gives_a_fresh_link_for_the_same_payee(bench):
    payee = bench.new_payee()
    link = done(
        bench.gateway.onboard_payee(
            idempotency_key=bench.key(),
            operation_id="again",
            email="pat@example.org",
            country="US",
            return_url="https://app.example.org/done",
            refresh_url="https://app.example.org/again",
            payee_id=payee,
        )
    )
    assert link.payee_id == payee
    assert link.url
    assert len(bench.controls.objects("account")) == 1


@only(connected_payouts=True)
def test_the_gate_can_close_again(bench):
    bench.captured()
    payee = bench.open_payee()
    done(bench.transfer(payee, bench.ten))
    bench.controls.restrict_payee(payee)
    assert not bench.status(payee).payouts_enabled
    for outcome in (bench.transfer(payee, bench.ten), bench.pay_out(payee, bench.ten)):
        assert isinstance(outcome, Declined)
        assert outcome.code is DeclineCode.PAYEE_RESTRICTED
    assert bench.controls.balance(bench.currency, payee) == bench.ten.amount
    bench.controls.unrestrict_payee(payee)
    assert done(bench.pay_out(payee, bench.ten)).status is PayoutState.PENDING


# --- money out


@only(connected_payouts=True)
def test_a_transfer_moves_money_from_our_balance_to_the_payees(bench):
    bench.captured()
    payee = bench.open_payee()
    transfer = done(bench.transfer(payee, bench.ten))
    assert (transfer.payee_id, transfer.amount, transfer.reversed) == (payee, bench.ten, Money.zero(bench.currency))
    assert bench.controls.balance(bench.currency) == (bench.all - bench.ten).amount
    assert bench.controls.balance(bench.currency, payee) == bench.ten.amount


@only(connected_payouts=True)
def test_a_transfer_beyond_our_balance_is_declined_and_moves_nothing(bench):
    payee = bench.open_payee()
    outcome = bench.transfer(payee, bench.ten)
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.BALANCE_INSUFFICIENT
    assert outcome.retryable
    assert bench.controls.objects("transfer") == []


@only(connected_payouts=True)
def test_money_that_has_not_settled_cannot_be_transferred_yet(bench):
    bench.controls.set(settlement_seconds=86_400)
    bench.captured()
    payee = bench.open_payee()
    assert isinstance(bench.transfer(payee, bench.ten), Declined)
    bench.controls.advance(timedelta(days=1))
    assert done(bench.transfer(payee, bench.ten)).amount == bench.ten


@only(connected_payouts=True)
def test_a_reversal_takes_a_transfer_back(bench):
    bench.captured()
    payee = bench.open_payee()
    transfer = done(bench.transfer(payee, bench.ten)).gateway_id
    outcome = bench.gateway.reverse_transfer(
        transfer_id=transfer, amount=bench.ten, idempotency_key="r", operation_id="r"
    )
    assert done(outcome).transfer_id == transfer
    assert done(bench.gateway.fetch_transfer(gateway_id=transfer)).reversed == bench.ten
    assert bench.controls.balance(bench.currency, payee) == 0
    assert bench.controls.balance(bench.currency) == bench.all.amount


@only(connected_payouts=True)
def test_a_reversal_of_what_the_payee_no_longer_has_is_declined(bench):
    bench.captured()
    payee = bench.open_payee()
    transfer = done(bench.transfer(payee, bench.ten)).gateway_id
    done(bench.pay_out(payee, bench.ten))
    outcome = bench.gateway.reverse_transfer(
        transfer_id=transfer, amount=bench.ten, idempotency_key="r", operation_id="r"
    )
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.BALANCE_INSUFFICIENT
    assert done(bench.gateway.fetch_transfer(gateway_id=transfer)).reversed == Money.zero(bench.currency)


@only(connected_payouts=True)
def test_a_payout_goes_pending_in_transit_paid(bench):
    bench.captured()
    payee = bench.open_payee()
    bench.transfer(payee, bench.ten)
    payout = done(bench.pay_out(payee, bench.ten))
    assert payout.status is PayoutState.PENDING
    seen = []
    for _ in range(4):
        bench.controls.advance(timedelta(seconds=10))
        seen.append(done(bench.gateway.fetch_payout(gateway_id=payout.gateway_id, payee_id=payee)).status)
    assert seen == [PayoutState.IN_TRANSIT, PayoutState.IN_TRANSIT, PayoutState.PAID, PayoutState.PAID]
    assert bench.controls.balance(bench.currency, payee) == 0


@only(connected_payouts=True)
def test_a_payout_beyond_the_payees_balance_is_declined(bench):
    outcome = bench.pay_out(bench.open_payee(), bench.ten)
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.BALANCE_INSUFFICIENT
    assert bench.controls.objects("payout") == []


@pytest.mark.parametrize("bank, was_paid", [("000111111116", False), ("000999999991", True)])
@only(connected_payouts=True)
def test_a_payout_to_a_bad_bank_fails_and_the_money_is_back_with_the_payee(bench, bank, was_paid):
    bench.captured()
    payee = bench.open_payee(bank)
    bench.transfer(payee, bench.ten)
    payout = done(bench.pay_out(payee, bench.ten)).gateway_id
    bench.controls.advance(timedelta(seconds=30))
    halfway = done(bench.gateway.fetch_payout(gateway_id=payout, payee_id=payee))
    assert halfway.status is (PayoutState.PAID if was_paid else PayoutState.FAILED)
    bench.controls.advance(timedelta(seconds=30))
    final = done(bench.gateway.fetch_payout(gateway_id=payout, payee_id=payee))
    assert final.status is PayoutState.FAILED
    assert final.failure_code
    assert bench.controls.balance(bench.currency, payee) == bench.ten.amount
