"""Looking at an object's present state at its gateway, and applying it. All are jobs: ask first, then write."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from jobsphere.db.composed import get
from jobsphere.db.transactions import edge_transaction
from jobsphere.outbox.subscriptions import job
from jobsphere.payments import registry
from jobsphere.payments.errors import GatewayNotAnswering
from jobsphere.payments.gateways.base import Ok, Outcome, Rejected, RejectedCode
from jobsphere.payments.models import PayeeAccount, Payment, Payout, Refund, SavedMethod
from jobsphere.payments.observations.payees import observe_payee
from jobsphere.payments.observations.payments import observe_payment
from jobsphere.payments.observations.payouts import observe_payout
from jobsphere.payments.observations.refunds import observe_refund
from jobsphere.payments.observations.saved import observe_saving

Snapshot = TypeVar("Snapshot")


@job(name="payments.look_at_payment")
def look_at_payment(payment_id: str) -> None:
    """Bring a payment up to date, for example after 3-D Secure."""
    row = get(Payment, pk=UUID(payment_id))
    if row.gateway_id:
        answer = registry.gateway(row.gateway).fetch_payment(gateway_id=row.gateway_id)
        _apply(answer, lambda snapshot: observe_payment(row.pk, snapshot))


@job(name="payments.look_at_refund")
def look_at_refund(refund_id: str) -> None:
    """Bring a refund up to date."""
    row = get(Refund, "payment", pk=UUID(refund_id))
    if row.gateway_id:
        answer = registry.gateway(row.payment.gateway).fetch_refund(gateway_id=row.gateway_id)
        _apply(answer, lambda snapshot: observe_refund(row.pk, snapshot))


@job(name="payments.look_at_payout")
def look_at_payout(payout_id: str) -> None:
    """Bring a payout up to date."""
    row = get(Payout, "account", pk=UUID(payout_id))
    if row.gateway_id:
        gateway = registry.gateway(row.gateway)
        answer = gateway.fetch_payout(gateway_id=row.gateway_id, payee_id=row.account.gateway_id)
        _apply(answer, lambda snapshot: observe_payout(row.pk, snapshot))


@job(name="payments.look_at_payee")
def look_at_payee(account_id: str) -> None:
    """Bring the gate of a payee up to date."""
    row = get(PayeeAccount, pk=UUID(account_id))
    if row.gateway_id:
        answer = registry.gateway(row.gateway).payee_status(payee_id=row.gateway_id)
        _apply(answer, lambda snapshot: observe_payee(row.pk, snapshot))


@job(name="payments.look_at_saving")
def look_at_saving(method_id: str) -> None:
    """Bring a card that is being saved up to date, for example after 3-D Secure."""
    row = get(SavedMethod, pk=UUID(method_id))
    if row.gateway_id:
        answer = registry.gateway(row.gateway).fetch_saving(gateway_id=row.gateway_id)
        _apply(answer, lambda snapshot: observe_saving(row.pk, snapshot))


def _apply(answer: Outcome[Any], observe: Callable[[Any], None]) -> None:
    if (snapshot := answered(answer)) is not None:
        with edge_transaction():
            observe(snapshot)


def answered(answer: Outcome[Snapshot]) -> Snapshot | None:
    """Return what was read, None when there is no such object; raises GatewayNotAnswering, so the queue retries."""
    if isinstance(answer, Ok):
        return answer.object
    if isinstance(answer, Rejected) and answer.code is RejectedCode.NOT_FOUND:
        return None
    raise GatewayNotAnswering(str(answer))
