"""Events in Paystack's shape: what happened and the object. No id, no time, one signature over the whole body."""

from collections.abc import Mapping
from secrets import token_hex

from jobsphere.payments.gateways.paystack.sandbox.store import Body
from jobsphere.payments.gateways.paystack.webhooks import sign
from jobsphere.payments.gateways.sandbox.events import record
from jobsphere.payments.gateways.sandbox.state import SandboxState


def emit(state: SandboxState, kind: str, subject: Body) -> None:
    """Record that something happened to an object, with the object as it is now. The id is for our switches only."""
    record(state, f"evt_{token_hex(12)}", kind, {"event": kind, "data": subject})


def paystack_seal(state: SandboxState, body: bytes) -> Mapping[str, str]:
    """Return the headers of a delivery: HMAC-SHA512 with the secret key."""
    return {
        "Content-Type": "application/json",
        "x-paystack-signature": sign(body, state.secret_key),
        "User-Agent": "Paystack/1.0 JobSphere-sandbox",
    }
