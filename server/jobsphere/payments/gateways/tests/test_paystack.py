"""What is Paystack's own: references, pages, payees by bank account, transfers and their codes, the balance ledger."""

from datetime import timedelta

import pytest

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    ActionRequired,
    DeclineCode,
    Declined,
    DisputeEvidence,
    DisputeState,
    MovementKind,
    ObjectKind,
    Ok,
    PayeeBank,
    PaymentMethodKind,
    PaymentState,
    PayoutState,
    RefundState,
    Rejected,
    RejectedCode,
    Unknown,
)
from jobsphere.payments.gateways.paystack.sandbox.transfers import OTP
from jobsphere.payments.gateways.tests.bench import done
from jobsphere.payments.gateways.tests.test_faults import FAULTS


def _page(bench, key="page", **more):
    """Open a checkout page."""
    return bench.gateway.authorize(
        amount=bench.all, idempotency_key=key, operation_id=key, payer_email="casey@example.org", **more
    )


# --- money in


def test_a_page_is_paid_by_the_payer_and_then_captured(paystack_bench):
    opened = _page(paystack_bench, return_url="https://app.example.org/back", methods=(PaymentMethodKind.CARD,))
    paystack_bench.controls.pay(opened.payment.gateway_id)
    paid = paystack_bench.payment(opened.payment.gateway_id)
    assert (paid.status, paid.amount_captured, paid.operation_id) == (
        PaymentState.CAPTURED,
        paystack_bench.all,
        "page",
    )
    assert [event.object_id for event in paystack_bench.events()] == [paid.gateway_id]


def test_on_a_page_another_card_may_follow_a_refused_one(paystack_bench):
    payment = _page(paystack_bench).payment.gateway_id
    paystack_bench.controls.pay(payment, "AUTH_declines")
    refused = paystack_bench.payment(payment)
    assert refused.status is PaymentState.REQUIRES_PAYMENT_METHOD
    assert refused.failure_code == DeclineCode.CARD_DECLINED
    paystack_bench.controls.pay(payment)
    assert paystack_bench.payment(payment).status is PaymentState.CAPTURED


def test_a_page_whose_address_was_lost_is_made_anew_and_the_lost_one_is_nothing(paystack_bench):
    paystack_bench.controls.lose_response("POST /transaction/initialize")
    assert isinstance(_page(paystack_bench), Unknown)
    where = {"kind": ObjectKind.PAYMENT, "operation_id": "page", "since": paystack_bench.clock.now()}
    assert paystack_bench.gateway.find_by_operation(**where) == Ok(None)
    again = _page(paystack_bench)
    assert isinstance(again, ActionRequired)
    assert again.payment.operation_id == "page"
    assert len(paystack_bench.controls.objects("transaction")) == 2
    paystack_bench.controls.pay(again.payment.gateway_id)
    assert done(paystack_bench.gateway.find_by_operation(**where)).gateway_id == again.payment.gateway_id
    assert done(_page(paystack_bench)).status is PaymentState.CAPTURED


def test_a_challenge_that_was_lost_with_its_answer_is_refused_and_known_should_the_bank_let_it_pass(paystack_bench):
    paystack_bench.controls.lose_response("POST /transaction/charge_authorization")
    assert isinstance(paystack_bench.authorize("asks", key="k"), Unknown)
    outcome = paystack_bench.authorize("asks", key="k")
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.AUTHENTICATION_FAILED
    paystack_bench.controls.answer_challenge(outcome.gateway_id)
    assert [event.object_id for event in paystack_bench.events()] == [outcome.gateway_id]
    assert paystack_bench.payment(outcome.gateway_id).status is PaymentState.CAPTURED


def test_what_the_payer_has_not_paid_can_be_given_up_and_not_captured(paystack_bench):
    payment = _page(paystack_bench).payment.gateway_id
    outcome = paystack_bench.gateway.capture(gateway_id=payment, amount=paystack_bench.all, idempotency_key="c")
    assert isinstance(outcome, Rejected)
    given_up = done(paystack_bench.gateway.void(gateway_id=payment, idempotency_key="v"))
    assert given_up.status is PaymentState.CANCELED
    assert paystack_bench.controls.balance("GHS") == 0


