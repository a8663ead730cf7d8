"""Starting what observations and verbs both start: refunds, voids, and the way back of a failed payout."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F

from jobsphere.audit import services as audit
from jobsphere.db.composed import refresh
from jobsphere.db.guarded import update_where
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.ledger.types import Leg
from jobsphere.outbox import services as outbox
from jobsphere.payments import books, registry
from jobsphere.payments.errors import RefundTooLarge
from jobsphere.payments.events import RefundEvent, RefundRequested
from jobsphere.payments.models import GatewayOperation, Payment, Payout, Refund
from jobsphere.payments.operations.intents import start
from jobsphere.payments.rules import OperationKind, RefundStatus


def start_refund(*, actor: Actor, payment: Payment, amount: Money, reason: str, funded_by: Sequence[Leg]) -> Refund:
    """Reserve the refund on the payment, book it, and ask the gateway after the commit.

    `funded_by` are the debits that pay for it. Raises RefundTooLarge, and InsufficientBalance when they cannot pay.
    """
    gone = F("refunding_amount") + F("charged_back_amount")
    room = {"pk": payment.pk, "captured_amount__gte": gone + amount.amount}
    if amount.currency != payment.currency or not update_where(
        Payment, room, refunding_amount=F("refunding_amount") + amount.amount
    ):
        refresh(payment)
        left = payment.money(payment.captured_amount - payment.refunding_amount - payment.charged_back_amount)
        raise RefundTooLarge(available=left, needed=amount)
    refresh(payment)
    refund = Refund.objects.create(
        payment=payment, currency=amount.currency, amount=amount.amount, reason=reason[:1000]
    )
    books.book_refund_requested(refund, funded_by)
    send_refund(refund, payment)
    audit.record(
        actor=actor,
        verb="refund.request",
        target_type="payment",
        target_id=payment.pk,
        detail={"refund": refund.pk, "amount": amount, "reason": reason},
    )
    tell_refund(RefundRequested, refund, payment)
    return refund


def send_refund(refund: Refund, payment: Payment) -> None:
    """Ask the gateway for this round of the refund, when its turn has come.

    A gateway that carries out one refund of a payment at a time gets the next one when the last has ended.
    """
    if registry.gateway(payment.gateway).capabilities.parallel_refunds:
        _ask_for_refund(refund, payment)
    else:
        send_next_refund(payment)


def send_next_refund(payment: Payment) -> None:
    """Ask for the oldest refund that waits for another one of its payment to end, if none is under way."""
    if registry.gateway(payment.gateway).capabilities.parallel_refunds:
        return
    waiting = list(payment.refunds.filter(status__in=[RefundStatus.REQUESTED, RefundStatus.PENDING]).order_by("id"))
    asked = GatewayOperation.objects.filter(gateway=payment.gateway, key__in=[_refund_key(each) for each in waiting])
    if waiting and not asked.exists():
        _ask_for_refund(waiting[0], payment)


def _ask_for_refund(refund: Refund, payment: Payment) -> None:
    start(
        OperationKind.REFUND,
        subject_type="refund",
        subject_id=refund.pk,
        gateway=payment.gateway,
        key=_refund_key(refund),
        request={"payment": payment.gateway_id, "amount": refund.total().to_json()},
    )


def _refund_key(refund: Refund) -> str:
    return f"refund:{refund.pk}:{refund.round}"


def start_void(payment: Payment) -> UUID:
    """Ask the gateway to give the payment up; harmless when it was asked before."""
    return start(
        OperationKind.VOID,
        subject_type="payment",
        subject_id=payment.pk,
        gateway=payment.gateway,
        key=f"void:{payment.pk}",
        request={"payment": payment.gateway_id},
    )


def start_reversal(payout: Payout) -> None:
    """Take the money of a failed payout back from the payee's balance at the gateway."""
    start(
        OperationKind.REVERSE_TRANSFER,
        subject_type="payout",
        subject_id=payout.pk,
        gateway=payout.gateway,
        key=f"reverse:{payout.pk}",
        request={"transfer": payout.transfer_gateway_id, "amount": payout.total().to_json()},
    )


def tell_refund(kind: type[RefundEvent], refund: Refund, payment: Payment, **fields: str) -> None:
    """Publish a refund event with what all of them carry."""
    outbox.publish(
        kind(
            refund_id=refund.pk,
            payment_id=payment.pk,
            payer_id=payment.payer_id,
            purpose_type=payment.purpose_type,
            purpose_id=payment.purpose_id,
            amount=refund.total(),
            **fields,
        )
    )
