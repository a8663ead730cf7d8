"""The ledger transfers that payments post, each as a bookkeeper would write it (docs/money.md)."""

from collections.abc import Sequence

from jobsphere.ledger import services as ledger
from jobsphere.ledger.types import AccountKey, AccountKind, Leg, PostedTransfer, account, credit, debit
from jobsphere.payments.models import Payment, Payout, Refund


def at_gateway(gateway: str, currency: str) -> AccountKey:
    """Name our balance at a gateway."""
    return account(AccountKind.GATEWAY, currency, gateway)


def at_payees(gateway: str, currency: str) -> AccountKey:
    """Name the money that stands on payees' own balances at a gateway."""
    return account(AccountKind.GATEWAY_PAYEE, currency, gateway)


def unapplied(payment: Payment) -> AccountKey:
    """Name the account of captured money whose purpose has vanished."""
    return account(AccountKind.UNAPPLIED, payment.currency, payment.pk)


def book_unapplied(payment: Payment) -> PostedTransfer:
    """Money arrived that nobody wants any more: we owe it back."""
    taken = payment.money(payment.captured_amount)
    return ledger.post(
        code="payment.unapplied",
        reference=str(payment.pk),
        legs=[debit(at_gateway(payment.gateway, payment.currency), taken), credit(unapplied(payment), taken)],
        source_type="payment",
        source_id=payment.pk,
        memo="captured, but its purpose had vanished",
    )


def book_refund_requested(refund: Refund, funded_by: Sequence[Leg]) -> PostedTransfer:
    """Money leaves where it was and is on its way back to the card."""
    return ledger.post(
        code="refund.requested",
        reference=str(refund.pk),
        legs=[*funded_by, credit(_refund_in_transit(refund), refund.total())],
        source_type="refund",
        source_id=refund.pk,
        memo=refund.reason[:255],
    )


def book_refund_succeeded(refund: Refund, gateway: str) -> PostedTransfer:
    """The gateway has given it back."""
    ours = at_gateway(gateway, refund.currency)
    return _book_refund(refund, "refund.succeeded", _refund_in_transit(refund), ours)


def book_refund_bounced(refund: Refund, gateway: str) -> PostedTransfer:
    """It had been given back, and came home again."""
    ours = at_gateway(gateway, refund.currency)
    return _book_refund(refund, "refund.bounced", ours, _refund_in_transit(refund))


def _book_refund(refund: Refund, code: str, debited: AccountKey, credited: AccountKey) -> PostedTransfer:
    return ledger.post(
        code=code,
        reference=f"{refund.pk}:{refund.round}",
        legs=[debit(debited, refund.total()), credit(credited, refund.total())],
        source_type="refund",
        source_id=refund.pk,
    )


def _refund_in_transit(refund: Refund) -> AccountKey:
    return account(AccountKind.REFUND_IN_TRANSIT, refund.currency, refund.pk)


def book_payout(payout: Payout, code: str, *moves: tuple[AccountKey, AccountKey]) -> PostedTransfer:
    """Post one step of a payout: each move debits its first account and credits its second with the whole amount."""
    total = payout.total()
    legs = [leg for first, second in moves for leg in (debit(first, total), credit(second, total))]
    return ledger.post(code=code, reference=str(payout.pk), legs=legs, source_type="payout", source_id=payout.pk)


def wallet(payout: Payout) -> AccountKey:
    """Name the payee's wallet."""
    return account(AccountKind.WALLET, payout.currency, payout.payee_id)


def in_transit(payout: Payout) -> AccountKey:
    """Name the account of this withdrawal while it is on its way."""
    return account(AccountKind.IN_TRANSIT, payout.currency, payout.pk)
