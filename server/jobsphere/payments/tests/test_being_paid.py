"""Being paid, and knowing exactly when and why: clearing, a changed bank, schedules, instant payouts, two gateways."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobsphere.audit.models import AuditEntry
from jobsphere.kit import clock
from jobsphere.kit.errors import Forbidden, InvalidInput, NotFound
from jobsphere.kit.ids import uuid7
from jobsphere.ledger.types import AccountKind
from jobsphere.notifications.models import Notification
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments import selectors, services, tasks
from jobsphere.payments.errors import (
    BankCoolingOff,
    InstantNotAvailable,
    NothingLeftToClear,
    PayoutFeeChanged,
    PayoutsNotCovered,
)
from jobsphere.payments.models import EarningLot, PayeeAccount, Payout
from jobsphere.payments.rules import PayoutSchedule, PayoutSpeed
from jobsphere.payments.tests.builders import assert_sound_books, balance, captured, connected, do, later, usd, withdraw
from jobsphere.payments.tests.test_earnings import earn, has, recover
from jobsphere.payments.tests.test_money_out import arrive

pytestmark = pytest.mark.django_db(transaction=True)

DAY = 24 * 3600
INSTANT = "000222222227"
OTHER = "000111111113"


def lot_of(source):
    return EarningLot.objects.get(source_id=source.id)


def told(payee):
    return list(Notification.objects.filter(user_id=payee.id).order_by("pk").values_list("title", flat=True))


# --- clearing


def test_what_is_due_clears_by_itself_and_only_that(pat, waiting):
    first = earn(pat, 100)
    later(DAY)
    second = earn(pat, 50)
    tasks.clear_due_earnings()
    assert has(pat) == (0, 150, 0)
    later(6 * DAY + 60)
    tasks.clear_due_earnings()
    tasks.clear_due_earnings()
    assert has(pat) == (100, 50, 0)
    assert (lot_of(first).cleared, lot_of(second).left) == (100, 50)
    assert StoredEvent.objects.filter(name="earning.cleared").count() == 1


def test_staff_clear_early_or_later_with_a_reason(pat, ada, omar, waiting):
    source = earn(pat, 100)
    lot = lot_of(source)
    until = clock.now() + timedelta(days=30)
    with pytest.raises(Forbidden):
        do(services.delay_earning, actor=omar, lot_id=lot.pk, until=until, reason="Mine.")
    with pytest.raises(InvalidInput):
        do(services.delay_earning, actor=ada, lot_id=lot.pk, until=clock.now() - timedelta(days=1), reason="Past.")
    assert lot_of(source).clears_at == lot.clears_at
    view = do(services.delay_earning, actor=ada, lot_id=lot.pk, until=until, reason="The customer called.")
    assert (view.clears_at, view.reason_code) == (until, "held_by_staff")
    later(8 * DAY)
    tasks.clear_due_earnings()
    assert has(pat) == (0, 100, 0)
    do(services.clear_earning_early, actor=ada, lot_id=lot.pk, reason="All is well.")
    assert has(pat) == (100, 0, 0)
    with pytest.raises(NothingLeftToClear):
        do(services.clear_earning_early, actor=ada, lot_id=lot.pk, reason="Again.")
    assert has(pat) == (100, 0, 0)
    reasons = [each.detail["reason"] for each in AuditEntry.objects.filter(verb__startswith="earning.").order_by("pk")]
    assert reasons == ["The customer called.", "All is well."]


def test_the_wallet_says_what_clears_until_when_and_why(pat, waiting, client_for):
    earn(pat, 100)
    (line,) = client_for(pat).get("/api/wallet/").json()["balances"]
    assert (line["available"]["amount"], line["clearing"]["amount"], line["owed"]["amount"]) == (0, 100, 0)
    (lot,) = line["lots"]
    assert lot["reason_code"] == "new_payee"
    assert "first earnings" in lot["reason"]
    assert lot["clears_at"]


def test_the_wallet_costs_the_same_for_one_line_and_for_many(
    sandbox,
    casey,
    pat,
    waiting,
    client_for,
):
    connected(sandbox, pat)
    client = client_for(pat)

    def counted(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    earn(pat, 100)
    captured(casey, pat)
    withdraw(pat, usd(10_00))
    paths = ("/api/wallet/", "/api/payouts/balance", "/api/wallet/entries/")
    few = [counted(path) for path in paths]
    for _ in range(3):
        earn(pat, 100)
        withdraw(pat, usd(10_00))
    assert [counted(path) for path in paths] == few
    # Payments that are no contract's are looked for among milestones, changes, tips, expenses and plans as well.
    assert few == [8, 10, 8]


# --- the bank account


def test_another_bank_account_starts_a_cooling_off_and_the_person_is_told(sandbox, casey, pat, ada, settle):
    captured(casey, pat)
    account = connected(sandbox, pat)
    settle()
    assert PayeeAccount.objects.get().cooling_until is None
    sandbox.change_bank(account, bank=OTHER)
    settle()
    view = selectors.payee(pat)
    assert (view.bank_last4, view.can_withdraw) == ("1113", False)
    assert view.cooling_until is not None
    assert abs(view.cooling_until - clock.now() - timedelta(days=3)) < timedelta(minutes=1)
    assert "Your bank account has changed" in told(pat)
    with pytest.raises(BankCoolingOff) as refused:
        withdraw(pat, usd(100_00))
    assert refused.value.fields["until"] == view.cooling_until.isoformat()
    assert not Payout.objects.exists()
    assert balance(AccountKind.WALLET, pat.id) == 100_00
    do(services.lift_cooling_off, actor=ada, payee_id=pat.id, reason="Spoke to Pat on the phone.")
    assert withdraw(pat, usd(100_00)).status == "paying"
    with pytest.raises(NotFound):
        do(services.lift_cooling_off, actor=ada, payee_id=pat.id, reason="Again.")


def test_the_cooling_off_ends_by_itself_and_stops_the_schedule_meanwhile(sandbox, casey, pat, settle):
    captured(casey, pat)
    account = connected(sandbox, pat)
    do(services.set_payout_schedule, actor=pat, schedule=PayoutSchedule.AUTOMATIC)
    sandbox.change_bank(account, bank=INSTANT)
    settle()
    tasks.pay_out_on_schedule()
    assert not Payout.objects.exists()
    later(3 * DAY + 60)
    tasks.pay_out_on_schedule()
    assert Payout.objects.get().automatic


def test_a_gate_that_closes_stops_the_schedule_and_the_person_is_told_what_is_missing(sandbox, casey, pat, settle):
    captured(casey, pat)
    account = connected(sandbox, pat)
    do(services.set_payout_schedule, actor=pat, schedule=PayoutSchedule.AUTOMATIC)
    sandbox.restrict_payee(account)
    settle()
    tasks.pay_out_on_schedule()
    assert not Payout.objects.exists()
    assert told(pat)[-1] == "Your withdrawals are paused"
    assert "passport" in Notification.objects.filter(user_id=pat.id).latest("pk").body
    sandbox.unrestrict_payee(account)
    settle()
    assert told(pat)[-1] == "Your withdrawals are open"
    tasks.pay_out_on_schedule()
    assert Payout.objects.count() == 1


# --- schedules


def test_a_weekly_schedule_has_one_round_on_its_day(sandbox, casey, pat):
    connected(sandbox, pat)
    tomorrow = (clock.now() + timedelta(days=1)).weekday()
    do(services.set_payout_schedule, actor=pat, schedule=PayoutSchedule.WEEKLY, weekday=tomorrow)
    captured(casey, pat)
    tasks.pay_out_on_schedule()
    assert not Payout.objects.exists()
    later(DAY)
    tasks.pay_out_on_schedule()
    captured(casey, pat)
    tasks.pay_out_on_schedule()
    assert Payout.objects.count() == 1
    later(7 * DAY)
    tasks.pay_out_on_schedule()
    assert Payout.objects.count() == 2


def test_small_amounts_wait_for_the_payees_and_the_operators_minimum(sandbox, casey, pat, settings):
    connected(sandbox, pat)
    minimums = {"USD": usd(150_00)}
    do(services.set_payout_schedule, actor=pat, schedule=PayoutSchedule.AUTOMATIC, minimums=minimums)
    captured(casey, pat)
    tasks.pay_out_on_schedule()
    assert not Payout.objects.exists()
    settings.MINIMUM_WITHDRAWALS = {"USD": 200_00}
    with pytest.raises(InvalidInput, match="200"):
        withdraw(pat, usd(100_00))
    captured(casey, pat)
    tasks.pay_out_on_schedule()
    assert Payout.objects.get().amount == 200_00


# --- instant ones


def instantly(payee, amount, fee):
    verb = services.request_withdrawal
    return do(verb, actor=payee, amount=usd(amount), speed=PayoutSpeed.INSTANT, fee=usd(fee))


def test_an_instant_payout_costs_the_fee_that_was_shown(sandbox, casey, pat, settle, client_for):
    captured(casey, pat)
    connected(sandbox, pat, bank=INSTANT)
    quote = client_for(pat).get("/api/payouts/quote?amount=10000&currency=USD").json()["instant"]
    assert (quote["available"], quote["fee"]["amount"], quote["arriving"]["amount"]) == (True, 1_50, 98_50)
    with pytest.raises(PayoutFeeChanged):
        instantly(pat, 100_00, 1_49)
    assert balance(AccountKind.WALLET, pat.id) == 100_00
    payout = instantly(pat, 100_00, 1_50)
    assert balance(AccountKind.WALLET, pat.id) == 0
    assert balance(AccountKind.REVENUE_PAYOUT_FEE) == 1_50
    assert sandbox.objects("payout")[0]["method"] == "instant"
    arrive(sandbox, settle)
    assert selectors.payout(pat, payout.id).status == "paid"
    assert_sound_books()


def test_the_fee_of_a_payout_that_does_not_arrive_comes_back(sandbox, casey, pat, settle):
    captured(casey, pat)
    connected(sandbox, pat, bank=INSTANT)
    instantly(pat, 100_00, 1_50)
    sandbox.fail_payout(sandbox.objects("payout")[0]["id"])
    for _ in range(3):
        arrive(sandbox, settle)
    assert (balance(AccountKind.WALLET, pat.id), balance(AccountKind.REVENUE_PAYOUT_FEE)) == (100_00, 0)
    assert_sound_books()


def test_a_bank_that_does_not_take_instant_payouts_says_so(sandbox, casey, pat):
    captured(casey, pat)
    connected(sandbox, pat)
    with pytest.raises(InstantNotAvailable):
        instantly(pat, 100_00, 1_50)
    assert balance(AccountKind.WALLET, pat.id) == 100_00
    assert not Payout.objects.exists()


# --- which gateway


def test_a_withdrawal_that_no_balance_covers_is_refused_and_staff_are_alarmed(
    sandbox, casey, pat, settings, client_for, run_worker
):
    captured(casey, pat)
    connected(sandbox, pat)
    # The money was taken elsewhere: our books have none of it where Pat is connected.
    PayeeAccount.objects.update(gateway="stripe")
    settings.STRIPE_SECRET_KEY = "sk_test_of_nobody"
    with pytest.raises(PayoutsNotCovered):
        withdraw(pat, usd(100_00))
    body = {"amount": {"amount": 100_00, "currency": "USD"}}
    answer = client_for(pat).post(
        "/api/payouts/withdraw", body, format="json", headers={"Idempotency-Key": str(uuid7())}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "payouts-not-covered")
    assert StoredEvent.objects.filter(name="payout.not_covered").count() == 1
    assert balance(AccountKind.WALLET, pat.id) == 100_00
    assert not Payout.objects.exists()


def test_what_is_owed_is_kept_when_a_withdrawal_comes_back(sandbox, casey, pat, settle):
    captured(casey, pat)
    connected(sandbox, pat, bank="000111111116")
    withdraw(pat, usd(100_00))
    recover(pat, 30_00)
    assert has(pat) == (0, 0, 30_00)
    for _ in range(3):
        arrive(sandbox, settle)
    assert has(pat) == (70_00, 0, 0)
    assert any("30.00" in title and "kept" in title for title in told(pat))
