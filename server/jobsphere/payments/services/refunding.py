"""Money back."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F

from jobsphere.audit import services as audit
from jobsphere.db.composed import first, get, refresh
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound, WrongStatus
from jobsphere.kit.money import Money
from jobsphere.ledger.policies import require_finance
from jobsphere.ledger.types import Leg
from jobsphere.payments import books, selectors
from jobsphere.payments.closing import close_if_returned
from jobsphere.payments.errors import PaymentIsDisputed
from jobsphere.payments.events import RefundSucceeded
from jobsphere.payments.models import Payment, Refund
from jobsphere.payments.rules import REFUND, RefundStatus
from jobsphere.payments.starting import send_refund, start_refund, tell_refund
from jobsphere.payments.types import RefundView


def refund_payment(
    *, actor: Actor, payment_id: UUID, amount: Money, reason: str, funded_by: Sequence[Leg]
) -> RefundView:
    """Give captured money back, in full or in part. `funded_by` are the debits that pay for it (hold, fee).

    The outcome is an event, `refund.succeeded` or `refund.failed`, perhaps days later. Raises RefundTooLarge for more
    than is left of what was captured, PaymentIsDisputed while the payer's bank is taking it back, and
    InsufficientBalance when the debits cannot pay.
    """
    require_transaction()
    payment = get(Payment, pk=payment_id)
    _refuse_disputed(payment)
    refund = start_refund(actor=actor, payment=payment, amount=amount, reason=reason, funded_by=funded_by)
    return selectors.view_of_refund(refund)


def retry_refund(*, actor: Actor, refund_id: UUID) -> RefundView:
    """Send a refund that failed once more, as a new operation; for those who account for the money."""
    require_finance(actor)
    refund = first(Refund, "payment", pk=refund_id)
    if refund is None:
        raise NotFound("There is no such refund.")
    _refuse_disputed(refund.payment)
    changes = {"round": refund.round + 1, "gateway_id": "", "failure_code": ""}
    if not move(Refund, refund.pk, from_status=RefundStatus.FAILED, to_status=RefundStatus.REQUESTED, **changes):
        raise WrongStatus("retry", refund.status, REFUND.allowed(RefundStatus(refund.status), None))
    refresh(refund)
    send_refund(refund, refund.payment)
    audit.record(actor=actor, verb="refund.retry", target_type="payment", target_id=refund.payment_id)
    return selectors.view_of_refund(refund)


def pay_refund_by_hand(*, actor: Actor, refund_id: UUID, reason: str) -> RefundView:
    """Note that a refund that failed was paid to its payer in another way, from the operator's own bank.

    For what no gateway can send: a closed card, or a payment whose bank has taken another part of it back for good.
    `reason` says how, for the audit. Raises Forbidden without "finance", NotFound, WrongStatus, PaymentIsDisputed.
    """
    require_finance(actor)
    refund = first(Refund, "payment", pk=refund_id)
    if refund is None:
        raise NotFound("There is no such refund.")
    _refuse_disputed(refund.payment)
    if not move(
        Refund,
        refund.pk,
        from_status=RefundStatus.FAILED,
        to_status=RefundStatus.BY_HAND,
        succeeded_at=clock.now(),
    ):
        raise WrongStatus("pay_by_hand", refund.status, REFUND.allowed(RefundStatus(refund.status), None))
    refresh(refund)
    payment = refund.payment
    books.book_refund_by_hand(refund, payment.gateway)
    Payment.objects.filter(pk=payment.pk).update(refunded_amount=F("refunded_amount") + refund.amount)
    refresh(payment)
    close_if_returned(payment)
    detail = {"refund": refund.pk, "amount": refund.total(), "reason": reason}
    audit.record(actor=actor, verb="refund.pay_by_hand", target_type="payment", target_id=payment.pk, detail=detail)
    tell_refund(RefundSucceeded, refund, payment)
    return selectors.view_of_refund(refund)


def _refuse_disputed(payment: Payment) -> None:
    """Raise PaymentIsDisputed: whoever is refunded and wins the money from their bank as well has it twice."""
    if payment.disputed:
        raise PaymentIsDisputed(
            "The payer's bank is taking this payment back. Wait until it has decided, or give the chargeback up."
        )
