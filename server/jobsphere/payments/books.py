"""The ledger transfers that payments post, each as a bookkeeper would write it (docs/money.md)."""

from collections.abc import Sequence
from uuid import UUID

from jobsphere.kit.money import Money
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


def collected(payment_id: UUID, taken: Money, *, gateway: str, prepaid: bool) -> Leg:
    """Name where the money of a payment comes from when it serves its purpose, or has lost it.

    Money that was asked for arrives at the gateway in that moment; prepaid money was booked when it arrived.
    """
    return debit(_prepaid(payment_id, taken.currency) if prepaid else at_gateway(gateway, taken.currency), taken)


def book_prepaid(payment: Payment) -> PostedTransfer:
    """Money arrived before its purpose began: until then it is the payer's."""
    taken = payment.money(payment.captured_amount)
    return ledger.post(
        code="payment.prepaid",
        reference=str(payment.pk),
        legs=[
            debit(at_gateway(payment.gateway, payment.currency), taken),
            credit(_prepaid(payment.pk, payment.currency), taken),
        ],
        source_type="payment",
        source_id=payment.pk,
        memo="taken before it was accepted",
    )


def _prepaid(payment_id: UUID, currency: str) -> AccountKey:
    return account(AccountKind.PREPAID, currency, payment_id)


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


def book_refund_by_hand(refund: Refund, gateway: str) -> PostedTransfer:
    """The operator has paid it from their own bank; what came home stays with the gateway, and is theirs."""
    bank = account(AccountKind.BANK, refund.currency, gateway)
    return _book_refund(refund, "refund.by_hand", _refund_in_transit(refund), bank)


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


def book_payout(
    payout: Payout, code: str, *moves: tuple[AccountKey, AccountKey], fee: tuple[AccountKey, AccountKey] | None = None
) -> PostedTransfer:
    """Post one step of a payout: each move debits its first account and credits its second with the whole amount, and
    `fee` does so with what the payee pays for the speed."""
    total = payout.total()
    legs = [leg for first, second in moves for leg in (debit(first, total), credit(second, total))]
    if fee and payout.fee:
        legs += [debit(fee[0], payout.price()), credit(fee[1], payout.price())]
    return ledger.post(code=code, reference=str(payout.pk), legs=legs, source_type="payout", source_id=payout.pk)


def wallet(payout: Payout) -> AccountKey:
    """Name the payee's wallet."""
    return account(AccountKind.WALLET, payout.currency, payout.payee_id)


def payout_fee(payout: Payout) -> AccountKey:
    """Name the income of instant payouts."""
    return account(AccountKind.REVENUE_PAYOUT_FEE, payout.currency)


def in_transit(payout: Payout) -> AccountKey:
    """Name the account of this withdrawal while it is on its way."""
    return account(AccountKind.IN_TRANSIT, payout.currency, payout.pk)
