"""The ledger's triggers in PostgreSQL's words."""

from jobsphere.ledger import booking_postgresql

_REFUSE = """
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger: %', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$
"""

# Everything about the entries is checked here, in one query, when their transfer seals them: a row trigger on each
# entry was measured to cost as much again as writing it.
_CHECK_SEAL = """
CREATE OR REPLACE FUNCTION ledger_check_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found_legs bigint;
    found_sum numeric;
    all_fit boolean;
BEGIN
    SELECT count(*), sum(entry.amount), bool_and(coalesce(account.currency = NEW.currency AND CASE
            WHEN NOT account.tracked THEN entry.sequence IS NULL
            ELSE entry.sequence = account.sequence AND entry.balance_after = account.balance
                AND entry.balance_after - entry.amount
                    = CASE entry.sequence WHEN 1 THEN 0 ELSE before.balance_after END
            END, false))
        INTO found_legs, found_sum, all_fit
        FROM ledger_entry entry
        LEFT JOIN ledger_ledgeraccount account ON account.id = entry.account_id
        LEFT JOIN ledger_entry before
            ON before.account_id = entry.account_id AND before.sequence = entry.sequence - 1
        WHERE entry.transfer_id = NEW.id AND entry.legs = NEW.legs;
    IF found_legs <> NEW.legs THEN
        RAISE EXCEPTION 'ledger: a transfer of % legs has % entries', NEW.legs, found_legs
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF found_sum <> 0 THEN
        RAISE EXCEPTION 'ledger: the entries of a transfer must sum to zero, not %', found_sum
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NOT all_fit THEN
        RAISE EXCEPTION 'ledger: an entry must fit the currency, the balance and the chain of its account'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.created_at < (SELECT max(until) FROM ledger_dailystatement) THEN
        RAISE EXCEPTION 'ledger: that day is sealed; post into an open one'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""

# Rows stand in the order of their days, so a summary of each range of pages finds one; it costs a post nothing.
_BY_DAY = "CREATE INDEX IF NOT EXISTS ledger_transfer_posted ON ledger_transfer USING brin (created_at)"

FUNCTIONS = [_REFUSE, _CHECK_SEAL, booking_postgresql.FUNCTION, _BY_DAY]

_TABLES = {
    "ledger_account_moves_with_its_entry": "ledger_ledgeraccount",
    "ledger_account_is_kept": "ledger_ledgeraccount",
    "ledger_entry_is_not_changed": "ledger_entry",
    "ledger_entry_is_not_deleted": "ledger_entry",
    "ledger_transfer_is_checked": "ledger_transfer",
    "ledger_transfer_is_not_changed": "ledger_transfer",
    "ledger_transfer_is_not_deleted": "ledger_transfer",
    "ledger_statement_is_final": "ledger_dailystatement",
    "ledger_statement_line_is_final": "ledger_dailyline",
    "ledger_sealed_transfer_is_final": "ledger_sealedtransfer",
}


def _trigger(name: str, event: str, action: str) -> str:
    return f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {_TABLES[name]} FOR EACH ROW {action}"


def _refusal(name: str, event: str, why: str, when: str = "") -> str:
    return _trigger(name, event, f"{when} EXECUTE FUNCTION ledger_refuse('{why}')")


# A condition in WHEN costs no call of a function while all is well.
_ACCOUNT_CHANGED_OTHERWISE = """WHEN (
    NOT OLD.tracked OR NEW.sequence IS DISTINCT FROM coalesce(OLD.sequence, 0) + 1
    OR (OLD.id, OLD.kind, OLD.owner_type, OLD.owner_id, OLD.currency, OLD.normal_side, OLD.tracked,
        OLD.may_go_negative, OLD.created_at)
    IS DISTINCT FROM
       (NEW.id, NEW.kind, NEW.owner_type, NEW.owner_id, NEW.currency, NEW.normal_side, NEW.tracked,
        NEW.may_go_negative, NEW.created_at)
)"""

TRIGGERS = {
    "ledger_account_moves_with_its_entry": _refusal(
        "ledger_account_moves_with_its_entry",
        "UPDATE",
        "only the balance of a tracked account changes, by one entry at a time",
        _ACCOUNT_CHANGED_OTHERWISE,
    ),
    "ledger_account_is_kept": _refusal("ledger_account_is_kept", "DELETE", "an account is never deleted"),
    "ledger_entry_is_not_changed": _refusal(
        "ledger_entry_is_not_changed", "UPDATE", "an entry is never changed; post a correction"
    ),
    "ledger_entry_is_not_deleted": _refusal(
        "ledger_entry_is_not_deleted", "DELETE", "an entry is never deleted; post a correction"
    ),
    "ledger_transfer_is_checked": _trigger(
        "ledger_transfer_is_checked", "INSERT", "EXECUTE FUNCTION ledger_check_seal()"
    ),
    "ledger_transfer_is_not_changed": _refusal(
        "ledger_transfer_is_not_changed", "UPDATE", "a transfer is never changed; post a correction"
    ),
    "ledger_transfer_is_not_deleted": _refusal(
        "ledger_transfer_is_not_deleted", "DELETE", "a transfer is never deleted; post a correction"
    ),
    **{
        name: _refusal(name, "UPDATE OR DELETE", "a sealed day is final")
        for name in (
            "ledger_statement_is_final",
            "ledger_statement_line_is_final",
            "ledger_sealed_transfer_is_final",
        )
    },
}

#: Switched off (tgenabled D) is as good as missing.
INSTALLED = (
    "SELECT trigger.tgname FROM pg_trigger trigger JOIN pg_class relation ON relation.oid = trigger.tgrelid"
    " WHERE pg_table_is_visible(relation.oid) AND relation.relname LIKE 'ledger_%'"
    " AND NOT trigger.tgisinternal AND trigger.tgenabled IN ('O', 'A')"
)


def install(name: str) -> list[str]:
    """Return the statements that put a trigger in place, or renew it."""
    return [TRIGGERS[name]]


def drop(name: str) -> str:
    """Return the statement that takes a trigger away if it is there."""
    return f"DROP TRIGGER IF EXISTS {name} ON {_TABLES[name]}"
