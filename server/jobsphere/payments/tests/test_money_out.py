"""Onboarding, withdrawal, payout, and every way in which money may come back."""

import pytest

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.errors import InvalidInput, NotFound, WrongStatus
from jobsphere.kit.money import Money
from jobsphere.ledger.errors import InsufficientBalance
from jobsphere.ledger.types import AccountKind
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments import selectors, services, tasks
from jobsphere.payments.errors import PayoutsNotEnabled
from jobsphere.payments.models import GatewayOperation, PayeeAccount, Payout
from jobsphere.payments.tests.builders import (
    assert_sound_books,
    balance,
    captured,
    connected,
    do,
    later,
    look,
    operation,
    usd,
    withdraw,
)
from jobsphere.payments.types import PayoutSchedule

pytestmark = pytest.mark.django_db(transaction=True)


def arrive(sandbox, settle):
    """Let the bank have its day."""
    for _ in range(2):
        later(31)
        sandbox.tick()
        settle()


def names(payout_id):
    return list(StoredEvent.objects.filter(aggregate_id=payout_id).order_by("pk").values_list("name", flat=True))


def test_a_payee_is_connected_once_and_gets_fresh_links(sandbox, pat):
    do(services.connect_payee, actor=pat)
    first = selectors.payee(pat)
    assert first.connected
    assert not first.can_withdraw
    assert first.onboarding_url
    do(services.connect_payee, actor=pat)
    assert selectors.payee(pat).onboarding_url != first.onboarding_url
    assert len(sandbox.objects("account")) == 1


@pytest.mark.parametrize("fault", ["lose_request", "lose_response", "fail_before", "fail_after"])
def test_a_payee_is_made_once_whatever_the_network_does(sandbox, pat, run_worker, fault):
    getattr(sandbox, fault)("POST /v1/accounts")
    do(services.connect_payee, actor=pat)
    do(services.connect_payee, actor=pat)
    for _ in range(4):
        later(30)
        run_worker()
    assert len(sandbox.objects("account")) == 1
    assert selectors.payee(pat).connected


def test_the_gate_opens_by_webhook_and_closes_again(sandbox, pat, settle):
    do(services.connect_payee, actor=pat)
    account = PayeeAccount.objects.get().gateway_id
    sandbox.complete_onboarding(account)
    settle()
    assert selectors.payee(pat).can_withdraw
    sandbox.restrict_payee(account)
    settle()
    payee = selectors.payee(pat)
    assert not payee.can_withdraw
    assert payee.currently_due
    assert StoredEvent.objects.filter(name="payee.updated").count() >= 2


def test_a_withdrawal_reaches_the_bank(sandbox, casey, pat, settle):
    payment = captured(casey, pat)
    connected(sandbox, pat)
    payout = withdraw(pat, usd(100_00))
    assert payout.status == "paying"
    assert (balance(AccountKind.WALLET, pat.id), balance(AccountKind.IN_TRANSIT, payout.id)) == (0, 100_00)
    assert (balance(AccountKind.GATEWAY, "sandbox"), balance(AccountKind.GATEWAY_PAYEE, "sandbox")) == (0, 100_00)
    assert_sound_books()
    arrive(sandbox, settle)
    assert selectors.payout(pat, payout.id).status == "paid"
    assert look(payment.id).status == "withdrawn"
    assert balance(AccountKind.IN_TRANSIT, payout.id) == 0
    assert balance(AccountKind.GATEWAY_PAYEE, "sandbox") == 0
    assert names(payout.id) == ["payout.requested", "payout.paid"]
    assert_sound_books()


