"""The ledger accounts and transfers of escrow, each as a bookkeeper would write it (docs/money.md)."""

from collections.abc import Sequence

from jobsphere.escrow.models import EscrowHold
from jobsphere.kit.money import Money, total
from jobsphere.ledger import services as ledger
from jobsphere.ledger.types import AccountKey, AccountKind, Leg, PostedTransfer, account, credit, debit
from jobsphere.payments.types import PaymentView


def held(hold: EscrowHold) -> AccountKey:
    """Name the account of a hold."""
    return account(AccountKind.ESCROW, hold.currency, hold.pk)


def platform_fee(currency: str) -> AccountKey:
    """Name the income that is earned at acceptance."""
    return account(AccountKind.REVENUE_PLATFORM_FEE, currency)


def book_funding(payment: PaymentView, holds: Sequence[EscrowHold]) -> PostedTransfer:
    """The captured money stands at the gateway; the platform fee is earned, the rest is held by milestone."""
    currency = payment.amount.currency
    fees = total((hold.money(hold.platform_fee) for hold in holds), currency)
    legs: list[Leg] = [
        debit(account(AccountKind.GATEWAY, currency, payment.gateway), payment.captured),
        *(credit(held(hold), hold.money(hold.held)) for hold in holds),
        credit(platform_fee(currency), fees),
    ]
    return ledger.post(
        code="escrow.funded",
        reference=str(payment.id),
        legs=legs,
        source_type="payment",
        source_id=payment.id,
        memo=f"held for {len(holds)} milestone(s)",
    )


def book_release(hold: EscrowHold) -> PostedTransfer:
    """The work is done: the service fee is earned, the rest is the contractor's to withdraw."""
    service_fee = account(AccountKind.REVENUE_SERVICE_FEE, hold.currency)
    wallet = account(AccountKind.WALLET, hold.currency, hold.payee_id)
    return ledger.post(
        code="escrow.released",
        reference=str(hold.pk),
        legs=[
            debit(held(hold), hold.money(hold.held)),
            credit(service_fee, hold.money(hold.service_fee)),
            credit(wallet, hold.money(hold.payout)),
        ],
        source_type="hold",
        source_id=hold.pk,
    )


def refund_legs(hold: EscrowHold, from_hold: Money, from_platform_fee: Money) -> list[Leg]:
    """Name what pays for a refund: the hold, and the part of the platform fee that is given back."""
    legs = [debit(held(hold), from_hold), debit(platform_fee(hold.currency), from_platform_fee)]
    return [leg for leg in legs if leg.amount]
