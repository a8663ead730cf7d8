"""Money in: start, confirm, capture, void."""

from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.composed import get
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.ids import uuid7
from jobsphere.kit.money import Money
from jobsphere.payments import asking, policies, routing, selectors
from jobsphere.payments.errors import PaymentIsDisputed
from jobsphere.payments.looking import look_at_payment
from jobsphere.payments.models import Payment
from jobsphere.payments.observations.payments import give_back, hand_over
from jobsphere.payments.operations.intents import start
from jobsphere.payments.rules import MARKETPLACE, PAYER, OperationKind, PaymentDetail
from jobsphere.payments.services.saving import customer_of, means_of
from jobsphere.payments.starting import start_void
from jobsphere.payments.states import require
from jobsphere.payments.types import PaymentView

#: Given up already, or taken for nothing and so on its way back by itself.
_CLOSED = frozenset(
    {
        PaymentDetail.VOIDING,
        PaymentDetail.VOIDED,
        PaymentDetail.DECLINED,
        PaymentDetail.LAPSED,
        PaymentDetail.UNAPPLIED,
        PaymentDetail.REFUNDED,
    }
)


def start_payment(
    *,
    actor: Actor,
    payer_id: UUID,
    amount: Money,
    purpose_type: str,
    purpose_id: UUID,
    payee_id: UUID | None = None,
    payment_method: str | None = None,
    capture: str = "manual",
    gateway: str | None = None,
    description: str = "",
    off_session: bool = False,
) -> PaymentView:
    """Ask the payer's card for an amount; with capture="automatic" it is taken at once.

    Without a payment method the payer's browser finishes it (`payment.action_required`). What becomes of it is told by
    `payment.*` events; a decline is final, and another try is another payment. `gateway` is the one whose form has
    made `payment_method`; `routing.py` says where the payment is made. The id of a saved card is a `payment_method` as
    well; it pays at its own gateway, and with `off_session` while its owner is away: what they would have to prove is
    a decline then (`authentication_failed`). Raises InvalidInput for an amount that is not
    positive or that no gateway takes, and for a gateway that is not in use.
    """
    if amount.amount <= 0:
        raise InvalidInput.at("/amount", "positive", "The amount must be greater than zero.")
    kept = means_of(payer_id, payment_method)
    wanted = kept.gateway if kept else gateway or ""
    chosen = routing.route(amount, payee_id=payee_id, wanted=wanted, payment_method=payment_method)
    if kept:
        chosen = routing.Route(kept.gateway, kept.method)
    payment = Payment.objects.create(
        payer_id=payer_id,
        payee_id=payee_id,
        purpose_type=purpose_type,
        purpose_id=purpose_id,
        currency=amount.currency,
        amount=amount.amount,
        gateway=chosen.gateway,
        capture_method=capture,
        method_chosen=bool(chosen.payment_method),
    )
    start(
        OperationKind.AUTHORIZE,
        subject_type="payment",
        subject_id=payment.pk,
        gateway=chosen.gateway,
        key=f"authorize:{payment.pk}",
        request={
            "amount": amount.to_json(),
            "payment_method": chosen.payment_method,
            "capture": capture,
            "description": description,
            "methods": routing.methods(chosen.gateway, amount.currency),
            "customer": customer_of(payer_id, chosen.gateway),
            "off_session": off_session and kept is not None,
        },
    )
    _record(actor, "payment.start", payment, amount=amount, purpose=f"{purpose_type}:{purpose_id}")
    return selectors.payment_view(payment.pk)


def confirm_payment(*, actor: Actor, payment_id: UUID, payment_method: str | None = None) -> PaymentView:
    """Look again after the payer has acted (3-D Secure), or try a payment that waits for a card with this one.

    For the payer alone; NotFound for a stranger. Harmless for a payment that has gone on: then nothing is asked.
    Raises WrongStatus when a card is given to a payment that does not wait for one.
    """
    require_transaction()
    payment = policies.get_payment_to_confirm(actor, payment_id)
    if payment_method:
        if kept := means_of(payment.payer_id, payment_method):
            if kept.gateway != payment.gateway:
                text = f"This card is kept at {kept.gateway}. Choose another one."
                raise InvalidInput.at("/payment_method", "other-gateway", text)
            payment_method = kept.method
        require(payment, "confirm", PAYER, method_chosen=True)
        key = f"confirm:{payment.pk}:{uuid7()}"
        request = {"payment": payment.gateway_id, "payment_method": payment_method}
        start(
            OperationKind.CONFIRM,
            subject_type="payment",
            subject_id=payment.pk,
            gateway=payment.gateway,
            key=key,
            request=request,
        )
    elif payment.status == "pending":
        asking.soon(look_at_payment, payment.pk)
    _record(actor, "payment.confirm", payment)
    return selectors.payment(actor, payment.pk)


def capture_payment(*, actor: Actor, payment_id: UUID) -> PaymentView:
    """Take the authorised money. The outcome is an event: `payment.captured` or `payment.failed` (stage capture).

    Prepaid money is there: `payment.captured` is published, and heard by inline listeners, before this returns.
    Raises WrongStatus unless it is authorised or prepaid, and PaymentIsDisputed.
    """
    payment = _get(payment_id)
    if payment.disputed:
        raise PaymentIsDisputed("The payer's bank is taking this money back; wait until it has decided.")
    require(payment, "capture", MARKETPLACE)
    _record(actor, "payment.capture", payment)
    if payment.prepaid:
        hand_over(payment)
        return selectors.payment_view(payment.pk)
    start(
        OperationKind.CAPTURE,
        subject_type="payment",
        subject_id=payment.pk,
        gateway=payment.gateway,
        key=f"capture:{payment.pk}",
        request={"payment": payment.gateway_id, "amount": payment.money(payment.amount).to_json()},
    )
    return selectors.payment_view(payment.pk)


def void_payment(*, actor: Actor, payment_id: UUID, reason: str = "") -> PaymentView:
    """Give a payment up before it is captured; harmless when it is given up, failed or going back already.

    What was prepaid is refunded. A payment whose authorisation is not known yet is voided as soon as it is. Raises
    WrongStatus once the money is being taken: what nobody applies is then refunded by itself.
    """
    payment = _get(payment_id)
    if payment.detail not in _CLOSED:
        require(payment, "void", MARKETPLACE, action=None)
        _record(actor, "payment.void", payment, reason=reason)
        if payment.prepaid:
            give_back(payment, actor=actor, reason="It was given up before it was used.")
        elif payment.gateway_id:
            start_void(payment)
    return selectors.payment_view(payment.pk)


def _get(payment_id: UUID) -> Payment:
    require_transaction()
    return get(Payment, pk=payment_id)


def _record(actor: Actor, verb: str, payment: Payment, **detail: object) -> None:
    audit.record(actor=actor, verb=verb, target_type="payment", target_id=payment.pk, detail=detail)
