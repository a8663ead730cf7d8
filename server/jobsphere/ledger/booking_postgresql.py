"""Booking on PostgreSQL: one call of a function, whose statements the server plans once a session.

Four statements of a client cost four round trips and four plans; this was the difference between missing and meeting
the bar of half of a bare script's speed (ADR 0002).
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from jobsphere.kit.ids import uuid7
from jobsphere.ledger.orders import Order, Outcome, Verdict

_CALL = (
    "SELECT verdict, known, balances, missing, posted FROM ledger_post_open"
    "(%s, %s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s::uuid[], %s::bigint[], %s::boolean[], %s::smallint[])"
)

# Each statement of a volatile function looks afresh, also after it has waited for a lock: so whoever waited for the
# business key, or for an account, sees what the one before has committed. (Under REPEATABLE READ it would not; then the
# unique keys and PostgreSQL's own serialization error stand.)
FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_post_open(
    new_id uuid, moment timestamptz, new_currency text, new_code text, new_reference text, new_source_type text,
    new_source_id text, new_memo text, entry_ids uuid[], accounts uuid[], amounts bigint[],
    limited boolean[], lock_order smallint[],
    OUT verdict text, OUT known uuid, OUT balances bigint[], OUT missing uuid[], OUT posted timestamptz
) LANGUAGE plpgsql AS $$
DECLARE
    new_legs CONSTANT smallint := cardinality(accounts);
    account record;
    sequences bigint[] := array_fill(NULL::bigint, ARRAY[new_legs]);
    place smallint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(new_code || ' ' || new_reference, 20250));
    SELECT id INTO known FROM ledger_transfer WHERE reference = new_reference AND code = new_code;
    IF FOUND THEN
        verdict := 'known';
        RETURN;
    END IF;

    verdict := 'posted';
    -- A day that is sealed is closed: a clock that is slow, or was put back, posts into the first open one.
    posted := greatest(moment, (SELECT max(until) FROM ledger_dailystatement));
    balances := sequences;
    FOREACH place IN ARRAY lock_order LOOP
        IF limited[place] THEN
            SELECT may_go_negative, normal_side, balance, sequence, balance + amounts[place] AS after
                INTO account FROM ledger_ledgeraccount WHERE id = accounts[place] FOR UPDATE;
        ELSE
            PERFORM 1 FROM ledger_ledgeraccount WHERE id = accounts[place];
        END IF;
        IF NOT FOUND THEN
            missing := missing || accounts[place];
        ELSIF limited[place] THEN
            balances[place] := account.balance;
            sequences[place] := coalesce(account.sequence, 0) + 1;
            IF NOT account.may_go_negative
                AND (account.normal_side = 'debit' AND account.after < 0
                     OR account.normal_side = 'credit' AND account.after > 0)
            THEN
                verdict := 'short';
            END IF;
        END IF;
    END LOOP;
    IF missing IS NOT NULL THEN
        verdict := 'missing';
    END IF;
    IF verdict <> 'posted' THEN
        RETURN;
    END IF;

    FOR place IN 1 .. new_legs LOOP
        IF limited[place] THEN
            balances[place] := balances[place] + amounts[place];
            UPDATE ledger_ledgeraccount SET balance = balances[place], sequence = sequences[place]
                WHERE id = accounts[place];
        END IF;
    END LOOP;
    INSERT INTO ledger_entry
        (id, created_at, transfer_id, legs, position, account_id, amount, sequence, balance_after)
        SELECT leg.id, posted, new_id, new_legs, leg.position, leg.account, leg.amount, leg.sequence, leg.balance
        FROM unnest(entry_ids, accounts, amounts, sequences, balances)
            WITH ORDINALITY AS leg (id, account, amount, sequence, balance, position);
    INSERT INTO ledger_transfer (id, created_at, currency, legs, code, reference, source_type, source_id, memo)
        VALUES (new_id, posted, new_currency, new_legs, new_code, new_reference, new_source_type, new_source_id,
                new_memo);
END $$
"""


def book(order: Order) -> Outcome:
    """Call the function."""
    legs = order.draft.legs
    places = range(1, len(legs) + 1)
    with connection.cursor() as cursor:
        cursor.execute(
            _CALL,
            [
                *(order.transfer_id, order.posted_at, order.draft.currency, *order.names),
                _array(uuid7() for _ in legs),
                _array(leg.account_id for leg in legs),
                _array(leg.amount for leg in legs),
                _array(leg.tracked for leg in legs),
                _array(sorted(places, key=lambda place: legs[place - 1].account_id)),
            ],
        )
        verdict, known, balances, missing, posted = cursor.fetchone()
    return Outcome(Verdict(verdict), known, tuple(balances or ()), frozenset(missing or ()), posted)


def _array(values: Iterable[Any]) -> str:
    """Write an array as text, which the driver passes on faster than a list."""
    return "{" + ",".join(map(str, values)) + "}"
