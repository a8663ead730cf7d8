"""The test of the attacks: take one guard away, and at least one attack must get through that was refused before.

A guard that no attack needs is either superfluous or not attacked. In one transaction a guard, which is undone with it,
so only on PostgreSQL; the guards are the same on SQLite.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from jobsphere.kit import clock
from jobsphere.ledger import services
from jobsphere.ledger.models import Entry, LedgerAccount, Transfer
from jobsphere.ledger.tests.books import GATEWAY, PLATFORM_FEE, post, wallet
from jobsphere.ledger.tests.raw import run
from jobsphere.ledger.tests.test_attacks import EUROS, Books, attacks
from jobsphere.ledger.triggers_postgresql import TRIGGERS, drop
from jobsphere.ledger.types import AccountKind, account

pytestmark = [pytest.mark.postgresql_only, pytest.mark.django_db]

CONSTRAINTS = {
    constraint.name: model._meta.db_table
    for model in (LedgerAccount, Transfer, Entry)
    for constraint in model._meta.constraints
}
#: What stands behind another guard, or guards against what PostgreSQL cannot even store.
SECOND_LINE = {
    "ledger_transfer_is_not_deleted": "its entries, which are not deleted, need it",
    "ledger_amount_is_an_integer": "the column is a bigint; for SQLite",
    "ledger_balance_is_an_integer": "the column is a bigint; for SQLite",
    "ledger_limit_only_when_tracked": "the chart of accounts; an untracked account has no balance to limit",
    "ledger_transfer_with_its_legs": "only serves the foreign key",
}


@pytest.fixture
def books() -> Books:
    pat, sam = wallet(uuid4()), wallet(uuid4())
    with clock.travel(-timedelta(days=2)):
        post({GATEWAY: 3, PLATFORM_FEE: -3})
    while services.seal_next_day():
        pass
    platform = post({GATEWAY: 7, PLATFORM_FEE: -7})
    post({EUROS: 7, account(AccountKind.GATEWAY, "EUR", "stripe"): -7})
    post({GATEWAY: 500, sam: -500})
    return Books(pat.id, sam.id, post({GATEWAY: 500, pat: -500}).id, platform.id)


def successful(books: Books) -> Iterator[str]:
    """Try every attack up to its commit, and undo it."""
    for attack in attacks:
        try:
            with transaction.atomic():
                attack(books)
                run("SET CONSTRAINTS ALL IMMEDIATE")
                run("SET CONSTRAINTS ALL DEFERRED")
                yield attack.__name__
                raise ZeroDivisionError
        except (IntegrityError, ZeroDivisionError):
            pass


def test_no_attack_succeeds_while_all_guards_stand(books: Books) -> None:
    assert list(successful(books)) == []


@pytest.mark.parametrize("name", [name for name in (*TRIGGERS, *CONSTRAINTS) if name not in SECOND_LINE])
def test_an_attack_succeeds_without(name: str, books: Books) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET CONSTRAINTS ALL DEFERRED")
    run(drop(name) if name in TRIGGERS else f"ALTER TABLE {CONSTRAINTS[name]} DROP CONSTRAINT {name} CASCADE")
    assert list(successful(books))


def test_the_guards_are_back_after_each_of_these_tests() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = ANY (%s)", [list(CONSTRAINTS)])
        assert cursor.fetchone()[0] == len(CONSTRAINTS)
