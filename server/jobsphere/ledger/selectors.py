"""Reads of the books. Balances and amounts that people see are natural; the legs of a transfer are signed.

Those without a viewer are for our own services; what a person asks for goes through the ones with a viewer.
"""
# ruff: noqa: S608  The SQL is put together from our own words; values are parameters.

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from jobsphere.db.periods import between, week_of
from jobsphere.db.rows import Rows, each
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.money import Money
from jobsphere.ledger import policies, snapshots
from jobsphere.ledger.models import Entry, LedgerAccount, Transfer
from jobsphere.ledger.rules import AccountKind, natural
from jobsphere.ledger.sql import fetch
from jobsphere.ledger.types import (
    AccountBalance,
    AccountKey,
    PostedLeg,
    PostedTransfer,
    StatementLine,
    StatementPage,
    TransferPage,
    TrialBalance,
    TrialLine,
    WeekOfMovement,
    account,
)

PAGE = 50
MAX_PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFilter:
    """What a list of transfers is narrowed to; an empty text does not narrow.

    `kind` and `account_owner` ask for transfers that touch such an account.
    """

    code: str = ""
    source_type: str = ""
    source_id: str = ""
    currency: str = ""
    kind: AccountKind | None = None
    account_owner: str = ""
    since: datetime | None = None
    until: datetime | None = None


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
    keys = sorted(key_of(row) for row in accounts)
    return [AccountBalance(key, balance_of(key)) for key in keys]


def get_transfer(transfer_id: UUID) -> PostedTransfer:
    """Return a transfer; raises NotFound."""
    found = transfers_by_id([transfer_id])
    if not found:
        raise NotFound("There is no such transfer.")
    return found[0]


def find_transfer(*, code: str, reference: str) -> PostedTransfer | None:
    """Return the transfer of a business key, if it was posted."""
    ids = Transfer.objects.filter(code=code, reference=reference).values_list("id", flat=True)
    return next(iter(transfers_by_id(ids)), None)


def transfers_of(source_type: str, source_id: UUID | str) -> list[PostedTransfer]:
    """Return the transfers that a thing has caused, oldest first: the money story of an offer, a payout."""
    ids = Transfer.objects.filter(source_id=str(source_id), source_type=source_type).values_list("id", flat=True)
    return sorted(transfers_by_id(ids), key=lambda transfer: transfer.id)


def list_transfers(
    viewer: Actor, wanted: TransferFilter | None = None, *, before: UUID | None = None, limit: int = PAGE
) -> TransferPage:
    """Return a page of transfers, newest first, for those who account for the money (Forbidden for others)."""
    policies.require_finance(viewer)
    rows = _matching(wanted or TransferFilter())
    if before:
        rows = rows.filter(id__lt=before)
    ids, following = _cut(rows.order_by("-id").values_list("id", flat=True), limit)
    return TransferPage(tuple(transfers_by_id(ids)), ids[-1] if following else None)


def transfer_rows(viewer: Actor, wanted: TransferFilter) -> Rows[PostedTransfer]:
    """Return transfers for a page of them, for those who account for the money (Forbidden for others)."""
    policies.require_finance(viewer)
    return Rows(_matching(wanted), _in_order)


def transfers_of_sources(sources: Mapping[str, Collection[UUID]]) -> list[PostedTransfer]:
    """Return the transfers that these things have caused, by source type, oldest first. Two queries."""
    caused = Q(pk__in=[])
    for source_type, ids in sources.items():
        caused |= Q(source_type=source_type, source_id__in=[str(thing) for thing in ids])
    found = transfers_by_id(Transfer.objects.filter(caused).values_list("id", flat=True))
    return sorted(found, key=lambda transfer: transfer.id)


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


def wallet_rows(viewer: Actor, *, currency: str = "", user_id: UUID | None = None) -> Rows[AccountBalance]:
    """Return the wallets that were ever used, for a page of them; Forbidden without "finance". One query a page."""
    policies.require_finance(viewer)
    rows = LedgerAccount.objects.filter(kind=AccountKind.WALLET)
    if currency:
        rows = rows.filter(currency=currency)
    if user_id:
        rows = rows.filter(owner_id=str(user_id))
    return Rows(rows, each(_stored_balance))


