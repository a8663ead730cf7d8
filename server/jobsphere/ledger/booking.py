"""Booking an order: the hottest path of the product, one statement on PostgreSQL and four on SQLite.

services.post reads as prose above it; below, the two engines do the same thing, each in its own words.
"""
# ruff: noqa: S608  The SQL is put together from our own words; values are parameters.

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import connection

from jobsphere.ledger import booking_postgresql, booking_sqlite
from jobsphere.ledger.orders import Order, Outcome
from jobsphere.ledger.sql import execute, rows


def book(order: Order) -> Outcome:
    """Book the order, or say why not.

    Tracked accounts are locked in order of id, so that transfers in opposite directions cannot deadlock. They stay
    locked, and the business key claimed, until the transaction ends.
    """
    if connection.vendor == "postgresql":
        return booking_postgresql.book(order)
    return booking_sqlite.book(order)


def open_accounts(order: Order, missing: Collection[UUID]) -> None:
    """Make the accounts that are missing, in order of id; where two transactions make the same one, both succeed."""
    legs = sorted((leg for leg in order.draft.legs if leg.account_id in missing), key=lambda leg: leg.account_id)
    values: list[Any] = []
    for leg in legs:
        key, nature = leg.key, leg.key.nature
        values += [leg.account_id, order.posted_at, key.kind.value, key.owner_type, key.owner_id, key.currency]
        values += [nature.normal_side.value, nature.tracked, nature.may_go_negative, 0]
    execute(
        "INSERT INTO ledger_ledgeraccount (id, created_at, kind, owner_type, owner_id, currency, normal_side, tracked,"
        f" may_go_negative, balance) VALUES {rows(len(legs), 10)} ON CONFLICT DO NOTHING",
        values,
    )
