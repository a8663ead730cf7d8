"""Clearing, taking back and withdrawing at once: the lots explain the account, and nobody has anything twice."""

from functools import partial

import pytest

from jobsphere.kit.errors import DomainError
from jobsphere.payments import services
from jobsphere.payments.lots import clearing
from jobsphere.payments.models import EarningLot
from jobsphere.payments.tests.builders import connected, do, later, usd, withdraw
from jobsphere.payments.tests.test_earnings import earn, has, recover
from jobsphere.payments.tests.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 10
WEEK = 7 * 24 * 3600 + 60


def clear(lot_id):
    return do(services.clear_due_earning, lot_id=lot_id)


def test_two_workers_clear_a_lot_once(pat, waiting):
    for number in range(1, ROUNDS + 1):
        earn(pat, 100)
        lot = EarningLot.objects.latest("pk")
        later(WEEK)
        results = at_once(*[lambda pk=lot.pk: clear(pk)] * 4)
        assert sorted(results) == [False, False, False, True]
        assert has(pat) == (number * 100, 0, 0)


def test_clearing_races_taking_back(pat, waiting):
    for number in range(1, ROUNDS + 1):
        source = earn(pat, 100)
        lot = EarningLot.objects.get(source_id=source.id)
        later(WEEK)
        at_once(partial(clear, lot.pk), partial(recover, pat, 60, source))
        clear(lot.pk)
        assert has(pat) == (number * 40, 0, 0)
        assert not list(clearing())


def test_taking_back_races_a_withdrawal_of_everything(sandbox, pat):
    connected(sandbox, pat)
    for _ in range(ROUNDS):
        earn(pat, 200)
        results = at_once(lambda: withdraw(pat, usd(200)), lambda: recover(pat, 150))
        refused = [each for each in results if isinstance(each, DomainError)]
        wallet, clears, owed = has(pat)
        assert (wallet, owed) == ((50, 0) if refused else (0, 150))
        assert not clears
        # Start the next round with nothing.
        if wallet:
            recover(pat, wallet)
        else:
            earn(pat, owed)
        assert has(pat) == (0, 0, 0)
