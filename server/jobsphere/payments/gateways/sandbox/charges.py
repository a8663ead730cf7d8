"""Charges: one attempt at a card, as Stripe writes it down under a PaymentIntent."""

from jobsphere.payments.gateways.sandbox.objects import Body, new_id
from jobsphere.payments.gateways.sandbox.state import SandboxState


def new_charge(state: SandboxState, intent: Body, method: Body, *, decline: tuple[str, str, str] | None = None) -> Body:
    """Write down an attempt with a payment method: authorised, or declined."""
    charge: Body = {
        "id": new_id("charge"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": {
            "address": dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state")),
            "email": None,
            "name": None,
            "phone": None,
            "tax_id": None,
        },
        "calculated_statement_descriptor": "JOBSPHERE",
        "captured": False,
        "created": state.now(),
        "currency": intent["currency"],
        "customer": None,
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": decline[0] if decline else None,
        "failure_message": decline[2] if decline else None,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "on_behalf_of": None,
        "outcome": _outcome(decline),
        "paid": decline is None,
        "payment_intent": intent["id"],
        "payment_method": intent["payment_method"],
        "payment_method_details": _details(state, intent, method, decline),
        "receipt_email": None,
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": None,
        "source": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "failed" if decline else "succeeded",
        "transfer_data": None,
        "transfer_group": intent["transfer_group"],
    }
    return charge


def is_held(intent: Body, kind: str) -> bool:
    """Say whether money of this way of paying is reserved first: as the intent says for it, or for all."""
    options = (intent.get("payment_method_options") or {}).get(kind) or {}
    return bool((options.get("capture_method") or intent["capture_method"]) == "manual")


def payment_at_payee(state: SandboxState, transfer: Body) -> Body:
    """Write down what a transfer brought to the payee: Stripe calls it a payment, and stores it as a charge."""
    blank: Body = {
        "amount": transfer["amount"],
        "currency": transfer["currency"],
        "description": None,
        "metadata": {},
        "id": None,
        "payment_method": None,
        "transfer_group": transfer["transfer_group"],
    }
    payment = new_charge(state, blank, {})
    return payment | {
        "id": payment["id"].replace("ch_", "py_"),
        "amount_captured": transfer["amount"],
        "captured": True,
        "payment_intent": None,
        "payment_method_details": {"type": "stripe_account", "stripe_account": {}},
        "source_transfer": transfer["id"],
    }


def _outcome(decline: tuple[str, str, str] | None) -> Body:
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "declined_by_network" if decline else "approved_by_network",
        "reason": decline[1] if decline else None,
        "risk_level": "normal",
        "seller_message": decline[2] if decline else "Payment complete.",
        "type": "issuer_declined" if decline else "authorized",
    }


def _details(state: SandboxState, intent: Body, method: Body, decline: tuple[str, str, str] | None) -> Body:
    kind = method.get("type", "card")
    found = _card_details(state, intent, method.get("card", {}), decline) if kind == "card" else {}
    return {kind: found, "type": kind}


def _card_details(state: SandboxState, intent: Body, card: Body, decline: tuple[str, str, str] | None) -> Body:
    details: Body = {
        "amount_authorized": None if decline else intent["amount"],
        "authorization_code": None,
        "brand": card.get("brand"),
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": card.get("country"),
        "exp_month": card.get("exp_month", 12),
        "exp_year": card.get("exp_year", 2050),
        "fingerprint": card.get("fingerprint"),
        "funding": "credit",
        "last4": card.get("last4"),
        "mandate": None,
        "network": card.get("brand"),
        "three_d_secure": None,
        "wallet": None,
    }
    if not decline and intent.get("object") and is_held(intent, "card"):
        details["capture_before"] = state.now() + state.setting("authorization_seconds")
    return details
