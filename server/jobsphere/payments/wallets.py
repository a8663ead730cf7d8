"""Reads of wallets: what can be withdrawn, what clears until when and why, what is on its way, what is owed."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import Q

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.money import Money, total
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.types import AccountKind, StatementPage
from jobsphere.payments import policies, withdrawal_terms
from jobsphere.payments.describing import describe
from jobsphere.payments.models import EarningLot, PayeeAccount, Payout
from jobsphere.payments.presenting import view_of_payout
from jobsphere.payments.rules import OPEN_PAYOUTS
from jobsphere.payments.trust import REASONS
from jobsphere.payments.types import Described, LotView, WalletBalance, WalletLine, WalletView, WithdrawalQuote

_KINDS = (AccountKind.WALLET, AccountKind.CLEARING, AccountKind.RECEIVABLE)


def wallet(viewer: Actor, user_id: UUID | None = None) -> WalletView:
    """Return the viewer's own wallet, in every currency it ever held; finance may ask for another person's.

    A fixed number of queries, however much clears and is on its way.
    """
    owner = user_id or viewer.known_id()
    if owner != viewer.id and not policies.can_see_everything(viewer):
        raise NotFound("There is no such wallet.")
    held = {(each.account.kind, each.account.currency): each.balance for each in ledger.balances_of("user", owner)}
    lots = clearing_lots(owner)
    payouts = list(Payout.objects.filter(Q(status__in=OPEN_PAYOUTS) | Q(returning=True), payee_id=owner).order_by("id"))
    accounts = list(PayeeAccount.objects.filter(user_id=owner).order_by("id"))
    used = {currency for kind, currency in held if kind in _KINDS} | {payout.currency for payout in payouts}

    def balance(currency: str) -> WalletBalance:
        on_the_way = [payout for payout in payouts if payout.currency == currency]
        wallet, clearing, owed = (held.get((kind, currency), Money.zero(currency)) for kind in _KINDS)
        return WalletBalance(
            available=wallet,
            clearing=clearing,
            owed=owed,
            in_transit=total((payout.total() for payout in on_the_way), currency),
            lots=tuple(lot for lot in lots if lot.left.currency == currency),
            payouts=tuple(view_of_payout(payout) for payout in on_the_way),
            minimum=withdrawal_terms.minimum(currency),
            instant=withdrawal_terms.instant_offer(accounts, currency),
        )

    return WalletView(owner, tuple(balance(currency) for currency in sorted(used)))


def withdrawal_quote(viewer: Actor, amount: Money) -> WithdrawalQuote:
    """Say what it would cost the viewer to withdraw an amount now, and when it is usually at the bank."""
    accounts = list(PayeeAccount.objects.filter(user_id=viewer.known_id()).order_by("id"))
    return withdrawal_terms.quote(accounts, amount)


def available(owner: UUID) -> list[Money]:
    """Return what a person can withdraw, by currency; for jobs of ours."""
    held = ledger.balances_of("user", owner)
    return [each.balance for each in held if each.account.kind is AccountKind.WALLET]


def clearing_lots(owner: UUID) -> tuple[LotView, ...]:
    """Return what a person has earned and still clears, what clears first at the top, with the jobs it is from."""
    rows = EarningLot.objects.filter(payee_id=owner, left__gt=0).order_by("clears_at", "id")
    return views_of_lots(rows)


def views_of_lots(rows: Iterable[EarningLot]) -> tuple[LotView, ...]:
    """Return the views of lots, with what they are from."""
    lots = [view_of_lot(row) for row in rows]
    about = describe((lot.source_type, lot.source_id) for lot in lots)
    return tuple(_with(lot, about.get((lot.source_type, str(lot.source_id)))) for lot in lots)


def view_of_lot(row: EarningLot) -> LotView:
    """Return the view of a row; what it is from is left out."""
    return LotView(
        id=row.pk,
        payee_id=row.payee_id,
        amount=row.money(row.amount),
        left=row.money(row.left),
        clears_at=row.clears_at,
        earned_at=row.created_at,
        reason=REASONS.get(row.reason, ""),
        reason_code=row.reason,
        level=row.level,
        source_type=row.source_type,
        source_id=row.source_id,
    )


def _with(lot: LotView, about: Described | None) -> LotView:
    return replace(lot, about=about)


def wallet_entries(viewer: Actor, *, currency: str, before: UUID | None, limit: int) -> StatementPage:
    """Return a page of the viewer's wallet, newest first, with the running balance."""
    return ledger.wallet_statement(viewer, user_id=viewer.known_id(), currency=currency, before=before, limit=limit)


def explained(page: StatementPage) -> list[WalletLine]:
    """Say of every line what it was for."""
    about = describe((line.source_type, line.source_id) for line in page.lines)
    return [WalletLine(line, about.get((line.source_type, line.source_id))) for line in page.lines]
