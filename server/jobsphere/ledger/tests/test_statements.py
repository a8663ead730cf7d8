"""Sealed daily statements: what they say, that they are final, and that an audit names whatever was done to them."""

import time
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models

from jobsphere.audit.models import AuditEntry
from jobsphere.db.transactions import NoTransactionError, edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import NotFound
from jobsphere.kit.ids import uuid7
from jobsphere.ledger import auditing, selectors, services, tasks
from jobsphere.ledger.models import DailyLine, DailyStatement, Entry, SealedTransfer, Transfer
from jobsphere.ledger.reconcile import verify_books
from jobsphere.ledger.tests.books import GATEWAY, PLATFORM_FEE, balance, commit, fill, wallet
from jobsphere.ledger.tests.raw import entry, everything, insert, run, seal, stored, unguarded
from jobsphere.ledger.types import AccountKind, PostedTransfer, account

pytestmark = pytest.mark.django_db(transaction=True)

PAT = wallet(uuid4())
DAY = timedelta(days=1)
FEES = account(AccountKind.GATEWAY_FEE, "USD", "stripe")


def noon(days_ago: int) -> timedelta:
    """Return how far noon (UTC) of that day is away."""
    now = clock.now()
    return now.replace(hour=12, minute=0, second=0, microsecond=0) - days_ago * DAY - now


def day(days_ago: int) -> date:
    return (clock.now() - days_ago * DAY).astimezone(UTC).date()


@pytest.fixture
def books() -> list[PostedTransfer]:
    """Four days: two transfers, two transfers, none, and today's."""
    made = []
    for ago, amounts in ((4, (100, 200)), (3, (300, 400)), (0, (500,))):
        with clock.travel(noon(ago) if ago else timedelta(0)):
            made += [fill(PAT, amount) for amount in amounts]
    return made


@pytest.fixture
def sealed(books: list[PostedTransfer]) -> list[PostedTransfer]:
    tasks.seal_days()
    return books


def codes() -> dict[str, str]:
    """Return what an audit finds: code -> subject."""
    return {each.code: each.subject for each in auditing.audit()}


def test_each_day_that_is_over_gets_its_statement_and_today_gets_none(sealed: list[PostedTransfer]) -> None:
    rows = list(DailyStatement.objects.order_by("number"))
    assert [row.day for row in rows] == [day(4), day(3), day(2), day(1)]
    assert [(row.number, row.transfers, row.entries) for row in rows] == [(1, 2, 4), (2, 2, 4), (3, 0, 0), (4, 0, 0)]
    assert [row.previous for row in rows[1:]] == [row.seal for row in rows[:-1]]
    assert (rows[0].first_transfer, rows[0].last_transfer) == (sealed[0].id, sealed[1].id)
    shown = selectors.statement_of(SYSTEM, day(3))
    told = [(line.kind, line.opening.amount, line.debits.amount, line.credits.amount, line.closing.amount)
            for line in shown.lines]  # fmt: skip
    assert told == [("gateway", 300, 700, 0, 1000), ("wallet", -300, 0, 700, -1000)]
    assert [line.closing.amount for line in selectors.statement_of(SYSTEM, day(1)).lines] == [1000, -1000]
    assert codes() == {}
    assert verify_books() == []


def test_sealing_again_adds_nothing_and_leaves_a_trail(sealed: list[PostedTransfer]) -> None:
    before = [stored(model) for model in (DailyStatement, DailyLine, SealedTransfer)]
    tasks.seal_days()
    with edge_transaction():
        assert services.seal_next_day() is None
    assert [stored(model) for model in (DailyStatement, DailyLine, SealedTransfer)] == before
    assert AuditEntry.objects.filter(verb="ledger.seal_day").count() == 4


def test_a_day_is_sealed_only_when_it_is_over_for_everybody(books: list[PostedTransfer]) -> None:
    tasks.seal_days()
    midnight = datetime.combine(day(0) + DAY, datetime.min.time(), UTC) - clock.now()
    with clock.travel(midnight + timedelta(minutes=9)):
        tasks.seal_days()
        assert DailyStatement.objects.count() == 4
    with clock.travel(midnight + timedelta(minutes=11)):
        tasks.seal_days()
        assert selectors.statement_of(SYSTEM, day(1)).transfers == 1


def test_there_is_no_statement_without_books_or_for_an_open_day(sealed: list[PostedTransfer]) -> None:
    with pytest.raises(NotFound):
        selectors.statement_of(SYSTEM, day(0))
    with pytest.raises(NoTransactionError):
        services.seal_next_day()


def test_empty_books_have_nothing_to_seal() -> None:
    tasks.seal_days()
    assert stored(DailyStatement) == []
    assert selectors.last_statement() is None
    assert codes() == {}


