"""Webhooks: HMAC-SHA512 of the raw body with the secret key, then a hint of what has changed.

They carry no id and no time. The key of an event is a digest of what it says, so that one that comes again (or is
played again) is the one we have; and whatever it says, only the object itself is believed.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jobsphere.payments.gateways.base import ObjectKind, ParsedEvent, WebhookRejectedError
from jobsphere.payments.gateways.paystack.normalise import moment, recipient_of
from jobsphere.payments.gateways.paystack.payments import NEWEST_OF

SIGNATURE_HEADER = "x-paystack-signature"
_TIMES = ("updatedAt", "updated_at", "paid_at", "paidAt", "transferred_at", "createdAt", "created_at")


def parse_webhook(body: bytes, headers: Mapping[str, str], *, secret_key: str, now: datetime) -> ParsedEvent:
    """Verify and read an event. Raises WebhookRejectedError."""
    shown = {name.lower(): value for name, value in headers.items()}.get(SIGNATURE_HEADER, "")
    if not secret_key or not hmac.compare_digest(sign(body, secret_key).encode(), shown.encode("utf-8", "replace")):
        raise WebhookRejectedError("the signature does not match")
    kind, data = _read(body)
    object_kind, object_id = _object_of(kind, data)
    return ParsedEvent(
        event_key=hashlib.sha256(body).hexdigest(),
        type=kind[:100],
        object_kind=object_kind,
        object_id=object_id[:255],
        created=_happened(data) or now,
        payee_id=recipient_of(data) if object_kind is ObjectKind.PAYOUT else "",
    )


def sign(body: bytes, secret_key: str) -> str:
    """Return the signature of a body."""
    return hmac.new(secret_key.encode(), body, hashlib.sha512).hexdigest()


def _read(body: bytes) -> tuple[str, Mapping[str, Any]]:
    try:
        event = json.loads(body)
        kind, data = event["event"], event["data"]
    except (ValueError, KeyError, TypeError) as error:
        raise WebhookRejectedError("the body is not an event") from error
    if not isinstance(kind, str) or not isinstance(data, dict):
        raise WebhookRejectedError("the body is not an event")
    return kind, data


def _object_of(kind: str, data: Mapping[str, Any]) -> tuple[ObjectKind, str]:
    """Say which object an event is about. A refund's event may name nothing but its payment."""
    if kind.startswith("charge.dispute."):
        return ObjectKind.DISPUTE, str(data.get("id") or "")
    if kind.startswith("charge."):
        return ObjectKind.PAYMENT, str(data.get("reference") or "")
    if kind.startswith("transfer."):
        return ObjectKind.PAYOUT, str(data.get("transfer_code") or "")
    if kind.startswith("refund."):
        number = str(data.get("id") or "")
        return ObjectKind.REFUND, number or f"{NEWEST_OF}{data.get('transaction_reference') or ''}"
    return ObjectKind.OTHER, ""


def _happened(data: Mapping[str, Any]) -> datetime | None:
    for name in _TIMES:
        try:
            found = moment(data.get(name))
        except ValueError:
            continue
        if found is not None:
            return found
    return None
