"""Paystack's objects, as plain dictionaries, to our snapshots."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    BankAccount,
    DisputeSnapshot,
    DisputeState,
    PayeeStatus,
    PaymentSnapshot,
    PaymentState,
    PayoutSnapshot,
    PayoutState,
    RefundSnapshot,
    RefundState,
)
from jobsphere.payments.gateways.paystack.currencies import from_wire
from jobsphere.payments.gateways.paystack.errors import card_reason

Wire = Mapping[str, Any]

#: The key in a transaction's and a recipient's metadata that holds our operation id.
OPERATION = "operation"
#: And the one that says how it was charged: a saved card has one try, a page many.
WAY = "way"
SAVED_CARD, PAGE = "saved_card", "page"

_PREFIX = "js-"
#: Paystack wants 16 characters at least in the reference of a transfer.
_SHORTEST = 16

_PAID = frozenset({"success", "reversed"})
_WAITING = frozenset(
    {"abandoned", "ongoing", "paused", "open_url", "send_pin", "send_otp", "send_phone", "send_birthday",
     "send_address", "pay_offline"}
)  # fmt: skip

_REFUND_STATES = {"processed": RefundState.SUCCEEDED, "failed": RefundState.FAILED}
_PAYOUT_STATES = {
    "success": PayoutState.PAID,
    "failed": PayoutState.FAILED,
    "abandoned": PayoutState.FAILED,
    "blocked": PayoutState.FAILED,
    "rejected": PayoutState.FAILED,
    # The money is on our balance again.
    "reversed": PayoutState.FAILED,
    "processing": PayoutState.IN_TRANSIT,
}
_DISPUTE_ENDS = {
    "merchant-accepted": DisputeState.LOST,
    "auto-accepted": DisputeState.LOST,
    "declined": DisputeState.WON,
}


def reference_of(operation_id: str, round_: int = 1) -> str:
    """Return the reference under which an operation's object is made: Paystack makes one object of each, ever.

    A later `round_` is for a checkout page whose address was lost with the answer: nobody can pay on that one.
    """
    reference = f"{_PREFIX}{operation_id}".ljust(_SHORTEST, "-")
    return reference if round_ == 1 else f"{reference}.{round_}"


def operation_of(reference: str) -> str:
    """Return the operation behind a reference; empty when it is not one of ours."""
    if not reference.startswith(_PREFIX):
        return ""
    return reference.removeprefix(_PREFIX).partition(".")[0].rstrip("-")


def moment(text: Any) -> datetime | None:
    """Read a moment; None when there is none."""
    if not isinstance(text, str) or not text:
        return None
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def metadata_of(wire: Wire) -> Wire:
    """Return metadata, which Paystack gives as an object, as the text of one, as "" or not at all."""
    metadata = wire.get("metadata")
    if isinstance(metadata, str):
        try:
            metadata = json.loads(metadata)
        except ValueError:
            metadata = None
    return metadata if isinstance(metadata, Mapping) else {}


def payment_snapshot(transaction: Wire, refunds: Sequence[RefundSnapshot] = ()) -> PaymentSnapshot:
    """Read a transaction. What was refunded is not written on it: `refunds` are all of this payment."""
    currency = str(transaction["currency"])
    charged = from_wire(transaction["amount"], currency)
    asked = from_wire(transaction.get("requested_amount") or transaction["amount"], currency)
    status = payment_state(transaction)
    paid = status is PaymentState.CAPTURED
    words = str(transaction.get("gateway_response") or transaction.get("message") or "")
    failed = str(transaction["status"]) == "failed"
    returned = sum(refund.amount.amount for refund in refunds if refund.status is not RefundState.FAILED)
    return PaymentSnapshot(
        gateway_id=str(transaction["reference"]),
        status=status,
        amount=asked,
        amount_captured=charged if paid else Money.zero(currency),
        amount_refunded=Money(min(returned, charged.amount), currency) if paid else Money.zero(currency),
        client_secret=str(transaction.get("access_code") or ""),
        action_url=str(transaction.get("authorization_url") or transaction.get("redirect_url") or ""),
        failure_code=str(card_reason(words)) if failed else "",
        failure_message=words if failed else "",
        operation_id=operation_of(str(transaction["reference"])),
    )


def payment_state(transaction: Wire) -> PaymentState:
    """Say where a transaction stands. On a page the payer tries card after card; a saved card has one try."""
    status = str(transaction["status"])
    on_page = metadata_of(transaction).get(WAY) == PAGE
    if status in _PAID:
        return PaymentState.CAPTURED
    if on_page and (status == "failed" or status in _WAITING):
        return PaymentState.REQUIRES_PAYMENT_METHOD
    if status == "failed":
        return PaymentState.FAILED
    return PaymentState.ACTION_REQUIRED if status in _WAITING else PaymentState.PROCESSING


def refund_snapshot(refund: Wire) -> RefundSnapshot:
    """Read a refund; its payment may stand in it as an object or by its reference."""
    return RefundSnapshot(
        gateway_id=str(refund["id"]),
        payment_id=payment_of(refund),
        status=_REFUND_STATES.get(str(refund["status"]), RefundState.PENDING),
        amount=from_wire(refund["amount"], str(refund["currency"])),
        failure_code="refund_failed" if refund["status"] == "failed" else "",
        operation_id=operation_of(str(refund.get("merchant_note") or "").partition(" ")[0]),
    )


def payment_of(refund: Wire) -> str:
    """Return the reference of the payment that a refund belongs to."""
    if refund.get("transaction_reference"):
        return str(refund["transaction_reference"])
    transaction = refund.get("transaction")
    return str(transaction["reference"]) if isinstance(transaction, Mapping) else ""


def payout_snapshot(transfer: Wire, payee_id: str = "") -> PayoutSnapshot:
    """Read a transfer. One that waits for the operator's code is pending, and says so."""
    status = str(transfer["status"])
    state = _PAYOUT_STATES.get(status, PayoutState.PENDING)
    return PayoutSnapshot(
        gateway_id=str(transfer["transfer_code"]),
        payee_id=payee_id or recipient_of(transfer),
        status=state,
        amount=from_wire(transfer["amount"], str(transfer["currency"])),
        failure_code=status if state is PayoutState.FAILED else "",
        failure_message=_why(transfer) if state is PayoutState.FAILED else "",
        operation_id=operation_of(str(transfer["reference"])),
        needs_otp=status == "otp",
    )


