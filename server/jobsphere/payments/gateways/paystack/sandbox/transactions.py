"""Payments: a checkout page, a saved card, and what their banks say."""

import json
from typing import Any

from jobsphere.payments.gateways.paystack.sandbox import shapes
from jobsphere.payments.gateways.paystack.sandbox.cards import BY_CODE, Card
from jobsphere.payments.gateways.paystack.sandbox.disputes import open_dispute
from jobsphere.payments.gateways.paystack.sandbox.events import emit
from jobsphere.payments.gateways.paystack.sandbox.money import move
from jobsphere.payments.gateways.paystack.sandbox.store import (
    Body,
    Row,
    get,
    insert,
    look,
    new_code,
    page,
    stamp,
    update,
)
from jobsphere.payments.gateways.paystack.sandbox.wire import Request, WireError, subunits, text
from jobsphere.payments.gateways.sandbox.balances import charge_fee
from jobsphere.payments.gateways.sandbox.faults import Trouble
from jobsphere.payments.gateways.sandbox.state import SandboxState

_MINIMUM = {"NGN": 5000, "USD": 200, "GHS": 10, "ZAR": 100, "KES": 300, "XOF": 100}
_CHANNELS = frozenset({"card", "bank", "ussd", "qr", "eft", "mobile_money", "bank_transfer"})
#: How the switches' words for a decline read at a bank.
_REFUSALS = {
    "insufficient_funds": "Insufficient Funds",
    "expired_card": "Expired Card",
    "processing_error": "Transaction timed out. Please try again",
}


def initialize(state: SandboxState, request: Request, trouble: Trouble) -> Body:
    """POST /transaction/initialize: a page on which the payer pays."""
    params = request.params
    unknown = set(params.get("channels") or ()) - _CHANNELS
    if unknown:
        raise WireError("Invalid channel(s) passed")
    row = _new(state, params, _metadata(params.get("metadata")), return_url=str(params.get("callback_url") or ""))
    code = row.hidden["access_code"]
    address = f"{trouble.public_url}/checkout/{code}"
    return {"authorization_url": address, "access_code": code, "reference": row.name}


def charge_authorization(state: SandboxState, request: Request, trouble: Trouble) -> Body:
    """POST /transaction/charge_authorization: a saved card, at once, unless its bank asks the payer."""
    params = request.params
    card = BY_CODE.get(text(params, "authorization_code"))
    if card is None:
        raise WireError("Authorization code is invalid for this customer", code="invalid_authorization")
    row = _new(state, params, _metadata(params.get("metadata")))
    use(state, row, card, refusal=_ordered(trouble), challenge=trouble.challenge)
    trouble.cut_answer = card.loses_answer
    if row.body["status"] != "abandoned":
        return _charged(row.body)
    code = row.hidden["access_code"]
    return {
        "paused": True,
        "authorization_url": f"{trouble.public_url}/challenge/{code}",
        "reference": row.name,
        "access_code": code,
    }


def verify(state: SandboxState, request: Request, reference: str) -> Body:
    """GET /transaction/verify/{reference}."""
    found = look(state, "transaction", reference)
    if found is None or found.name != reference:
        raise WireError("Transaction reference not found.", code="transaction_not_found")
    return found.body | {"customer": found.body["customer"] | {"metadata": None}, "plan": None}


def retrieve(state: SandboxState, request: Request, number: str) -> Body:
    """GET /transaction/{id}."""
    body = get(state, "transaction", number, "Transaction ID").body
    return body | {"metadata": {"custom_fields": [], **body["metadata"]}, "fees": body["fees"] or 0}


def list_all(state: SandboxState, request: Request) -> tuple[list[Body], Body]:
    """GET /transaction, newest first."""
    rows, meta = page(state, "transaction", request.params)
    volume = sum(row.body["amount"] for row in rows)
    return [row.body for row in rows], meta | {"total_volume": volume}