def test_a_payment_of_a_page_cannot_be_confirmed_from_here(paystack_bench):
    payment = _page(paystack_bench).payment.gateway_id
    outcome = paystack_bench.gateway.confirm_payment(
        gateway_id=payment, payment_method="AUTH_pays", idempotency_key="c"
    )
    assert isinstance(outcome, Rejected)
    assert paystack_bench.payment(payment).amount_captured == Money.zero("GHS")


def test_without_an_address_nothing_is_sent(paystack_bench):
    outcome = paystack_bench.authorize(payer_email="")
    assert isinstance(outcome, Rejected)
    assert paystack_bench.controls.requests() == []


# --- payees


def test_a_payee_is_a_bank_account_and_the_same_account_is_the_same_payee(paystack_bench):
    first = done(paystack_bench.give_bank("0001234567"))
    assert first.url == ""
    assert done(paystack_bench.give_bank("0001234567")).payee_id == first.payee_id
    status = paystack_bench.status(first.payee_id)
    assert status.payouts_enabled
    assert (status.bank.last4, status.bank.bank_name, status.bank.currency) == ("4567", "Access Bank", "GHS")
    other = done(paystack_bench.give_bank("0009999991"))
    assert paystack_bench.status(other.payee_id).bank.fingerprint != status.bank.fingerprint


@pytest.mark.parametrize(
    "number, code, country",
    [("0001111116", "280100", "GH"), ("0001234567", "999", "GH"), ("0001234567", "280100", "DE")],
)
def test_an_account_that_does_not_exist_makes_no_payee(paystack_bench, number, code, country):
    outcome = paystack_bench.give_bank(number, code, country=country)
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.INCORRECT_BANK_DATA
    assert paystack_bench.controls.objects("recipient") == []


@pytest.mark.parametrize("country, code", [("NG", "058"), ("GH", "MTN"), ("ZA", "198765"), ("KE", "MPESA")])
def test_every_country_has_its_kind_of_account(paystack_bench, country, code):
    assert code in {bank.code for bank in done(paystack_bench.gateway.banks(country=country))}
    payee = done(paystack_bench.give_bank("0001234567", code, country=country)).payee_id
    assert paystack_bench.status(payee).payouts_enabled


def test_where_paystack_has_no_banks_there_are_none(paystack_bench):
    assert paystack_bench.gateway.banks(country="DE") == Ok(())


def test_a_payee_needs_a_bank_account_and_one_that_exists_needs_nothing_more(paystack_bench):
    ask = {"email": "", "country": "GH", "return_url": "", "refresh_url": "", "idempotency_key": "k"}
    assert isinstance(paystack_bench.gateway.onboard_payee(operation_id="k", **ask), Rejected)
    payee = paystack_bench.open_payee()
    again = done(paystack_bench.gateway.onboard_payee(operation_id="k", payee_id=payee, **ask))
    assert (again.payee_id, again.url) == (payee, "")


def test_a_bank_account_shows_nothing_of_its_number():
    assert "0001234567" not in repr(PayeeBank("0001234567", "058"))


# --- money out


def test_a_payout_goes_from_our_balance_and_is_paid(paystack_bench):
    paystack_bench.captured()
    payee = paystack_bench.open_payee()
    payout = done(paystack_bench.pay_out(payee, paystack_bench.ten))
    assert (payout.status, payout.payee_id) == (PayoutState.PENDING, payee)
    assert paystack_bench.controls.balance("GHS") == 100_000 - 1000
    paystack_bench.controls.advance(timedelta(minutes=1))
    paid = done(paystack_bench.gateway.fetch_payout(gateway_id=payout.gateway_id, payee_id=payee))
    assert paid.status is PayoutState.PAID
    event = paystack_bench.events()[-1]
    assert (event.object_kind, event.object_id, event.payee_id) == (ObjectKind.PAYOUT, payout.gateway_id, payee)


def test_a_payout_beyond_our_balance_is_declined_and_moves_nothing(paystack_bench):
    outcome = paystack_bench.pay_out(paystack_bench.open_payee(), paystack_bench.ten)
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.BALANCE_INSUFFICIENT
    assert outcome.retryable
    assert paystack_bench.controls.objects("transfer") == []


