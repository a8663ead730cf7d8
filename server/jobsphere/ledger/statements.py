"""The SQL of posting: four statements a transfer, the same text on both engines but for the lock.

It is written by hand because it is the hottest path of the product; services.py reads as prose above it.
"""
# ruff: noqa: S608  The SQL is put together from our own words; values are parameters.

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from jobsphere.kit.ids import uuid7
from jobsphere.ledger.drafts import Draft, DraftLeg


@dataclass(frozen=True, slots=True)
class Situation:
    """What is there before posting: a transfer of that business key, or the accounts with their signed balances.

    The tracked accounts are locked from here to the end of the transaction; an untracked one has no balance.
    """

    transfer_id: UUID | None
    balances: dict[UUID, int | None]


@dataclass(frozen=True, slots=True)
class Movement:
    """A tracked account's place in its chain after its balance was moved."""

    balance: int
    sequence: int


def look_and_lock(code: str, reference: str, draft: Draft) -> Situation:
    """Claim the business key, lock the tracked accounts in order of id, and see which accounts there are."""
    tracked = [to_column(leg.account_id) for leg in draft.tracked]
    untracked = [to_column(leg.account_id) for leg in draft.untracked]
    rows = fetch(_look_sql(connection.vendor, len(tracked), len(untracked)), [*tracked, code, reference, *untracked])
    claimed = next(row[1] for row in rows if row[0] == 0)
    return Situation(
        from_column(claimed) if claimed else None,
        {from_column(row[1]): row[2] for row in rows if row[0] == 1},
    )


@lru_cache(maxsize=256)
def _look_sql(vendor: str, tracked: int, untracked: int) -> str:
    """Write the statement for so many accounts. On SQLite the transaction is the lock: there is one writer."""
    parts = []
    if vendor == "postgresql":
        parts.append("SELECT 0 AS part, ledger_claim(%s, %s) AS id, CAST(NULL AS bigint) AS balance")
        lock = " ORDER BY id FOR UPDATE"
    else:
        parts.append(
            "SELECT 0 AS part, (SELECT id FROM ledger_transfer WHERE code = %s AND reference = %s) AS id,"
            " NULL AS balance"
        )
        lock = " ORDER BY id"
    prefix = f"WITH locked AS ({_select_accounts('balance', tracked)}{lock}) " if tracked else ""
    if tracked:
        parts.append("SELECT part, id, balance FROM locked")
    if untracked:
        parts.append(_select_accounts("NULL", untracked))
    return prefix + " UNION ALL ".join(parts)


def _select_accounts(balance: str, count: int) -> str:
    return f"SELECT 1 AS part, id, {balance} AS balance FROM ledger_ledgeraccount WHERE id IN ({_marks(count)})"


def open_accounts(legs: Sequence[DraftLeg], now: datetime) -> bool:
    """Make the accounts that are not there yet, in order of id; say whether all of them were ours to make.

    False means that another transaction made one at the same time: look again.
    """
    rows: list[Any] = []
    for leg in sorted(legs, key=lambda leg: leg.account_id):
        key, nature = leg.key, leg.key.nature
        rows += [to_column(leg.account_id), to_time(now), key.kind.value, key.owner_type, key.owner_id, key.currency]
        rows += [nature.normal_side.value, nature.tracked, nature.may_go_negative, 0]
    sql = (
        "INSERT INTO ledger_ledgeraccount (id, created_at, kind, owner_type, owner_id, currency, normal_side, tracked,"
        f" may_go_negative, balance) VALUES {_rows(len(legs), 10)} ON CONFLICT (id) DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, rows)
        return cursor.rowcount == len(legs)


def move_balances(legs: Sequence[DraftLeg]) -> dict[UUID, Movement]:
    """Move the balances of tracked accounts by a guarded update; an account that lacks the money is not in the answer.

    The new sequence number obliges this transaction to insert the entry: a deferred foreign key asks for it.
    """
    if not legs:
        return {}
    values = [value for leg in legs for value in (to_column(leg.account_id), leg.amount)]
    rows = fetch(_move_sql(len(legs)), values)
    return {from_column(row[0]): Movement(row[1], row[2]) for row in rows}


@lru_cache(maxsize=64)
def _move_sql(count: int) -> str:
    return (
        f"WITH moved (account_id, amount) AS (VALUES {_rows(count, 2)})"
        " UPDATE ledger_ledgeraccount SET balance = balance + moved.amount, sequence = coalesce(sequence, 0) + 1"
        " FROM moved WHERE id = moved.account_id AND tracked AND (may_go_negative"
        " OR (normal_side = 'debit' AND balance + moved.amount >= 0)"
        " OR (normal_side = 'credit' AND balance + moved.amount <= 0))"
        " RETURNING id, balance, sequence"
    )


def insert_entries(transfer_id: UUID, draft: Draft, movements: dict[UUID, Movement], now: datetime) -> None:
    """Insert all entries of a transfer, which does not exist yet."""
    count, transfer, moment = len(draft.legs), to_column(transfer_id), to_time(now)
    values: list[Any] = []
    for position, leg in enumerate(draft.legs, start=1):
        movement = movements.get(leg.account_id)
        values += [to_column(uuid7()), moment, transfer, count, position, to_column(leg.account_id), leg.amount]
        values += [movement.sequence, movement.balance] if movement else [None, None]
    _execute(_entries_sql(count), values)


@lru_cache(maxsize=256)
def _entries_sql(count: int) -> str:
    return (
        "INSERT INTO ledger_entry (id, created_at, transfer_id, legs, position, account_id, amount, sequence,"
        f" balance_after) VALUES {_rows(count, 9)}"
    )


def seal(transfer_id: UUID, draft: Draft, now: datetime, *texts: str) -> None:
    """Insert the transfer over its entries; the database checks that they are complete and sum to zero.

    `texts` are code, reference, source type, source id and memo.
    """
    _execute(
        "INSERT INTO ledger_transfer (id, created_at, currency, legs, code, reference, source_type, source_id, memo)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [to_column(transfer_id), to_time(now), draft.currency, len(draft.legs), *texts],
    )


def to_column(value: UUID) -> UUID | str:
    """Return an id as this engine stores it."""
    return value if connection.features.has_native_uuid_field else value.hex


def from_column(value: UUID | str) -> UUID:
    """Return an id that this engine stored."""
    return value if isinstance(value, UUID) else UUID(value)


def to_time(value: datetime) -> Any:
    """Return a moment as this engine stores it."""
    return connection.ops.adapt_datetimefield_value(value)


def _execute(sql: str, values: Sequence[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def fetch(sql: str, values: Sequence[Any]) -> list[Any]:
    """Run a statement and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)


def _rows(count: int, width: int) -> str:
    return ", ".join([f"({_marks(width)})"] * count)