@pytest.mark.postgresql_only
def test_a_transaction_that_still_runs_keeps_its_day_open(books: list[PostedTransfer]) -> None:
    """The ten minutes are over while it runs; it began before, so it may still post into the day."""
    tasks.seal_days()
    other = connection.copy()
    closing = datetime.combine(day(0) + DAY, datetime.min.time(), UTC) + timedelta(minutes=10)
    try:
        other.set_autocommit(False)
        with clock.travel(closing - clock.now() - timedelta(seconds=0.5)):
            run("SELECT 1", on=other)
            time.sleep(0.7)
            tasks.seal_days()
            assert DailyStatement.objects.count() == 4
            other.rollback()
            tasks.seal_days()
            assert DailyStatement.objects.count() == 5
    finally:
        other.close()


def test_a_late_posting_goes_into_the_first_open_day(sealed: list[PostedTransfer]) -> None:
    """A clock that is slow, or was put back by a rehearsal, stops nobody and changes no closed day."""
    with clock.travel(noon(3)):
        late = fill(PAT, 7)
    midnight = datetime.combine(day(0), datetime.min.time(), UTC)
    assert late.posted_at == midnight
    assert Transfer.objects.get(pk=late.id).created_at == midnight
    assert set(Entry.objects.filter(transfer_id=late.id).values_list("created_at", flat=True)) == {midnight}
    assert balance(PAT) == 1507
    assert verify_books() == []


def test_the_database_refuses_a_transfer_dated_into_a_sealed_day(sealed: list[PostedTransfer]) -> None:
    commit({GATEWAY: 1, PLATFORM_FEE: -1})
    before = everything()
    with pytest.raises(IntegrityError, match="sealed"), edge_transaction():
        _smuggle(clock.now() + noon(3))
    assert everything() == before


