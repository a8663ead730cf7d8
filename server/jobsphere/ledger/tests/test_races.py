"""Real threads, each with its own connection, on both engines. Every outcome must be exact, every round."""
# ruff: noqa: B023  Each race is over before its loop goes on.

import threading
from collections.abc import Callable, Sequence
from uuid import uuid4

import pytest
from django.db import connection

from jobsphere.kit.errors import DomainError
from jobsphere.ledger import selectors
from jobsphere.ledger.errors import InsufficientBalance, TransferReferenceReused
from jobsphere.ledger.models import LedgerAccount, Transfer
from jobsphere.ledger.reconcile import verify_books
from jobsphere.ledger.tests.books import GATEWAY, balance, commit, escrow, fill, wallet
from jobsphere.ledger.types import AccountKind, PostedTransfer, account

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 20


def race(verbs: Sequence[Callable[[], PostedTransfer]]) -> list[PostedTransfer | BaseException]:
    """Run the verbs at the same moment, each in a thread of its own; return what each gave or raised, in order."""
    barrier = threading.Barrier(len(verbs))
    outcomes: list[PostedTransfer | BaseException] = [RuntimeError("did not run")] * len(verbs)

    def run(place: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            outcomes[place] = verbs[place]()
        except Exception as error:  # noqa: BLE001  it is the outcome
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(verbs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, DomainError):
            raise outcome
    return outcomes


def test_parallel_debits_of_one_wallet_never_spend_a_cent_twice() -> None:
    for round_number in range(ROUNDS):
        pat = wallet(f"pat-{round_number}")
        fill(pat, 500)

        def debit() -> PostedTransfer:
            return commit({pat: 120, account(AccountKind.IN_TRANSIT, "USD", uuid4()): -120})

        outcomes = race([debit] * 8)
        refused = [outcome for outcome in outcomes if isinstance(outcome, InsufficientBalance)]
        assert (len(outcomes) - len(refused), len(refused)) == (4, 4)
        assert balance(pat) == 20
    assert verify_books() == []


def test_transfers_in_opposite_directions_neither_deadlock_nor_lose_a_cent() -> None:
    ann, bob = wallet("ann"), wallet("bob")
    fill(ann, 1_000_000)
    fill(bob, 1_000_000)
    for round_number in range(ROUNDS):
        amount = round_number + 1
        outcomes = race(
            [lambda: commit({ann: amount, bob: -amount}), lambda: commit({bob: 2 * amount, ann: -2 * amount})] * 4
        )
        assert all(isinstance(outcome, PostedTransfer) for outcome in outcomes)
    moved = 4 * sum(range(1, ROUNDS + 1))
    assert (balance(ann), balance(bob)) == (1_000_000 + moved, 1_000_000 - moved)
    assert verify_books() == []


def test_one_reference_posted_many_times_at_once_is_one_transfer() -> None:
    for round_number in range(ROUNDS):
        pat, reference = wallet(f"pat-{round_number}"), f"event-{round_number}"
        outcomes = race([lambda: commit({GATEWAY: 700, pat: -700}, reference=reference)] * 8)
        posted = [outcome for outcome in outcomes if isinstance(outcome, PostedTransfer)]
        assert len({transfer.id for transfer in posted}) == 1
        assert sum(not transfer.replayed for transfer in posted) == 1
        assert balance(pat) == 700
    assert Transfer.objects.count() == ROUNDS
    assert verify_books() == []


def test_one_reference_posted_with_two_contents_at_once_is_posted_once_and_refused_once() -> None:
    for round_number in range(ROUNDS):
        reference = f"event-{round_number}"
        outcomes = race(
            [
                lambda: commit({GATEWAY: 700, wallet("pat"): -700}, reference=reference),
                lambda: commit({GATEWAY: 700, wallet("sam"): -700}, reference=reference),
            ]
        )
        assert {type(outcome) for outcome in outcomes} == {PostedTransfer, TransferReferenceReused}
    assert balance(wallet("pat")) + balance(wallet("sam")) == 700 * ROUNDS
    assert verify_books() == []


def test_an_account_that_many_use_first_at_once_is_opened_once() -> None:
    for round_number in range(ROUNDS):
        hold, gateway = escrow(f"hold-{round_number}"), account(AccountKind.GATEWAY, "USD", f"gateway-{round_number}")
        outcomes = race([lambda: commit({gateway: 100, hold: -100})] * 8)
        assert all(isinstance(outcome, PostedTransfer) for outcome in outcomes)
        assert (balance(hold), balance(gateway)) == (800, 800)
        assert LedgerAccount.objects.filter(id__in=[hold.id, gateway.id]).count() == 2
    assert selectors.trial_balance().is_zero
    assert verify_books() == []
