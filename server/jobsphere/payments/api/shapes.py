"""From views to wire shapes."""

from typing import Any
from uuid import UUID

from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.payments import registry
from jobsphere.payments.gateways.base import CheckoutForm
from jobsphere.payments.requirements import Requirement, explain, translate
from jobsphere.payments.rules import PAYEE, PAYER, PAYMENT, PAYOUT
from jobsphere.payments.types import (
    Checkout,
    Described,
    LotView,
    PayeeView,
    PaymentView,
    PayoutPlan,
    PayoutView,
    RefundView,
    WalletBalance,
    WalletLine,
    WalletView,
    WithdrawalQuote,
)


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
        "charged_back": view.charged_back.to_json(),
        "status": view.status,
        "detail": view.detail,
        "failure": _failure(view.failure_code, view.failure_message),
        "action": _action(view),
        "flags": {"disputed": view.disputed, "partially_refunded": view.partially_refunded, "prepaid": view.prepaid},
        "dispute_notice": view.dispute_notice,
        "authorized_until": view.authorized_until,
        "created_at": view.created_at,
        "allowed_actions": PAYMENT.allowed(view.detail, party),
    }


def _action(view: PaymentView) -> dict[str, Any] | None:
    if view.action is None:
        return None
    form = form_shape(registry.gateway(view.gateway).checkout())
    return {"client_secret": view.action.client_secret, "url": view.action.url, "form": form}


def form_shape(form: CheckoutForm) -> dict[str, str]:
    """Return the wire shape of a form."""
    return {"kind": form.kind, "publishable_key": form.publishable_key}


def checkout_shape(found: Checkout) -> dict[str, Any]:
    """Return the wire shape of what a browser needs to pay."""
    limits = found.limits
    names = ("minimum", "maximum", "step")
    return {
        "gateway": found.gateway,
        "form": form_shape(found.form),
        "methods": [{"kind": each.kind, "reserved": each.reserved} for each in found.methods],
        "limits": {name: Money(getattr(limits, name), limits.currency).to_json() for name in names},
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
        "gateway": view.gateway,
        "automatic": view.automatic,
        "speed": view.speed,
        "fee": view.fee.to_json() if view.fee is not None else None,
        "waiting_for": "marketplace" if view.needs_otp else "",
        "returning": view.returning,
        "arrives_at": view.arrives_at,
        "completed_at": view.completed_at,
        "failure": _failure(view.failure_code, view.failure_message),
        "created_at": view.created_at,
        "allowed_actions": PAYOUT.allowed(view.status, PAYEE),
    }


def payee_shape(view: PayeeView, plan: PayoutPlan) -> dict[str, Any]:
    """Return the wire shape of a payee."""
    return {
        "form": view.form,
        "country": view.country,
        "requirements": [requirement_shape(each) for each in translate(view.currently_due, view.past_due)],
        "due_by": view.due_by,
        "notice": explain(view.disabled_reason),
        "bank": {"name": view.bank_name, "last4": view.bank_last4} if view.bank_last4 else None,
        "bank_changed_at": view.bank_changed_at,
        "cooling_until": view.cooling_until if view.is_cooling else None,
        "instant_available": view.instant_available,
        "weekday": plan.weekday,
        "minimums": [each.to_json() for each in plan.minimums],
        "gateway": view.gateway,
        "connected": view.connected,
        "payouts_enabled": view.payouts_enabled,
        "can_withdraw": view.can_withdraw,
        "currently_due": list(view.currently_due),
        "disabled_reason": view.disabled_reason,
        "schedule": plan.schedule,
        "onboarding_url": view.onboarding_url,
        "onboarding_expires_at": view.onboarding_expires_at,
        "pending": view.pending,
    }


def wallet_shape(view: WalletView) -> dict[str, Any]:
    """Return the wire shape of a wallet."""
    return {"balances": [_balance_shape(each) for each in view.balances]}


def _balance_shape(balance: WalletBalance) -> dict[str, Any]:
    instant = balance.instant
    return {
        "available": balance.available.to_json(),
        "clearing": balance.clearing.to_json(),
        "in_transit": balance.in_transit.to_json(),
        "owed": balance.owed.to_json(),
        "minimum": balance.minimum.to_json() if balance.minimum else None,
        "instant": {"available": instant.available, "why_not": instant.why_not} if instant else None,
        "lots": [lot_shape(each) for each in balance.lots],
        "payouts": [payout_shape(each) for each in balance.payouts],
    }


def lot_shape(lot: LotView) -> dict[str, Any]:
    """Return the wire shape of money that clears."""
    return {
        "id": lot.id,
        "amount": lot.amount.to_json(),
        "left": lot.left.to_json(),
        "clears_at": lot.clears_at,
        "earned_at": lot.earned_at,
        "level": lot.level,
        "reason": lot.reason,
        "reason_code": lot.reason_code,
        "about": about_shape(lot.about),
    }


def about_shape(about: Described | None) -> dict[str, str] | None:
    """Return the wire shape of what money was for."""
    return {"title": about.title, "part": about.part, "link": about.link} if about else None


def quote_shape(quote: WithdrawalQuote) -> dict[str, Any]:
    """Return the wire shape of what a withdrawal costs."""
    zero = Money.zero(quote.amount.currency)
    return {
        "amount": quote.amount.to_json(),
        "minimum": quote.minimum.to_json(),
        "standard": {
            "available": True,
            "why_not": "",
            "fee": zero.to_json(),
            "arriving": quote.amount.to_json(),
            "arrives_at": quote.standard_at,
        },
        "instant": {
            "available": quote.instant.available,
            "why_not": quote.instant.why_not,
            "fee": quote.instant_fee.to_json(),
            "arriving": quote.instant_arriving.to_json(),
            "arrives_at": quote.instant_at,
        },
    }


def requirement_shape(each: Requirement) -> dict[str, Any]:
    """Return the wire shape of a thing that the gateway asks of a payee."""
    return {
        "group": each.group,
        "title": each.title,
        "why": each.why,
        "action": each.action,
        "codes": list(each.codes),
        "overdue": each.overdue,
    }


def entry_shape(explained: WalletLine) -> dict[str, Any]:
    """Return the wire shape of a line of a wallet's statement."""
    line = explained.line
    return {
        "about": about_shape(explained.about),
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
