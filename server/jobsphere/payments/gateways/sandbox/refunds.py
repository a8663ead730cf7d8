"""Refunds: at once, after a day, or failing a day later, as the card will have it."""

from jobsphere.payments.gateways.sandbox import balances, timers
from jobsphere.payments.gateways.sandbox.events import emit
from jobsphere.payments.gateways.sandbox.objects import Body, Stored, add, get, new_id, page, save
from jobsphere.payments.gateways.sandbox.state import SandboxState
from jobsphere.payments.gateways.sandbox.wire import Request, WireError, invalid, metadata_of, required, whole

_URL = "/v1/refunds"


def create(state: SandboxState, request: Request) -> Body:
    """POST /v1/refunds for a payment intent: never more than was captured, and never beyond our balance."""
    params = request.params
    intent = get(state, "payment_intent", str(required(params, "payment_intent")), param="payment_intent")
    charge = _captured_charge(state, intent)
    left = charge.body["amount_captured"] - charge.body["amount_refunded"]
    if left == 0:
        raise WireError("Charge has already been refunded.", code="charge_already_refunded")
    amount = whole(params, "amount", left)
    if amount > left:
        raise WireError("Refund amount is greater than unrefunded amount on charge.", param="amount")
    if amount > balances.available(state, intent.body["currency"]):
        raise WireError("Insufficient funds in your balance to refund this amount.", code="balance_insufficient")
    refund = _store(state, intent, charge, amount, params)
    emit(state, "refund.created", refund.body)
    emit(state, "charge.refunded", charge.body)
    if intent.hidden["refund"]:
        timers.schedule(state, state.setting("refund_outcome_after"), "finish_refund", refund.id)
    return refund.body


def retrieve(state: SandboxState, request: Request, refund_id: str) -> Body:
    """GET /v1/refunds/{id}."""
    return get(state, "refund", refund_id).body


def list_all(state: SandboxState, request: Request) -> Body:
    """GET /v1/refunds, of one payment when `payment_intent` is given."""
    return page(state, "refund", request.params, refers=request.params.get("payment_intent", ""), url=_URL)


def finish(state: SandboxState, refund_id: str) -> None:
    """Let a refund come to the end that its card wants."""
    refund = get(state, "refund", refund_id)
    if refund.hidden["outcome"] == "failed":
        fail(state, refund_id)
    elif refund.body["status"] == "pending":
        refund.body["status"] = "succeeded"
        save(state, refund)
        emit(state, "refund.updated", refund.body)


def fail(state: SandboxState, refund_id: str) -> None:
    """Let a refund fail, though it may have succeeded before: the money is back on our balance."""
    refund = get(state, "refund", refund_id)
    if refund.body["status"] == "failed":
        return
    line = balances.move(state, "refund_failure", refund.body["amount"], refund.body["currency"], refund.id)
    refund.body |= {
        "status": "failed",
        "failure_reason": "lost_or_stolen_card",
        "failure_balance_transaction": line,
    }
    charge = get(state, "charge", refund.body["charge"])
    charge.body |= {"amount_refunded": charge.body["amount_refunded"] - refund.body["amount"], "refunded": False}
    save(state, refund)
    save(state, charge)
    emit(state, "refund.failed", refund.body)
    emit(state, "charge.refund.updated", refund.body)


def _captured_charge(state: SandboxState, intent: Stored) -> Stored:
    if intent.body["status"] != "succeeded":
        raise WireError("This PaymentIntent does not have a successful charge to refund.", param="payment_intent")
    charge = get(state, "charge", intent.body["latest_charge"])
    if charge.body["disputed"]:
        raise WireError("The charge has been charged back.", code="charge_disputed")
    return charge


def _store(state: SandboxState, intent: Stored, charge: Stored, amount: int, params: Body) -> Stored:
    reason = params.get("reason")
    if reason not in (None, "duplicate", "fraudulent", "requested_by_customer"):
        raise invalid("Invalid reason", "reason")
    currency = intent.body["currency"]
    refund_id = new_id("refund")
    line = balances.move(state, "refund", -amount, currency, refund_id)
    refunded = charge.body["amount_refunded"] + amount
    charge.body |= {"amount_refunded": refunded, "refunded": refunded == charge.body["amount_captured"]}
    save(state, charge)
    body: Body = {
        "id": refund_id,
        "object": "refund",
        "amount": amount,
        "balance_transaction": line,
        "charge": charge.id,
        "created": state.now(),
        "currency": currency,
        "destination_details": {"card": {"type": "refund"}, "type": "card"},
        "metadata": metadata_of(params),
        "payment_intent": intent.id,
        "reason": reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "pending" if intent.hidden["refund"] == "pending" else "succeeded",
        "transfer_reversal": None,
    }
    return add(state, body, refers=intent.id, hidden={"outcome": intent.hidden["refund"]})
