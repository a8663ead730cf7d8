"""Reads of accounts: what they hold and what moved them."""
# ruff: noqa: S608  The SQL is put together from our own words; values are parameters.

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Sum

from jobsphere.db.periods import between, week_of
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.ledger import policies, snapshots
from jobsphere.ledger.models import Entry, LedgerAccount
from jobsphere.ledger.rules import PLATFORM, AccountKind, natural
from jobsphere.ledger.sql import fetch
from jobsphere.ledger.types import (
    AccountBalance,
    AccountKey,
    MovedSum,
    SourceSum,
    TrialBalance,
    TrialLine,
    WeekOfMovement,
)


def balance_of(key: AccountKey) -> Money:
    """Return an account's natural balance: zero for one that was never used. One query."""
    source = "balance" if key.nature.tracked else snapshots.balance_sql("ledger_ledgeraccount.id")
    rows = fetch(
        f"SELECT {source} FROM ledger_ledgeraccount WHERE id = %s",
        [key.id],
    )
    return key.natural(int(rows[0][0]) if rows else 0)


def balances_of(owner_type: str, owner_id: UUID | str) -> list[AccountBalance]:
    """Return an owner's accounts with their balances, for example the wallets of a user in every currency."""
    accounts = LedgerAccount.objects.filter(owner_type=owner_type, owner_id=str(owner_id))
    rows = sorted(accounts, key=key_of)
    # A tracked account carries its balance; only an untracked one has to be summed.
    return [
        _stored_balance(row) if row.tracked else AccountBalance(key_of(row), balance_of(key_of(row))) for row in rows
    ]


def balances_of_kind(kind: AccountKind) -> list[AccountBalance]:
    """Return every account of a tracked kind that is not empty, for checks that explain each of them. One query."""
    rows = LedgerAccount.objects.filter(kind=kind, tracked=True).exclude(balance=0)
    return [_stored_balance(row) for row in rows]


def own_balances() -> list[AccountBalance]:
    """Return the marketplace's own accounts (revenue, fees, write-offs) with their balances, for the metrics.

    One query. They have no owner and are few; each is summed from its newest snapshot on.
    """
    rows = fetch(
        f"SELECT kind, currency, CASE WHEN tracked THEN balance ELSE {snapshots.balance_sql('ledger_ledgeraccount.id')}"
        " END FROM ledger_ledgeraccount WHERE owner_id = %s ORDER BY kind, currency",
        [PLATFORM],
    )
    keys = [(AccountKey(AccountKind(kind), "", PLATFORM, currency), signed) for kind, currency, signed in rows]
    return [AccountBalance(key, key.natural(int(signed))) for key, signed in keys]


def moved_by_transfers(
    kind: AccountKind, *, since: datetime | None = None, until: datetime | None = None
) -> list[MovedSum]:
    """Sum what transfers have added (signed) to accounts of a kind, by owner, currency, code and source type."""
    rows = Entry.objects.filter(account__kind=str(kind)).filter(between("transfer__created_at", since, until))
    names = ("account__owner_id", "account__currency", "transfer__code", "transfer__source_type")
    sums = rows.values(*names).annotate(total=Sum("amount"), count=Count("id")).order_by(*names)
    return [
        MovedSum(
            owner_id=row["account__owner_id"],
            code=row["transfer__code"],
            source_type=row["transfer__source_type"],
            signed=Money(int(row["total"]), row["account__currency"]),
            count=row["count"],
        )
        for row in sums
    ]


def moved_by_owner(
    owner_type: str, owner_id: UUID, *, kinds: Collection[AccountKind], until: datetime, since: datetime | None = None
) -> dict[tuple[str, str], int]:
    """Return by currency and code what transfers added (signed) to an owner's accounts of these kinds. One query."""
    mine = {"account__owner_type": owner_type, "account__owner_id": str(owner_id)}
    rows = Entry.objects.filter(between("created_at", since, until), account__kind__in=[*map(str, kinds)], **mine)
    sums = rows.values("account__currency", "transfer__code").annotate(total=Sum("amount")).order_by()
    return {(row["account__currency"], row["transfer__code"]): int(row["total"]) for row in sums}


def posted_in(
    code: str, kind: AccountKind, *, since: datetime | None = None, until: datetime | None = None
) -> Iterator[tuple[str, datetime, int]]:
    """Stream the transfers of a code: reference, when it was posted, what it took (credit positive) from accounts of a
    kind. Oldest first.
    """
    rows = Entry.objects.filter(account__kind=str(kind), transfer__code=code)
    rows = rows.filter(between("transfer__created_at", since, until))
    names = ("transfer__reference", "transfer__created_at", "transfer_id")
    for row in rows.values(*names).annotate(total=Sum("amount")).order_by("transfer_id").iterator():
        yield row["transfer__reference"], row["transfer__created_at"], abs(int(row["total"]))


def moved_by_sources(kind: AccountKind) -> Iterator[SourceSum]:
    """Stream what each source has added (signed) to accounts of a kind, with the number of its transfers."""
    rows = Entry.objects.filter(account__kind=str(kind))
    names = ("transfer__source_type", "transfer__source_id", "account__currency")
    for row in rows.values(*names).annotate(total=Sum("amount"), count=Count("transfer_id", distinct=True)).iterator():
        signed = Money(int(row["total"]), row["account__currency"])
        yield SourceSum(row["transfer__source_type"], row["transfer__source_id"], signed, row["count"])


def trial_balance() -> TrialBalance:
    """Sum up every account by kind and currency, in one query and thus at one moment."""
    lines = [
        TrialLine(AccountKind(kind), Money(total, currency), count) for kind, currency, total, count in signed_totals()
    ]
    order = list(AccountKind)
    return TrialBalance(tuple(sorted(lines, key=lambda line: (line.signed.currency, order.index(line.kind)))))


def signed_totals() -> list[tuple[str, str, int, int]]:
    """Return (kind, currency, signed sum in minor units, number of accounts) as stored, of kinds known or not."""
    rows = fetch(
        "SELECT kind, currency, sum(balance), count(*) FROM ("
        "SELECT kind, currency, balance FROM ledger_ledgeraccount WHERE tracked UNION ALL SELECT kind, currency,"
        f" {snapshots.balance_sql('ledger_ledgeraccount.id')} FROM ledger_ledgeraccount WHERE NOT tracked"
        ") AS balances GROUP BY kind, currency",
        [],
    )
    return [(kind, currency, int(total), count) for kind, currency, total, count in rows]


def key_of(row: LedgerAccount) -> AccountKey:
    """Return the key of a stored account."""
    return AccountKey(AccountKind(row.kind), row.owner_type, row.owner_id, row.currency)


def _stored_balance(row: LedgerAccount) -> AccountBalance:
    key = key_of(row)
    return AccountBalance(key, key.natural(row.balance))


def movements_by_week(
    viewer: Actor, kinds: Collection[AccountKind], since: datetime, until: datetime
) -> list[WeekOfMovement]:
    """Sum by week what was added to accounts of these kinds (naturally signed); Forbidden without "finance"."""
    policies.require_finance(viewer)
    rows = Entry.objects.filter(between("created_at", since, until), account__kind__in=[str(kind) for kind in kinds])
    weeks = rows.annotate(week=week_of("created_at")).values("week", "account__kind", "account__currency")
    return [
        WeekOfMovement(row["week"], kind, Money(natural(kind, int(row["total"])), row["account__currency"]))
        for row in weeks.annotate(total=Sum("amount")).order_by("week", "account__currency", "account__kind")
        for kind in [AccountKind(row["account__kind"])]
    ]
