"""The balance of the Paystack sandbox: every movement is a line of the balance ledger."""

from jobsphere.payments.gateways.paystack.sandbox.store import INTEGRATION, Row, insert, new_number, stamp
from jobsphere.payments.gateways.sandbox import balances
from jobsphere.payments.gateways.sandbox.state import SandboxState

#: Paystack's names of what moves the balance.
MODELS = {"transaction": "Transaction", "refund": "Refund", "transfer": "Transfer", "dispute": "Dispute"}


def move(state: SandboxState, row: Row, difference: int, reason: str, *, settles: bool = False) -> None:
    """Change the balance, because of an object."""
    currency = str(row.body["currency"])
    balances.add_to_total(state, "", currency.lower(), difference)
    wait = state.setting("settlement_seconds") if settles else 0
    if wait:
        balances.hold_back(state, "", currency.lower(), difference, state.now() + wait)
    number = new_number(state)
    now = stamp(state.now())
    body = {
        "integration": INTEGRATION,
        "domain": "test",
        "balance": balances.total(state, currency.lower()),
        "currency": currency,
        "difference": difference,
        "reason": reason,
        "model_responsible": MODELS[row.kind],
        "model_row": row.number,
        "id": number,
        "createdAt": now,
        "updatedAt": now,
    }
    insert(state, "ledger", str(number), body, refers=f"{row.kind}:{row.number}")


def available(state: SandboxState, currency: str) -> int:
    """Return what can be transferred or refunded now."""
    return balances.available(state, currency.lower())
