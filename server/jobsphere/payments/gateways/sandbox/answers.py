"""Idempotency keys, by Stripe's rules (docs.stripe.com/api/idempotent_requests).

The first answer of a request that began to execute is kept, errors and 500s included, and repeated for the same key and
parameters. Other parameters under the same key are an error. Keys are forgotten after a day.
"""

import hashlib

from jobsphere.payments.gateways.sandbox.state import SandboxState, days, dump
from jobsphere.payments.gateways.sandbox.wire import Reply, Request, WireError

_LIFETIME = days(1)
#: A claim that its process never answered is given up after this many seconds.
_CLAIM_LIFETIME = 60
_RUNNING = 0


def recall(state: SandboxState, request: Request) -> Reply | None:
    """Return the stored answer for this key, if any. Raises WireError for a key that cannot be used."""
    if not request.key or request.method != "POST":
        return None
    row = state.execute(
        "SELECT * FROM answers WHERE account = ? AND key = ? AND created > ?",
        (request.account, request.key, state.now() - _LIFETIME),
    ).fetchone()
    if row is None:
        return None
    if row["fingerprint"] != _fingerprint(request):
        raise WireError(
            "Keys for idempotent requests can only be used with the same parameters they were first used with.",
            kind="idempotency_error",
            stored=False,
        )
    if row["status"] != _RUNNING:
        return Reply(row["status"], row["body"], {"Idempotent-Replayed": "true"})
    if row["created"] > state.now() - _CLAIM_LIFETIME:
        raise running()
    return None


def keep(state: SandboxState, request: Request, reply: Reply) -> None:
    """Store the answer under the request's key."""
    if request.key and request.method == "POST":
        _write(state, request, reply.status, reply.body)


def claim(state: SandboxState, request: Request) -> None:
    """Say that a request with this key is running, for those that come meanwhile."""
    if request.key and request.method == "POST":
        _write(state, request, _RUNNING, "")


def give_up(state: SandboxState, request: Request) -> None:
    """Drop a claim whose request never began to execute."""
    state.execute(
        "DELETE FROM answers WHERE account = ? AND key = ? AND status = ?", (request.account, request.key, _RUNNING)
    )


def prune(state: SandboxState) -> int:
    """Forget every key, as a gateway may after a day. Returns how many."""
    return state.execute("DELETE FROM answers").rowcount


def running() -> WireError:
    """Make the 409 for a key whose first request has not been answered yet."""
    return WireError(
        "There is currently another in-progress request using this idempotency key.",
        status=409,
        kind="idempotency_error",
        code="idempotency_key_in_use",
        stored=False,
    )


def _write(state: SandboxState, request: Request, status: int, body: str) -> None:
    state.execute(
        "INSERT OR REPLACE INTO answers (account, key, fingerprint, status, body, created) VALUES (?, ?, ?, ?, ?, ?)",
        (request.account, request.key, _fingerprint(request), status, body, state.now()),
    )


def _fingerprint(request: Request) -> str:
    return hashlib.sha256(f"{request.line}\n{dump(request.params)}".encode()).hexdigest()
