"""What any gateway must do behind the port: money in, money back, money out."""

from datetime import timedelta

import pytest

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    ActionRequired,
    DeclineCode,
    Declined,
    DisputeState,
    MovementKind,
    ObjectKind,
    Ok,
    PaymentState,
    PayoutState,
    RefundState,
    Rejected,
    RejectedCode,
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
    assert bench.controls.objects("charge") == []


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


# --- payees


def test_a_new_payee_cannot_be_paid_and_is_told_what_is_missing(bench):
    bench.captured()
    payee = bench.new_payee()
    status = bench.status(payee)
    assert not status.payouts_enabled
    assert "external_account" in status.currently_due
    assert status.disabled_reason
    outcome = bench.transfer(payee, TEN)
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.PAYEE_RESTRICTED
    assert bench.controls.balance("USD", payee) == 0


def test_a_payee_who_has_told_everything_can_be_paid(bench):
    status = bench.status(bench.open_payee())
    assert status.payouts_enabled
    assert status.transfers_enabled
    assert status.currently_due == ()
    assert status.disabled_reason == ""


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


def test_the_gate_can_close_again(bench):
    bench.captured()
    payee = bench.open_payee()
    done(bench.transfer(payee, TEN))
    bench.controls.restrict_payee(payee)
    assert not bench.status(payee).payouts_enabled
    for outcome in (bench.transfer(payee, TEN), bench.pay_out(payee, TEN)):
        assert isinstance(outcome, Declined)
        assert outcome.code is DeclineCode.PAYEE_RESTRICTED
    assert bench.controls.balance("USD", payee) == TEN.amount
    bench.controls.unrestrict_payee(payee)
    assert done(bench.pay_out(payee, TEN)).status is PayoutState.PENDING


# --- money out


def test_a_transfer_moves_money_from_our_balance_to_the_payees(bench):
    bench.captured()
    payee = bench.open_payee()
    transfer = done(bench.transfer(payee, TEN))
    assert (transfer.payee_id, transfer.amount, transfer.reversed) == (payee, TEN, Money.zero("USD"))
    assert bench.controls.balance("USD") == (DOLLARS - TEN).amount
    assert bench.controls.balance("USD", payee) == TEN.amount


def test_a_transfer_beyond_our_balance_is_declined_and_moves_nothing(bench):
    payee = bench.open_payee()
    outcome = bench.transfer(payee, TEN)
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.BALANCE_INSUFFICIENT
    assert outcome.retryable
    assert bench.controls.objects("transfer") == []


def test_money_that_has_not_settled_cannot_be_transferred_yet(bench):
    bench.controls.set(settlement_seconds=86_400)
    bench.captured()
    payee = bench.open_payee()
    assert isinstance(bench.transfer(payee, TEN), Declined)
    bench.controls.advance(timedelta(days=1))
    assert done(bench.transfer(payee, TEN)).amount == TEN


def test_a_reversal_takes_a_transfer_back(bench):
    bench.captured()
    payee = bench.open_payee()
    transfer = done(bench.transfer(payee, TEN)).gateway_id
    outcome = bench.gateway.reverse_transfer(transfer_id=transfer, amount=TEN, idempotency_key="r", operation_id="r")
    assert done(outcome).transfer_id == transfer
    assert done(bench.gateway.fetch_transfer(gateway_id=transfer)).reversed == TEN
    assert bench.controls.balance("USD", payee) == 0
    assert bench.controls.balance("USD") == DOLLARS.amount


def test_a_reversal_of_what_the_payee_no_longer_has_is_declined(bench):
    bench.captured()
    payee = bench.open_payee()
    transfer = done(bench.transfer(payee, TEN)).gateway_id
    done(bench.pay_out(payee, TEN))
    outcome = bench.gateway.reverse_transfer(transfer_id=transfer, amount=TEN, idempotency_key="r", operation_id="r")
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.BALANCE_INSUFFICIENT
    assert done(bench.gateway.fetch_transfer(gateway_id=transfer)).reversed == Money.zero("USD")


def test_a_payout_goes_pending_in_transit_paid(bench):
    bench.captured()
    payee = bench.open_payee()
    bench.transfer(payee, TEN)
    payout = done(bench.pay_out(payee, TEN))
    assert payout.status is PayoutState.PENDING
    seen = []
    for _ in range(4):
        bench.controls.advance(timedelta(seconds=10))
        seen.append(done(bench.gateway.fetch_payout(gateway_id=payout.gateway_id, payee_id=payee)).status)
    assert seen == [PayoutState.IN_TRANSIT, PayoutState.IN_TRANSIT, PayoutState.PAID, PayoutState.PAID]
    assert bench.controls.balance("USD", payee) == 0


