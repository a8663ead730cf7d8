"""Chargebacks: the cardholder's bank asks, takes the money back, listens, decides, and sometimes returns it."""

from typing import Any

from jobsphere.payments.gateways.sandbox import balances
from jobsphere.payments.gateways.sandbox.events import emit
from jobsphere.payments.gateways.sandbox.objects import Body, Stored, get, look, new_id, page, save
from jobsphere.payments.gateways.sandbox.objects import add as add_object
from jobsphere.payments.gateways.sandbox.state import SandboxState, days
from jobsphere.payments.gateways.sandbox.wire import Request, WireError, invalid, truth

_URL = "/v1/disputes"
_CLOSED = frozenset({"won", "lost", "warning_closed"})
_EVIDENCE = frozenset(
    {
        *("access_activity_log", "cancellation_policy", "cancellation_rebuttal", "customer_email_address"),
        *("customer_name", "customer_purchase_ip", "product_description", "refund_policy"),
        *("refund_refusal_explanation", "service_date", "uncategorized_text"),
    }
)
_LONGEST = 20_000


def open_dispute(
    state: SandboxState, payment_id: str, *, amount: int | None = None, reason: str = "general", inquiry: bool = False
) -> str:
    """Open a chargeback of a captured payment and return its id.

    The money and the fee leave our balance at once; with `inquiry` the bank only asks, and nothing moves yet.
    """
    intent = get(state, "payment_intent", payment_id)
    charge = get(state, "charge", intent.body["latest_charge"])
    disputed = amount or charge.body["amount_captured"] - charge.body["amount_refunded"]
    body = _new_dispute(state, new_id("dispute"), charge.body, disputed, reason)
    body |= {"status": "warning_needs_response", "is_charge_refundable": True} if inquiry else {}
    dispute = add_object(state, body, refers=intent.id)
    emit(state, "charge.dispute.created", body)
    if not inquiry:
        _withdraw(state, dispute)
    return dispute.id


def escalate(state: SandboxState, dispute_id: str) -> None:
    """Let an inquiry become a chargeback: now the money leaves our balance."""
    dispute = get(state, "dispute", dispute_id)
    if not dispute.body["status"].startswith("warning_") or dispute.body["status"] in _CLOSED:
        return
    dispute.body |= {"status": "needs_response", "is_charge_refundable": False}
    _withdraw(state, dispute)
    emit(state, "charge.dispute.updated", dispute.body)


def close_dispute(state: SandboxState, dispute_id: str, *, won: bool, reinstate: bool = True) -> None:
    """Decide a chargeback. When we win the money comes back, not the fee; without `reinstate` it comes later."""
    dispute = get(state, "dispute", dispute_id)
    if dispute.body["status"] in _CLOSED:
        return
    if dispute.body["status"].startswith("warning_"):
        dispute.body["status"] = "warning_closed"
    else:
        dispute.body["status"] = "won" if won else "lost"
    save(state, dispute)
    emit(state, "charge.dispute.closed", dispute.body)
    if won and reinstate:
        reinstate_funds(state, dispute_id)


def reinstate_funds(state: SandboxState, dispute_id: str) -> None:
    """Give what a chargeback took back to our balance, also when it had been lost before; once."""
    dispute = get(state, "dispute", dispute_id)
    lines = dispute.body["balance_transactions"]
    if sum(line["amount"] for line in lines) >= 0:
        return
    amount, currency = dispute.body["amount"], dispute.body["currency"]
    line = balances.move(state, "adjustment", amount, currency, dispute.id, category="dispute_reversal")
    lines.append(_line(state, line))
    dispute.body["status"] = "won"
    save(state, dispute)
    _mark_charge(state, dispute, disputed=False)
    emit(state, "charge.dispute.funds_reinstated", dispute.body)


def update(state: SandboxState, request: Request, dispute_id: str) -> Body:
    """POST /v1/disputes/{id}: keep evidence, and with `submit` (the default) send it to the bank, once."""
    dispute = get(state, "dispute", dispute_id)
    if "needs_response" not in dispute.body["status"]:
        raise WireError("This dispute is already under review or closed; it cannot be updated.", param="submit")
    details = dispute.body["evidence_details"]
    if details["due_by"] < state.now():
        raise WireError("The deadline for evidence has passed.", param="evidence")
    given = _evidence_of(request.params.get("evidence") or {})
    dispute.body["evidence"] |= given
    details["has_evidence"] = details["has_evidence"] or bool(given)
    if "submit" not in request.params or truth(request.params, "submit"):
        details |= {"submission_count": details["submission_count"] + 1, "submission_method": "manual"}
        prefix = "warning_" if dispute.body["status"].startswith("warning_") else ""
        dispute.body["status"] = f"{prefix}under_review"
    save(state, dispute)
    emit(state, "charge.dispute.updated", dispute.body)
    return dispute.body


def close(state: SandboxState, request: Request, dispute_id: str) -> Body:
    """POST /v1/disputes/{id}/close: we give it up, and have lost it."""
    dispute = get(state, "dispute", dispute_id)
    if dispute.body["status"] in _CLOSED:
        raise WireError("This dispute is already closed.")
    close_dispute(state, dispute_id, won=False)
    return get(state, "dispute", dispute_id).body


def retrieve(state: SandboxState, request: Request, dispute_id: str) -> Body:
    """GET /v1/disputes/{id}."""
    return get(state, "dispute", dispute_id).body


def list_all(state: SandboxState, request: Request) -> Body:
    """GET /v1/disputes, of one payment when `payment_intent` is given."""
    return page(state, "dispute", request.params, refers=request.params.get("payment_intent", ""), url=_URL)


def _withdraw(state: SandboxState, dispute: Stored) -> None:
    """Take the disputed amount and the fee from our balance."""
    amount, currency = dispute.body["amount"], dispute.body["currency"]
    fee = state.setting("dispute_fee")
    line = balances.move(state, "adjustment", -amount, currency, dispute.id, fee=fee, category="dispute")
    dispute.body["balance_transactions"].append(_line(state, line))
    save(state, dispute)
    _mark_charge(state, dispute, disputed=True)
    emit(state, "charge.dispute.funds_withdrawn", dispute.body)


def _mark_charge(state: SandboxState, dispute: Stored, *, disputed: bool) -> None:
    charge = get(state, "charge", dispute.body["charge"])
    charge.body["disputed"] = disputed
    save(state, charge)


def _evidence_of(given: Any) -> dict[str, str]:
    """Return the evidence that was sent; as at Stripe, 20,000 characters a field at most."""
    for name, text in given.items():
        if name not in _EVIDENCE:
            raise invalid(f"Received unknown parameter: evidence[{name}]", f"evidence[{name}]", "parameter_unknown")
        if len(text) > _LONGEST:
            raise invalid(f"evidence[{name}] is too long", f"evidence[{name}]")
    return dict(given)


def _line(state: SandboxState, line_id: str) -> Body:
    found = look(state, line_id)
    assert found is not None
    return found.body


def _new_dispute(state: SandboxState, dispute_id: str, charge: Body, amount: int, reason: str) -> Body:
    return {
        "id": dispute_id,
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": state.now(),
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": state.now() + days(14),
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "card": {"brand": "visa", "case_type": "chargeback", "network": "visa", "network_reason_code": "10.4"},
            "type": "card",
        },
        "reason": reason,
        "status": "needs_response",
    }
