"""What any gateway must do behind the port: chargebacks, look-ups, balances, the guard."""

from datetime import timedelta

import pytest

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    DeclineCode,
    Declined,
    DisputeEvidence,
    DisputeState,
    MovementKind,
    ObjectKind,
    Ok,
    Rejected,
    RejectedCode,
)
from jobsphere.payments.gateways.tests.bench import DOLLARS, done, only

TEN = Money(1000, "USD")


# --- disputes, look-ups, movements


#: What the bank asks for each chargeback, won or lost.
DISPUTE_FEE = Money(1500, "USD")
EVIDENCE = DisputeEvidence(product_description="A bathroom", customer_name="Casey", customer_email="casey@example.org")


def test_a_chargeback_takes_the_money_and_a_fee_and_returns_the_money_when_we_win(stripe_bench):
    stripe_bench.captured("disputes")
    dispute = stripe_bench.controls.objects("dispute")[0]["id"]
    snapshot = done(stripe_bench.gateway.fetch_dispute(gateway_id=dispute))
    assert (snapshot.status, snapshot.amount, snapshot.inquiry) == (DisputeState.OPEN, DOLLARS, False)
    assert (snapshot.taken, snapshot.returned, snapshot.fee) == (DOLLARS, DOLLARS - DOLLARS, DISPUTE_FEE)
    assert stripe_bench.controls.balance("USD") == -DISPUTE_FEE.amount
    stripe_bench.controls.close_dispute(dispute, won=True)
    snapshot = done(stripe_bench.gateway.fetch_dispute(gateway_id=dispute))
    assert (snapshot.status, snapshot.taken, snapshot.returned) == (DisputeState.WON, DOLLARS, DOLLARS)
    assert stripe_bench.controls.balance("USD") == (DOLLARS - DISPUTE_FEE).amount


def test_a_lost_chargeback_keeps_the_money_and_a_disputed_payment_cannot_be_refunded(bench):
    payment = bench.captured()
    bench.captured()
    dispute = bench.controls.open_dispute(payment)
    refused = bench.refund(payment, bench.ten)
    assert isinstance(refused, Declined)
    assert refused.code is DeclineCode.DISPUTED
    bench.controls.close_dispute(dispute, won=False)
    snapshot = done(bench.gateway.fetch_dispute(gateway_id=dispute))
    assert (snapshot.status, snapshot.taken, snapshot.returned) == (DisputeState.LOST, bench.all, bench.all - bench.all)
    assert bench.controls.balance(bench.currency) == (bench.all - (snapshot.fee or Money.zero(bench.currency))).amount


def test_an_inquiry_takes_nothing_until_it_becomes_a_chargeback(stripe_bench):
    payment = stripe_bench.captured()
    stripe_bench.captured()
    dispute = stripe_bench.controls.open_dispute(payment, inquiry=True)
    snapshot = done(stripe_bench.gateway.fetch_dispute(gateway_id=dispute))
    assert (snapshot.status, snapshot.inquiry, snapshot.taken) == (DisputeState.OPEN, True, Money(0, "USD"))
    done(stripe_bench.refund(payment, TEN))
    stripe_bench.controls.escalate_dispute(dispute)
    snapshot = done(stripe_bench.gateway.fetch_dispute(gateway_id=dispute))
    assert (snapshot.status, snapshot.inquiry, snapshot.taken) == (DisputeState.OPEN, False, DOLLARS)
    closed = stripe_bench.controls.open_dispute(stripe_bench.captured(), inquiry=True)
    stripe_bench.controls.close_dispute(closed, won=False)
    snapshot = done(stripe_bench.gateway.fetch_dispute(gateway_id=closed))
    assert (snapshot.status, snapshot.inquiry) == (DisputeState.WON, True)


def test_evidence_is_kept_until_it_is_submitted_and_then_with_the_bank(bench):
    bench.captured("disputes")
    dispute = bench.controls.objects("dispute")[0]["id"]
    send = bench.gateway.submit_evidence
    kept = done(send(dispute_id=dispute, evidence=EVIDENCE, submit=False, idempotency_key="draft"))
    assert (kept.status, kept.answered) == (DisputeState.OPEN, False)
    sent = done(send(dispute_id=dispute, evidence=EVIDENCE, submit=True, idempotency_key="final"))
    assert (sent.status, sent.answered) == (DisputeState.UNDER_REVIEW, True)
    assert "casey@example.org" in bench.controls.objects("dispute")[0]["evidence"].values()
    bench.controls.close_dispute(dispute, won=True)
    # The answer was lost: the same key, or a new one after the gateway has forgotten it, tells how it is now.
    for key in ("final", "forgotten"):
        again = done(send(dispute_id=dispute, evidence=EVIDENCE, submit=True, idempotency_key=key))
        assert (again.status, again.answered) == (DisputeState.WON, True)


