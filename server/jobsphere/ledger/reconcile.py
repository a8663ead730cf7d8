"""Recompute the books from their entries and say, in an operator's words, what is not as it should be.

The database refuses all of this while its triggers and constraints stand; the checks are for the day after somebody
took them away, restored half a backup, or changed the file by hand. Each check is one statement and so sees one moment.
"""
# ruff: noqa: S608  The SQL is put together from our own words; values are parameters.

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import connection

from jobsphere.kit.money import Money, is_currency
from jobsphere.ledger import auditing, checks, selectors, triggers
from jobsphere.ledger.explanations import EXPLANATIONS
from jobsphere.ledger.models import LedgerAccount
from jobsphere.ledger.rules import NATURES, AccountKind
from jobsphere.ledger.snapshots import before_all
from jobsphere.ledger.sql import fetch, from_column
from jobsphere.ledger.types import Discrepancy

_NAME = "account.kind, account.owner_id, account.currency"


def verify_books() -> list[Discrepancy]:
    """Run the ledger's own checks; an empty list means that the books are sound."""
    return [difference for check in OWN_CHECKS.values() for difference in check()]


def guards() -> Iterator[Discrepancy]:
    """The triggers and constraints that keep the books are in place."""
    for name in triggers.missing_guards(connection):
        yield _difference("guards", name, "is missing from the database; run `manage.py migrate` to put triggers back.")


def transfers() -> Iterator[Discrepancy]:
    """Every transfer has all of its entries, in its currency, and they sum to zero."""
    rows = fetch(
        "SELECT transfer.id, transfer.code, transfer.reference, transfer.currency, transfer.legs, count(entry.id),"
        " coalesce(sum(entry.amount), 0), sum(CASE WHEN account.currency <> transfer.currency THEN 1 ELSE 0 END)"
        " FROM ledger_transfer transfer LEFT JOIN ledger_entry entry ON entry.transfer_id = transfer.id"
        " LEFT JOIN ledger_ledgeraccount account ON account.id = entry.account_id GROUP BY transfer.id"
        " HAVING count(entry.id) <> transfer.legs OR coalesce(sum(entry.amount), 0) <> 0"
        " OR sum(CASE WHEN account.currency <> transfer.currency THEN 1 ELSE 0 END) <> 0",
        [],
    )
    for transfer_id, code, reference, currency, legs, entries, total, foreign in rows:
        subject = f"transfer {from_column(transfer_id)} ({code} {reference})"
        if entries != legs:
            yield _difference("transfers", subject, f"has {entries} entries, but was posted with {legs}.")
        if total:
            yield _difference("transfers", subject, f"sums to {_money(total, currency)}, not to zero.")
        if foreign:
            yield _difference("transfers", subject, f"is in {currency}, but {foreign} entries are in another currency.")


def entries() -> Iterator[Discrepancy]:
    """Every entry belongs to a transfer and to an account."""
    rows = fetch(
        "SELECT entry.id, entry.amount, transfer.id, account.id FROM ledger_entry entry"
        " LEFT JOIN ledger_transfer transfer ON transfer.id = entry.transfer_id"
        " LEFT JOIN ledger_ledgeraccount account ON account.id = entry.account_id"
        " WHERE transfer.id IS NULL OR account.id IS NULL",
        [],
    )
    for entry_id, amount, transfer_id, account_id in rows:
        lost = " and ".join(
            name for name, there in (("transfer", transfer_id), ("account", account_id)) if there is None
        )
        yield _difference("entries", f"entry {from_column(entry_id)}", f"of {amount} minor units has lost its {lost}.")


def chains() -> Iterator[Discrepancy]:
    """On a tracked account every entry continues the one before, and no limit was ever crossed."""
    rows = fetch(
        f"SELECT {_NAME}, link.sequence, link.place, link.amount, link.balance_after, link.before FROM ("
        "SELECT account_id, sequence, amount, balance_after, row_number() OVER chain AS place,"
        " coalesce(lag(balance_after) OVER chain, 0) AS before"
        " FROM ledger_entry WHERE sequence IS NOT NULL WINDOW chain AS (PARTITION BY account_id ORDER BY sequence)"
        ") AS link JOIN ledger_ledgeraccount account ON account.id = link.account_id"
        " WHERE link.sequence <> link.place OR link.balance_after <> link.before + link.amount"
        " OR (NOT account.may_go_negative AND ((account.normal_side = 'debit' AND link.balance_after < 0)"
        " OR (account.normal_side = 'credit' AND link.balance_after > 0)))"
        " ORDER BY link.account_id, link.sequence",
        [],
    )
    for kind, owner, currency, sequence, place, amount, after, before in rows:
        subject = f"{_subject(kind, owner, currency)}, entry number {sequence}"
        if sequence != place:
            yield _difference("chains", subject, f"should be number {place}: an entry before it is missing.")
        if after != before + amount:
            should_be, says = _money(before + amount, currency), _money(after, currency)
            yield _difference("chains", subject, f"says the balance became {says}, but it became {should_be} (signed).")
        elif sequence == place:
            yield _difference("chains", subject, f"took the account below zero, to {_money(after, currency)} (signed).")


