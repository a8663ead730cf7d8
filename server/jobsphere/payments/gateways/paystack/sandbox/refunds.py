"""Refunds: one open at a time, pending first; processed later, or failed."""

from jobsphere.payments.gateways.paystack.sandbox import shapes
from jobsphere.payments.gateways.paystack.sandbox.disputes import open_disputes
from jobsphere.payments.gateways.paystack.sandbox.events import emit
from jobsphere.payments.gateways.paystack.sandbox.money import available, move
from jobsphere.payments.gateways.paystack.sandbox.store import Body, Row, get, insert, page, stamp, those_of, update
from jobsphere.payments.gateways.paystack.sandbox.wire import Request, WireError, subunits, text
from jobsphere.payments.gateways.sandbox import timers
from jobsphere.payments.gateways.sandbox.state import SandboxState

_OVER = ("processed", "failed")


def create(state: SandboxState, request: Request) -> Body:
    """POST /refund: of a payment, all or a part, from our balance."""
    paid = get(state, "transaction", text(request.params, "transaction"), "Transaction")
    if paid.body["status"] not in ("success", "reversed"):
        raise WireError("Transaction has not been paid for")
    before = those_of(state, "refund", paid.name)
    if any(row.body["status"] not in _OVER for row in before):
        raise WireError("A refund of this transaction is still being processed", code="refund_in_progress")
    left = paid.body["amount"] - sum(row.body["amount"] for row in before if row.body["status"] != "failed")
    if not left:
        raise WireError("Transaction has been fully reversed", code="transaction_reversed")
    if open_disputes(state, paid.name):
        raise WireError("Transaction has an open dispute", code="transaction_disputed")
    amount = subunits(request.params) if "amount" in request.params else left
    if amount > left:
        raise WireError("Refund amount cannot be more than what is left of the transaction")
    if amount > available(state, paid.body["currency"]):
        raise WireError("Your balance is not enough to fulfil this request", code="insufficient_balance")
    row = _store(state, paid, amount, request)
    if amount == left:
        update(state, paid, status="reversed")
    return row.body | {"transaction": _short(paid.body), "channel": None, "expected_at": row.body["createdAt"],
                       "fully_deducted": True}  # fmt: skip


def retrieve(state: SandboxState, request: Request, number: str) -> Body:
    """GET /refund/{id}."""
    return get(state, "refund", number, "Refund").body


def list_all(state: SandboxState, request: Request) -> tuple[list[Body], Body]:
    """GET /refund, of one payment when its number is given."""
    number = str(request.params.get("transaction") or "")
    refers = get(state, "transaction", number, "Transaction").name if number else ""
    rows, meta = page(state, "refund", request.params, refers=refers)
    failed = sum(row.body["status"] == "failed" for row in rows)
    return [row.body for row in rows], meta | {"perPage": str(meta["perPage"]), "failedRefundCount": failed}


def finish(state: SandboxState, number: str) -> None:
    """Let a refund come to the end that its card wants."""
    refund = get(state, "refund", number, "Refund")
    if refund.hidden["outcome"] == "failed":
        fail(state, number)
    elif refund.body["status"] not in _OVER:
        update(state, refund, status="processed", refunded_at=stamp(state.now()))
        _tell(state, refund, "refund.processed")


def fail(state: SandboxState, number: str) -> None:
    """Let a refund fail, though it may have been processed before: the money is back on our balance."""
    refund = get(state, "refund", number, "Refund")
    if refund.body["status"] == "failed":
        return
    timers.cancel(state, number)
    update(state, refund, status="failed", refunded_at=None)
    move(state, refund, refund.body["amount"], "Refund failed")
    update(state, get(state, "transaction", refund.body["transaction_reference"], "Transaction"), status="success")
    _tell(state, refund, "refund.failed")


def _store(state: SandboxState, paid: Row, amount: int, request: Request) -> Row:
    body = shapes.refund(state, paid.body, amount, dict(request.params))
    outcome = paid.hidden.get("refund", "")
    row = insert(state, "refund", str(body["id"]), body, refers=paid.name, outcome=outcome)
    move(state, row, -amount, "Refund")
    wait = state.setting("refund_outcome_after" if outcome else "refund_processed_after")
    timers.schedule(state, wait, "finish_refund", row.name)
    _tell(state, row, "refund.pending")
    return row


def _tell(state: SandboxState, refund: Row, kind: str) -> None:
    """Send what Paystack sends: a few fields, the amount as a text, and no id of the refund."""
    body = refund.body
    emit(
        state,
        kind,
        {
            "status": body["status"],
            "transaction_reference": body["transaction_reference"],
            "refund_reference": body["bank_reference"],
            "amount": str(body["amount"]),
            "currency": body["currency"],
            "processor": "test",
            "customer": {"first_name": "", "last_name": "", "email": body["customer"]["email"]},
            "integration": body["integration"],
            "domain": "test",
        },
    )


def _short(paid: Body) -> Body:
    shown = ("id", "domain", "reference", "amount", "paid_at", "channel", "currency", "split", "order_id", "paidAt",
             "pos_transaction_data", "fees_breakdown")  # fmt: skip
    return {name: paid[name] for name in shown} | {
        "plan": {},
        "subaccount": {"currency": None},
        "source": None,
        "authorization": {"exp_month": None, "exp_year": None, "account_name": None},
        "customer": {"international_format_phone": None},
    }
