"""From views to wire shapes."""

from typing import Any
from uuid import UUID

from jobsphere.kit.actor import Actor
from jobsphere.ledger.types import StatementLine
from jobsphere.payments.rules import PAYEE, PAYER, PAYMENT, PAYOUT
from jobsphere.payments.types import PayeeView, PaymentView, PayoutView, RefundView, WalletView


def payment_shape(view: PaymentView, viewer: Actor) -> dict[str, Any]:
    """Return the wire shape of a payment, with what this viewer may do."""
    party = PAYER if viewer.id == view.payer_id else PAYEE
    return {
        "id": view.id,
        "customer": _person(view.payer_id, view.payer_name),
        "contractor": _person(view.payee_id, view.payee_name) if view.payee_id else None,
        "purpose": {"type": view.purpose_type, "id": view.purpose_id},
        "gateway": view.gateway,
        "amount": view.amount.to_json(),
        "captured": view.captured.to_json(),
        "refunded": view.refunded.to_json(),
        "status": view.status,
        "detail": view.detail,
        "failure": _failure(view.failure_code, view.failure_message),
        "action": {"client_secret": view.action.client_secret, "url": view.action.url} if view.action else None,
        "flags": {"disputed": view.disputed, "partially_refunded": view.partially_refunded},
        "authorized_until": view.authorized_until,
        "created_at": view.created_at,
        "allowed_actions": PAYMENT.allowed(view.detail, party),
    }


def refund_shape(view: RefundView) -> dict[str, Any]:
    """Return the wire shape of a refund."""
    return {
        "id": view.id,
        "amount": view.amount.to_json(),
        "status": view.status,
        "reason": view.reason,
        "created_at": view.created_at,
    }


def payout_shape(view: PayoutView) -> dict[str, Any]:
    """Return the wire shape of a withdrawal."""
    return {
        "id": view.id,
        "amount": view.amount.to_json(),
        "status": view.status,
        "automatic": view.automatic,
        "returning": view.returning,
        "arrives_at": view.arrives_at,
        "completed_at": view.completed_at,
        "failure": _failure(view.failure_code, view.failure_message),
        "created_at": view.created_at,
        "allowed_actions": PAYOUT.allowed(view.status, PAYEE),
    }


def payee_shape(view: PayeeView) -> dict[str, Any]:
    """Return the wire shape of a payee."""
    return {
        "gateway": view.gateway,
        "connected": view.connected,
        "payouts_enabled": view.payouts_enabled,
        "can_withdraw": view.can_withdraw,
        "currently_due": list(view.currently_due),
        "disabled_reason": view.disabled_reason,
        "schedule": view.schedule,
        "onboarding_url": view.onboarding_url,
        "onboarding_expires_at": view.onboarding_expires_at,
        "pending": view.pending,
    }


def wallet_shape(view: WalletView) -> dict[str, Any]:
    """Return the wire shape of a wallet."""
    return {
        "balances": [
            {"available": each.available.to_json(), "in_transit": each.in_transit.to_json()} for each in view.balances
        ]
    }


def entry_shape(line: StatementLine) -> dict[str, Any]:
    """Return the wire shape of a line of a wallet's statement."""
    return {
        "id": line.entry_id,
        "code": line.code,
        "memo": line.memo,
        "amount": line.amount.to_json(),
        "balance_after": line.balance_after.to_json() if line.balance_after is not None else None,
        "posted_at": line.posted_at,
    }


def is_pending(body: Any) -> bool:
    """Say whether a payment's outcome is still open, so that the answer is 202."""
    return body["detail"] in ("created", "processing", "capturing", "voiding")


def _person(person_id: UUID, name: str) -> dict[str, Any]:
    return {"id": person_id, "name": name}


def _failure(code: str, message: str) -> dict[str, str] | None:
    return {"code": code, "message": message} if code else None
