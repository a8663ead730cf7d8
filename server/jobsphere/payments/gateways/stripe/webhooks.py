"""Webhooks: the signature on the raw body, checked through the SDK, then a hint of what has changed."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import stripe

from jobsphere.payments.gateways.base import ParsedEvent, WebhookRejectedError
from jobsphere.payments.gateways.stripe.normalise import moment, object_of

#: Older signatures are refused, so that a recorded webhook cannot be played again much later (Stripe's own default).
TOLERANCE = timedelta(minutes=5)


def parse_webhook(
    body: bytes,
    headers: Mapping[str, str],
    *,
    secrets: Sequence[str],
    clock: Callable[[], datetime],
) -> ParsedEvent:
    """Verify with any of the endpoint's secrets and read the event. Raises WebhookRejectedError."""
    header = {name.lower(): value for name, value in headers.items()}.get("stripe-signature", "")
    _verify_signature(body, header, secrets)
    _verify_age(header, clock())
    event = _read(body)
    kind, object_id = object_of(event["data"]["object"])
    return ParsedEvent(
        event_key=event["id"],
        type=event["type"],
        object_kind=kind,
        object_id=object_id,
        created=moment(event["created"]),
        payee_id=event.get("account") or "",
    )


def _verify_signature(body: bytes, header: str, secrets: Sequence[str]) -> None:
    for secret in secrets:
        try:
            stripe.WebhookSignature.verify_header(body, header, secret, tolerance=None)
        except (stripe.SignatureVerificationError, UnicodeDecodeError):
            continue
        return
    raise WebhookRejectedError("the signature does not match")


def _verify_age(header: str, now: datetime) -> None:
    """Judge the age by our own clock, which the rehearsal may have moved, and not by the machine's as the SDK would."""
    # The first `t` is the one that was signed; a second one would be an attacker's.
    first = next(part for part in header.split(",") if part.startswith("t="))
    signed_at = moment(int(first.removeprefix("t=")))
    if now - signed_at > TOLERANCE:
        raise WebhookRejectedError("the signature is too old")


def _read(body: bytes) -> dict[str, Any]:
    try:
        event = json.loads(body)
        complete = isinstance(event["data"]["object"], dict) and {"id", "type", "created"} <= event.keys()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WebhookRejectedError("the body is not an event") from error
    if not complete or event.get("object") != "event":
        raise WebhookRejectedError("the body is not an event")
    return dict(event)
