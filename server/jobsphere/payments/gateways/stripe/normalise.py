"""Stripe's objects, as plain dictionaries, to our snapshots."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from jobsphere.payments.gateways.base import (
    BalanceMovement,
    BankAccount,
    DisputeSnapshot,
    DisputeState,
    MovementKind,
    ObjectKind,
    PayeeStatus,
    PaymentSnapshot,
    PaymentState,
    PayoutSnapshot,
    PayoutState,
    RefundSnapshot,
    RefundState,
    SavedMethodSnapshot,
    SavingState,
    TransferReversalSnapshot,
    TransferSnapshot,
)
from jobsphere.payments.gateways.stripe.currencies import from_wire
from jobsphere.payments.gateways.stripe.errors import decline_code

Wire = Mapping[str, Any]

#: The key in Stripe's metadata that holds our operation id.
OPERATION = "operation"

_PAYMENT_STATES = {
    "requires_payment_method": PaymentState.REQUIRES_PAYMENT_METHOD,
    "requires_confirmation": PaymentState.REQUIRES_PAYMENT_METHOD,
    "requires_action": PaymentState.ACTION_REQUIRED,
    "processing": PaymentState.PROCESSING,
    "requires_capture": PaymentState.AUTHORIZED,
    "succeeded": PaymentState.CAPTURED,
    "canceled": PaymentState.CANCELED,
}

_REFUND_STATES = {
    "succeeded": RefundState.SUCCEEDED,
    "failed": RefundState.FAILED,
    "canceled": RefundState.CANCELED,
}

_DISPUTE_STATES = {
    "won": DisputeState.WON,
    "warning_closed": DisputeState.WON,
    "prevented": DisputeState.WON,
    "lost": DisputeState.LOST,
    "under_review": DisputeState.UNDER_REVIEW,
    "warning_under_review": DisputeState.UNDER_REVIEW,
    "appeal_under_review": DisputeState.UNDER_REVIEW,
}

_MOVEMENT_KINDS = {
    "charge": MovementKind.CHARGE,
    "payment": MovementKind.CHARGE,
    "refund": MovementKind.REFUND,
    "payment_refund": MovementKind.REFUND,
    "refund_failure": MovementKind.REFUND_FAILURE,
    "payment_failure_refund": MovementKind.REFUND_FAILURE,
    "transfer": MovementKind.TRANSFER,
    "transfer_refund": MovementKind.TRANSFER_REVERSAL,
    "transfer_cancel": MovementKind.TRANSFER_REVERSAL,
    "transfer_failure": MovementKind.TRANSFER_REVERSAL,
    "payout": MovementKind.PAYOUT,
    "payout_failure": MovementKind.PAYOUT_FAILURE,
    "payout_cancel": MovementKind.PAYOUT_FAILURE,
    "stripe_fee": MovementKind.FEE,
    "tax_fee": MovementKind.FEE,
    "topup": MovementKind.TOP_UP,
    "topup_reversal": MovementKind.TOP_UP,
}

_OBJECT_KINDS = {
    "setup_intent": ObjectKind.SAVING,
    "payment_intent": ObjectKind.PAYMENT,
    "refund": ObjectKind.REFUND,
    "transfer": ObjectKind.TRANSFER,
    "transfer_reversal": ObjectKind.TRANSFER_REVERSAL,
    "payout": ObjectKind.PAYOUT,
    "account": ObjectKind.PAYEE,
    "dispute": ObjectKind.DISPUTE,
}


def moment(seconds: int) -> datetime:
    """Return the UTC moment of a Unix time."""
    return datetime.fromtimestamp(seconds, UTC)


def payment_snapshot(intent: Wire) -> PaymentSnapshot:
    """Read a PaymentIntent; refunds and the capture deadline need `latest_charge` expanded."""
    currency = intent["currency"]
    charge = _expanded(intent.get("latest_charge"))
    captured = intent.get("amount_received") or 0
    # Stripe shows a cancelled authorisation as refunded, though nothing had been taken.
    refunded = min(charge.get("amount_refunded") or 0, captured)
    error = intent.get("last_payment_error") or {}
    status = _PAYMENT_STATES.get(intent["status"], PaymentState.PROCESSING)
    failed = status is PaymentState.REQUIRES_PAYMENT_METHOD and bool(error)
    return PaymentSnapshot(
        gateway_id=intent["id"],
        status=status,
        amount=from_wire(intent["amount"], currency),
        amount_captured=from_wire(captured, currency),
        amount_refunded=from_wire(refunded, currency),
        client_secret=intent.get("client_secret") or "",
        action_url=_action_url(intent),
        failure_code=str(decline_code(error.get("decline_code"), error.get("code"))) if failed else "",
        failure_message=error.get("message") or "" if failed else "",
        authorized_until=_capture_before(charge) if status is PaymentState.AUTHORIZED else None,
        operation_id=_operation(intent),
    )


_SAVING_STATES = {"succeeded": SavingState.SAVED, "requires_action": SavingState.ACTION_REQUIRED}


def saved_method_snapshot(setup: Wire) -> SavedMethodSnapshot:
    """Read a SetupIntent; what the card looks like needs `payment_method` expanded."""
    method = _expanded(setup.get("payment_method"))
    card = method.get("card") or {}
    error = setup.get("last_setup_error") or {}
    return SavedMethodSnapshot(
        gateway_id=setup["id"],
        status=_SAVING_STATES.get(setup["status"], SavingState.FAILED),
        customer_id=_id(setup.get("customer")),
        method_id=_id(setup.get("payment_method")),
        brand=card.get("brand") or "",
        last4=card.get("last4") or "",
        expires_month=card.get("exp_month") or 0,
        expires_year=card.get("exp_year") or 0,
        action_url=_action_url(setup),
        failure_code=str(decline_code(error.get("decline_code"), error.get("code"))) if error else "",
        failure_message=error.get("message") or "",
    )


def refund_snapshot(refund: Wire) -> RefundSnapshot:
    """Read a Refund. `requires_action` and an absent status are pending."""
    return RefundSnapshot(
        gateway_id=refund["id"],
        payment_id=_id(refund.get("payment_intent")),
        status=_REFUND_STATES.get(refund.get("status") or "", RefundState.PENDING),
        amount=from_wire(refund["amount"], refund["currency"]),
        failure_code=refund.get("failure_reason") or "",
        operation_id=_operation(refund),
    )


def transfer_snapshot(transfer: Wire) -> TransferSnapshot:
    """Read a Transfer."""
    return TransferSnapshot(
        gateway_id=transfer["id"],
        payee_id=_id(transfer.get("destination")),
        amount=from_wire(transfer["amount"], transfer["currency"]),
        reversed=from_wire(transfer["amount_reversed"], transfer["currency"]),
        operation_id=_operation(transfer),
    )


def reversal_snapshot(reversal: Wire) -> TransferReversalSnapshot:
    """Read a TransferReversal."""
    return TransferReversalSnapshot(
        gateway_id=reversal["id"],
        transfer_id=_id(reversal["transfer"]),
        amount=from_wire(reversal["amount"], reversal["currency"]),
        operation_id=_operation(reversal),
    )


def payout_snapshot(payout: Wire, payee_id: str) -> PayoutSnapshot:
    """Read a Payout of a connected account."""
    return PayoutSnapshot(
        gateway_id=payout["id"],
        payee_id=payee_id,
        status=PayoutState(payout["status"]),
        amount=from_wire(payout["amount"], payout["currency"]),
        failure_code=payout.get("failure_code") or "",
        failure_message=payout.get("failure_message") or "",
        arrives_at=moment(payout["arrival_date"]),
        operation_id=_operation(payout),
    )


def payee_status(account: Wire) -> PayeeStatus:
    """Read an Account: past-due requirements are listed with those currently due."""
    requirements = account.get("requirements") or {}
    external = (account.get("external_accounts") or {}).get("data") or ()
    banks = sorted(external, key=lambda each: not each.get("default_for_currency"))
    due = [*(requirements.get("currently_due") or ()), *(requirements.get("past_due") or ())]
    return PayeeStatus(
        payee_id=account["id"],
        payouts_enabled=bool(account.get("payouts_enabled")),
        transfers_enabled=(account.get("capabilities") or {}).get("transfers") == "active",
        currently_due=tuple(dict.fromkeys(due)),
        disabled_reason=requirements.get("disabled_reason") or "",
        details_submitted=bool(account.get("details_submitted")),
        operation_id=_operation(account),
        bank=_bank(banks[0]) if banks else None,
        instant_available=any("instant" in (each.get("available_payout_methods") or ()) for each in banks),
        past_due=tuple(requirements.get("past_due") or ()),
        due_by=moment(requirements["current_deadline"]) if requirements.get("current_deadline") else None,
    )


def _bank(account: Wire) -> BankAccount:
    """Read a bank account or debit card; Stripe's fingerprint is the same for the same account everywhere."""
    return BankAccount(
        fingerprint=account.get("fingerprint") or account["id"],
        bank_name=account.get("bank_name") or account.get("brand") or "",
        last4=account.get("last4") or "",
        country=account.get("country") or "",
        currency=(account.get("currency") or "").upper(),
    )


