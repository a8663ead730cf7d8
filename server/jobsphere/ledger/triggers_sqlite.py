"""The ledger's triggers in SQLite's words.

SQLite has one writer at a time, so a trigger sees everything. But `INSERT OR REPLACE` deletes the row that is in its
way without firing DELETE triggers; so an INSERT over an existing row is refused here as well.
"""
# ruff: noqa: S608  The SQL is put together from our own words.

FUNCTIONS = ["CREATE INDEX IF NOT EXISTS ledger_transfer_posted ON ledger_transfer (created_at)"]


def _refusal(name: str, event: str, table: str, why: str, when: str = "") -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} "
        f"BEGIN SELECT RAISE(ABORT, 'ledger: {why}'); END"
    )


def _checks(name: str, table: str, rules: list[tuple[str, str]]) -> str:
    """Write an INSERT trigger: each rule is what must not be, and the words to refuse it with."""
    body = "".join(f"SELECT RAISE(ABORT, 'ledger: {why}') WHERE {wrong}; " for wrong, why in rules)
    return f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW BEGIN {body} END"


_OF_TRANSFER = "FROM ledger_entry WHERE transfer_id = NEW.id AND legs = NEW.legs"

_ACCOUNT_RULES = [
    (
        "EXISTS (SELECT 1 FROM ledger_ledgeraccount WHERE id = NEW.id) OR EXISTS ("
        "SELECT 1 FROM ledger_ledgeraccount WHERE owner_id = NEW.owner_id AND kind = NEW.kind"
        " AND owner_type = NEW.owner_type AND currency = NEW.currency)",
        "an account is never replaced",
    ),
]

_ENTRY_RULES = [
    (
        "EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.id)"
        " OR EXISTS (SELECT 1 FROM ledger_entry WHERE transfer_id = NEW.transfer_id AND position = NEW.position)"
        " OR EXISTS (SELECT 1 FROM ledger_entry WHERE account_id = NEW.account_id AND sequence = NEW.sequence)",
        "an entry is never replaced",
    ),
]

# An entry that is not in the currency of its account, does not state its balance, or does not continue its chain.
_MISFIT = (
    "SELECT 1 FROM ledger_entry entry LEFT JOIN ledger_ledgeraccount account ON account.id = entry.account_id"
    " LEFT JOIN ledger_entry before ON before.account_id = entry.account_id AND before.sequence = entry.sequence - 1"
    " WHERE entry.transfer_id = NEW.id AND entry.legs = NEW.legs"
    " AND NOT coalesce(account.currency = NEW.currency AND CASE WHEN NOT account.tracked THEN entry.sequence IS NULL"
    " ELSE entry.sequence = account.sequence AND entry.balance_after = account.balance"
    " AND entry.balance_after - entry.amount = CASE entry.sequence WHEN 1 THEN 0 ELSE before.balance_after END"
    " END, 0)"
)

_SEAL_RULES = [
    (
        "EXISTS (SELECT 1 FROM ledger_transfer WHERE id = NEW.id OR (reference = NEW.reference AND code = NEW.code))",
        "a transfer is never replaced",
    ),
    (f"(SELECT count(*) {_OF_TRANSFER}) <> NEW.legs", "a transfer must have as many entries as it has legs"),
    (f"(SELECT sum(amount) {_OF_TRANSFER}) <> 0", "the entries of a transfer must sum to zero"),
    (
        f"EXISTS ({_MISFIT})",
        "an entry must fit the currency, the balance and the chain of its account",
    ),
    ("NEW.created_at < (SELECT max(until) FROM ledger_dailystatement)", "that day is sealed; post into an open one"),
]

#: What a sealed day consists of: table, and which row of it another one would replace.
_FINAL = {
    "statement": ("ledger_dailystatement", "id = NEW.id OR number = NEW.number OR day = NEW.day OR until = NEW.until"),
    "statement_line": (
        "ledger_dailyline",
        "id = NEW.id OR statement_id = NEW.statement_id AND currency = NEW.currency AND kind = NEW.kind",
    ),
    "sealed_transfer": (
        "ledger_sealedtransfer",
        "transfer_id = NEW.transfer_id OR statement_id = NEW.statement_id AND position = NEW.position",
    ),
}


def _final(what: str, table: str, taken: str) -> dict[str, str]:
    """Write the triggers that let rows of a table be added, and nothing else."""
    why = "a sealed day is final"
    rules = [(f"EXISTS (SELECT 1 FROM {table} WHERE {taken})", why)]
    return {
        f"ledger_{what}_is_not_replaced": _checks(f"ledger_{what}_is_not_replaced", table, rules),
        f"ledger_{what}_is_not_changed": _refusal(f"ledger_{what}_is_not_changed", "UPDATE", table, why),
        f"ledger_{what}_is_not_deleted": _refusal(f"ledger_{what}_is_not_deleted", "DELETE", table, why),
    }


_KEPT = (
    "id",
    "kind",
    "owner_type",
    "owner_id",
    "currency",
    "normal_side",
    "tracked",
    "may_go_negative",
    "created_at",
)
_ACCOUNT_CHANGED_OTHERWISE = (
    "WHEN NOT OLD.tracked OR NEW.sequence IS NOT coalesce(OLD.sequence, 0) + 1 OR "
    + " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _KEPT)
)

TRIGGERS = {
    "ledger_account_is_not_replaced": _checks("ledger_account_is_not_replaced", "ledger_ledgeraccount", _ACCOUNT_RULES),
    "ledger_account_moves_with_its_entry": _refusal(
        "ledger_account_moves_with_its_entry",
        "UPDATE",
        "ledger_ledgeraccount",
        "only the balance of a tracked account changes, by one entry at a time",
        _ACCOUNT_CHANGED_OTHERWISE,
    ),
    "ledger_account_is_kept": _refusal(
        "ledger_account_is_kept", "DELETE", "ledger_ledgeraccount", "an account is never deleted"
    ),
    "ledger_entry_is_not_replaced": _checks("ledger_entry_is_not_replaced", "ledger_entry", _ENTRY_RULES),
    "ledger_entry_is_not_changed": _refusal(
        "ledger_entry_is_not_changed", "UPDATE", "ledger_entry", "an entry is never changed; post a correction"
    ),
    "ledger_entry_is_not_deleted": _refusal(
        "ledger_entry_is_not_deleted", "DELETE", "ledger_entry", "an entry is never deleted; post a correction"
    ),
    "ledger_transfer_is_checked": _checks("ledger_transfer_is_checked", "ledger_transfer", _SEAL_RULES),
    "ledger_transfer_is_not_changed": _refusal(
        "ledger_transfer_is_not_changed",
        "UPDATE",
        "ledger_transfer",
        "a transfer is never changed; post a correction",
    ),
    "ledger_transfer_is_not_deleted": _refusal(
        "ledger_transfer_is_not_deleted",
        "DELETE",
        "ledger_transfer",
        "a transfer is never deleted; post a correction",
    ),
    **{name: sql for what, each in _FINAL.items() for name, sql in _final(what, *each).items()},
}

INSTALLED = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger_%'"


def install(name: str) -> list[str]:
    """Return the statements that put a trigger in place, or renew it."""
    return [drop(name), TRIGGERS[name]]


def drop(name: str) -> str:
    """Return the statement that takes a trigger away if it is there."""
    return f"DROP TRIGGER IF EXISTS {name}"
