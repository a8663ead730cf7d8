"""Raw SQL attacks on the books. The database must refuse each of them, on both engines, and nothing may change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.ids import uuid7
from jobsphere.ledger import tasks
from jobsphere.ledger.models import Entry, LedgerAccount, Transfer
from jobsphere.ledger.reconcile import verify_books
from jobsphere.ledger.tests.books import GATEWAY, PLATFORM_FEE, commit, fill, wallet
from jobsphere.ledger.tests.raw import entry, everything, insert, run, seal
from jobsphere.ledger.types import AccountKind, account

pytestmark = pytest.mark.django_db(transaction=True)

EUROS = account(AccountKind.WRITEOFF, "EUR")
OWNER = uuid4()
ACCOUNTS, TRANSFERS, ENTRIES = "ledger_ledgeraccount", "ledger_transfer", "ledger_entry"


@dataclass
class Books:
    """Pat's and Sam's wallets hold 500 each, from one entry each; the platform has accounts in two currencies."""

    pat: UUID
    sam: UUID
    transfer: UUID
    platform: UUID
    gateway: UUID = GATEWAY.id
    fee: UUID = PLATFORM_FEE.id
    euros: UUID = EUROS.id


Attack = Callable[[Books], object]
attacks: list[Attack] = []


def attack(function: Attack) -> Attack:
    attacks.append(function)
    return function


@pytest.fixture
def books() -> Books:
    pat, sam = wallet(uuid4()), wallet(uuid4())
    with clock.travel(-timedelta(days=2)):
        commit({GATEWAY: 3, PLATFORM_FEE: -3})
    tasks.seal_days()
    platform = commit({GATEWAY: 7, PLATFORM_FEE: -7}).id
    commit({EUROS: 7, account(AccountKind.GATEWAY, "EUR", "stripe"): -7})
    fill(sam, 500)
    return Books(pat.id, sam.id, fill(pat, 500).id, platform)


def move(account_id: UUID, by: int) -> None:
    run(f"UPDATE {ACCOUNTS} SET balance = balance + %s, sequence = coalesce(sequence, 0) + 1 WHERE id = %s",
        [by, account_id])  # fmt: skip


def pair(books: Books, *amounts: int, transfer: UUID | None = None) -> UUID:
    """Insert an entry for each amount, on the gateway's and the fee's accounts in turn."""
    transfer = transfer or uuid7()
    for position, amount in enumerate(amounts, start=1):
        insert(Entry, entry(transfer, books.gateway if position % 2 else books.fee, amount, position))
    return transfer


@attack
def an_unbalanced_transfer(books: Books) -> None:
    insert(Transfer, seal(pair(books, 100, -99)))


@attack
def a_transfer_without_entries(books: Books) -> None:
    insert(Transfer, seal(uuid7()))


@attack
def a_transfer_of_no_legs(books: Books) -> None:
    insert(Transfer, seal(uuid7(), legs=0))


@attack
def a_transfer_with_one_leg(books: Books) -> None:
    transfer = uuid7()
    insert(Entry, entry(transfer, books.gateway, 100, legs=1))
    insert(Transfer, seal(transfer, legs=1))


@attack
def a_transfer_that_hides_a_third_entry(books: Books) -> None:
    transfer = pair(books, 100, -100)
    insert(Entry, entry(transfer, books.gateway, 50, 3, legs=3))
    insert(Transfer, seal(transfer))


@attack
def a_transfer_that_claims_more_legs(books: Books) -> None:
    insert(Transfer, seal(pair(books, 100, -100), legs=3))


@attack
def entries_that_are_never_sealed(books: Books) -> None:
    pair(books, 100, -100)


@attack
def a_transfer_before_its_entries(books: Books) -> None:
    transfer = uuid7()
    insert(Transfer, seal(transfer))
    pair(books, 100, -100, transfer=transfer)


@attack
def a_transfer_over_two_currencies(books: Books) -> None:
    transfer = uuid7()
    insert(Entry, entry(transfer, books.gateway, 100, 1))
    insert(Entry, entry(transfer, books.euros, -100, 2))
    insert(Transfer, seal(transfer))


@attack
def a_transfer_in_another_currency_than_its_accounts(books: Books) -> None:
    insert(Transfer, seal(pair(books, 100, -100), currency="EUR"))


@attack
def a_second_transfer_of_one_business_key(books: Books) -> None:
    reference = run(f"SELECT code, reference FROM {TRANSFERS} WHERE id = %s", [books.transfer])[0]
    insert(Transfer, seal(pair(books, 100, -100), code=reference[0], reference=reference[1]))


@attack
def an_entry_added_to_a_sealed_transfer(books: Books) -> None:
    insert(Entry, entry(books.transfer, books.gateway, 100, 3, legs=3))


@attack
def an_entry_in_a_taken_position_of_a_sealed_transfer(books: Books) -> None:
    insert(Entry, entry(books.transfer, books.gateway, 100, 2))


@attack
def an_entry_outside_its_legs(books: Books) -> None:
    insert(Entry, entry(books.transfer, books.gateway, 100, 3))


@attack
def two_entries_that_cancel_out_added_to_a_sealed_transfer(books: Books) -> None:
    insert(Entry, entry(books.transfer, books.gateway, 100, 3, legs=4))
    insert(Entry, entry(books.transfer, books.fee, -100, 4, legs=4))


@attack
def an_entry_of_nothing(books: Books) -> None:
    transfer = pair(books, 0, 0)
    insert(Transfer, seal(transfer))


@attack
def an_entry_on_an_account_that_does_not_exist(books: Books) -> None:
    transfer = uuid7()
    insert(Entry, entry(transfer, uuid4(), 100, 1))
    insert(Entry, entry(transfer, books.fee, -100, 2))
    insert(Transfer, seal(transfer))


@attack
def a_changed_entry(books: Books) -> None:
    run(f"UPDATE {ENTRIES} SET amount = amount * 2 WHERE transfer_id = %s", [books.transfer])


@attack
def a_deleted_transfer_with_its_entries(books: Books) -> None:
    run(f"DELETE FROM {ENTRIES} WHERE transfer_id = %s", [books.transfer])
    run(f"DELETE FROM {TRANSFERS} WHERE id = %s", [books.transfer])


@attack
def the_deleted_entries_of_a_transfer_between_platform_accounts(books: Books) -> None:
    """No chain and no balance would miss these."""
    run(f"DELETE FROM {ENTRIES} WHERE transfer_id = %s", [books.platform])


@attack
def a_deleted_transfer(books: Books) -> None:
    run(f"DELETE FROM {TRANSFERS} WHERE id = %s", [books.transfer])


@attack
def a_changed_transfer(books: Books) -> None:
    run(f"UPDATE {TRANSFERS} SET memo = 'nothing to see' WHERE id = %s", [books.transfer])


@attack
def a_deleted_account(books: Books) -> None:
    run(f"DELETE FROM {ACCOUNTS} WHERE id = %s", [books.pat])


@attack
def a_balance_raised_by_hand(books: Books) -> None:
    run(f"UPDATE {ACCOUNTS} SET balance = balance - 1000000 WHERE id = %s", [books.pat])


@attack
def a_balance_raised_with_its_sequence_but_no_entry(books: Books) -> None:
    move(books.pat, -1_000_000)


@attack
def a_balance_raised_twice_with_an_entry_only_for_the_second(books: Books) -> None:
    move(books.pat, -1_000_000)
    move(books.pat, -100)
    transfer = uuid7()
    insert(Entry, entry(transfer, books.pat, -100, 1, sequence=3, balance_after=-1_000_600))
    insert(Entry, entry(transfer, books.gateway, 100, 2))
    insert(Transfer, seal(transfer))


@attack
def a_balance_raised_by_more_than_its_entry(books: Books) -> None:
    move(books.pat, -1_000_000)
    transfer = uuid7()
    insert(Entry, entry(transfer, books.pat, -100, 1, sequence=2, balance_after=-1_000_500))
    insert(Entry, entry(transfer, books.gateway, 100, 2))
    insert(Transfer, seal(transfer))


@attack
def an_entry_that_states_another_balance(books: Books) -> None:
    move(books.pat, -100)
    transfer = uuid7()
    insert(Entry, entry(transfer, books.pat, -100, 1, sequence=2, balance_after=-700))
    insert(Entry, entry(transfer, books.gateway, 100, 2))
    insert(Transfer, seal(transfer))


@attack
def a_balance_explained_by_an_entry_on_another_account(books: Books) -> None:
    move(books.pat, -100)
    move(books.sam, -100)
    transfer = uuid7()
    insert(Entry, entry(transfer, books.sam, -100, 1, sequence=2, balance_after=-600))
    insert(Entry, entry(transfer, books.gateway, 100, 2))
    insert(Transfer, seal(transfer))


@attack
def an_entry_on_a_tracked_account_whose_balance_did_not_move(books: Books) -> None:
    transfer = uuid7()
    insert(Entry, entry(transfer, books.pat, -100, 1))
    insert(Entry, entry(transfer, books.gateway, 100, 2))
    insert(Transfer, seal(transfer))


@attack
def an_entry_that_repeats_the_last_link(books: Books) -> None:
    transfer = uuid7()
    insert(Entry, entry(transfer, books.pat, -500, 1, sequence=1, balance_after=-500))
    insert(Entry, entry(transfer, books.gateway, 500, 2))
    insert(Transfer, seal(transfer))


@attack
def a_link_on_an_untracked_account(books: Books) -> None:
    transfer = uuid7()
    insert(Entry, entry(transfer, books.gateway, 100, 1, sequence=1, balance_after=100))
    insert(Entry, entry(transfer, books.fee, -100, 2))
    insert(Transfer, seal(transfer))


@attack
def a_running_balance_on_an_untracked_account(books: Books) -> None:
    transfer = uuid7()
    insert(Entry, entry(transfer, books.gateway, 100, 1, balance_after=1_000_000))
    insert(Entry, entry(transfer, books.fee, -100, 2))
    insert(Transfer, seal(transfer))


@attack
def a_balance_beyond_its_limit_with_a_proper_entry(books: Books) -> None:
    move(books.pat, 501)
    transfer = uuid7()
    insert(Entry, entry(transfer, books.pat, 501, 1, sequence=2, balance_after=1))
    insert(Entry, entry(transfer, books.gateway, -501, 2))
    insert(Transfer, seal(transfer))


@attack
def a_limit_taken_away(books: Books) -> None:
    run(f"UPDATE {ACCOUNTS} SET may_go_negative = %s WHERE id = %s", [True, books.pat])


@attack
def a_limit_taken_away_together_with_a_movement(books: Books) -> None:
    run(f"UPDATE {ACCOUNTS} SET may_go_negative = %s, balance = 100, sequence = 2 WHERE id = %s", [True, books.pat])


@attack
def an_account_given_to_somebody_else(books: Books) -> None:
    run(f"UPDATE {ACCOUNTS} SET owner_id = 'mallory' WHERE id = %s", [books.pat])


@attack
def a_sequence_that_is_forgotten(books: Books) -> None:
    run(f"UPDATE {ACCOUNTS} SET sequence = NULL, balance = 0 WHERE id = %s", [books.pat])


@attack
def a_balance_on_an_untracked_account(books: Books) -> None:
    run(f"UPDATE {ACCOUNTS} SET balance = 5, sequence = 1 WHERE id = %s", [books.gateway])


def new_account(**row: object) -> dict[str, object]:
    names = {"kind": "wallet", "owner_type": "user", "owner_id": str(uuid4()), "currency": "USD"}
    return {**names, "normal_side": "credit", "tracked": True, "may_go_negative": False, "balance": 0, **row}


@attack
def an_account_born_rich(books: Books) -> None:
    insert(LedgerAccount, new_account(balance=-1000))


@attack
def an_account_born_rich_with_a_sequence(books: Books) -> None:
    insert(LedgerAccount, new_account(balance=-1000, sequence=1))


@attack
def an_account_born_in_the_middle_of_a_chain(books: Books) -> None:
    born = insert(LedgerAccount, new_account(balance=-1000, sequence=5))
    transfer = uuid7()
    insert(Entry, entry(transfer, born, -100, 1, sequence=5, balance_after=-1000))
    insert(Entry, entry(transfer, books.gateway, 100, 2))
    insert(Transfer, seal(transfer))


@attack
def a_second_account_of_one_key(books: Books) -> None:
    owner = run(f"SELECT owner_id FROM {ACCOUNTS} WHERE id = %s", [books.pat])[0][0]
    insert(LedgerAccount, new_account(owner_id=owner))


@attack
def a_statement_with_another_seal(books: Books) -> None:
    run("UPDATE ledger_dailystatement SET seal = previous")


@attack
def a_line_with_another_balance(books: Books) -> None:
    run("UPDATE ledger_dailyline SET closing = closing + 1")


@attack
def a_sealed_transfer_that_is_forgotten(books: Books) -> None:
    run("DELETE FROM ledger_sealedtransfer")


@attack
def a_transfer_that_is_dated_into_a_sealed_day(books: Books) -> None:
    transfer, moment = uuid7(), clock.now() - timedelta(days=2)
    for position, (key, amount) in enumerate(((books.gateway, 5), (books.fee, -5)), start=1):
        insert(Entry, {**entry(transfer, key, amount, position), "created_at": moment})
    insert(Transfer, {**seal(transfer), "created_at": moment})


@pytest.mark.parametrize("attack", attacks, ids=lambda attack: attack.__name__)
def test_the_database_refuses(attack: Attack, books: Books) -> None:
    before = everything()
    with pytest.raises(IntegrityError), edge_transaction():
        attack(books)
    assert everything() == before
    assert verify_books() == []


def test_what_the_attacks_write_is_accepted_when_it_is_right(books: Books) -> None:
    """Or else the refusals above might prove nothing."""
    with edge_transaction():
        insert(Transfer, seal(pair(books, 100, -100)))
    with edge_transaction():
        move(books.pat, -100)
        transfer = uuid7()
        insert(Entry, entry(transfer, books.pat, -100, 1, sequence=2, balance_after=-600))
        insert(Entry, entry(transfer, books.gateway, 100, 2))
        insert(Transfer, seal(transfer))
    with edge_transaction():
        insert(LedgerAccount, new_account(id=wallet(OWNER).id, owner_id=str(OWNER)))
    assert verify_books() == []
    assert run(f"SELECT balance, sequence FROM {ACCOUNTS} WHERE id = %s", [books.pat]) == [(-600, 2)]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("amount", [0.5, "12 cents", b"12"])
def test_sqlite_stores_nothing_but_integers(books: Books, amount: object) -> None:
    before = everything()
    with pytest.raises(IntegrityError), edge_transaction():
        insert(Entry, entry(uuid7(), books.gateway, amount, 1))
    with pytest.raises(IntegrityError), edge_transaction():
        run(f"UPDATE {ACCOUNTS} SET balance = %s, sequence = 2 WHERE id = %s", [amount, books.pat])
    assert everything() == before


@pytest.mark.sqlite_only
def test_sqlite_replaces_no_row_of_the_books(books: Books) -> None:
    """INSERT OR REPLACE deletes without firing DELETE triggers."""
    before = everything()
    taken = {
        table: run(f"SELECT id FROM {table} ORDER BY id LIMIT 1")[0][0] for table in (ACCOUNTS, TRANSFERS, ENTRIES)
    }
    owner, currency = run(f"SELECT owner_id, currency FROM {ACCOUNTS} WHERE id = %s", [books.pat])[0]
    position = entry(books.transfer, books.gateway, 100, 1)
    link = entry(uuid7(), books.pat, -500, 1, sequence=1, balance_after=-500)
    key = dict(zip(("code", "reference"), run(f"SELECT code, reference FROM {TRANSFERS}")[0], strict=True))
    replacements = [
        (LedgerAccount, new_account(id=taken[ACCOUNTS])),
        (LedgerAccount, new_account(owner_id=owner, currency=currency)),
        (Entry, {**position, "id": taken[ENTRIES]}),
        (Entry, {**entry(uuid7(), books.gateway, 100, 1), "id": taken[ENTRIES]}),
        (Entry, position),
        (Entry, link),
        (Transfer, seal(books.transfer, memo="replaced")),
        (Transfer, seal(pair_id := uuid7(), **key)),
    ]
    for model, row in replacements:
        with pytest.raises(IntegrityError), edge_transaction():
            if row.get("id") == pair_id:
                pair(books, 1, -1, transfer=pair_id)
            insert(model, row, verb="INSERT OR REPLACE")
        assert everything() == before, row
    with pytest.raises(IntegrityError), edge_transaction():
        run(f"UPDATE OR REPLACE {ACCOUNTS} SET id = %s WHERE id = %s", [books.sam, books.pat])
    assert everything() == before
    assert verify_books() == []


@pytest.mark.postgresql_only
def test_an_upsert_cannot_change_a_balance(books: Books) -> None:
    before = everything()
    with pytest.raises(IntegrityError), edge_transaction():
        run(
            f"INSERT INTO {ACCOUNTS} SELECT * FROM {ACCOUNTS} WHERE id = %s"
            " ON CONFLICT (id) DO UPDATE SET balance = -1000000",
            [books.pat],
        )
    assert everything() == before


@pytest.mark.postgresql_only
def test_another_session_cannot_slip_an_entry_into_a_transfer_that_is_being_posted(books: Books) -> None:
    """The intruder's row trigger cannot see the seal yet; the composite foreign key and the positions can."""
    transfer, intruder = uuid7(), connection.copy()
    try:
        for position, legs in ((3, 2), (3, 3)):
            with pytest.raises(IntegrityError):
                _slip_in(books, transfer, intruder, entry(transfer, books.gateway, 100, position, legs=legs))
            intruder.rollback()
            transfer = uuid7()
    finally:
        intruder.close()
    assert verify_books() == []


def _slip_in(books: Books, transfer: UUID, intruder: BaseDatabaseWrapper, row: dict[str, object]) -> None:
    intruder.set_autocommit(False)
    insert(Entry, row, on=intruder)
    with edge_transaction():
        insert(Transfer, seal(pair(books, 100, -100, transfer=transfer)))
    intruder.commit()


@pytest.mark.postgresql_only
def test_another_session_cannot_lend_its_entry_to_a_balance(books: Books) -> None:
    """Pat's balance moves in one session, the entry of that place is inserted, on another account, in the other."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        transfer = uuid7()
        for position, (account_id, amount) in enumerate(((books.gateway, 100), (books.fee, -100)), start=1):
            insert(Entry, entry(transfer, account_id, amount, position), on=other)
        insert(Transfer, seal(transfer), on=other)
        with pytest.raises(IntegrityError), edge_transaction():
            move(books.pat, -100)
            other.commit()
    finally:
        other.close()
    assert run(f"SELECT balance FROM {ACCOUNTS} WHERE id = %s", [books.pat]) == [(-500,)]
    assert verify_books() == []
