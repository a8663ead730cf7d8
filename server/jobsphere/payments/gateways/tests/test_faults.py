"""Whatever breaks between us and the gateway, the outcome is never wrong, and resending with the same key is exact."""

from datetime import timedelta

import pytest

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import Declined, ObjectKind, Ok, PaymentState, Rejected, Unknown
from jobsphere.payments.gateways.sandbox import (
    Controls,
    SandboxHTTPClient,
    SandboxServer,
    SandboxState,
)
from jobsphere.payments.gateways.stripe import StripeGateway
from jobsphere.payments.gateways.tests.bench import build_sandbox_bench, done, only

TEN = Money(1000, "USD")

FAULTS = {
    "lost request": lambda controls, target: controls.lose_request(target),
    "lost response": lambda controls, target: controls.lose_response(target),
    "500 before": lambda controls, target: controls.fail_before(target),
    "500 after": lambda controls, target: controls.fail_after(target),
    "too slow": lambda controls, target: controls.slow_down(11, target),
    "429": lambda controls, target: controls.limit_rate(target),
    "409": lambda controls, target: controls.say_in_progress(target),
}


@pytest.mark.parametrize("fault", FAULTS)
@only(connected_payouts=True)
def test_after_any_fault_the_same_key_does_every_operation_exactly_once(bench, fault):
    """The whole journey, with the fault on the first attempt of every single step."""
    break_next = FAULTS[fault]
    payee = bench.open_payee()
    payment = _twice(bench, break_next, bench.words.charge, lambda: bench.authorize(key="a")).gateway_id
    _twice(
        bench,
        break_next,
        "POST /v1/payment_intents/*/capture",
        lambda: bench.gateway.capture(gateway_id=payment, amount=bench.all, idempotency_key="c"),
    )
    _twice(bench, break_next, bench.words.refund, lambda: bench.refund(payment, bench.ten, "r"))
    transfer = _twice(bench, break_next, "POST /v1/transfers", lambda: bench.transfer(payee, bench.ten, "t")).gateway_id
    _twice(bench, break_next, "POST /v1/payouts", lambda: bench.pay_out(payee, Money(400, bench.currency), "p"))
    _twice(
        bench,
        break_next,
        "POST /v1/transfers/*/reversals",
        lambda: bench.gateway.reverse_transfer(
            transfer_id=transfer, amount=Money(600, bench.currency), idempotency_key="v", operation_id="v"
        ),
    )
    assert bench.controls.waiting_faults() == []
    assert bench.controls.balance(bench.currency) == bench.all.amount - 1000 - 400
    assert bench.controls.balance(bench.currency, payee) == 0
    kinds = ("payment_intent", "transfer", "transfer_reversal", "payout")
    assert [len(bench.controls.objects(kind)) for kind in kinds] == [1, 1, 1, 1]


@pytest.mark.parametrize("fault", FAULTS)
@only(manual_capture=True)
def test_a_faulty_void_and_a_faulty_onboarding_are_exact_too(bench, fault):
    break_next = FAULTS[fault]
    payment = bench.authorized()
    voided = _twice(
        bench,
        break_next,
        "POST /v1/payment_intents/*/cancel",
        lambda: bench.gateway.void(gateway_id=payment, idempotency_key="v"),
    )
    assert voided.status is PaymentState.CANCELED

    def onboard():
        return bench.gateway.onboard_payee(
            idempotency_key="o",
            operation_id="o",
            email="pat@example.org",
            country="US",
            return_url="https://a.example.org/",
            refresh_url="https://b.example.org/",
        )

    _twice(bench, break_next, "POST /v1/accounts", onboard)
    assert len(bench.controls.objects("account")) == 1


def _twice(bench, break_next, target, attempt):
    """Try with the fault, which is Unknown and never a refusal, then again."""
    break_next(bench.controls, target)
    assert isinstance(attempt(), Unknown)
    return done(attempt())


@pytest.mark.parametrize("fault, moved", [("lost request", False), ("500 before", False), ("lost response", True)])
def test_unknown_tells_nothing_and_a_look_up_tells_everything(bench, fault, moved):
    FAULTS[fault](bench.controls, bench.words.charge)
    assert isinstance(bench.authorize(key="k"), Unknown)
    found = bench.gateway.find_by_operation(kind=ObjectKind.PAYMENT, operation_id="k", since=bench.clock.now())
    assert isinstance(found, Ok)
    assert (found.object is not None) == moved


@only(connected_payouts=True)
def test_while_the_gateway_is_down_everything_is_unknown_and_nothing_moves(bench):
    payment = bench.authorized()
    payee = bench.open_payee()
    bench.controls.go_down()
    for outcome in (
        bench.authorize(),
        bench.gateway.capture(gateway_id=payment, amount=bench.all, idempotency_key="c"),
        bench.gateway.void(gateway_id=payment, idempotency_key="v"),
        bench.refund(payment, bench.ten),
        bench.transfer(payee, bench.ten),
        bench.pay_out(payee, bench.ten),
        bench.gateway.fetch_payment(gateway_id=payment),
        bench.gateway.payee_status(payee_id=payee),
        bench.gateway.find_by_operation(kind=ObjectKind.PAYMENT, operation_id="k", since=bench.clock.now()),
        bench.gateway.list_balance_movements(since=bench.clock.now()),
    ):
        assert isinstance(outcome, Unknown), outcome
    bench.controls.come_back()
    assert bench.payment(payment).status is PaymentState.AUTHORIZED
    assert len(bench.controls.objects(bench.words.payment)) == 1