@pytest.mark.parametrize("table", ["ledger_dailystatement", "ledger_dailyline", "ledger_sealedtransfer"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_database_refuses_to_change_a_sealed_day(sealed: list[PostedTransfer], table: str, verb: str) -> None:
    tables = (DailyStatement, DailyLine, SealedTransfer)
    before = [stored(model) for model in tables]
    column = {"ledger_dailystatement": "seal", "ledger_dailyline": "kind", "ledger_sealedtransfer": "digest"}[table]
    with pytest.raises(IntegrityError, match="final"), edge_transaction():
        run(verb.format(table, column, column))
    assert [stored(model) for model in tables] == before


@pytest.mark.sqlite_only
@pytest.mark.parametrize("model", [DailyStatement, DailyLine, SealedTransfer])
def test_sqlite_replaces_no_row_of_a_sealed_day(sealed: list[PostedTransfer], model: type[models.Model]) -> None:
    before = stored(model)
    with pytest.raises(IntegrityError, match="final"), edge_transaction():
        run(f"INSERT OR REPLACE INTO {model._meta.db_table} SELECT * FROM {model._meta.db_table}")
    assert stored(model) == before


def _smuggle(moment: datetime, amount: int = 900) -> UUID:
    """Insert a balanced transfer on platform accounts, as one who knows the tables would."""
    transfer = uuid7()
    for position, (key, signed) in enumerate(((GATEWAY, amount), (PLATFORM_FEE, -amount)), start=1):
        insert(Entry, {**entry(transfer, key.id, signed, position), "created_at": moment})
    insert(Transfer, {**seal(transfer), "created_at": moment})
    return transfer


def _audit(*arguments: str) -> tuple[int, str]:
    output = StringIO()
    try:
        call_command("audit-books", *arguments, stdout=output)
    except CommandError as error:
        return error.returncode, output.getvalue()
    return 0, output.getvalue()


def test_sound_books_pass_and_print_the_last_seal(sealed: list[PostedTransfer]) -> None:
    status, told = _audit()
    last = selectors.last_statement()
    assert last is not None
    assert (status, last.seal in told, "The books are whole." in told) == (0, True, True)
    assert _audit("--expect", f"{last.day}={last.seal}")[0] == 0
    status, told = _audit("--expect", f"{last.day}={'1' * 64}")
    assert (status, f"statement {last.day}" in told) == (1, True)


def test_the_command_seals_first_when_asked(books: list[PostedTransfer]) -> None:
    assert "no day is sealed yet" in _audit()[1]
    assert "(statement 4)" in _audit("--seal")[1]


def test_a_consistent_forgery_is_named(sealed: list[PostedTransfer]) -> None:
    """Both entries, both running balances and the balance: no check of sums finds it, the seal does."""
    victim = sealed[3]
    with unguarded():
        run("UPDATE ledger_entry SET amount = amount + 50 WHERE transfer_id = %s AND amount > 0", [victim.id])
        run("UPDATE ledger_entry SET amount = amount - 50 WHERE transfer_id = %s AND amount < 0", [victim.id])
        run("UPDATE ledger_entry SET balance_after = balance_after - 50 WHERE account_id = %s AND sequence >= 4",
            [PAT.id])  # fmt: skip
        run("UPDATE ledger_ledgeraccount SET balance = balance - 50 WHERE id = %s", [PAT.id])
    assert {each.check for each in verify_books()} == {auditing.CHECK}
    found = [(each.code, each.subject) for each in auditing.audit()]
    assert ("ledger.seals.changed", f"transfer {victim.id} ({victim.code} {victim.reference})") in found
    assert [code for code, _ in found].count("ledger.seals.changed") == 1, "the others are as they were"
    status, told = _audit()
    assert (status, str(victim.id) in told) == (1, True)
    # Only the days that were asked for are audited, and this one is outside.
    assert _audit("--to", str(day(4)))[0] == 0
    assert _audit("--from", str(day(2)))[0] == 0
    assert _audit("--from", str(day(3)), "--to", str(day(3)))[0] == 1


def test_words_of_a_transfer_are_sealed_too(sealed: list[PostedTransfer]) -> None:
    with unguarded():
        run("UPDATE ledger_transfer SET memo = 'nothing to see' WHERE id = %s", [sealed[1].id])
    assert codes() == {"ledger.seals.changed": f"transfer {sealed[1].id} ({sealed[1].code} {sealed[1].reference})"}


def test_a_deleted_transfer_is_named(sealed: list[PostedTransfer]) -> None:
    with unguarded():
        run("DELETE FROM ledger_entry WHERE transfer_id = %s", [sealed[2].id])
        run("DELETE FROM ledger_transfer WHERE id = %s", [sealed[2].id])
    found = codes()
    assert found["ledger.seals.gone"] == f"transfer {sealed[2].id}"
    assert found["ledger.seals.statement"] == f"statement {day(3)}"
    status, told = _audit()
    assert (status, str(sealed[2].id) in told) == (1, True)


def test_a_transfer_that_was_moved_to_an_open_day_is_named(sealed: list[PostedTransfer]) -> None:
    with unguarded():
        run("UPDATE ledger_transfer SET created_at = %s WHERE id = %s", [clock.now(), sealed[0].id])
    assert codes()["ledger.seals.gone"] == f"transfer {sealed[0].id}"


@pytest.mark.parametrize("days_ago", [9, 4, 3, 2])
def test_an_inserted_back_dated_transfer_is_named(sealed: list[PostedTransfer], days_ago: int) -> None:
    with unguarded():
        intruder = _smuggle(clock.now() + noon(days_ago))
    assert codes()["ledger.seals.inserted"].startswith(f"transfer {intruder} ")
    status, told = _audit()
    assert (status, str(intruder) in told) == (1, True)


FORGERIES = {
    "a line": "UPDATE ledger_dailyline SET closing = closing + 1 WHERE kind = 'wallet'",
    "a lost line": "DELETE FROM ledger_dailyline WHERE kind = 'wallet'",
    "a count": "UPDATE ledger_dailystatement SET transfers = 9 WHERE number = 2",
    "a seal": "UPDATE ledger_dailystatement SET seal = previous WHERE number = 2",
    "a chain": "UPDATE ledger_dailystatement SET chain = previous WHERE number = 2",
    "a lost statement": "DELETE FROM ledger_dailystatement WHERE number = 2",
    "the first statement": "DELETE FROM ledger_dailystatement WHERE number = 1",
    "another day": "UPDATE ledger_dailystatement SET number = 7 WHERE number = 4",
}


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forged_statement_is_named(sealed: list[PostedTransfer], what: str) -> None:
    with unguarded():
        if "DELETE FROM ledger_dailystatement" in FORGERIES[what]:
            run("DELETE FROM ledger_dailyline")
        run(FORGERIES[what])
    assert "ledger.seals.statement" in codes()
    assert _audit()[0] == 1


def test_an_entry_that_moved_between_kinds_changes_the_line(sealed: list[PostedTransfer]) -> None:
    commit({GATEWAY: -1, FEES: 1})
    with unguarded():
        run("UPDATE ledger_entry SET account_id = %s WHERE transfer_id = %s AND account_id = %s",
            [FEES.id, sealed[0].id, GATEWAY.id])  # fmt: skip
    found = list(auditing.audit())
    assert {each.code for each in found} == {"ledger.seals.changed", "ledger.seals.statement"}
    assert any("gateway USD" in each.detail for each in found)
