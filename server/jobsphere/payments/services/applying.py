"""What higher floors tell a captured payment: what it was used for, and what became of that."""

from uuid import UUID

from django.db.models import F

from jobsphere.db.composed import get, refresh
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.money import Money
from jobsphere.payments.closing import close_if_returned
from jobsphere.payments.coverage import close_if_withdrawn
from jobsphere.payments.errors import PaymentNotApplicable
from jobsphere.payments.models import Payment
from jobsphere.payments.rules import PaymentDetail
from jobsphere.payments.selectors import payment_view
from jobsphere.payments.states import advance
from jobsphere.payments.types import PaymentView


def take_turn(*, payment_id: UUID) -> None:
    """Wait until no other transaction is settling parts of this payment, so that the last one knows it is the last."""
    require_transaction()
    Payment.objects.filter(pk=payment_id).update(earned_amount=F("earned_amount"))


def mark_applied(*, payment_id: UUID, transfer_id: UUID) -> PaymentView:
    """Say that a captured payment serves its purpose, booked by this ledger transfer; the same one again is harmless.

    Called by an inline listener of `payment.captured`. Raises PaymentNotApplicable when the payment is not captured
    or was applied to something else.
    """
    free = {"pk": payment_id, "detail": PaymentDetail.CAPTURED, "applied_transfer_id": None}
    update_where(Payment, free, applied_transfer_id=transfer_id)
    view = payment_view(payment_id)
    if view.applied_transfer_id != transfer_id:
        raise PaymentNotApplicable("The payment is not captured, or was applied to something else.")
    return view


def mark_released(*, payment_id: UUID, payout: Money, complete: bool) -> None:
    """Say that a part of the payment is in the payee's wallet; `complete`: nothing of it is held any more."""
    require_transaction()
    Payment.objects.filter(pk=payment_id).update(earned_amount=F("earned_amount") + payout.amount)
    if complete:
        payment = get(Payment, pk=payment_id)
        advance(payment, "release", released_at=clock.now())
        close_if_withdrawn(payment)


def mark_recovered(*, payment_id: UUID, amount: Money) -> None:
    """Say that a part of what the payee had earned by the payment was taken back.

    What of it had reached their bank stays covered by the payout that brought it there: they owe it, or it was taken
    from what they earned elsewhere.
    """
    require_transaction()
    payment = get(Payment, pk=payment_id)
    there = payment.earned_amount - payment.withdrawn_amount
    Payment.objects.filter(pk=payment_id).update(earned_amount=F("earned_amount") - min(amount.amount, there))
    refresh(payment)
    close_if_withdrawn(payment)


def mark_returned(*, payment_id: UUID, kept: Money) -> None:
    """Say that nothing of the payment is held any more and none was released: all but `kept` is going back."""
    require_transaction()
    Payment.objects.filter(pk=payment_id).update(kept_amount=kept.amount)
    close_if_returned(get(Payment, pk=payment_id))
