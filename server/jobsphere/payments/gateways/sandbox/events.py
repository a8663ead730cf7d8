"""Events: every change makes one. They wait until they are delivered, and each delivery is signed anew."""

import hashlib
import hmac
import json
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jobsphere.payments.gateways.sandbox.objects import Body, new_id
from jobsphere.payments.gateways.sandbox.state import SandboxState, dump

#: The version whose shapes the sandbox speaks; that of the SDK it was written against.
API_VERSION = "2026-10-28.endive"

#: Takes a body and its headers to an endpoint and returns the HTTP status.
Post = Callable[[bytes, Mapping[str, str]], int]
#: Makes the headers of one delivery.
Seal = Callable[[SandboxState, bytes], Mapping[str, str]]


def emit(state: SandboxState, kind: str, subject: Body, *, account: str = "") -> None:
    """Record that something happened to an object, with the object as it is now."""
    event: dict[str, Any] = {
        "id": new_id("event"),
        "object": "event",
        "api_version": API_VERSION,
        "created": state.now(),
        "data": {"object": subject},
        "livemode": False,
        "pending_webhooks": 1,
        "request": dict(state.request),
        "type": kind,
    }
    if account:
        event["account"] = account
    record(state, event["id"], kind, event)


def record(state: SandboxState, event_id: str, kind: str, event: Body) -> None:
    """Keep an event, in whatever shape its gateway gives it, until it is delivered."""
    withheld = any(fits(kind, pattern) for pattern in withheld_patterns(state))
    state.execute(
        "INSERT INTO events (id, type, body, state) VALUES (?, ?, ?, ?)",
        (event_id, kind, dump(event), "withheld" if withheld else "pending"),
    )


def sign(body: bytes, secret: str, timestamp: int) -> str:
    """Return the Stripe-Signature header: HMAC-SHA256 over "timestamp.body"."""
    signed = str(timestamp).encode() + b"." + body
    return f"t={timestamp},v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def deliver(
    state: SandboxState,
    post: Post,
    *,
    seal: Seal,
    copies: int = 1,
    shuffle: int | None = None,
    limit: int | None = None,
) -> int:
    """Deliver what is pending and return how many events were taken (2xx); the others stay pending.

    `seal` makes the headers of a delivery, with the gateway's signature. `copies` sends each so many times; `shuffle`
    is the seed of a random order. No lock is held while posting.
    """
    waiting = state.rows(
        "SELECT seq, body FROM events WHERE state = 'pending' ORDER BY seq LIMIT ?", (-1 if limit is None else limit,)
    )
    parcels = [(row["seq"], row["body"].encode()) for row in waiting for _ in range(copies)]
    if shuffle is not None:
        random.Random(shuffle).shuffle(parcels)
    taken = {seq for seq, body in parcels if _post(state, post, seal, seq, body)}
    for seq in taken:
        state.execute("UPDATE events SET state = 'delivered' WHERE seq = ?", (seq,))
    return len(taken)


def redeliver(state: SandboxState, event_ids: Sequence[str] = ()) -> int:
    """Make delivered events pending again: those named, or all. Returns how many."""
    if not event_ids:
        return state.execute("UPDATE events SET state = 'pending' WHERE state = 'delivered'").rowcount
    return sum(
        state.execute("UPDATE events SET state = 'pending' WHERE id = ?", (event_id,)).rowcount
        for event_id in event_ids
    )


def withhold(state: SandboxState, pattern: str) -> None:
    """Keep back events whose type fits ("payment_intent.*"): those pending now and those to come."""
    patterns = {*withheld_patterns(state), pattern}
    state.execute("INSERT OR REPLACE INTO settings (name, value) VALUES ('withheld', ?)", (dump(sorted(patterns)),))
    for row in state.rows("SELECT seq, type FROM events WHERE state = 'pending'"):
        if fits(row["type"], pattern):
            state.execute("UPDATE events SET state = 'withheld' WHERE seq = ?", (row["seq"],))


def release(state: SandboxState) -> int:
    """Stop withholding; what was kept back becomes pending. Returns how many."""
    state.execute("DELETE FROM settings WHERE name = 'withheld'")
    return state.execute("UPDATE events SET state = 'pending' WHERE state = 'withheld'").rowcount


def recorded(state: SandboxState, *, only: str = "") -> list[dict[str, Any]]:
    """Return events oldest first; `only` is one of pending, delivered, withheld."""
    rows = state.rows("SELECT body FROM events WHERE ? IN ('', state) ORDER BY seq", (only,))
    return [json.loads(row["body"]) for row in rows]


def withheld_patterns(state: SandboxState) -> list[str]:
    """Return the patterns that are kept back now."""
    row = state.execute("SELECT value FROM settings WHERE name = 'withheld'").fetchone()
    return list(json.loads(row["value"])) if row else []


def fits(kind: str, pattern: str) -> bool:
    """Compare an event type with "payment_intent.*", "*" or itself."""
    return pattern in ("*", kind) or (pattern.endswith(".*") and kind.startswith(pattern[:-1]))


def stripe_seal(state: SandboxState, body: bytes) -> Mapping[str, str]:
    """Return the headers of Stripe's webhooks: each delivery is signed anew, with its time."""
    return {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": sign(body, state.webhook_secret, state.outside_now()),
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks) JobSphere-sandbox",
    }


def _post(state: SandboxState, post: Post, seal: Seal, seq: int, body: bytes) -> bool:
    headers = seal(state, body)
    state.execute("UPDATE events SET attempts = attempts + 1 WHERE seq = ?", (seq,))
    return 200 <= post(body, headers) < 300
