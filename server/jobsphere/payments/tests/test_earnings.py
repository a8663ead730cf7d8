"""What is earned clears, is taken back in a fixed order, and pays what is owed. The lots always explain the account."""

from datetime import timedelta

import pytest

from jobsphere.kit import clock
from jobsphere.kit.ids import uuid7
from jobsphere.ledger import services as ledger
from jobsphere.ledger.types import AccountKind, account, debit
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments import earnings
from jobsphere.payments.earnings import Source
from jobsphere.payments.lots import clearing
from jobsphere.payments.models import EarningLot, PayeeAccount
from jobsphere.payments.tests.builders import balance, do, usd

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = {"new": 7, "verified": 3, "trusted": 0}


def earn(payee, amount, source=None, **options):
    """Let a payee earn from a hold of our own making."""
    source = source or Source("hold", uuid7(), payment_id=uuid7())

    def verb():
        legs = earnings.credit_legs(payee_id=payee.id, amount=usd(amount), source=source, **options)
        book("test.earned", source.id, [debit(account(AccountKind.GATEWAY, "USD", "sandbox"), usd(amount)), *legs])
        earnings.settle_receivable(payee_id=payee.id, currency="USD")

    do(verb)
    return source


def recover(payee, amount, source=None):
    """Take back from a payee; what pays for it ends at the gateway."""

    def verb():
        legs = earnings.recover_legs(payee_id=payee.id, amount=usd(amount), source=source)
        book("test.recovered", uuid7(), [*legs, debit(account(AccountKind.GATEWAY, "USD", "sandbox"), -usd(amount))])

    do(verb)


def book(code, reference, legs):
    ledger.post(code=code, reference=str(reference), legs=legs, source_type="test", source_id=reference)


def has(payee):
    """Return what a payee has: in the wallet, clearing, owed."""
    kinds = (AccountKind.WALLET, AccountKind.CLEARING, AccountKind.RECEIVABLE)
    return tuple(balance(kind, payee.id) for kind in kinds)


def left(*sources):
    return [EarningLot.objects.get(source_id=each.id).left for each in sources]


def test_without_a_clearing_time_earnings_are_in_the_wallet_at_once(pat):
    earn(pat, 100)
    assert has(pat) == (100, 0, 0)
    assert not EarningLot.objects.exists()


def test_with_one_they_clear_until_an_exact_date_for_a_reason(pat, waiting):
    source = earn(pat, 100)
    assert has(pat) == (0, 100, 0)
    lot = EarningLot.objects.get()
    assert (lot.source_id, lot.payment_id, lot.level, lot.reason) == (source.id, source.payment_id, "new", "new_payee")
    assert abs(lot.clears_at - clock.now() - timedelta(days=7)) < timedelta(minutes=1)
    assert not list(clearing())


def test_a_verified_payee_waits_shorter_and_what_comes_back_does_not_wait(pat, waiting):
    PayeeAccount.objects.create(user_id=pat.id, gateway="sandbox", payouts_enabled=True, details_submitted=True)
    earn(pat, 100)
    assert EarningLot.objects.get().level == "verified"
    earn(pat, 50, at_once=True)
    assert has(pat) == (50, 100, 0)


def test_taking_back_starts_with_the_source_then_the_newest_then_the_wallet_then_a_debt(pat, waiting, settings):
    settings.CLEARING_DAYS = dict.fromkeys(WAITING, 0)
    earn(pat, 30)
    settings.CLEARING_DAYS = WAITING
    first, second, third = earn(pat, 100), earn(pat, 100), earn(pat, 100)
    recover(pat, 120, first)
    assert left(first, second, third) == [0, 100, 80]
    recover(pat, 90, Source("payment", second.payment_id))
    assert left(first, second, third) == [0, 10, 80]
    assert has(pat) == (30, 90, 0)
    recover(pat, 200)
    assert left(first, second, third) == [0, 0, 0]
    assert has(pat) == (0, 0, 80)
    assert not list(clearing())


def test_what_is_owed_is_taken_from_the_next_earnings_and_the_payee_is_told(pat):
    recover(pat, 80)
    earn(pat, 50)
    assert has(pat) == (0, 0, 30)
    earn(pat, 50)
    assert has(pat) == (20, 0, 0)
    told = [each.payload for each in StoredEvent.objects.filter(name="receivable.settled").order_by("pk")]
    assert [(each["amount"]["amount"], each["left"]["amount"]) for each in told] == [(50, 30), (30, 0)]


def test_what_is_owed_is_taken_from_earnings_that_still_clear(pat, waiting):
    recover(pat, 80)
    source = earn(pat, 100)
    assert EarningLot.objects.get().reason == "owes_money"
    assert left(source) == [20]
    assert has(pat) == (0, 20, 0)
    assert not list(clearing())
