"""When a payment counts as withdrawn: paid payouts cover a payee's released payments, the oldest payment first.

A wallet is one pot, so no payout belongs to one payment; first in, first out is the plain and repeatable answer.
Coverings of one payee take turns on their payee account, and a payout that comes back gives its covering back.
"""

from django.db.models import F

from jobsphere.db.composed import refresh
from jobsphere.payments.models import PayeeAccount, Payment, Payout, PayoutCoverage
from jobsphere.payments.states import advance


def cover(payout: Payout) -> None:
    """Say which payments a paid payout has brought to the bank."""
    _take_turn(payout)
    left = payout.amount
    earned = Payment.objects.filter(
        payee_id=payout.payee_id, currency=payout.currency, earned_amount__gt=F("withdrawn_amount")
    )
    for payment in earned.order_by("id").iterator():
        part = min(left, payment.earned_amount - payment.withdrawn_amount)
        PayoutCoverage.objects.create(payout=payout, payment=payment, amount=part)
        Payment.objects.filter(pk=payment.pk).update(withdrawn_amount=F("withdrawn_amount") + part)
        refresh(payment)
        close_if_withdrawn(payment)
        left -= part
        if not left:
            break


def uncover(payout: Payout) -> None:
    """Take back what a returned payout had covered; its payments count as released again."""
    _take_turn(payout)
    for each in payout.coverage.select_related("payment"):
        Payment.objects.filter(pk=each.payment_id).update(withdrawn_amount=F("withdrawn_amount") - each.amount)
        refresh(each.payment)
        advance(each.payment, "payout_returned")
    payout.coverage.all().delete()


def close_if_withdrawn(payment: Payment) -> None:
    """Call a released payment withdrawn once all that the payee earned by it is at their bank."""
    if payment.earned_amount and payment.withdrawn_amount == payment.earned_amount:
        advance(payment, "withdraw")


def _take_turn(payout: Payout) -> None:
    PayeeAccount.objects.filter(pk=payout.account_id).update(coverings=F("coverings") + 1)