def balances() -> Iterator[Discrepancy]:
    """The stored balance of a tracked account is the sum of its entries, and on its side of zero."""
    rows = fetch(
        f"SELECT {_NAME}, account.balance, coalesce(account.sequence, 0), account.may_go_negative,"
        " account.normal_side, coalesce(sum(entry.amount), 0), count(entry.id), count(entry.sequence)"
        " FROM ledger_ledgeraccount account LEFT JOIN ledger_entry entry ON entry.account_id = account.id"
        " WHERE account.tracked GROUP BY account.id"
        " HAVING account.balance <> coalesce(sum(entry.amount), 0) OR coalesce(account.sequence, 0) <> count(entry.id)"
        " OR count(entry.id) <> count(entry.sequence) OR (NOT account.may_go_negative AND"
        " ((account.normal_side = 'debit' AND account.balance < 0)"
        " OR (account.normal_side = 'credit' AND account.balance > 0)))",
        [],
    )
    for kind, owner, currency, stored, sequence, may_go_negative, side, total, count, links in rows:
        subject = _subject(kind, owner, currency)
        if stored != total:
            detail = f"holds {_money(stored, currency)}, but its entries sum to {_money(total, currency)} (signed)."
            yield _difference("balances", subject, detail)
        if not sequence == count == links:
            detail = f"counts {sequence} entries, but has {count}, {links} of them in its chain."
            yield _difference("balances", subject, detail)
        if not may_go_negative and (stored < 0 if side == "debit" else stored > 0):
            yield _difference("balances", subject, f"is below zero: {_money(stored, currency)} (signed).")


def accounts() -> Iterator[Discrepancy]:
    """Every account is of a known kind, behaves as its kind says, and has the id of its key."""
    for row in LedgerAccount.objects.order_by("id").iterator(chunk_size=2000):
        subject = _subject(row.kind, row.owner_id, row.currency)
        if row.kind not in set(AccountKind):
            yield _difference("accounts", subject, "is of a kind that the chart of accounts does not know.")
            continue
        key, nature = selectors.key_of(row), NATURES[AccountKind(row.kind)]
        should_be = (nature.owner_type, nature.normal_side, nature.tracked, nature.may_go_negative)
        if (row.owner_type, row.normal_side, row.tracked, row.may_go_negative) != should_be:
            yield _difference("accounts", subject, "has another owner type, side or limit than its kind says.")
        if row.id != key.id:
            yield _difference("accounts", subject, f"has the id {row.id}, but its key gives {key.id}.")
        if not row.tracked and (row.balance or row.sequence):
            yield _difference("accounts", subject, "is summed from its entries, and yet a balance is stored.")


def snapshots() -> Iterator[Discrepancy]:
    """Every snapshot is what the entries up to it sum to."""
    rows = fetch(
        f"SELECT {_NAME}, part.id, part.balance, part.entries, part.account_id,"
        " coalesce(sum(entry.amount), 0), count(entry.id) FROM ("
        "SELECT id, account_id, balance, entries, up_to,"
        f" coalesce(lag(up_to) OVER (PARTITION BY account_id ORDER BY up_to), '{before_all()}') AS after"
        " FROM ledger_balancesnapshot) AS part"
        " JOIN ledger_ledgeraccount account ON account.id = part.account_id"
        " LEFT JOIN ledger_entry entry ON entry.account_id = part.account_id AND entry.id <= part.up_to"
        " AND entry.id > part.after AND entry.sequence IS NULL"
        " GROUP BY part.id, part.balance, part.entries, part.account_id, part.up_to, account.id"
        " ORDER BY part.account_id, part.up_to",
        [],
    )
    # Each row holds what was added since the snapshot before: an entry is read once, however many snapshots there are.
    sums: dict[Any, tuple[int, int]] = {}
    for kind, owner, currency, snapshot_id, stored, entries_then, account_id, added, counted in rows:
        before, number = sums.get(account_id, (0, 0))
        total, count = sums[account_id] = (before + int(added), number + counted)
        if (stored, entries_then) != (total, count):
            yield _difference(
                "snapshots",
                f"{_subject(kind, owner, currency)}, snapshot {from_column(snapshot_id)}",
                f"says {_money(stored, currency)} from {entries_then} entries, but {count} entries sum to"
                f" {_money(total, currency)} (signed). The books are right; delete this snapshot and all later ones.",
            )


def zero_sum() -> Iterator[Discrepancy]:
    """All accounts together sum to zero in every currency."""
    totals: Counter[str] = Counter()
    for _kind, currency, total, _count in selectors.signed_totals():
        totals[currency] += total
    for currency, total in sorted(totals.items()):
        if total:
            detail = f"all accounts together sum to {_money(total, currency)}, not to zero."
            yield _difference("zero-sum", currency, detail)


OWN_CHECKS: dict[str, checks.Check] = {
    "guards": guards,
    "transfers": transfers,
    "entries": entries,
    "chains": chains,
    "balances": balances,
    "accounts": accounts,
    "snapshots": snapshots,
    "zero-sum": zero_sum,
    "seals": auditing.seals,
}


def register_own() -> None:
    """Put the ledger's checks into the registry, as "ledger.transfers" and so on."""
    for name, check in OWN_CHECKS.items():
        checks.register(f"ledger.{name}", check)
    for code, explanation in EXPLANATIONS.items():
        checks.explain(code, explanation)


def _difference(check: str, subject: str, detail: str) -> Discrepancy:
    return Discrepancy(f"ledger.{check}", subject, detail)


def _subject(kind: str, owner: str, currency: str) -> str:
    return f"account {kind}{f':{owner}' if owner else ''} {currency}"


def _money(amount: Any, currency: str) -> str:
    return str(Money(int(amount), currency)) if is_currency(currency) else f"{amount} {currency}"