def test_what_was_declined_for_want_of_balance_goes_later_under_the_same_operation(paystack_bench):
    payee = paystack_bench.open_payee()
    assert isinstance(paystack_bench.pay_out(payee, paystack_bench.ten, "p"), Declined)
    paystack_bench.captured()
    assert done(paystack_bench.pay_out(payee, paystack_bench.ten, "p")).operation_id == "p"


def test_a_restricted_payee_is_not_paid(paystack_bench):
    paystack_bench.captured()
    payee = paystack_bench.open_payee()
    paystack_bench.controls.restrict_payee(payee)
    status = paystack_bench.status(payee)
    assert (status.payouts_enabled, status.disabled_reason) == (False, "recipient.inactive")
    outcome = paystack_bench.pay_out(payee, paystack_bench.ten)
    assert isinstance(outcome, Declined)
    assert outcome.code is DeclineCode.PAYEE_RESTRICTED
    assert paystack_bench.controls.objects("transfer") == []
    paystack_bench.controls.unrestrict_payee(payee)
    assert done(paystack_bench.pay_out(payee, paystack_bench.ten)).status is PayoutState.PENDING


@pytest.mark.parametrize("account, was_paid", [("0001111113", False), ("0009999991", True)])
def test_a_payout_to_a_bad_account_fails_and_the_money_is_back_with_us(paystack_bench, account, was_paid):
    paystack_bench.captured()
    payee = paystack_bench.open_payee(account)
    payout = done(paystack_bench.pay_out(payee, paystack_bench.ten)).gateway_id
    look = {"gateway_id": payout, "payee_id": payee}
    paystack_bench.controls.advance(timedelta(seconds=30))
    halfway = done(paystack_bench.gateway.fetch_payout(**look)).status
    assert halfway is (PayoutState.PAID if was_paid else PayoutState.FAILED)
    paystack_bench.controls.advance(timedelta(seconds=30))
    final = done(paystack_bench.gateway.fetch_payout(**look))
    assert final.status is PayoutState.FAILED
    assert final.failure_code
    assert final.failure_message
    assert paystack_bench.controls.balance("GHS") == 100_000


def test_a_payout_may_wait_for_a_code_and_takes_nothing_until_it_has_it(paystack_bench):
    paystack_bench.captured()
    payee = paystack_bench.open_payee()
    paystack_bench.controls.ask_for_otp()
    payout = done(paystack_bench.pay_out(payee, paystack_bench.ten))
    assert (payout.status, payout.needs_otp) == (PayoutState.PENDING, True)
    assert paystack_bench.controls.balance("GHS") == 100_000
    wrong = paystack_bench.gateway.finalize_payout(gateway_id=payout.gateway_id, otp="000000", payee_id=payee)
    assert isinstance(wrong, Declined)
    assert (wrong.code, wrong.retryable) == (DeclineCode.AUTHENTICATION_FAILED, True)
    assert done(paystack_bench.gateway.resend_payout_code(gateway_id=payout.gateway_id)) == "sent"
    assert paystack_bench.controls.balance("GHS") == 100_000
    for _ in range(2):
        given = done(paystack_bench.gateway.finalize_payout(gateway_id=payout.gateway_id, otp=OTP, payee_id=payee))
        assert (given.status, given.needs_otp) == (PayoutState.PENDING, False)
    assert isinstance(paystack_bench.gateway.resend_payout_code(gateway_id=payout.gateway_id), Rejected)
    assert paystack_bench.controls.balance("GHS") == 100_000 - 1000


def test_payees_have_no_balance_here(paystack_bench):
    payee = paystack_bench.open_payee()
    before = len(paystack_bench.controls.requests())
    assert isinstance(paystack_bench.transfer(payee, paystack_bench.ten), Rejected)
    outcome = paystack_bench.gateway.fetch_transfer(gateway_id="x")
    assert (type(outcome), outcome.code) == (Rejected, RejectedCode.NOT_FOUND)
    assert paystack_bench.gateway.list_balance_movements(since=paystack_bench.clock.now(), payee_id=payee) == Ok(())
    assert len(paystack_bench.controls.requests()) == before


