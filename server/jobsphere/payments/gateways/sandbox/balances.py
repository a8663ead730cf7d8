"""Balances: every movement of money at the sandbox is a balance transaction, on our balance or on a payee's."""

from jobsphere.payments.gateways.sandbox.objects import Body, add, new_id
from jobsphere.payments.gateways.sandbox.state import SandboxState

_CATEGORIES = {
    "charge": "charge",
    "payment": "charge",
    "refund": "refund",
    "payment_refund": "refund",
    "refund_failure": "refund_failure",
    "transfer": "transfer",
    "transfer_refund": "transfer_reversal",
    "payout": "payout",
    "payout_failure": "payout_reversal",
}


def move(
    state: SandboxState,
    kind: str,
    amount: int,
    currency: str,
    source: str,
    *,
    account: str = "",
    fee: int = 0,
    category: str = "",
) -> str:
    """Change a balance by `amount` less `fee` and return the id of the line that says so."""
    now = state.now()
    wait = state.setting("settlement_seconds") if kind == "charge" else 0
    line: Body = {
        "id": new_id("balance_transaction"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": now + wait,
        "balance_type": "payments",
        "created": now,
        "currency": currency,
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [_fee_detail(fee, currency)] if fee else [],
        "net": amount - fee,
        "reporting_category": category or _CATEGORIES[kind],
        "source": source,
        "status": "pending" if wait else "available",
        "type": kind,
    }
    add(state, line, account=account, refers=source)
    add_to_total(state, account, currency, amount - fee)
    if wait:
        hold_back(state, account, currency, amount - fee, now + wait)
    return str(line["id"])


def hold_back(state: SandboxState, account: str, currency: str, amount: int, until: int) -> None:
    """Keep a part of a balance from being used until it has settled."""
    state.execute(
        "INSERT INTO unavailable (account, currency, amount, until) VALUES (?, ?, ?, ?)",
        (account, currency, amount, until),
    )


def charge_fee(state: SandboxState, amount: int) -> int:
    """Return the sandbox's own fee on a charge; nothing unless the operator has set one."""
    return amount * state.setting("fee_basis_points") // 10_000 + state.setting("fee_fixed")


def total(state: SandboxState, currency: str, account: str = "") -> int:
    """Return the whole balance."""
    row = state.execute("SELECT total FROM balances WHERE account = ? AND currency = ?", (account, currency)).fetchone()
    return int(row["total"]) if row else 0


def available(state: SandboxState, currency: str, account: str = "") -> int:
    """Return what may be transferred, paid out or refunded now."""
    state.execute("DELETE FROM unavailable WHERE until <= ?", (state.now(),))
    row = state.execute(
        "SELECT coalesce(sum(amount), 0) AS held FROM unavailable WHERE account = ? AND currency = ?",
        (account, currency),
    ).fetchone()
    return total(state, currency, account) - int(row["held"])


def balance(state: SandboxState, account: str = "") -> Body:
    """Answer GET /v1/balance."""
    rows = state.rows("SELECT currency, total FROM balances WHERE account = ? ORDER BY currency", (account,))
    ready = {row["currency"]: available(state, row["currency"], account) for row in rows}
    return {
        "object": "balance",
        "available": [_line(currency, amount) for currency, amount in ready.items()],
        "livemode": False,
        "pending": [_line(row["currency"], row["total"] - ready[row["currency"]]) for row in rows],
    }


def _line(currency: str, amount: int) -> Body:
    return {"amount": amount, "currency": currency, "source_types": {"card": amount}}


def _fee_detail(fee: int, currency: str) -> Body:
    return {
        "amount": fee,
        "application": None,
        "currency": currency,
        "description": "Processing fee",
        "type": "stripe_fee",
    }


def add_to_total(state: SandboxState, account: str, currency: str, net: int) -> None:
    """Change a balance."""
    state.execute(
        "INSERT INTO balances (account, currency, total) VALUES (?, ?, ?)"
        " ON CONFLICT (account, currency) DO UPDATE SET total = total + excluded.total",
        (account, currency, net),
    )
