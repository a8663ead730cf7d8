"""The inbox of webhooks: verified, stored once, answered at once; handled later by looking at the object itself."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import F

from jobsphere.db.composed import first, get
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.ids import uuid7
from jobsphere.kit.scrubbing import scrub_text
from jobsphere.outbox import services as outbox
from jobsphere.outbox.subscriptions import job
from jobsphere.payments import registry
from jobsphere.payments.gateways.base import Gateway, ObjectKind, Ok, PaymentSnapshot
from jobsphere.payments.looking import (
    answered,
    look_at_payee,
    look_at_payment,
    look_at_payout,
    look_at_refund,
    look_at_saving,
)
from jobsphere.payments.models import GatewayEvent, PayeeAccount, Payment, Payout, Refund, SavedMethod
from jobsphere.payments.observations.disputes import observe_dispute
from jobsphere.payments.observations.payments import judge
from jobsphere.payments.operations.settling import settle_by_id


def receive(*, gateway_name: str, body: bytes, headers: Mapping[str, str]) -> bool:
    """Verify an event on its raw body and store it once; say whether it was new.

    Raises WebhookRejectedError for what the gateway has not signed, and GatewayNotConfigured.
    """
    event = registry.gateway(gateway_name).verify_and_parse_webhook(body=body, headers=headers)
    row = GatewayEvent(
        id=uuid7(),
        gateway=gateway_name,
        event_key=event.event_key,
        type=event.type,
        object_kind=event.object_kind,
        object_id=event.object_id,
        payee_id=event.payee_id,
        happened_at=event.created,
        body=body.decode("utf-8", errors="replace"),
    )
    with edge_transaction():
        GatewayEvent.objects.bulk_create([row], ignore_conflicts=True)
        is_new = GatewayEvent.objects.filter(pk=row.pk).exists()
        if is_new:
            outbox.enqueue(handle_event, row.pk)
    return is_new


@job(name="payments.handle_event")
def handle_event(event_id: str) -> None:
    """Look at what the event is about and apply its present state; an event that is handled changes nothing again."""
    event = get(GatewayEvent, pk=UUID(event_id))
    if event.handled_at is not None:
        return
    GatewayEvent.objects.filter(pk=event.pk).update(attempts=F("attempts") + 1)
    try:
        _look(event)
    except Exception as error:
        GatewayEvent.objects.filter(pk=event.pk).update(
            last_error=scrub_text(f"{type(error).__name__}: {error}")[:1000]
        )
        raise
    GatewayEvent.objects.filter(pk=event.pk, handled_at=None).update(handled_at=clock.now())


def _look(event: GatewayEvent) -> None:
    gateway = registry.gateway(event.gateway)
    match ObjectKind(event.object_kind):
        case ObjectKind.PAYMENT:
            _payment(event, gateway)
        case ObjectKind.REFUND:
            _refund(event, gateway)
        case ObjectKind.PAYOUT:
            _payout(event, gateway)
        case ObjectKind.TRANSFER:
            _transfer(event, gateway)
        case ObjectKind.PAYEE:
            _payee(event)
        case ObjectKind.DISPUTE:
            _dispute(event, gateway)
        case ObjectKind.SAVING:
            _saving(event)
        case _:
            return  # About something that we do not follow.


def _payment(event: GatewayEvent, gateway: Gateway) -> None:
    """A payment that we do not know yet may be the lost answer of an operation: settle that."""
    known = first(Payment, gateway=event.gateway, gateway_id=event.object_id)
    if known:
        look_at_payment(str(known.pk))
        return
    snapshot = answered(gateway.fetch_payment(gateway_id=event.object_id))
    if snapshot is not None:
        _settle_payment(snapshot)


def _settle_payment(snapshot: PaymentSnapshot) -> None:
    outcome = judge(snapshot)
    if isinstance(outcome, Ok):
        _settle(snapshot.operation_id, outcome)


def _refund(event: GatewayEvent, gateway: Gateway) -> None:
    known = Refund.objects.filter(payment__gateway=event.gateway, gateway_id=event.object_id).first()
    if known:
        look_at_refund(str(known.pk))
        return
    snapshot = answered(gateway.fetch_refund(gateway_id=event.object_id))
    if snapshot is None:
        return
    # Where events name no refund, the object found tells which one it is.
    same = Refund.objects.filter(payment__gateway=event.gateway, gateway_id=snapshot.gateway_id).first()
    if same:
        look_at_refund(str(same.pk))
    else:
        _settle(snapshot.operation_id, Ok(snapshot))


def _payout(event: GatewayEvent, gateway: Gateway) -> None:
    known = Payout.objects.filter(gateway=event.gateway, gateway_id=event.object_id).first()
    if known:
        look_at_payout(str(known.pk))
        return
    snapshot = answered(gateway.fetch_payout(gateway_id=event.object_id, payee_id=event.payee_id))
    if snapshot is not None:
        _settle(snapshot.operation_id, Ok(snapshot))


def _transfer(event: GatewayEvent, gateway: Gateway) -> None:
    snapshot = answered(gateway.fetch_transfer(gateway_id=event.object_id))
    if snapshot is not None:
        _settle(snapshot.operation_id, Ok(snapshot))


def _payee(event: GatewayEvent) -> None:
    known = PayeeAccount.objects.filter(gateway=event.gateway, gateway_id=event.object_id).first()
    if known:
        look_at_payee(str(known.pk))


def _dispute(event: GatewayEvent, gateway: Gateway) -> None:
    snapshot = answered(gateway.fetch_dispute(gateway_id=event.object_id))
    if snapshot is not None:
        with edge_transaction():
            observe_dispute(event.gateway, snapshot)


def _saving(event: GatewayEvent) -> None:
    """The bank has asked, and the browser may never have come back. Unknown here: its operation asks again itself."""
    known = SavedMethod.objects.filter(gateway=event.gateway, gateway_id=event.object_id).first()
    if known:
        look_at_saving(str(known.pk))


def _settle(operation_id: str, outcome: Ok[Any]) -> None:
    """Record the outcome of the operation that made the object, if it is ours and still open."""
    if operation_id:
        with edge_transaction():
            settle_by_id(operation_id, outcome)
