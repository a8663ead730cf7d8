"""The bare rivals: copies of our tables with their indexes and nothing else, a SQL function, and a psycopg script."""

import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from uuid import UUID, uuid4

import psycopg
from django.db import connection

TABLES = (
    "ledger_ledgeraccount",
    "ledger_transfer",
    "ledger_entry",
    "audit_auditentry",
    "outbox_storedevent",
    "web_idempotencyrecord",
    "benchmarks_benchhold",
)

FUNCTION = """
CREATE FUNCTION bare_pay(transfer uuid, debit_entry uuid, credit_entry uuid, giver uuid, taker uuid, amount bigint,
    reference text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    giver_row record;
    taker_row record;
BEGIN
    PERFORM 1 FROM bare_ledger_ledgeraccount WHERE id IN (giver, taker) ORDER BY id FOR UPDATE;
    UPDATE bare_ledger_ledgeraccount a SET balance = a.balance + amount, sequence = a.sequence + 1
        WHERE a.id = giver AND a.balance + amount <= 0 RETURNING a.balance, a.sequence INTO giver_row;
    UPDATE bare_ledger_ledgeraccount a SET balance = a.balance - amount, sequence = a.sequence + 1
        WHERE a.id = taker RETURNING a.balance, a.sequence INTO taker_row;
    INSERT INTO bare_ledger_transfer (id, created_at, code, reference, currency, legs, source_type, source_id, memo)
        VALUES (transfer, now(), 'bare.pay', reference, 'USD', 2, 'benchmark', '1', '');
    INSERT INTO bare_ledger_entry (id, created_at, transfer_id, legs, position, account_id, amount, sequence,
        balance_after) VALUES
        (debit_entry, now(), transfer, 2, 1, giver, amount, giver_row.sequence, giver_row.balance),
        (credit_entry, now(), transfer, 2, 2, taker, -amount, taker_row.sequence, taker_row.balance);
END $$
"""

CLAIM = """INSERT INTO bare_web_idempotencyrecord
    (id, created_at, actor_id, key, method, path, body_hash, answer_status, answer)
    VALUES (%s, %s, %s, %s, 'POST', '/api/payments/release/', %s, 0, NULL)"""
MOVE = "UPDATE bare_benchmarks_benchhold SET status = %s WHERE id = %s AND status = %s"
BALANCE = """UPDATE bare_ledger_ledgeraccount SET balance = balance + %s, sequence = sequence + 1
    WHERE id = %s AND balance + %s <= 0 RETURNING balance, sequence"""
ENTRIES = """INSERT INTO bare_ledger_entry
    (id, created_at, transfer_id, legs, position, account_id, amount, sequence, balance_after)
    VALUES (%s, %s, %s, 3, 1, %s, 900, %s, %s), (%s, %s, %s, 3, 2, %s, -700, %s, %s),
    (%s, %s, %s, 3, 3, %s, -200, NULL, NULL)"""
TRANSFER = """INSERT INTO bare_ledger_transfer
    (id, created_at, code, reference, currency, legs, source_type, source_id, memo)
    VALUES (%s, %s, 'benchmark.release', %s, 'USD', 3, 'hold', %s, '')"""
AUDIT = """INSERT INTO bare_audit_auditentry
    (id, created_at, actor_id, actor_name, verb, target_type, target_id, detail, request_id)
    VALUES (%s, %s, %s, 'Casey Customer', 'escrow.release', 'hold', %s, %s, '')"""
EVENT = """INSERT INTO bare_outbox_storedevent
    (id, created_at, sequence, name, aggregate_type, aggregate_id, actor_id, payload)
    VALUES (%s, %s, nextval('bare_sequence'), 'benchmark.released', 'hold', %s, %s, %s)"""
ANSWER = "UPDATE bare_web_idempotencyrecord SET answer_status = 200, answer = %s WHERE actor_id = %s AND key = %s"


def prepare() -> None:
    """Copy the tables with their indexes, without triggers, foreign keys or checks."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING DEFAULTS INCLUDING INDEXES)")
            cursor.execute(f"INSERT INTO bare_{table} SELECT * FROM {table}")
        cursor.execute("CREATE SEQUENCE bare_sequence")
        cursor.execute(FUNCTION)
        cursor.execute("ANALYZE")


def bare_function(_number: int) -> Callable[[], object]:
    """One call of a SQL function, committed by itself."""
    bare = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    people = _accounts(bare, "wallet")
    return partial(_call, bare, people)


def _call(bare: psycopg.Connection, people: list[UUID]) -> None:
    giver, taker = random.sample(people, 2)
    bare.execute(
        "SELECT bare_pay(%s, %s, %s, %s, %s, 100, %s)", [uuid4(), uuid4(), uuid4(), giver, taker, str(uuid4())]
    )


def bare_script(number: int) -> Callable[[], object]:
    """The rows of a release, one statement a table, written with psycopg alone."""
    bare = psycopg.connect(os.environ["DATABASE_URL"])
    rows = bare.execute("SELECT id, status FROM bare_benchmarks_benchhold ORDER BY id").fetchall()[number::16]
    fee = bare.execute("SELECT id FROM bare_ledger_ledgeraccount WHERE kind = 'gateway' LIMIT 1").fetchall()[0][0]
    accounts = (_accounts(bare, "escrow"), _accounts(bare, "wallet"), fee)
    bare.commit()
    return partial(_release, bare, dict(rows), accounts)


def _release(bare: psycopg.Connection, state: dict[UUID, str], accounts: tuple[list[UUID], list[UUID], UUID]) -> None:
    hold = random.choice(list(state))
    status, now, actor, key, transfer = (
        "closed" if state[hold] == "open" else "open",
        datetime.now(UTC),
        hold,
        str(uuid4()),
        uuid4(),
    )
    escrow, wallet, fee = random.choice(accounts[0]), random.choice(accounts[1]), accounts[2]
    bare.execute(CLAIM, [uuid4(), now, actor, key, key])
    bare.execute(MOVE, [status, hold, state[hold]])
    moved = {
        account: bare.execute(BALANCE, [by, account, by]).fetchall()[0]
        for account, by in sorted([(escrow, 900), (wallet, -700)])
    }
    (escrow_balance, escrow_sequence), (wallet_balance, wallet_sequence) = moved[escrow], moved[wallet]
    bare.execute(
        ENTRIES,
        [
            *(uuid4(), now, transfer, escrow, escrow_sequence, escrow_balance),
            *(uuid4(), now, transfer, wallet, wallet_sequence, wallet_balance),
            *(uuid4(), now, transfer, fee),
        ],
    )
    bare.execute(TRANSFER, [transfer, now, str(uuid4()), str(hold)])
    detail = f'{{"transfer": "{transfer}", "amount": {{"amount": 900, "currency": "USD"}}}}'
    bare.execute(AUDIT, [uuid4(), now, actor, hold, detail])
    bare.execute(EVENT, [uuid4(), now, hold, actor, detail])
    bare.execute(ANSWER, [f'{{"id": "{transfer}", "status": "{status}"}}', actor, key])
    bare.commit()
    state[hold] = status


def _accounts(bare: psycopg.Connection, kind: str) -> list[UUID]:
    return [row[0] for row in bare.execute("SELECT id FROM bare_ledger_ledgeraccount WHERE kind = %s", [kind])]
