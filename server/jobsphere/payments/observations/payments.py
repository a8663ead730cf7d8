"""What a payment's present state at the gateway means for ours."""

from typing import Any
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.composed import get, refresh
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.ledger.types import debit
from jobsphere.payments import books
from jobsphere.payments.closing import close_if_returned
from jobsphere.payments.events import (
    PaymentActionRequired,
    PaymentAuthorized,
    PaymentCaptured,
    PaymentFailed,
    PaymentUnapplied,
    PaymentVoided,
)
from jobsphere.payments.gateways.base import (
    ActionRequired,
    DeclineCode,
    Declined,
    Ok,
    Outcome,
    PaymentSnapshot,
    PaymentState,
)
from jobsphere.payments.models import Payment
from jobsphere.payments.rules import PaymentDetail
from jobsphere.payments.starting import start_refund, start_void
from jobsphere.payments.states import advance, tell
from jobsphere.payments.types import PaymentFailure

_GIVEN_UP = frozenset({PaymentDetail.DECLINED, PaymentDetail.LAPSED, PaymentDetail.VOIDED})
_STARTED = frozenset({PaymentState.AUTHORIZED, PaymentState.CAPTURED, PaymentState.PROCESSING})


def judge(snapshot: PaymentSnapshot) -> Outcome[PaymentSnapshot]:
    """Say what a payment that was found means as the outcome of its authorisation."""
    if snapshot.status in _STARTED:
        return Ok(snapshot)
    if snapshot.status is PaymentState.CANCELED:
        return Declined(DeclineCode.AUTHORIZATION_GONE, "The payment was cancelled.", gateway_id=snapshot.gateway_id)
    if snapshot.status is PaymentState.FAILED:
        code = DeclineCode(snapshot.failure_code or DeclineCode.OTHER)
        return Declined(code, snapshot.failure_message, gateway_id=snapshot.gateway_id)
    return ActionRequired(snapshot, snapshot.client_secret, snapshot.action_url)


def observe_payment(payment_id: UUID, snapshot: PaymentSnapshot) -> None:
    """Apply a state that the gateway has reported; what we know already, or have passed, changes nothing."""
    payment = get(Payment, pk=payment_id)
    remember_gateway_id(payment, snapshot.gateway_id)
    match snapshot.status:
        case PaymentState.AUTHORIZED:
            _authorized(payment, snapshot)
        case PaymentState.CAPTURED:
            _captured(payment, snapshot)
        case PaymentState.PROCESSING:
            advance(payment, "process", action=None)
        case PaymentState.ACTION_REQUIRED:
            _action_required(payment, snapshot)
        case PaymentState.REQUIRES_PAYMENT_METHOD:
            _method_required(payment, snapshot)
        case PaymentState.CANCELED:
            lapse(payment)
        case PaymentState.FAILED:
            decline(payment, code=snapshot.failure_code, message=snapshot.failure_message)
    if payment.detail == PaymentDetail.VOIDING and payment.gateway_id:
        start_void(payment)


def remember_gateway_id(payment: Payment, gateway_id: str) -> None:
    """Keep the gateway's id of the payment from the first time that we hear it."""
    if gateway_id and not payment.gateway_id:
        Payment.objects.filter(pk=payment.pk, gateway_id="").update(gateway_id=gateway_id)
        refresh(payment)


def _authorized(payment: Payment, snapshot: PaymentSnapshot) -> None:
    """Reserve it; an authorisation that comes after we gave the payment up is given back."""
    until = snapshot.authorized_until
    if advance(payment, "authorize", authorized_until=until, action=None, failure_code="", failure_message=""):
        tell(PaymentAuthorized, payment, authorized_until=until)
    elif payment.detail in _GIVEN_UP:
        start_void(payment)


def _captured(payment: Payment, snapshot: PaymentSnapshot) -> None:
    """Take it. A payment that was to wait for its capture has been taken too early: it waits as prepaid."""
    taken = snapshot.amount_captured.amount
    changes: dict[str, Any] = {
        "captured_amount": taken,
        "captured_at": clock.now(),
        "action": None,
        "failure_code": "",
        "failure_message": "",
    }
    if payment.capture_method == "manual" and taken == payment.amount:
        reserved = payment.detail == PaymentDetail.AUTHORIZED
        if advance(payment, "prepay", prepaid=True, authorized_until=None, **changes):
            _prepaid(payment, told=reserved)
            return
    if advance(payment, "take", **changes):
        hand_over(payment, whole=taken == payment.amount)


