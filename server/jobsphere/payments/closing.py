"""When a payment is over: refunded, once all that can come back has come back; or released again when it has not."""

from jobsphere.payments.coverage import close_if_withdrawn
from jobsphere.payments.models import Payment
from jobsphere.payments.rules import RefundStatus
from jobsphere.payments.states import advance


def close_if_returned(payment: Payment) -> None:
    """Call a payment refunded once all of it that can come back has come back, through us or through a bank."""
    back = payment.refunded_amount + payment.charged_back_amount
    if payment.captured_amount and back + payment.kept_amount >= payment.captured_amount:
        advance(payment, "return")
    elif not payment.refunds.filter(status=RefundStatus.FAILED).exists():
        reopen(payment, "recover")


def reopen(payment: Payment, action: str) -> None:
    """Let a payment be what it was before its money went back: released, or else as `action` says."""
    if payment.released_at is None:
        advance(payment, action)
    elif advance(payment, "reopen"):
        close_if_withdrawn(payment)