def dispute_snapshot(dispute: Wire) -> DisputeSnapshot:
    """Read a Dispute. Its balance transactions say what it took, gave back and cost; an inquiry has none."""
    details = dispute.get("evidence_details") or {}
    currency = dispute["currency"]
    # The lines stand in the currency of our balance; a payment in another one is not something that we take.
    lines = [line for line in dispute.get("balance_transactions") or () if line["currency"] == currency]
    return DisputeSnapshot(
        gateway_id=dispute["id"],
        payment_id=_id(dispute.get("payment_intent")),
        status=_DISPUTE_STATES.get(dispute["status"], DisputeState.OPEN),
        amount=from_wire(dispute["amount"], currency),
        reason=dispute.get("reason") or "",
        evidence_due_by=moment(details["due_by"]) if details.get("due_by") else None,
        taken=from_wire(sum(-line["amount"] for line in lines if line["amount"] < 0), currency),
        returned=from_wire(sum(line["amount"] for line in lines if line["amount"] > 0), currency),
        fee=from_wire(sum(line["fee"] for line in lines), currency),
        inquiry=dispute["status"].startswith("warning_") or dispute["status"] == "prevented",
        answered=bool(details.get("submission_count")),
    )


def balance_movement(transaction: Wire, payee_id: str = "") -> BalanceMovement:
    """Read a BalanceTransaction; its `source` should be expanded, to name the payment of a charge."""
    currency = transaction["currency"]
    source = _expanded(transaction.get("source"))
    object_kind, object_id = object_of(source) if source else (ObjectKind.OTHER, _id(transaction.get("source")))
    return BalanceMovement(
        gateway_id=transaction["id"],
        kind=_movement_kind(transaction, at_payee=bool(payee_id)),
        amount=from_wire(transaction["amount"], currency),
        fee=from_wire(transaction["fee"], currency),
        net=from_wire(transaction["net"], currency),
        created=moment(transaction["created"]),
        available_at=moment(transaction["available_on"]),
        object_kind=object_kind,
        object_id=object_id,
        payee_id=payee_id,
    )


