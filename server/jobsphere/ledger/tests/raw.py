"""Raw SQL against the books, as an attacker or a tired operator would write it; and the means to break them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection as default_connection
from django.db import models

from jobsphere.kit import clock
from jobsphere.kit.ids import uuid7
from jobsphere.ledger import triggers
from jobsphere.ledger.models import (
    BalanceSnapshot,
    DailyLine,
    DailyStatement,
    Entry,
    LedgerAccount,
    SealedTransfer,
    Transfer,
)

Row = dict[str, Any]


def run(sql: str, values: list[Any] | None = None, *, on: Any = default_connection) -> list[Any]:
    """Execute a statement; returns its rows, if it has any. Without values its percent signs are its own."""
    with on.cursor() as cursor:
        cursor.execute(sql, values and [_column(value) for value in values])
        return cursor.fetchall() if cursor.description else []


def insert(model: type[models.Model], row: Row, *, verb: str = "INSERT", on: Any = default_connection) -> UUID:
    """Insert a row, or replace one with verb="INSERT OR REPLACE"; returns its id."""
    row = {"id": uuid7(), "created_at": clock.now(), **row}
    columns, marks = ", ".join(row), ", ".join(["%s"] * len(row))
    run(f"{verb} INTO {model._meta.db_table} ({columns}) VALUES ({marks})", list(row.values()), on=on)
    return row["id"]


def entry(transfer: UUID, account: UUID, amount: Any, position: int = 1, **row: Any) -> Row:
    """Return the columns of an entry on an untracked account; `sequence` and `balance_after` make it a link."""
    return {"transfer_id": transfer, "legs": 2, "position": position, "account_id": account, "amount": amount, **row}


def seal(transfer: UUID, **row: Any) -> Row:
    """Return the columns of a transfer of two legs."""
    names = {"code": "attack", "reference": str(transfer), "source_type": "attack", "source_id": "1", "memo": ""}
    return {"id": transfer, "currency": "USD", "legs": 2, **names, **row}


def stored(model: type[models.Model]) -> list[Row]:
    """Return every row of a table."""
    return list(model._default_manager.order_by("pk").values())


def everything() -> dict[str, list[Row]]:
    """Return the whole books, to compare before and after."""
    models = (LedgerAccount, Transfer, Entry, BalanceSnapshot, DailyStatement, DailyLine, SealedTransfer)
    return {model.__name__: stored(model) for model in models}


@contextmanager
def unguarded() -> Iterator[None]:
    """Break the law: run a block in which triggers, foreign keys and CHECKs do not hold (outside transactions)."""
    if default_connection.vendor == "postgresql":
        checks = run("SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
                     " WHERE contype = 'c' AND conrelid::regclass::text LIKE 'ledger_%%'")  # fmt: skip
        run("SET session_replication_role = replica")
        for table, name, _ in checks:
            run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        try:
            yield
        finally:
            run("SET session_replication_role = DEFAULT")
            for table, name, definition in checks:
                run(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} NOT VALID")
    else:
        triggers.drop_triggers(default_connection)
        run("PRAGMA foreign_keys = OFF")
        run("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            run("PRAGMA foreign_keys = ON")
            run("PRAGMA ignore_check_constraints = OFF")
            triggers.install_triggers(default_connection)


def _column(value: Any) -> Any:
    if default_connection.vendor == "sqlite":
        if isinstance(value, UUID):
            return value.hex
        if isinstance(value, datetime):
            return default_connection.ops.adapt_datetimefield_value(value)
    return value