def test_a_payout_beyond_the_payees_balance_is_declined(bench):
    outcome = bench.pay_out(bench.open_payee(), TEN)
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.BALANCE_INSUFFICIENT
    assert bench.controls.objects("payout") == []


@pytest.mark.parametrize("bank, was_paid", [("000111111116", False), ("000999999991", True)])
def test_a_payout_to_a_bad_bank_fails_and_the_money_is_back_with_the_payee(bench, bank, was_paid):
    bench.captured()
    payee = bench.open_payee(bank)
    bench.transfer(payee, TEN)
    payout = done(bench.pay_out(payee, TEN)).gateway_id
    bench.controls.advance(timedelta(seconds=30))
    halfway = done(bench.gateway.fetch_payout(gateway_id=payout, payee_id=payee))
    assert halfway.status is (PayoutState.PAID if was_paid else PayoutState.FAILED)
    bench.controls.advance(timedelta(seconds=30))
    final = done(bench.gateway.fetch_payout(gateway_id=payout, payee_id=payee))
    assert final.status is PayoutState.FAILED
    assert final.failure_code
    assert bench.controls.balance("USD", payee) == TEN.amount


# --- disputes, look-ups, movements


def test_a_chargeback_takes_the_money_and_returns_it_when_we_win(bench):
    bench.captured("disputes")
    dispute = bench.controls.objects("dispute")[0]["id"]
    snapshot = done(bench.gateway.fetch_dispute(gateway_id=dispute))
    assert (snapshot.status, snapshot.amount) == (DisputeState.OPEN, DOLLARS)
    assert bench.controls.balance("USD") == 0
    bench.controls.close_dispute(dispute, won=True)
    assert done(bench.gateway.fetch_dispute(gateway_id=dispute)).status is DisputeState.WON
    assert bench.controls.balance("USD") == DOLLARS.amount


def test_a_lost_chargeback_keeps_the_money_and_a_disputed_payment_cannot_be_refunded(bench):
    payment = bench.captured()
    bench.captured()
    dispute = bench.controls.open_dispute(payment)
    refused = bench.refund(payment, TEN)
    assert isinstance(refused, Declined)
    assert refused.code is DeclineCode.DISPUTED
    bench.controls.close_dispute(dispute, won=False)
    assert done(bench.gateway.fetch_dispute(gateway_id=dispute)).status is DisputeState.LOST
    assert bench.controls.balance("USD") == DOLLARS.amount


def test_what_does_not_exist_is_rejected_as_not_found(bench):
    payee = bench.open_payee()
    for outcome in (
        bench.gateway.fetch_payment(gateway_id="pi_none"),
        bench.gateway.fetch_refund(gateway_id="re_none"),
        bench.gateway.fetch_transfer(gateway_id="tr_none"),
        bench.gateway.fetch_payout(gateway_id="po_none", payee_id=payee),
        bench.gateway.fetch_dispute(gateway_id="du_none"),
        bench.gateway.payee_status(payee_id="acct_none"),
        bench.gateway.capture(gateway_id="pi_none", amount=TEN, idempotency_key="c"),
        bench.gateway.void(gateway_id="pi_none", idempotency_key="v"),
        bench.refund("pi_none", TEN),
    ):
        assert isinstance(outcome, Rejected), outcome
        assert outcome.code is RejectedCode.NOT_FOUND


def test_every_operation_can_be_looked_up_and_others_are_surely_not_there(bench):
    payee_key, pay, refund, transfer, reversal, payout = (bench.key() for _ in range(6))
    payment = done(bench.authorize(key=pay)).gateway_id
    bench.gateway.capture(gateway_id=payment, amount=DOLLARS, idempotency_key=bench.key())
    refunded = done(bench.refund(payment, TEN, refund)).gateway_id
    payee = bench.new_payee(payee_key)
    bench.controls.complete_onboarding(payee)
    sent = done(bench.transfer(payee, TEN, transfer)).gateway_id
    taken = bench.gateway.reverse_transfer(
        transfer_id=sent, amount=Money(100, "USD"), idempotency_key=reversal, operation_id=reversal
    )
    paid = done(bench.pay_out(payee, Money(900, "USD"), payout)).gateway_id
    for kind, operation, parent, expected in (
        (ObjectKind.PAYMENT, pay, "", payment),
        (ObjectKind.REFUND, refund, payment, refunded),
        (ObjectKind.TRANSFER, transfer, "", sent),
        (ObjectKind.TRANSFER_REVERSAL, reversal, sent, done(taken).gateway_id),
        (ObjectKind.PAYOUT, payout, "", paid),
    ):
        where = {"kind": kind, "since": bench.clock.now(), "payee_id": payee, "parent_id": parent}
        assert done(bench.gateway.find_by_operation(operation_id=operation, **where)).gateway_id == expected
        assert bench.gateway.find_by_operation(operation_id="never-sent", **where) == Ok(None)
    found = bench.gateway.find_by_operation(kind=ObjectKind.PAYEE, operation_id=payee_key, since=bench.clock.now())
    assert done(found).payee_id == payee


