"""How each kind of sandbox names what an exercise plays with. The switches are the same; the wire is not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """One kind of object: under which name the sandbox keeps it, which field is its id, and when it fits."""

    kind: str
    key: str
    fits: Callable[[Body], bool]


@dataclass(frozen=True, slots=True)
class Family:
    """The words of one gateway's wire."""

    #: What is asked of it, in our words, and the request that asks it.
    requests: Mapping[str, str]
    payment: Found
    refund: Found
    payout: Found
    chargeback: Found
    payee_open: Found
    payee_closed: Found
    #: The field of a chargeback and of a refund that names its payment.
    of_payment: str


STRIPE = Family(
    requests={
        "payment": "POST /v1/payment_intents",
        "capture": "POST /v1/payment_intents/*/capture",
        "refund": "POST /v1/refunds",
        "transfer": "POST /v1/transfers",
        "payout": "POST /v1/payouts",
        "anything": "*",
    },
    payment=Found("payment_intent", "id", lambda each: each["status"] == "succeeded"),
    refund=Found("refund", "id", lambda each: each["status"] in ("pending", "succeeded")),
    payout=Found("payout", "id", lambda each: each["status"] not in ("failed", "canceled")),
    chargeback=Found("dispute", "id", lambda each: each["status"] not in ("won", "lost")),
    payee_open=Found("account", "id", lambda each: bool(each["payouts_enabled"] and each["details_submitted"])),
    payee_closed=Found("account", "id", lambda each: bool(each["details_submitted"] and not each["payouts_enabled"])),
    of_payment="payment_intent",
)
PAYSTACK = Family(
    requests={
        "payment": "POST /transaction/*",
        "capture": "POST /transaction/*",
        "refund": "POST /refund",
        "transfer": "POST /transfer",
        "payout": "POST /transfer",
        "anything": "*",
    },
    payment=Found("transaction", "reference", lambda each: each["status"] == "success"),
    refund=Found("refund", "id", lambda each: each["status"] != "failed"),
    payout=Found("transfer", "transfer_code", lambda each: each["status"] in ("pending", "success")),
    chargeback=Found("dispute", "id", lambda each: each["status"] != "resolved"),
    payee_open=Found("recipient", "recipient_code", lambda each: bool(each["active"])),
    payee_closed=Found("recipient", "recipient_code", lambda each: not each["active"]),
    of_payment="transaction_reference",
)


def family(gateway: str) -> Family:
    """Return how a sandbox names things."""
    return PAYSTACK if gateway.endswith("paystack") else STRIPE
