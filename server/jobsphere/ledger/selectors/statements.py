"""Reads of the lines of an account, newest first."""

from uuid import UUID

from jobsphere.db.rows import Rows, each
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.ledger import policies
from jobsphere.ledger.models import Entry, LedgerAccount
from jobsphere.ledger.rules import AccountKind
from jobsphere.ledger.selectors.accounts import _stored_balance
from jobsphere.ledger.selectors.pages import PAGE, balance_after, cut
from jobsphere.ledger.types import (
    AccountBalance,
    AccountKey,
    StatementLine,
    StatementPage,
    account,
)


def wallet_rows(
    viewer: Actor, *, currency: str = "", user_id: UUID | None = None, kind: AccountKind = AccountKind.WALLET
) -> Rows[AccountBalance]:
    """Return the wallets (or another `kind` of accounts of people) that were ever used, for a page of them.

    Raises Forbidden without "finance". One query a page.
    """
    policies.require_finance(viewer)
    rows = LedgerAccount.objects.filter(kind=kind)
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
    rows, following = cut(entries, limit)
    return StatementPage(tuple(_line(key, row) for row in rows), rows[-1].id if following else None)


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
        balance_after=balance_after(key, entry),
        posted_at=entry.created_at,
    )
