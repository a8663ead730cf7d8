"""Booking on SQLite: the transaction is the lock, for there is one writer at a time (IMMEDIATE)."""
# ruff: noqa: S608  The SQL is put together from our own words; values are parameters.

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from jobsphere.kit.ids import uuid7
from jobsphere.ledger.orders import Order, Outcome, Verdict
from jobsphere.ledger.sql import execute, fetch, from_column, marks, rows


def book(order: Order) -> Outcome:
    """Look, move the balances, insert the entries, seal."""
    legs = order.draft.legs
    found = fetch(_look(len(legs)), [order.code, order.reference, *(leg.account_id for leg in legs)])
    if found[0][0]:
        return Outcome(Verdict.KNOWN, from_column(found[0][0]))
    there = {from_column(row[0]): row[1] for row in found[1:]}
    # A day that is sealed is closed: a clock that is slow, or was put back, posts into the first open one.
    posted_at = max(order.posted_at, _moment(found[0][1]))
    order = replace(order, posted_at=posted_at)
    if len(there) < len(legs):
        return Outcome(Verdict.MISSING, missing=frozenset(leg.account_id for leg in legs) - set(there))
    tracked = [leg for leg in legs if leg.tracked]
    if any(leg.overdraws(there[leg.account_id]) for leg in tracked):
        return Outcome(Verdict.SHORT, balances=tuple(there[leg.account_id] if leg.tracked else None for leg in legs))
    values = [value for leg in tracked for value in (leg.account_id, leg.amount)]
    moved = {from_column(row[0]): (row[1], row[2]) for row in fetch(_move(len(tracked)), values)} if tracked else {}
    if len(moved) != len(tracked):
        raise RuntimeError("an account's balance has changed within our own transaction")
    execute(_entries(len(legs)), _entry_values(order, moved))
    execute(
        "INSERT INTO ledger_transfer (id, created_at, currency, legs, code, reference, source_type, source_id, memo)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [order.transfer_id, order.posted_at, order.draft.currency, len(legs), *order.names],
    )
    after = tuple(moved[leg.account_id][1] if leg.tracked else None for leg in legs)
    return Outcome(Verdict.POSTED, balances=after, posted_at=posted_at)


def _moment(value: str | None) -> datetime:
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if value else datetime.min.replace(tzinfo=UTC)


def _entry_values(order: Order, moved: Mapping[UUID, tuple[int, int]]) -> list[Any]:
    legs, values = order.draft.legs, list[Any]()
    for position, leg in enumerate(legs, start=1):
        values += [uuid7(), order.posted_at, order.transfer_id, len(legs), position, leg.account_id, leg.amount]
        values += moved.get(leg.account_id, (None, None))
    return values


@lru_cache(maxsize=64)
def _look(legs: int) -> str:
    """Write: first the transfer of the business key and until when the days are sealed, then the accounts."""
    return (
        "SELECT (SELECT id FROM ledger_transfer WHERE code = %s AND reference = %s),"
        " (SELECT max(until) FROM ledger_dailystatement)"
        f" UNION ALL SELECT id, balance FROM ledger_ledgeraccount WHERE id IN ({marks(legs)})"
    )


@lru_cache(maxsize=64)
def _move(legs: int) -> str:
    """Write the guarded update. The new sequence obliges us to insert the entry (a deferred foreign key)."""
    return (
        f"WITH moved (account_id, amount) AS (VALUES {rows(legs, 2)})"
        " UPDATE ledger_ledgeraccount SET balance = balance + moved.amount, sequence = coalesce(sequence, 0) + 1"
        " FROM moved WHERE id = moved.account_id AND tracked AND (may_go_negative"
        " OR (normal_side = 'debit' AND balance + moved.amount >= 0)"
        " OR (normal_side = 'credit' AND balance + moved.amount <= 0))"
        " RETURNING id, sequence, balance"
    )


@lru_cache(maxsize=64)
def _entries(legs: int) -> str:
    return (
        "INSERT INTO ledger_entry (id, created_at, transfer_id, legs, position, account_id, amount, sequence,"
        f" balance_after) VALUES {rows(legs, 9)}"
    )
