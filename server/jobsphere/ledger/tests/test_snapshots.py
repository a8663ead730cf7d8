"""Snapshots of untracked accounts: never wrong, also while transactions commit out of order."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from jobsphere.db.transactions import NoTransactionError, edge_transaction
from jobsphere.kit.ids import uuid7
from jobsphere.ledger import selectors, services, tasks
from jobsphere.ledger.models import BalanceSnapshot, Entry, Transfer
from jobsphere.ledger.reconcile import verify_books
from jobsphere.ledger.tests.books import GATEWAY, PLATFORM_FEE, balance, commit, fill, wallet
from jobsphere.ledger.tests.raw import entry, insert, run, seal

pytestmark = pytest.mark.django_db(transaction=True)


def take(*, at_least: int = 1, margin: timedelta = timedelta(0)) -> int:
    time.sleep(0.002)  # a snapshot ends before its own millisecond
    with edge_transaction():
        return services.take_snapshots(at_least=at_least, margin=margin)


def snapshots() -> list[tuple[int, int]]:
    rows = BalanceSnapshot.objects.filter(account_id=GATEWAY.id).order_by("up_to")
    return list(rows.values_list("balance", "entries"))


@pytest.fixture
def books() -> Iterator[None]:
    for amount in (100, 200, 300):
        commit({GATEWAY: amount, PLATFORM_FEE: -amount})
    yield
    assert verify_books() == []


@pytest.mark.usefixtures("books")
def test_a_snapshot_holds_the_sum_and_the_balance_goes_on_from_it() -> None:
    assert take() == 2
    assert snapshots() == [(600, 3)]
    commit({GATEWAY: -50, PLATFORM_FEE: 50})
    assert (balance(GATEWAY), balance(PLATFORM_FEE)) == (550, 550)
    assert selectors.trial_balance().is_zero
    assert take() == 2
    assert snapshots() == [(600, 3), (550, 4)]
    assert balance(GATEWAY) == 550


@pytest.mark.usefixtures("books")
def test_little_or_nothing_new_is_left_for_later() -> None:
    assert take(at_least=4) == 0
    assert take(at_least=3) == 2
    assert take() == 0
    assert snapshots() == [(600, 3)]


@pytest.mark.usefixtures("books")
def test_entries_within_the_margin_are_left_for_later() -> None:
    assert take(margin=timedelta(minutes=1)) == 0
    tasks.take_snapshots()
    assert snapshots() == []
    assert balance(GATEWAY) == 600


def test_tracked_accounts_need_no_snapshot() -> None:
    fill(wallet("pat"), 100)
    take()
    assert set(BalanceSnapshot.objects.values_list("account_id", flat=True)) == {GATEWAY.id}


@pytest.mark.usefixtures("books")
def test_snapshots_need_a_transaction() -> None:
    with pytest.raises(NoTransactionError):
        services.take_snapshots(at_least=1)
    assert snapshots() == []


@pytest.mark.postgresql_only
@pytest.mark.usefixtures("books")
def test_an_entry_that_commits_after_a_snapshot_though_its_id_is_older_is_still_counted() -> None:
    slow = connection.copy()
    try:
        slow.set_autocommit(False)
        run("SELECT 1", on=slow)  # ids are made inside of transactions
        transfer = uuid7()
        insert(Entry, entry(transfer, GATEWAY.id, 1000, 1), on=slow)
        insert(Entry, entry(transfer, PLATFORM_FEE.id, -1000, 2), on=slow)
        commit({GATEWAY: 5, PLATFORM_FEE: -5})
        assert take() == 2  # up to where the slow transaction began
        assert snapshots() == [(600, 3)]
        insert(Transfer, seal(transfer), on=slow)
        slow.commit()
    finally:
        slow.close()
    assert balance(GATEWAY) == 1605
    assert take() == 2
    assert snapshots()[-1] == (1605, 5)
    assert balance(GATEWAY) == 1605