def test_a_chargeback_that_is_accepted_is_lost_however_often(bench):
    bench.captured("disputes")
    dispute = bench.controls.objects("dispute")[0]["id"]
    for key in ("accept", "accept", "forgotten"):
        given_up = done(bench.gateway.accept_dispute(dispute_id=dispute, idempotency_key=key))
        assert given_up.status is DisputeState.LOST
    refused = bench.gateway.submit_evidence(
        dispute_id=dispute, evidence=EVIDENCE, submit=True, idempotency_key="too-late"
    )
    assert isinstance(refused, Rejected)
    assert done(bench.gateway.fetch_dispute(gateway_id=dispute)).answered is False


def test_chargebacks_are_listed_oldest_first(bench):
    start = bench.clock.now()
    opened = [bench.controls.open_dispute(bench.captured()) for _ in range(3)]
    assert [each.gateway_id for each in done(bench.gateway.list_disputes(since=start))] == opened
    assert done(bench.gateway.list_disputes(since=start + timedelta(hours=1))) == ()


def test_what_does_not_exist_is_rejected_as_not_found(bench):
    payee = bench.open_payee()
    for outcome in (
        bench.gateway.fetch_payment(gateway_id="pi_none"),
        bench.gateway.fetch_refund(gateway_id="re_none"),
        bench.gateway.fetch_transfer(gateway_id="tr_none"),
        bench.gateway.fetch_payout(gateway_id="po_none", payee_id=payee),
        bench.gateway.fetch_dispute(gateway_id="du_none"),
        bench.gateway.payee_status(payee_id="acct_none"),
        bench.gateway.capture(gateway_id="pi_none", amount=bench.ten, idempotency_key="c"),
        bench.gateway.void(gateway_id="pi_none", idempotency_key="v"),
        bench.refund("pi_none", bench.ten),
    ):
        assert isinstance(outcome, Rejected), outcome
        assert outcome.code is RejectedCode.NOT_FOUND


@only(connected_payouts=True)
def test_every_operation_can_be_looked_up_and_others_are_surely_not_there(bench):
    payee_key, pay, refund, transfer, reversal, payout = (bench.key() for _ in range(6))
    payment = done(bench.authorize(key=pay)).gateway_id
    bench.gateway.capture(gateway_id=payment, amount=bench.all, idempotency_key=bench.key())
    refunded = done(bench.refund(payment, bench.ten, refund)).gateway_id
    payee = bench.new_payee(payee_key)
    bench.controls.complete_onboarding(payee)
    sent = done(bench.transfer(payee, bench.ten, transfer)).gateway_id
    taken = bench.gateway.reverse_transfer(
        transfer_id=sent, amount=Money(100, bench.currency), idempotency_key=reversal, operation_id=reversal
    )
    paid = done(bench.pay_out(payee, Money(900, bench.currency), payout)).gateway_id
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


@only(connected_payouts=True)
def test_balance_movements_add_up_to_the_balance_and_name_what_moved_it(bench):
    bench.controls.set(fee_basis_points=290, fee_fixed=30)
    start = bench.clock.now()
    payment = bench.captured()
    refund = done(bench.refund(payment, bench.ten)).gateway_id
    payee = bench.open_payee()
    transfer = done(bench.transfer(payee, bench.ten)).gateway_id
    payout = done(bench.pay_out(payee, bench.ten)).gateway_id
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
    assert ours[0].fee == Money(2930, bench.currency)
    assert ours[0].net == ours[0].amount - ours[0].fee
    assert sum(line.net.amount for line in ours) == bench.controls.balance(bench.currency)

    theirs = done(bench.gateway.list_balance_movements(since=start, payee_id=payee))
    assert [(line.kind, line.object_id) for line in theirs] == [
        (MovementKind.TRANSFER_RECEIVED, transfer),
        (MovementKind.PAYOUT, payout),
        (MovementKind.PAYOUT_FAILURE, payout),
    ]
    assert sum(line.net.amount for line in theirs) == bench.controls.balance(bench.currency, payee) == bench.ten.amount


@only(parallel_refunds=True)
def test_balance_movements_are_listed_over_many_pages_and_within_the_asked_time(bench):
    bench.captured()
    payment = bench.captured()
    middle = bench.clock.now() + timedelta(hours=1)
    bench.clock.advance(timedelta(hours=1))
    for _ in range(105):
        done(bench.refund(payment, Money(1, bench.currency)))
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
        lambda: bench.gateway.capture(gateway_id=payment, amount=bench.ten, idempotency_key="k"),
        lambda: bench.gateway.void(gateway_id=payment, idempotency_key="k"),
        lambda: bench.refund(payment, bench.ten),
        lambda: bench.gateway.confirm_payment(gateway_id=payment, payment_method="x", idempotency_key="k"),
        bench.open_payee,
        lambda: bench.status(payee),
        lambda: bench.transfer(payee, bench.ten),
        lambda: bench.gateway.reverse_transfer(
            transfer_id="tr", amount=bench.ten, idempotency_key="k", operation_id="k"
        ),
        lambda: bench.pay_out(payee, bench.ten),
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