def _prepaid(payment: Payment, *, told: bool) -> None:
    books.book_prepaid(payment)
    audit.record(
        actor=SYSTEM,
        verb="payment.prepaid",
        target_type="payment",
        target_id=payment.pk,
        detail={"amount": payment.money(payment.captured_amount)},
    )
    if not told:
        tell(PaymentAuthorized, payment, prepaid=True)
        refresh(payment)


def hand_over(payment: Payment, *, whole: bool = True) -> None:
    """Give captured money to its purpose; what no inline listener applies in this very transaction goes back."""
    if whole:
        tell(PaymentCaptured, payment)
        refresh(payment)
    if payment.applied_transfer_id is None:
        advance(payment, "orphan")
        give_back(payment, actor=SYSTEM, reason="The payment arrived after its purpose had ended.")


def give_back(payment: Payment, *, actor: Actor, reason: str) -> None:
    """Refund all of a payment that serves no purpose; prepaid money from where it was kept.

    What the payer's bank has taken of it for good is with them already.
    """
    taken = payment.money(payment.captured_amount - payment.charged_back_amount)
    source = books.collected(payment.pk, taken, gateway=payment.gateway, prepaid=True)
    if not payment.prepaid:
        books.book_unapplied(payment)
        source = debit(books.unapplied(payment), taken)
    audit.record(
        actor=actor, verb="payment.unapplied", target_type="payment", target_id=payment.pk, detail={"amount": taken}
    )
    tell(PaymentUnapplied, payment)
    if taken.amount:
        start_refund(actor=actor, payment=payment, amount=taken, reason=reason, funded_by=[source])
    else:
        close_if_returned(payment)


def _action_required(payment: Payment, snapshot: PaymentSnapshot) -> None:
    action = {"client_secret": snapshot.client_secret, "url": snapshot.action_url}
    if advance(payment, "require_action", action=action):
        tell(PaymentActionRequired, payment)
    elif any(action.values()) and payment.detail == PaymentDetail.ACTION_REQUIRED and payment.action != action:
        # Where it says neither, it is a gateway that tells the address of its page only once.
        Payment.objects.filter(pk=payment.pk, detail=payment.detail).update(action=action)


def _method_required(payment: Payment, snapshot: PaymentSnapshot) -> None:
    """Without a card of our choosing the payer's browser goes on trying; a card that we named was refused for good."""
    if payment.method_chosen and snapshot.failure_code:
        decline(payment, code=snapshot.failure_code, message=snapshot.failure_message)
        return
    _action_required(payment, snapshot)
    if snapshot.failure_code:
        Payment.objects.filter(pk=payment.pk, detail=PaymentDetail.ACTION_REQUIRED).update(
            failure_code=snapshot.failure_code, failure_message=snapshot.failure_message[:255]
        )


def decline(payment: Payment, *, code: str, message: str) -> None:
    """Fail a payment that the gateway refuses, and close it there so that nobody can finish it later."""
    stage = _stage(payment)
    was_open = payment.action is not None or stage is PaymentFailure.CAPTURE
    if payment.detail == PaymentDetail.VOIDING:
        lapse(payment)
        return
    if advance(payment, "decline", failure_code=code[:64], failure_message=message[:255], action=None):
        tell(PaymentFailed, payment, stage=stage, code=code, message=message)
        if was_open and payment.gateway_id:
            start_void(payment)


def lapse(payment: Payment) -> None:
    """End a payment whose authorisation is no more: voided when we asked for that, failed when it lapsed by itself."""
    stage = _stage(payment)
    if stage is PaymentFailure.AUTHORIZATION and payment.detail == PaymentDetail.AUTHORIZED:
        stage = PaymentFailure.LAPSED
    code, message = DeclineCode.AUTHORIZATION_GONE.value, "The authorisation has ended."
    if not advance(payment, "lapse", action=None):
        return
    if payment.detail == PaymentDetail.VOIDED:
        tell(PaymentVoided, payment)
        return
    Payment.objects.filter(pk=payment.pk).update(failure_code=code, failure_message=message)
    tell(PaymentFailed, payment, stage=stage, code=code, message=message)


def _stage(payment: Payment) -> PaymentFailure:
    capturing = payment.detail == PaymentDetail.CAPTURING
    return PaymentFailure.CAPTURE if capturing else PaymentFailure.AUTHORIZATION
