"""Reads of transfers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from jobsphere.db.periods import between
from jobsphere.db.rows import Rows
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.money import Money
from jobsphere.ledger import policies
from jobsphere.ledger.models import Entry, LedgerAccount, Transfer
from jobsphere.ledger.rules import AccountKind
from jobsphere.ledger.selectors.accounts import key_of
from jobsphere.ledger.selectors.pages import PAGE, balance_after, cut
from jobsphere.ledger.types import (
    PostedLeg,
    PostedTransfer,
    TransferPage,
    account,
)


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
    ids, following = cut(rows.order_by("-id").values_list("id", flat=True), limit)
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


def posted_references(code: str, references: Collection[str]) -> set[str]:
    """Return which of these references were posted under a code. One query."""
    return set(Transfer.objects.filter(code=code, reference__in=references).values_list("reference", flat=True))


def posted_amounts(code: str, kind: AccountKind, owner_id: str, currency: str) -> dict[str, int]:
    """Return by reference what the transfers of a code added (signed, minor units) to one account."""
    key = account(kind, currency, owner_id)
    rows = Entry.objects.filter(account_id=key.id, transfer__code=code)
    sums = rows.values("transfer__reference").annotate(total=Sum("amount"))
    return {row["transfer__reference"]: int(row["total"]) for row in sums}


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
    return PostedLeg(key, Money(entry.amount, key.currency), balance_after(key, entry))