def wallet_statement(
    viewer: Actor, *, user_id: UUID, currency: str, before: UUID | None = None, limit: int = PAGE
) -> StatementPage:
    """Return a page of a person's wallet, newest first: for that person and for those who account for the money.

    Everybody else gets NotFound. A wallet that was never used is an empty page.
    """
    if not policies.can_see_wallet(viewer, user_id):
        raise NotFound("There is no such wallet.")
    return statement(account(AccountKind.WALLET, currency, user_id), before=before, limit=limit)


def account_statement(
    viewer: Actor, key: AccountKey, *, before: UUID | None = None, limit: int = PAGE
) -> StatementPage:
    """Return a page of any account, for those who account for the money (Forbidden for others)."""
    policies.require_finance(viewer)
    return statement(key, before=before, limit=limit)


def statement(key: AccountKey, *, before: UUID | None = None, limit: int = PAGE) -> StatementPage:
    """Return a page of an account's entries, newest first; `before` is the `next` of the page before."""
    entries = Entry.objects.filter(account_id=key.id).select_related("transfer")
    if key.nature.tracked:
        entries = entries.filter(sequence__isnull=False).order_by("-sequence")
        if before:
            link = Entry.objects.filter(id=before, account_id=key.id).values("sequence")
            entries = entries.filter(sequence__lt=link[:1])
    else:
        entries = entries.filter(sequence__isnull=True).order_by("-id")
        if before:
            entries = entries.filter(id__lt=before)
    rows, following = _cut(entries, limit)
    return StatementPage(tuple(_line(key, row) for row in rows), rows[-1].id if following else None)


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


def transfers_by_id(ids: Iterable[UUID]) -> list[PostedTransfer]:
    """Return transfers with their legs, newest first. Two queries, however many there are."""
    rows = Transfer.objects.filter(id__in=list(ids)).order_by("-id")
    entries = Entry.objects.select_related("account").order_by("position")
    legs: dict[UUID, list[PostedLeg]] = {}
    for entry in entries.filter(transfer_id__in=[row.id for row in rows]):
        legs.setdefault(entry.transfer_id, []).append(_leg(entry))
    return [_transfer(row, legs[row.id]) for row in rows]


def _matching(wanted: TransferFilter) -> "QuerySet[Transfer]":
    names = ("code", "source_type", "source_id", "currency")
    conditions = {name: value for name in names if (value := getattr(wanted, name))}
    rows = Transfer.objects.filter(between("created_at", wanted.since, wanted.until), **conditions)
    if wanted.kind or wanted.account_owner:
        accounts = {"kind": wanted.kind, "owner_id": wanted.account_owner}
        touched = LedgerAccount.objects.filter(**{name: value for name, value in accounts.items() if value})
        rows = rows.filter(
            Exists(Entry.objects.filter(transfer_id=OuterRef("id"), account_id__in=touched.values("id")))
        )
    return rows


def _in_order(rows: Sequence[Transfer]) -> list[PostedTransfer]:
    found = {transfer.id: transfer for transfer in transfers_by_id([row.id for row in rows])}
    return [found[row.id] for row in rows]


def _stored_balance(row: LedgerAccount) -> AccountBalance:
    key = key_of(row)
    return AccountBalance(key, key.natural(row.balance))


def _transfer(row: Transfer, legs: Sequence[PostedLeg]) -> PostedTransfer:
    return PostedTransfer(
        id=row.id,
        code=row.code,
        reference=row.reference,
        currency=row.currency,
        source_type=row.source_type,
        source_id=row.source_id,
        memo=row.memo,
        posted_at=row.created_at,
        legs=tuple(legs),
    )


def _leg(entry: Entry) -> PostedLeg:
    key = key_of(entry.account)
    return PostedLeg(key, Money(entry.amount, key.currency), _after(key, entry))


def _line(key: AccountKey, entry: Entry) -> StatementLine:
    return StatementLine(
        entry_id=entry.id,
        transfer_id=entry.transfer_id,
        code=entry.transfer.code,
        source_type=entry.transfer.source_type,
        source_id=entry.transfer.source_id,
        memo=entry.transfer.memo,
        account=key,
        amount=key.natural(entry.amount),
        balance_after=_after(key, entry),
        posted_at=entry.created_at,
    )


def _after(key: AccountKey, entry: Entry) -> Money | None:
    return None if entry.balance_after is None else key.natural(entry.balance_after)


def _cut(rows: "QuerySet[Any, Any]", limit: int) -> tuple[list[Any], bool]:
    """Read one page and say whether there is another."""
    limit = max(1, min(limit, MAX_PAGE))
    found = list(rows[: limit + 1])
    return found[:limit], len(found) > limit