@pytest.mark.parametrize("fault", ["lose_request", "lose_response", "fail_before", "fail_after", "limit_rate"])
@pytest.mark.parametrize("target", ["POST /v1/transfers", "POST /v1/payouts"])
def test_whatever_the_network_does_a_withdrawal_is_paid_once(sandbox, casey, pat, settle, fault, target):
    captured(casey, pat)
    connected(sandbox, pat)
    getattr(sandbox, fault)(target)
    payout = withdraw(pat, usd(100_00))
    for _ in range(5):
        later(30)
        settle()
    arrive(sandbox, settle)
    assert selectors.payout(pat, payout.id).status == "paid"
    assert len(sandbox.objects("transfer")) == len(sandbox.objects("payout")) == 1
    assert_sound_books()


def test_a_webhook_that_overtakes_its_own_lost_answer_settles_the_operation(sandbox, casey, pat, settle):
    captured(casey, pat)
    connected(sandbox, pat)
    settle()
    sandbox.lose_response("POST /v1/payouts")
    sandbox.lose_request("GET /v1/payouts*")
    payout = withdraw(pat, usd(100_00))
    assert operation(payout.id, "pay_out").status == "unknown"
    sandbox.land_payout(sandbox.objects("payout")[0]["id"])
    settle()
    assert operation(payout.id, "pay_out").status == "succeeded"
    assert selectors.payout(pat, payout.id).status == "paid"
    assert_sound_books()


@pytest.mark.parametrize(
    ("bank", "status", "told"),
    [
        ("000111111116", "failed", ["payout.requested", "payout.failed"]),
        ("000999999991", "returned", ["payout.requested", "payout.paid", "payout.returned"]),
    ],
)
def test_a_payout_that_the_bank_refuses_is_back_in_the_wallet(sandbox, casey, pat, settle, bank, status, told):
    payment = captured(casey, pat)
    connected(sandbox, pat, bank=bank)
    payout = withdraw(pat, usd(100_00))
    for _ in range(3):
        arrive(sandbox, settle)
    payout = selectors.payout(pat, payout.id)
    assert payout.status == status
    assert payout.failure_code
    assert balance(AccountKind.WALLET, pat.id) == 100_00
    assert balance(AccountKind.GATEWAY, "sandbox") == 100_00
    assert look(payment.id).status == "released"
    assert names(payout.id) == told
    assert_sound_books()


def test_a_payout_returned_days_later_takes_the_withdrawn_status_back(sandbox, casey, pat, settle):
    payment = captured(casey, pat)
    connected(sandbox, pat)
    payout = withdraw(pat, usd(60_00))
    arrive(sandbox, settle)
    assert look(payment.id).status == "released"
    second = withdraw(pat, usd(40_00))
    arrive(sandbox, settle)
    assert look(payment.id).status == "withdrawn"
    later(3 * 24 * 3600)
    sandbox.fail_payout(Payout.objects.get(pk=second.id).gateway_id)
    settle()
    assert look(payment.id).status == "released"
    assert selectors.payout(pat, second.id).status == "returned"
    assert selectors.payout(pat, payout.id).status == "paid"
    assert balance(AccountKind.WALLET, pat.id) == 40_00
    assert_sound_books()


@pytest.mark.parametrize("fault", ["lose_request", "lose_response", "fail_before", "fail_after"])
def test_a_reversal_happens_once_whatever_the_network_does(sandbox, casey, pat, settle, fault):
    captured(casey, pat)
    connected(sandbox, pat, bank="000111111116")
    getattr(sandbox, fault)("POST /v1/transfers/*/reversals")
    payout = withdraw(pat, usd(100_00))
    for _ in range(6):
        arrive(sandbox, settle)
    assert selectors.payout(pat, payout.id).status == "failed"
    assert sandbox.balance("usd") == 100_00
    assert_sound_books()


def test_a_payee_restricted_between_request_and_transfer_keeps_the_money_in_the_wallet(sandbox, casey, pat, settle):
    captured(casey, pat)
    account = connected(sandbox, pat)
    sandbox.withhold()
    sandbox.restrict_payee(account)
    payout = withdraw(pat, usd(100_00))
    sandbox.release()
    for _ in range(3):
        arrive(sandbox, settle)
    assert selectors.payout(pat, payout.id).status == "failed"
    assert balance(AccountKind.WALLET, pat.id) == 100_00
    assert not selectors.payee(pat).can_withdraw
    assert_sound_books()