def test_balance_movements_add_up_to_the_balance_and_name_what_moved_it(bench):
    bench.controls.set(fee_basis_points=290, fee_fixed=30)
    start = bench.clock.now()
    payment = bench.captured()
    refund = done(bench.refund(payment, TEN)).gateway_id
    payee = bench.open_payee()
    transfer = done(bench.transfer(payee, TEN)).gateway_id
    payout = done(bench.pay_out(payee, TEN)).gateway_id
    bench.controls.advance(timedelta(minutes=1))
    bench.controls.fail_payout(payout)
    dispute = bench.controls.open_dispute(payment, amount=500)

    ours = done(bench.gateway.list_balance_movements(since=start))
    assert [(line.kind, line.object_id) for line in ours] == [
        (MovementKind.CHARGE, payment),
        (MovementKind.REFUND, refund),
        (MovementKind.TRANSFER, transfer),
        (MovementKind.DISPUTE, dispute),
    ]
    assert ours[0].fee == Money(2930, "USD")
    assert ours[0].net == ours[0].amount - ours[0].fee
    assert sum(line.net.amount for line in ours) == bench.controls.balance("USD")

    theirs = done(bench.gateway.list_balance_movements(since=start, payee_id=payee))
    assert [(line.kind, line.object_id) for line in theirs] == [
        (MovementKind.TRANSFER_RECEIVED, transfer),
        (MovementKind.PAYOUT, payout),
        (MovementKind.PAYOUT_FAILURE, payout),
    ]
    assert sum(line.net.amount for line in theirs) == bench.controls.balance("USD", payee) == TEN.amount


def test_balance_movements_are_listed_over_many_pages_and_within_the_asked_time(bench):
    bench.captured()
    payment = bench.captured()
    middle = bench.clock.now() + timedelta(hours=1)
    bench.clock.advance(timedelta(hours=1))
    for _ in range(105):
        done(bench.refund(payment, Money(1, "USD")))
    later = done(bench.gateway.list_balance_movements(since=middle))
    assert len(later) == 105
    assert len({line.gateway_id for line in later}) == 105
    earlier = done(bench.gateway.list_balance_movements(since=middle - timedelta(days=1), until=middle))
    assert [line.kind for line in earlier] == [MovementKind.CHARGE, MovementKind.CHARGE]


def test_every_network_call_asks_the_guard_first_and_nothing_is_sent_when_it_refuses(bench):
    def refuse() -> None:
        raise RuntimeError("a transaction is open")

    payment = bench.authorized()
    payee = bench.open_payee()
    before = len(bench.controls.requests())
    bench.gateway._guard = refuse
    calls = (
        bench.authorize,
        lambda: bench.gateway.capture(gateway_id=payment, amount=TEN, idempotency_key="k"),
        lambda: bench.gateway.void(gateway_id=payment, idempotency_key="k"),
        lambda: bench.refund(payment, TEN),
        lambda: bench.gateway.confirm_payment(gateway_id=payment, payment_method="x", idempotency_key="k"),
        bench.new_payee,
        lambda: bench.status(payee),
        lambda: bench.transfer(payee, TEN),
        lambda: bench.gateway.reverse_transfer(transfer_id="tr", amount=TEN, idempotency_key="k", operation_id="k"),
        lambda: bench.pay_out(payee, TEN),
        lambda: bench.payment(payment),
        lambda: bench.gateway.fetch_refund(gateway_id="x"),
        lambda: bench.gateway.fetch_transfer(gateway_id="x"),
        lambda: bench.gateway.fetch_payout(gateway_id="x", payee_id=payee),
        lambda: bench.gateway.fetch_dispute(gateway_id="x"),
        lambda: bench.gateway.find_by_operation(kind=ObjectKind.PAYMENT, operation_id="k", since=bench.clock.now()),
        lambda: bench.gateway.list_balance_movements(since=bench.clock.now()),
    )
    for call in calls:
        with pytest.raises(RuntimeError, match="transaction"):
            call()
    assert len(bench.controls.requests()) == before
