"""The ledger transfers of plans, each as a bookkeeper would write it (docs/money.md)."""

from jobsphere.kit.money import Money
from jobsphere.ledger import services as ledger
from jobsphere.ledger.types import AccountKey, AccountKind, PostedTransfer, account, credit
from jobsphere.payments import books as payments
from jobsphere.payments.types import PaymentView


def revenue(currency: str) -> AccountKey:
    """Name the income from plans."""
    return account(AccountKind.REVENUE_PLAN, currency)


def book_paid(payment: PaymentView) -> PostedTransfer:
    """The money is at the gateway, and it is ours; the tax in it follows with its document."""
    taken: Money = payment.captured
    return ledger.post(
        code="plan.paid",
        reference=str(payment.id),
        legs=[
            payments.collected(payment.id, taken, gateway=payment.gateway, prepaid=payment.prepaid),
            credit(revenue(taken.currency), taken),
        ],
        source_type="payment",
        source_id=payment.id,
    )
