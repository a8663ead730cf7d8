"""The ledger accounts and transfers of escrow, each as a bookkeeper would write it (docs/money.md)."""

from collections.abc import Sequence

from jobsphere.escrow.models import EscrowHold
from jobsphere.escrow.rules import TakenBack
from jobsphere.kit.money import Money, total
from jobsphere.ledger import selectors as ledger_read
from jobsphere.ledger import services as ledger
from jobsphere.ledger.types import AccountKey, AccountKind, Leg, PostedTransfer, account, credit, debit
from jobsphere.payments import books as payments
from jobsphere.payments import earnings
from jobsphere.payments.types import PaymentView


def held(hold: EscrowHold) -> AccountKey:
    """Name the account of a hold."""
    return account(AccountKind.ESCROW, hold.currency, hold.pk)


def platform_fee(currency: str) -> AccountKey:
    """Name the income that is earned at acceptance."""
    return account(AccountKind.REVENUE_PLATFORM_FEE, currency)


def service_fee(currency: str) -> AccountKey:
    """Name the income that is earned at completion."""
    return account(AccountKind.REVENUE_SERVICE_FEE, currency)


def book_funding(payment: PaymentView, holds: Sequence[EscrowHold]) -> PostedTransfer:
    """The captured money is at the gateway, or was there before (prepaid); the fee is earned, the rest is held."""
    currency = payment.amount.currency
    fees = total((hold.money(hold.platform_fee) for hold in holds), currency)
    legs: list[Leg] = [
        payments.collected(payment.id, payment.captured, gateway=payment.gateway, prepaid=payment.prepaid),
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
    posted = ledger.post(
        code="escrow.released",
        reference=str(hold.pk),
        legs=[
            debit(held(hold), hold.money(hold.held)),
            credit(service_fee(hold.currency), hold.money(hold.service_fee)),
            *earnings.credit_legs(payee_id=hold.payee_id, amount=hold.money(hold.payout), source=source_of(hold)),
        ],
        source_type="hold",
        source_id=hold.pk,
    )
    earnings.settle_receivable(payee_id=hold.payee_id, currency=hold.currency)
    return posted


def book_set_aside(hold: EscrowHold, part: EscrowHold) -> PostedTransfer:
    """A part of what is held stands on an account of its own from now on; nobody has earned or lost anything."""
    amount = part.money(part.held)
    return ledger.post(
        code="escrow.set_aside",
        reference=str(part.pk),
        legs=[debit(held(hold), amount), credit(held(part), amount)],
        source_type="hold",
        source_id=hold.pk,
    )


def refund_legs(hold: EscrowHold, from_hold: Money, from_platform_fee: Money) -> list[Leg]:
    """Name what pays for a refund: the hold, and the part of the platform fee that is given back."""
    legs = [debit(held(hold), from_hold), debit(platform_fee(hold.currency), from_platform_fee)]
    return [leg for leg in legs if leg.amount]


def recovery_legs(hold: EscrowHold, parts: TakenBack) -> list[Leg]:
    """Name who pays for money that goes back after its release: the fees their shares, the payee theirs, or owes it."""
    fees = [
        debit(platform_fee(hold.currency), parts.from_platform_fee),
        debit(service_fee(hold.currency), parts.from_service_fee),
    ]
    payee: list[Leg] = []
    if parts.from_payee.amount:
        payee = earnings.recover_legs(payee_id=hold.payee_id, amount=parts.from_payee, source=source_of(hold))
    return [*(leg for leg in fees if leg.amount), *payee]


def source_of(hold: EscrowHold) -> earnings.Source:
    """Name what the payee earned by it."""
    return earnings.Source("hold", hold.pk, payment_id=hold.payment_id)


def owed_by_payee(hold: EscrowHold) -> Money:
    """Return what the payee of a hold owes us altogether."""
    return ledger_read.balance_of(account(AccountKind.RECEIVABLE, hold.currency, hold.payee_id))
