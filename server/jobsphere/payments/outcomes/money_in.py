"""Authorise, confirm, capture, void."""

from typing import Any

from django.conf import settings

from jobsphere.db.composed import get
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox
from jobsphere.payments.gateways.base import (
    ActionRequired,
    DeclineCode,
    Declined,
    Gateway,
    ObjectKind,
    Ok,
    Outcome,
    PaymentMethodKind,
    PaymentSnapshot,
    Rejected,
    RejectedCode,
)
from jobsphere.payments.looking import look_at_payment
from jobsphere.payments.models import Payment
from jobsphere.payments.observations.payments import (
    decline,
    judge,
    lapse,
    observe_payment,
    remember_gateway_id,
)
from jobsphere.payments.operations.kinds import Kind, Operation, Settled, register
from jobsphere.payments.rules import OperationKind


@register
class Authorize(Kind):
    """Reserve the amount on the card (or take it, where the payment says so)."""

    kind = OperationKind.AUTHORIZE

    def send(self, gateway: Gateway, operation: Operation) -> Outcome[PaymentSnapshot]:
        request = operation.request
        return gateway.authorize(
            amount=Money.from_json(request["amount"]),
            idempotency_key=operation.key,
            operation_id=str(operation.id),
            payment_method=request["payment_method"],
            capture=request["capture"],
            description=request["description"],
            metadata={"payment": str(operation.subject_id)},
            return_url=_return_url(operation),
            payer_email=_payer_email(operation),
            customer_id=request.get("customer", ""),
            off_session=request.get("off_session", False),
            methods=[PaymentMethodKind(kind) for kind in request.get("methods", ())],
        )

    def find(self, gateway: Gateway, operation: Operation) -> Outcome[Any]:
        return gateway.find_by_operation(
            kind=ObjectKind.PAYMENT, operation_id=str(operation.id), since=operation.first_sent_at
        )

    def judge(self, found: Any) -> Outcome[Any]:
        return judge(found)

    def record(self, operation: Operation, outcome: Settled) -> None:
        _record(operation, outcome)


@register
class Confirm(Kind):
    """Try a payment that waits for a card with this one."""

    kind = OperationKind.CONFIRM
    makes_object = False

    def send(self, gateway: Gateway, operation: Operation) -> Outcome[PaymentSnapshot]:
        return gateway.confirm_payment(
            gateway_id=operation.request["payment"],
            payment_method=operation.request["payment_method"],
            idempotency_key=operation.key,
            return_url=_return_url(operation),
        )

    def record(self, operation: Operation, outcome: Settled) -> None:
        _record(operation, outcome)


@register
class Capture(Kind):
    """Take the authorised money."""

    kind = OperationKind.CAPTURE
    makes_object = False

    def send(self, gateway: Gateway, operation: Operation) -> Outcome[PaymentSnapshot]:
        return gateway.capture(
            gateway_id=operation.request["payment"],
            amount=Money.from_json(operation.request["amount"]),
            idempotency_key=operation.key,
        )

    def record(self, operation: Operation, outcome: Settled) -> None:
        """A rejected capture leaves the payment capturing: the alarm is out, and no money has moved."""
        if isinstance(outcome, Declined) and outcome.code is DeclineCode.ALREADY_CAPTURED:
            outbox.enqueue(look_at_payment, operation.subject_id)
        elif not isinstance(outcome, Rejected):
            _record(operation, outcome)


@register
class Void(Kind):
    """Give the payment up at the gateway."""

    kind = OperationKind.VOID
    makes_object = False

    def send(self, gateway: Gateway, operation: Operation) -> Outcome[PaymentSnapshot]:
        return gateway.void(gateway_id=operation.request["payment"], idempotency_key=operation.key)

    def record(self, operation: Operation, outcome: Settled) -> None:
        """A refusal means that something else has happened to the payment: look what."""
        if isinstance(outcome, Ok):
            observe_payment(operation.subject_id, outcome.object)
        elif isinstance(outcome, Declined) and outcome.code is DeclineCode.AUTHORIZATION_GONE:
            lapse(get(Payment, pk=operation.subject_id))
        elif not isinstance(outcome, Rejected):
            outbox.enqueue(look_at_payment, operation.subject_id)


def _record(operation: Operation, outcome: Settled) -> None:
    """Apply what became of a payment; a rejected key may have moved money, so then nothing is concluded."""
    payment = get(Payment, pk=operation.subject_id)
    if isinstance(outcome, Ok):
        observe_payment(payment.pk, outcome.object)
    elif isinstance(outcome, ActionRequired):
        observe_payment(payment.pk, outcome.payment)
    elif isinstance(outcome, Declined):
        remember_gateway_id(payment, outcome.gateway_id)
        if outcome.code is DeclineCode.AUTHORIZATION_GONE:
            lapse(payment)
        else:
            decline(payment, code=outcome.code, message=outcome.message)
    elif outcome.code is not RejectedCode.KEY_REUSED:
        decline(payment, code="rejected", message="The payment could not be made. Please contact us.")


def _payer_email(operation: Operation) -> str:
    """Read it now, so that it stands in no operation."""
    return Payment.objects.values_list("payer__email", flat=True).get(pk=operation.subject_id)


def _return_url(operation: Operation) -> str:
    return f"{settings.PUBLIC_URL}/payments/{operation.subject_id}"