@only(manual_capture=True)
def test_a_lost_look_up_after_a_doubtful_answer_is_unknown_and_not_a_refusal(bench):
    payment = bench.captured()
    bench.controls.lose_request("GET /v1/payment_intents/*")
    outcome = bench.gateway.capture(gateway_id=payment, amount=bench.all, idempotency_key="again")
    assert isinstance(outcome, Unknown)


def test_a_slow_answer_within_the_timeout_is_an_answer():
    waited: list[float] = []
    bench = build_sandbox_bench()
    bench.server._sleep = waited.append
    bench.controls.slow_down(3, "POST /v1/payment_intents")
    assert done(bench.authorize()).status is PaymentState.AUTHORIZED
    assert waited == [3]


def test_while_a_slow_request_runs_its_key_is_taken(stripe_bench):
    second = []

    def meanwhile(_seconds: float) -> None:
        second.append(stripe_bench.authorize(key="k"))

    stripe_bench.server._sleep = meanwhile
    stripe_bench.controls.slow_down(3, "POST /v1/payment_intents")
    assert done(stripe_bench.authorize(key="k")).status is PaymentState.AUTHORIZED
    assert second == [Unknown("in_progress")]
    assert len(stripe_bench.controls.objects("payment_intent")) == 1


def test_an_ordered_decline_carries_its_reason(bench):
    bench.controls.decline("insufficient_funds", bench.words.charge)
    outcome = bench.authorize()
    assert isinstance(outcome, Declined)
    assert outcome.code == "insufficient_funds"
    assert done(bench.authorize()).status is bench.charged


@only(manual_capture=True)
def test_a_decline_can_be_ordered_for_the_capture(bench):
    payment = bench.authorized()
    bench.controls.decline(target="POST /v1/payment_intents/*/capture")
    outcome = bench.gateway.capture(gateway_id=payment, amount=bench.all, idempotency_key="c")
    assert isinstance(outcome, Declined)
    assert bench.payment(payment).status is PaymentState.AUTHORIZED


@only(connected_payouts=True)
def test_a_refusal_can_be_ordered_for_a_transfer(bench):
    bench.captured()
    payee = bench.open_payee()
    bench.controls.decline("balance_insufficient", "POST /v1/transfers")
    assert isinstance(bench.transfer(payee, bench.ten), Declined)
    assert bench.controls.balance(bench.currency, payee) == 0


def test_the_card_that_loses_the_answer_pays_all_the_same(bench):
    assert isinstance(bench.authorize("loses the answer", key="k"), Unknown)
    assert done(bench.authorize("loses the answer", key="k")).status is bench.charged
    assert len(bench.controls.objects(bench.words.payment)) == 1


def test_faults_are_aimed_counted_and_can_let_some_pass(stripe_bench):
    controls = stripe_bench.controls
    controls.lose_request("POST /v1/payment_intents", times=2, skip=1)
    outcomes = [type(stripe_bench.authorize()) for _ in range(4)]
    assert outcomes == [Ok, Unknown, Unknown, Ok]
    assert controls.waiting_faults() == []


def test_a_fault_without_end_lasts_until_it_is_cleared(stripe_bench):
    stripe_bench.controls.fail_before(times=None)
    assert all(isinstance(stripe_bench.authorize(), Unknown) for _ in range(3))
    stripe_bench.controls.clear_faults()
    assert done(stripe_bench.authorize())


def test_faults_time_and_events_are_seen_by_another_process(tmp_path):
    bench = build_sandbox_bench(str(tmp_path / "sandbox.sqlite3"))
    payment = bench.authorized()
    other = SandboxServer(
        SandboxState(tmp_path / "sandbox.sqlite3", bench.clock.now), public_url="https://sandbox.example.org"
    )
    there = Controls(other)
    assert other.state.secret_key == bench.server.state.secret_key
    there.advance(timedelta(days=8))
    there.lose_request("POST /v1/refunds")
    assert bench.payment(payment).status is PaymentState.CANCELED
    assert isinstance(bench.refund(payment, TEN), Unknown)
    assert len(there.events()) == len(bench.controls.events())


def test_a_wrong_secret_key_is_our_configuration():
    bench = build_sandbox_bench()
    payment = bench.authorized()
    stranger = StripeGateway(
        secret_key="sk_test_wrong",
        webhook_secrets=[],
        guard=lambda: None,
        http_client=SandboxHTTPClient(bench.server),
    )
    outcome = stranger.fetch_payment(gateway_id=payment)
    assert isinstance(outcome, Rejected)
    assert outcome.code == "configuration"


def test_a_reset_leaves_nothing_but_the_keys(stripe_bench):
    key = stripe_bench.server.state.secret_key
    stripe_bench.captured()
    stripe_bench.controls.advance(timedelta(days=1))
    stripe_bench.controls.reset()
    assert stripe_bench.controls.objects("payment_intent") == []
    assert stripe_bench.controls.events() == []
    assert stripe_bench.controls.balance("USD") == 0
    assert stripe_bench.controls.settings()["clock_offset"] == 0
    assert stripe_bench.server.state.secret_key == key
