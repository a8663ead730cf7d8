"""How Paystack writes its objects, complete as its OpenAPI description wants them."""

from typing import Any

from jobsphere.payments.gateways.paystack.sandbox.cards import Card
from jobsphere.payments.gateways.paystack.sandbox.store import INTEGRATION, Body, new_code, new_number, stamp
from jobsphere.payments.gateways.sandbox.state import SandboxState


def customer(state: SandboxState, email: str) -> Body:
    """Return the customer of an e-mail address."""
    return {
        "id": new_number(state),
        "first_name": "",
        "last_name": "",
        "email": email,
        "customer_code": new_code("CUS"),
        "phone": "",
        "metadata": {},
        "risk_action": "default",
        "international_format_phone": None,
    }


def authorization(card: Card | None) -> Body:
    """Return the saved card of a payment; without a card what Paystack shows before one is tried."""
    if card is None:
        return {}
    return {
        "authorization_code": card.code,
        "bin": card.number[:6],
        "last4": card.number[-4:],
        "exp_month": "12",
        "exp_year": "2050",
        "channel": "card",
        "card_type": "visa",
        "bank": "TEST BANK",
        "country_code": "NG",
        "brand": "visa",
        "reusable": True,
        "signature": f"SIG_{card.code}",
        "account_name": None,
        "receiver_bank_account_number": None,
        "receiver_bank": None,
    }


def transaction(state: SandboxState, *, reference: str, amount: int, currency: str, email: str, metadata: Any) -> Body:
    """Return a new transaction that nobody has paid."""
    now = stamp(state.now())
    return {
        "id": new_number(state),
        "domain": "test",
        "status": "abandoned",
        "reference": reference,
        "receipt_number": None,
        "amount": amount,
        "message": None,
        "gateway_response": "The transaction was not completed",
        "helpdesk_link": None,
        "paid_at": None,
        "created_at": now,
        "channel": "card",
        "currency": currency,
        "ip_address": "127.0.0.1",
        "metadata": metadata,
        "log": {
            "start_time": state.now(),
            "time_spent": 1,
            "attempts": 0,
            "errors": 0,
            "success": False,
            "mobile": False,
            "input": [],
            "history": [],
        },
        "fees": None,
        "fees_split": None,
        "authorization": {},
        "customer": customer(state, email),
        "plan": {},
        "split": {},
        "order_id": None,
        "paidAt": None,
        "createdAt": now,
        "requested_amount": amount,
        "pos_transaction_data": None,
        "source": {"type": "api", "source": "merchant_api", "entry_point": "request", "identifier": None},
        "fees_breakdown": None,
        "connect": {},
        "transaction_date": now,
        "plan_object": {},
        "subaccount": {},
    }


def refund(state: SandboxState, paid: Body, amount: int, params: Body) -> Body:
    """Return a new refund of a payment."""
    now = stamp(state.now())
    return {
        "integration": INTEGRATION,
        "transaction": paid["id"],
        "dispute": None,
        "settlement": None,
        "id": new_number(state),
        "domain": "test",
        "currency": paid["currency"],
        "amount": amount,
        "status": "pending",
        "refunded_at": None,
        "refunded_by": "merchant@sandbox.example",
        "customer_note": str(params.get("customer_note") or f"Refund for transaction {paid['reference']}"),
        "merchant_note": str(params.get("merchant_note") or f"Refund for transaction {paid['reference']}"),
        "deducted_amount": amount,
        "fully_deducted": 1,
        "createdAt": now,
        "updatedAt": now,
        "bank_reference": None,
        "transaction_reference": paid["reference"],
        "reason": "CUSTOMER_REQUEST",
        "customer": paid["customer"] | {"metadata": "", "international_format_phone": ""},
        "refund_type": "partial" if amount < paid["amount"] else "full",
        "transaction_amount": paid["amount"],
        "initiated_by": "merchant@sandbox.example",
        "refund_channel": "card",
        "session_id": None,
        "collect_account_number": False,
    }


def recipient(state: SandboxState, params: Body, bank_name: str, account_name: str) -> Body:
    """Return a new transfer recipient."""
    now = stamp(state.now())
    return {
        "active": True,
        "createdAt": now,
        "currency": params["currency"],
        "description": str(params.get("description") or ""),
        "domain": "test",
        "email": "",
        "id": new_number(state),
        "integration": INTEGRATION,
        "metadata": params.get("metadata") or {},
        "name": params["name"],
        "recipient_code": new_code("RCP"),
        "type": params["type"],
        "updatedAt": now,
        "is_deleted": False,
        "isDeleted": False,
        "recipient_account": params["account_number"],
        "institution_code": params["bank_code"],
        "details": {
            "authorization_code": None,
            "account_number": params["account_number"],
            "account_name": account_name,
            "bank_code": params["bank_code"],
            "bank_name": bank_name,
        },
    }


def transfer(state: SandboxState, params: Body, to: Body, fee: int) -> Body:
    """Return a new transfer."""
    now = stamp(state.now())
    return {
        "amount": params["amount"],
        "createdAt": now,
        "currency": to["currency"],
        "domain": "test",
        "failures": None,
        "id": new_number(state),
        "integration": INTEGRATION,
        "reason": str(params.get("reason") or ""),
        "reference": params["reference"],
        "source": "balance",
        "source_details": None,
        "status": "pending",
        "titan_code": None,
        "transfer_code": new_code("TRF"),
        "request": new_number(state),
        "transferred_at": None,
        "updatedAt": now,
        "recipient": to,
        "session": {"provider": None, "id": None},
        "fee_charged": fee,
        "fees_breakdown": None,
        "gateway_response": None,
        "transfersessionid": [],
        "transfertrials": [],
    }


def dispute(state: SandboxState, paid: Body, amount: int, category: str, due: int) -> Body:
    """Return a new dispute of a payment."""
    now = stamp(state.now())
    return {
        "id": new_number(state),
        "refund_amount": amount,
        "currency": paid["currency"],
        "status": "awaiting-merchant-feedback",
        "resolution": None,
        "domain": "test",
        "transaction": paid | {"metadata": {"custom_fields": [], **paid["metadata"]}},
        "transaction_reference": None,
        "merchant_transaction_reference": paid["reference"],
        "category": category,
        "customer": paid["customer"] | {"international_format_phone": ""},
        "bin": paid["authorization"]["bin"],
        "last4": paid["authorization"]["last4"],
        "dueAt": stamp(due),
        "resolvedAt": None,
        "evidence": None,
        "attachments": None,
        "note": None,
        "history": [{"status": "awaiting-merchant-feedback", "by": "bank@sandbox.example", "createdAt": now}],
        "messages": [{"sender": "bank@sandbox.example", "body": "Was this you?", "createdAt": now}],
        "createdAt": now,
        "updatedAt": now,
    }
