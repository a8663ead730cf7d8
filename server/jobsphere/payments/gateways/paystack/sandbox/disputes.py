"""Chargebacks: Paystack asks us first, and takes the money when we accept one or lose it."""

from typing import Any

from jobsphere.payments.gateways.paystack.sandbox import shapes
from jobsphere.payments.gateways.paystack.sandbox.events import emit
from jobsphere.payments.gateways.paystack.sandbox.money import move
from jobsphere.payments.gateways.paystack.sandbox.store import (
    INTEGRATION,
    Body,
    Row,
    get,
    insert,
    new_code,
    new_number,
    page,
    stamp,
    those_of,
    update,
)
from jobsphere.payments.gateways.paystack.sandbox.wire import Request, WireError, text
from jobsphere.payments.gateways.sandbox.faults import Trouble
from jobsphere.payments.gateways.sandbox.state import SandboxState, days

_OPEN = "awaiting-merchant-feedback"
_ENDS = ("merchant-accepted", "declined")


def open_dispute(
    state: SandboxState, reference: str, *, amount: int | None = None, category: str = "chargeback"
) -> str:
    """Open a chargeback of a payment and return its id; nothing moves yet."""
    paid = get(state, "transaction", reference, "Transaction")
    asked = amount or paid.body["amount"]
    body = shapes.dispute(state, paid.body, asked, category, state.now() + days(2))
    insert(state, "dispute", str(body["id"]), body, refers=reference, taken=0)
    emit(state, "charge.dispute.create", body)
    return str(body["id"])


def close_dispute(state: SandboxState, dispute_id: str, *, won: bool) -> None:
    """Let the bank decide. Who loses pays now."""
    dispute = get(state, "dispute", dispute_id, "Dispute")
    if dispute.body["status"] != "resolved":
        _end(state, dispute, "declined" if won else "merchant-accepted")


def open_disputes(state: SandboxState, reference: str) -> list[Row]:
    """Return the disputes of a payment that are not decided."""
    return [row for row in those_of(state, "dispute", reference) if row.body["status"] != "resolved"]


def retrieve(state: SandboxState, request: Request, dispute_id: str) -> Body:
    """GET /dispute/{id}."""
    return get(state, "dispute", dispute_id, "Dispute").body


def list_all(state: SandboxState, request: Request) -> tuple[list[Body], Body]:
    """GET /dispute."""
    rows, meta = page(state, "dispute", request.params)
    return [row.body | {"customer": row.body["customer"] | {"metadata": ""}} for row in rows], meta


def add_evidence(state: SandboxState, request: Request, dispute_id: str) -> Body:
    """POST /dispute/{id}/evidence."""
    dispute = _waiting(state, dispute_id)
    fields = ("customer_email", "customer_name", "customer_phone", "service_details")
    now = stamp(state.now())
    evidence: Body = {name: text(request.params, name) for name in fields} | {
        "delivery_address": str(request.params.get("delivery_address") or ""),
        "delivery_date": str(request.params.get("delivery_date") or ""),
        "dispute": dispute.number,
        "id": new_number(state),
        "createdAt": now,
        "updatedAt": now,
    }
    update(state, dispute, evidence=evidence)
    return evidence


def upload_url(state: SandboxState, request: Request, trouble: Trouble, dispute_id: str) -> Body:
    """GET /dispute/{id}/upload_url: a place for one document."""
    _waiting(state, dispute_id)
    wanted = text(request.params, "upload_filename")
    name = f"{new_code('file').removeprefix('file_')}.{wanted.rpartition('.')[2]}"
    body = {"id": name, "fileName": name, "dispute": dispute_id, "size": 0}
    insert(state, "upload", name, body, refers=dispute_id)
    return {"signedUrl": f"{trouble.public_url}/upload/{name}", "fileName": name}


def upload(state: SandboxState, name: str, content: bytes) -> None:
    """PUT of a document to its place."""
    place = get(state, "upload", name, "File")
    update(state, place, size=len(content), text=content.decode("utf-8", "replace")[:20_000])


def resolve(state: SandboxState, request: Request, dispute_id: str) -> Body:
    """PUT /dispute/{id}/resolve: accept it, or send it to the bank with a document."""
    params = request.params
    dispute = _waiting(state, dispute_id)
    resolution, message = text(params, "resolution"), text(params, "message")
    document = get(state, "upload", text(params, "uploaded_filename"), "File")
    if resolution not in _ENDS or type(params.get("refund_amount")) is not int:
        raise WireError("Invalid resolution or refund_amount")
    if not document.body["size"]:
        raise WireError("The file has not been uploaded")
    update(state, dispute, attachments=document.name)
    if resolution == "merchant-accepted":
        _end(state, dispute, resolution)
    else:
        dispute.body["history"].append(_step(state, "awaiting-bank-feedback"))
        update(state, dispute, status="awaiting-bank-feedback")
    return _resolved(state, dispute, message)


def _waiting(state: SandboxState, dispute_id: str) -> Row:
    dispute = get(state, "dispute", dispute_id, "Dispute")
    if dispute.body["status"] != _OPEN:
        raise WireError("This dispute does not wait for you any more")
    return dispute


def _end(state: SandboxState, dispute: Row, resolution: str) -> None:
    dispute.body["history"].append(_step(state, "resolved"))
    update(state, dispute, status="resolved", resolution=resolution, resolvedAt=stamp(state.now()))
    if resolution == "merchant-accepted":
        move(state, dispute, -dispute.body["refund_amount"], "Dispute")
    emit(state, "charge.dispute.resolve", dispute.body)


def _step(state: SandboxState, status: str) -> Body:
    return {"status": status, "by": "merchant@sandbox.example", "createdAt": stamp(state.now())}


def _resolved(state: SandboxState, dispute: Row, message: str) -> Body:
    now = stamp(state.now())
    said: dict[str, Any] = {
        "dispute": dispute.number,
        "sender": "merchant@sandbox.example",
        "body": message,
        "id": new_number(state),
        "createdAt": now,
        "updatedAt": now,
    }
    evidence = dispute.body["evidence"] or {}
    return dispute.body | {
        "integration": INTEGRATION,
        "transaction": dispute.body["transaction"]["id"],
        "created_by": INTEGRATION,
        "evidence": evidence.get("id", 0),
        "resolution": dispute.body["resolution"] or "declined",
        "resolvedAt": dispute.body["resolvedAt"] or now,
        "message": said,
    }