# --- faults


@pytest.mark.parametrize("fault", FAULTS)
def test_after_any_fault_the_same_operation_is_done_exactly_once(paystack_bench, fault):
    """The whole journey, with the fault on the first attempt of every step that moves money."""
    bench = paystack_bench

    def twice(target, attempt):
        FAULTS[fault](bench.controls, target)
        assert isinstance(attempt(), Unknown)
        return done(attempt())

    payment = twice("POST /transaction/charge_authorization", lambda: bench.authorize(key="a")).gateway_id
    refund = twice("POST /refund", lambda: bench.refund(payment, bench.ten, "r"))
    payee = twice("POST /transferrecipient", lambda: bench.give_bank("0001234567", key="o")).payee_id
    payout = twice("POST /transfer", lambda: bench.pay_out(payee, Money(400, "GHS"), "p"))
    assert bench.controls.waiting_faults() == []
    assert bench.controls.balance("GHS") == 100_000 - 1000 - 400
    counts = [len(bench.controls.objects(kind)) for kind in ("transaction", "refund", "recipient", "transfer")]
    assert counts == [1, 1, 1, 1]
    for kind, operation, parent, expected in (
        (ObjectKind.PAYMENT, "a", "", payment),
        (ObjectKind.REFUND, "r", payment, refund.gateway_id),
        (ObjectKind.PAYOUT, "p", "", payout.gateway_id),
    ):
        where = {"kind": kind, "since": bench.clock.now(), "parent_id": parent, "payee_id": payee}
        assert done(bench.gateway.find_by_operation(operation_id=operation, **where)).gateway_id == expected
        assert bench.gateway.find_by_operation(operation_id="never-sent", **where) == Ok(None)
    found = bench.gateway.find_by_operation(kind=ObjectKind.PAYEE, operation_id="o", since=bench.clock.now())
    assert done(found).payee_id == payee


def test_while_paystack_is_down_everything_is_unknown_and_nothing_moves(paystack_bench):
    bench = paystack_bench
    payment, payee = bench.captured(), bench.open_payee()
    bench.controls.go_down()
    for outcome in (
        bench.authorize(),
        _page(bench),
        bench.gateway.capture(gateway_id=payment, amount=bench.all, idempotency_key="c"),
        bench.gateway.void(gateway_id=payment, idempotency_key="v"),
        bench.refund(payment, bench.ten),
        bench.pay_out(payee, bench.ten),
        bench.give_bank("0001234567"),
        bench.gateway.banks(country="GH"),
        bench.gateway.fetch_payment(gateway_id=payment),
        bench.gateway.payee_status(payee_id=payee),
        bench.gateway.finalize_payout(gateway_id="TRF_x", otp="1"),
        bench.gateway.resend_payout_code(gateway_id="TRF_x"),
        bench.gateway.list_disputes(since=bench.clock.now()),
        bench.gateway.find_by_operation(kind=ObjectKind.PAYMENT, operation_id="k", since=bench.clock.now()),
        bench.gateway.list_balance_movements(since=bench.clock.now()),
    ):
        assert isinstance(outcome, Unknown), outcome
    bench.controls.come_back()
    assert len(bench.controls.objects("transaction")) == 1
    assert bench.controls.balance("GHS") == 100_000


@pytest.mark.parametrize("change", [{"amount": Money(7, "GHS")}])
def test_the_same_operation_with_another_amount_is_rejected_and_moves_nothing(paystack_bench, change):
    bench = paystack_bench
    payment, payee = bench.captured(), bench.open_payee()
    bench.refunded(payment, bench.ten)
    done(bench.refund(payment, bench.ten, "r"))
    done(bench.pay_out(payee, bench.ten, "p"))
    balance = bench.controls.balance("GHS")
    for outcome in (bench.refund(payment, change["amount"], "r"), bench.pay_out(payee, change["amount"], "p")):
        assert isinstance(outcome, Rejected)
        assert outcome.code is RejectedCode.KEY_REUSED
    assert bench.controls.balance("GHS") == balance


# --- what moved the balance