def object_of(wire: Wire) -> tuple[ObjectKind, str]:
    """Say which of our objects Stripe's object is about: a charge is about its payment or the transfer behind it."""
    if wire.get("object") == "charge":
        if wire.get("source_transfer"):
            return ObjectKind.TRANSFER, _id(wire["source_transfer"])
        payment_id = _id(wire.get("payment_intent"))
        return (ObjectKind.PAYMENT if payment_id else ObjectKind.OTHER), payment_id
    if wire.get("object") == "refund" and wire.get("source_transfer_reversal"):
        return ObjectKind.TRANSFER_REVERSAL, _id(wire["source_transfer_reversal"])
    if wire.get("object") == "capability":
        return ObjectKind.PAYEE, _id(wire["account"])
    return _OBJECT_KINDS.get(wire.get("object", ""), ObjectKind.OTHER), wire.get("id") or ""


def _movement_kind(transaction: Wire, *, at_payee: bool) -> MovementKind:
    kind = transaction["type"]
    if at_payee and kind in ("payment", "payment_refund"):
        return MovementKind.TRANSFER_RECEIVED if kind == "payment" else MovementKind.TRANSFER_TAKEN_BACK
    if kind == "adjustment" and transaction.get("reporting_category") == "dispute":
        return MovementKind.DISPUTE
    if kind == "adjustment" and transaction.get("reporting_category") == "dispute_reversal":
        return MovementKind.DISPUTE_REVERSAL
    return _MOVEMENT_KINDS.get(kind, MovementKind.OTHER)


def _action_url(intent: Wire) -> str:
    action = intent.get("next_action") or {}
    return (action.get("redirect_to_url") or {}).get("url") or ""


def _capture_before(charge: Wire) -> datetime | None:
    card = (charge.get("payment_method_details") or {}).get("card") or {}
    seconds = card.get("capture_before")
    return moment(seconds) if seconds else None


def _operation(wire: Wire) -> str:
    return (wire.get("metadata") or {}).get(OPERATION) or ""


def _expanded(field: Any) -> Wire:
    return field if isinstance(field, Mapping) else {}


def _id(field: Any) -> str:
    """Return the id of an expandable field, expanded or not."""
    if isinstance(field, Mapping):
        return field.get("id") or ""
    return field or ""