def test_nobody_withdraws_before_the_gate_is_open_and_nothing_changes(sandbox, casey, pat):
    captured(casey, pat)
    with pytest.raises(PayoutsNotEnabled):
        withdraw(pat, usd(100_00))
    do(services.connect_payee, actor=pat)
    with pytest.raises(PayoutsNotEnabled) as refused:
        withdraw(pat, usd(100_00))
    assert refused.value.fields["currently_due"]
    assert not Payout.objects.exists()
    assert balance(AccountKind.WALLET, pat.id) == 100_00


def test_nobody_withdraws_more_than_they_have_or_less_than_the_minimum(sandbox, casey, pat):
    captured(casey, pat)
    connected(sandbox, pat)
    with pytest.raises(InsufficientBalance):
        withdraw(pat, usd(100_01))
    with pytest.raises(InvalidInput):
        withdraw(pat, usd(99))
    assert not Payout.objects.exists()
    assert not GatewayOperation.objects.filter(kind="transfer").exists()
    assert balance(AccountKind.WALLET, pat.id) == 100_00


def test_a_third_digit_that_no_bank_moves_is_refused_before_anything_is_sent(sandbox, pat):
    connected(sandbox, pat)
    with pytest.raises(InvalidInput, match=r"3\.580"):
        withdraw(pat, Money(3_584, "KWD"))
    assert not Payout.objects.exists()


def test_a_withdrawal_that_was_sent_cannot_be_cancelled(sandbox, casey, pat, omar):
    captured(casey, pat)
    connected(sandbox, pat)
    payout = withdraw(pat, usd(100_00))
    with pytest.raises(WrongStatus):
        do(services.cancel_withdrawal, actor=pat, payout_id=payout.id)
    with pytest.raises(NotFound):
        do(services.cancel_withdrawal, actor=omar, payout_id=payout.id)
    assert selectors.payout(pat, payout.id).status == "paying"


def test_a_withdrawal_cancelled_before_it_is_sent_never_reaches_the_gateway(sandbox, casey, pat, settle):
    captured(casey, pat)
    connected(sandbox, pat)
    with edge_transaction():
        requested = services.request_withdrawal(actor=pat, amount=usd(100_00))
        services.cancel_withdrawal(actor=pat, payout_id=requested.id)
    later(60)
    settle()
    assert selectors.payout(pat, requested.id).status == "cancelled"
    assert operation(requested.id, "transfer").status == "cancelled"
    assert not sandbox.objects("transfer")
    assert balance(AccountKind.WALLET, pat.id) == 100_00
    assert names(requested.id) == ["payout.requested", "payout.cancelled"]
    assert_sound_books()


def test_an_automatic_schedule_withdraws_what_is_there(sandbox, casey, pat, sam, settle):
    captured(casey, pat)
    captured(casey, sam)
    connected(sandbox, pat)
    do(services.set_payout_schedule, actor=pat, schedule=PayoutSchedule.AUTOMATIC)
    tasks.pay_out_on_schedule()
    tasks.pay_out_on_schedule()
    arrive(sandbox, settle)
    payout = Payout.objects.get()
    assert (payout.payee_id, payout.amount, payout.automatic, payout.status) == (pat.id, 100_00, True, "paid")
    assert balance(AccountKind.WALLET, sam.id) == 100_00
    assert_sound_books()


def test_a_transfer_waits_until_our_balance_covers_it(sandbox, casey, pat, settle):
    sandbox.set(settlement_seconds=24 * 3600)
    captured(casey, pat)
    connected(sandbox, pat)
    payout = withdraw(pat, usd(100_00))
    assert selectors.payout(pat, payout.id).status == "transferring"
    later(25 * 3600)
    settle()
    arrive(sandbox, settle)
    assert selectors.payout(pat, payout.id).status == "paid"
    assert_sound_books()