def recipient_of(transfer: Wire) -> str:
    """Return the recipient's code where the answer carries it; a new transfer has only a number there."""
    recipient = transfer.get("recipient")
    return str(recipient["recipient_code"]) if isinstance(recipient, Mapping) else ""


def payee_status(recipient: Wire) -> PayeeStatus:
    """Read a transfer recipient: it can be paid as long as it is active."""
    usable = bool(recipient["active"]) and not (recipient.get("isDeleted") or recipient.get("is_deleted"))
    return PayeeStatus(
        payee_id=str(recipient["recipient_code"]),
        payouts_enabled=usable,
        transfers_enabled=usable,
        currently_due=() if usable else ("external_account",),
        disabled_reason="" if usable else "recipient.inactive",
        details_submitted=True,
        operation_id=str(metadata_of(recipient).get(OPERATION) or ""),
        bank=_bank_account(recipient),
    )


def dispute_snapshot(dispute: Wire) -> DisputeSnapshot:
    """Read a dispute. Paystack takes the money when one is lost, not before."""
    transaction = dispute["transaction"]
    currency = str(dispute.get("currency") or transaction["currency"])
    status, nothing = _dispute_state(dispute), Money.zero(currency)
    amount = from_wire(dispute.get("refund_amount") or transaction["amount"], currency)
    return DisputeSnapshot(
        gateway_id=str(dispute["id"]),
        payment_id=str(transaction["reference"]),
        status=status,
        amount=amount,
        reason=str(dispute.get("category") or ""),
        evidence_due_by=moment(dispute.get("dueAt")),
        taken=amount if status is DisputeState.LOST else nothing,
        returned=nothing,
        answered=bool(dispute.get("evidence")) and status is not DisputeState.OPEN,
    )


def _dispute_state(dispute: Wire) -> DisputeState:
    status = str(dispute["status"])
    if status == "resolved":
        return _DISPUTE_ENDS.get(str(dispute.get("resolution")), DisputeState.UNDER_REVIEW)
    return DisputeState.OPEN if status == "awaiting-merchant-feedback" else DisputeState.UNDER_REVIEW


def _why(transfer: Wire) -> str:
    """Return what Paystack says about a transfer that did not arrive."""
    failures = transfer.get("failures")
    return str(failures or transfer.get("gateway_response") or "The bank did not take it.")[:255]


def _bank_account(recipient: Wire) -> BankAccount | None:
    details = recipient.get("details")
    if not isinstance(details, Mapping):
        return None
    return BankAccount(
        # A recipient's account never changes: another account is another recipient.
        fingerprint=str(recipient["recipient_code"]),
        bank_name=str(details.get("bank_name") or ""),
        last4=str(details.get("account_number") or "")[-4:],
        currency=str(recipient.get("currency") or ""),
    )