def test_the_ledger_adds_up_and_names_what_moved_it_and_every_fee(paystack_bench):
    bench = paystack_bench
    bench.controls.set(fee_basis_points=195, transfer_fee=100)
    start = bench.clock.now()
    payment = bench.captured()
    refund = bench.refunded(payment, bench.ten).gateway_id
    bench.controls.fail_refund(refund)
    payee = bench.open_payee()
    payout = done(bench.pay_out(payee, bench.ten)).gateway_id
    bench.controls.fail_payout(payout)
    dispute = bench.controls.open_dispute(payment, amount=500)
    bench.controls.close_dispute(dispute, won=False)
    lines = done(bench.gateway.list_balance_movements(since=start))
    assert [(line.kind, line.object_kind, line.object_id, line.fee.amount) for line in lines] == [
        (MovementKind.CHARGE, ObjectKind.PAYMENT, payment, 1950),
        (MovementKind.REFUND, ObjectKind.REFUND, refund, 0),
        (MovementKind.REFUND_FAILURE, ObjectKind.REFUND, refund, 0),
        (MovementKind.PAYOUT, ObjectKind.PAYOUT, payout, 100),
        (MovementKind.PAYOUT_FAILURE, ObjectKind.PAYOUT, payout, -100),
        (MovementKind.DISPUTE, ObjectKind.DISPUTE, dispute, 0),
    ]
    assert all(line.net == line.amount - line.fee for line in lines)
    assert sum(line.net.amount for line in lines) == bench.controls.balance("GHS")


def test_the_ledger_is_read_over_many_pages_and_within_the_asked_time(paystack_bench):
    bench = paystack_bench
    for number in range(105):
        done(bench.authorize(key=f"many-{number}", amount=Money(100, "GHS")))
    middle = bench.clock.now() + timedelta(hours=1)
    bench.clock.advance(timedelta(hours=1))
    late = bench.captured()
    earlier = done(bench.gateway.list_balance_movements(since=middle - timedelta(days=1), until=middle))
    assert len({line.object_id for line in earlier}) == 105
    assert [line.object_id for line in done(bench.gateway.list_balance_movements(since=middle))] == [late]


# --- refunds that fail, disputes


def test_an_event_that_names_only_the_payment_leads_to_its_refund(paystack_bench):
    payment = paystack_bench.captured()
    refund = done(paystack_bench.refund(payment, paystack_bench.ten, "r"))
    paystack_bench.controls.fail_refund(refund.gateway_id)
    event = paystack_bench.events()[-1]
    assert (event.type, event.object_kind) == ("refund.failed", ObjectKind.REFUND)
    found = done(paystack_bench.gateway.fetch_refund(gateway_id=event.object_id))
    assert (found.gateway_id, found.status, found.operation_id) == (refund.gateway_id, RefundState.FAILED, "r")
    none = paystack_bench.gateway.fetch_refund(gateway_id=f"newest-of:{paystack_bench.captured()}")
    assert (type(none), none.code) == (Rejected, RejectedCode.NOT_FOUND)


def test_a_dispute_is_answered_with_a_document_and_takes_money_only_when_it_is_lost(paystack_bench):
    bench = paystack_bench
    payment = bench.captured()
    dispute = bench.controls.open_dispute(payment)
    assert bench.controls.balance("GHS") == 100_000
    evidence = DisputeEvidence(customer_name="Casey", customer_email="casey@example.org", refund_policy="None.")
    sent = done(bench.gateway.submit_evidence(dispute_id=dispute, evidence=evidence, submit=True, idempotency_key="e"))
    assert (sent.status, sent.payment_id, sent.answered) == (DisputeState.UNDER_REVIEW, payment, True)
    document = bench.controls.objects("upload")[0]
    assert "Casey casey@example.org" in document["text"]
    bench.controls.close_dispute(dispute, won=False)
    lost = done(bench.gateway.fetch_dispute(gateway_id=dispute))
    assert (lost.status, lost.taken) == (DisputeState.LOST, bench.all)
    assert bench.controls.balance("GHS") == 0
    given_up = bench.gateway.accept_dispute(dispute_id=dispute, idempotency_key="a")
    assert done(given_up).status is DisputeState.LOST
    assert bench.controls.balance("GHS") == 0
