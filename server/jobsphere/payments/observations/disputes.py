"""A cardholder's chargeback: flagged on the payment. What it does to the books is decided by the disputes app."""

from jobsphere.audit import services as audit
from jobsphere.db.guarded import update_where
from jobsphere.kit.actor import SYSTEM
from jobsphere.payments.events import PaymentDisputed
from jobsphere.payments.gateways.base import DisputeSnapshot, DisputeState
from jobsphere.payments.models import Payment
from jobsphere.payments.states import tell

_OPEN = frozenset({DisputeState.OPEN, DisputeState.UNDER_REVIEW})


def observe_dispute(gateway: str, snapshot: DisputeSnapshot) -> None:
    """Flag the payment while its chargeback is open, and tell others when that changes."""
    payment = Payment.objects.filter(gateway=gateway, gateway_id=snapshot.payment_id).first()
    is_open = snapshot.status in _OPEN
    if payment is None or not update_where(Payment, {"pk": payment.pk, "disputed": not is_open}, disputed=is_open):
        return
    audit.record(
        actor=SYSTEM,
        verb="payment.dispute" if is_open else "payment.dispute-closed",
        target_type="payment",
        target_id=payment.pk,
        detail={"dispute": snapshot.gateway_id, "amount": snapshot.amount, "status": snapshot.status},
    )
    tell(PaymentDisputed, payment, open=is_open, reason=snapshot.reason)