def by_access_code(state: SandboxState, code: str) -> Row:
    """Return the payment of a checkout page."""
    row = state.execute("SELECT refers FROM objects WHERE id = ?", (f"access:{code}",)).fetchone()
    if row is None:
        raise WireError("This page does not exist", status=404)
    return get(state, "transaction", row["refers"], "Transaction")


def use(state: SandboxState, row: Row, card: Card, *, refusal: str = "", challenge: bool = False) -> None:
    """Try a card on a payment: paid, refused, or waiting for the payer to answer a challenge."""
    row.hidden["card"] = card.code
    row.body["log"]["attempts"] += 1
    if (card.challenge or challenge) and not refusal:
        row.hidden["challenge"] = card.challenge or "3ds"
        update(state, row)
    else:
        _decide(state, row, card, refusal or card.refusal)


def answer_challenge(state: SandboxState, row: Row, *, passed: bool) -> Row:
    """Let the payer pass a challenge or fail it; harmless when there is none."""
    if row.hidden.pop("challenge", ""):
        card = BY_CODE[row.hidden["card"]]
        _decide(state, row, card, card.refusal if passed else "Authentication failed")
    return row


def payable(row: Row) -> bool:
    """Say whether the payer may still try cards on this page."""
    return row.body["status"] in ("abandoned", "failed") and _metadata(row.body["metadata"]).get("way") != "saved_card"


def _new(state: SandboxState, params: Any, metadata: Body, return_url: str = "") -> Row:
    """Open a transaction; a reference is taken once, ever."""
    reference = str(params.get("reference") or new_code("T"))
    currency = str(params.get("currency") or "NGN")
    amount = subunits(params)
    email = text(params, "email")
    if currency not in _MINIMUM:
        raise WireError("Currency not supported by merchant", code="unsupported_currency")
    if amount < _MINIMUM[currency]:
        raise WireError("Amount is less than the minimum amount", code="invalid_amount")
    if "@" not in email:
        raise WireError("Invalid Email Address Passed", code="invalid_email_address")
    if look(state, "transaction", reference) is not None:
        raise WireError("Duplicate Transaction Reference", code="duplicate_reference")
    body = shapes.transaction(
        state, reference=reference, amount=amount, currency=currency, email=email, metadata=metadata
    )
    code = new_code("access").removeprefix("access_")
    row = insert(state, "transaction", reference, body, access_code=code, return_url=return_url)
    insert(state, "access", code, {"id": code}, refers=reference)
    return row


def _decide(state: SandboxState, row: Row, card: Card, refusal: str) -> None:
    now = stamp(state.now())
    if refusal:
        row.body["log"]["errors"] += 1
        update(state, row, status="failed", gateway_response=refusal, message=refusal, authorization=_auth(card))
        return
    fee = charge_fee(state, row.body["amount"])
    row.body["log"]["success"] = True
    row.hidden["refund"] = card.refund
    update(
        state,
        row,
        status="success",
        gateway_response="Successful",
        message=None,
        paid_at=now,
        paidAt=now,
        fees=fee,
        authorization=_auth(card),
    )
    move(state, row, row.body["amount"] - fee, "Transaction", settles=True)
    emit(state, "charge.success", row.body)
    if card.disputed:
        open_dispute(state, row.name, category="fraud")


def _auth(card: Card) -> Body:
    return shapes.authorization(card)


def _charged(body: Body) -> Body:
    """Write a transaction as this route does: its metadata as a text."""
    shown = body["customer"] | {"metadata": {"calling_code": "+234"}}
    return body | {"metadata": json.dumps(body["metadata"]), "customer": shown}


def _metadata(given: Any) -> Body:
    if isinstance(given, str):
        try:
            given = json.loads(given or "{}")
        except ValueError:
            return {}
    return given if isinstance(given, dict) else {}


def _ordered(trouble: Trouble) -> str:
    if trouble.decline is None:
        return ""
    return _REFUSALS.get(trouble.decline[1], "Declined")
