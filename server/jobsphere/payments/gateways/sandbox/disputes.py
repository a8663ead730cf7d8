"""Chargebacks: the cardholder's bank takes the money back, and sometimes returns it."""

from jobsphere.payments.gateways.sandbox import balances
from jobsphere.payments.gateways.sandbox.events import emit
from jobsphere.payments.gateways.sandbox.objects import Body, get, look, new_id, page, save
from jobsphere.payments.gateways.sandbox.objects import add as add_object
from jobsphere.payments.gateways.sandbox.state import SandboxState, days
from jobsphere.payments.gateways.sandbox.wire import Request

_URL = "/v1/disputes"


def open_dispute(state: SandboxState, payment_id: str, *, amount: int | None = None, reason: str = "general") -> str:
    """Open a chargeback of a captured payment and return its id. The money leaves our balance at once."""
    intent = get(state, "payment_intent", payment_id)
    charge = get(state, "charge", intent.body["latest_charge"])
    disputed = amount or charge.body["amount_captured"] - charge.body["amount_refunded"]
    dispute_id = new_id("dispute")
    currency = charge.body["currency"]
    line = balances.move(state, "adjustment", -disputed, currency, dispute_id, category="dispute")
    body = _new_dispute(state, dispute_id, charge.body, disputed, reason)
    body["balance_transactions"] = [_line(state, line)]
    charge.body["disputed"] = True
    save(state, charge)
    add_object(state, body, refers=intent.id)
    emit(state, "charge.dispute.created", body)
    emit(state, "charge.dispute.funds_withdrawn", body)
    return dispute_id


def close_dispute(state: SandboxState, dispute_id: str, *, won: bool) -> None:
    """Decide a chargeback. When we win, the money comes back."""
    dispute = get(state, "dispute", dispute_id)
    if dispute.body["status"] in ("won", "lost"):
        return
    dispute.body["status"] = "won" if won else "lost"
    if won:
        line = balances.move(
            state,
            "adjustment",
            dispute.body["amount"],
            dispute.body["currency"],
            dispute.id,
            category="dispute_reversal",
        )
        dispute.body["balance_transactions"].append(_line(state, line))
    save(state, dispute)
    emit(state, "charge.dispute.closed", dispute.body)
    if won:
        emit(state, "charge.dispute.funds_reinstated", dispute.body)


def retrieve(state: SandboxState, request: Request, dispute_id: str) -> Body:
    """GET /v1/disputes/{id}."""
    return get(state, "dispute", dispute_id).body


def list_all(state: SandboxState, request: Request) -> Body:
    """GET /v1/disputes, of one payment when `payment_intent` is given."""
    return page(state, "dispute", request.params, refers=request.params.get("payment_intent", ""), url=_URL)


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
