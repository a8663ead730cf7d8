"""What a refund's present state at the gateway means for ours. It may fail days after it succeeded."""

from uuid import UUID

from django.db.models import F

from jobsphere.audit import services as audit
from jobsphere.db.composed import get, refresh
from jobsphere.db.guarded import move, update_where
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.payments import books
from jobsphere.payments.closing import close_if_returned, reopen
from jobsphere.payments.events import RefundFailed, RefundSucceeded
from jobsphere.payments.gateways.base import RefundSnapshot, RefundState
from jobsphere.payments.models import Payment, Refund
from jobsphere.payments.rules import REFUND, RefundStatus
from jobsphere.payments.starting import send_next_refund, tell_refund


def observe_refund(refund_id: UUID, snapshot: RefundSnapshot) -> None:
    """Apply a state that the gateway has reported."""
    if not _remember_gateway_id(refund_id, snapshot.gateway_id):
        return
    if snapshot.status is RefundState.PENDING:
        move(Refund, refund_id, from_status=RefundStatus.REQUESTED, to_status=RefundStatus.PENDING)
    elif snapshot.status is RefundState.SUCCEEDED:
        _succeed(refund_id)
    else:
        fail_refund(refund_id, snapshot.failure_code or snapshot.status.value)


def _remember_gateway_id(refund_id: UUID, gateway_id: str) -> bool:
    """Keep the gateway's id; False for a report about an earlier round of the same refund."""
    update_where(Refund, {"pk": refund_id, "gateway_id": ""}, gateway_id=gateway_id)
    return Refund.objects.filter(pk=refund_id, gateway_id=gateway_id).exists()


def _succeed(refund_id: UUID) -> None:
    sources = REFUND.sources("succeed")
    if not move(Refund, refund_id, from_status=sources, to_status=RefundStatus.SUCCEEDED, succeeded_at=clock.now()):
        return
    refund, payment = _both(refund_id)
    books.book_refund_succeeded(refund, payment.gateway)
    Payment.objects.filter(pk=payment.pk).update(refunded_amount=F("refunded_amount") + refund.amount)
    refresh(payment)
    close_if_returned(payment)
    send_next_refund(payment)
    tell_refund(RefundSucceeded, refund, payment)


def fail_refund(refund_id: UUID, code: str) -> None:
    """Raise the alarm: the money waits in refund_in_transit until finance sends it again."""
    sources = REFUND.sources("fail")
    failed = {"failure_code": code[:64]}
    if move(Refund, refund_id, from_status=RefundStatus.SUCCEEDED, to_status=RefundStatus.FAILED, **failed):
        refund, payment = _both(refund_id)
        books.book_refund_bounced(refund, payment.gateway)
        Payment.objects.filter(pk=payment.pk).update(refunded_amount=F("refunded_amount") - refund.amount)
        refresh(payment)
    elif not move(Refund, refund_id, from_status=sources, to_status=RefundStatus.FAILED, **failed):
        return
    refund, payment = _both(refund_id)
    reopen(payment, "refund_failed")
    audit.record(
        actor=SYSTEM,
        verb="refund.fail",
        target_type="payment",
        target_id=payment.pk,
        detail={"refund": refund.pk, "amount": refund.total(), "code": code},
    )
    tell_refund(RefundFailed, refund, payment, code=code)
    send_next_refund(payment)


def _both(refund_id: UUID) -> tuple[Refund, Payment]:
    refund = get(Refund, "payment", pk=refund_id)
    return refund, refund.payment
