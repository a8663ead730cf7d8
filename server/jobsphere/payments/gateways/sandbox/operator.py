"""What the operator and the gateway do with our balance that no request of ours makes: payouts, top-ups, fees."""

from jobsphere.payments.gateways.sandbox import balances
from jobsphere.payments.gateways.sandbox.objects import Body, add, new_id
from jobsphere.payments.gateways.sandbox.state import SandboxState


def pay_out(state: SandboxState, amount: int, currency: str) -> str:
    """Pay from our balance to the operator's bank, as their dashboard does; returns the payout's id."""
    payout = _made(state, "payout", amount, currency, {"status": "paid", "arrival_date": state.now()})
    balances.move(state, "payout", -amount, currency, payout, fee=0)
    return payout


def return_pay_out(state: SandboxState, payout_id: str, amount: int, currency: str) -> None:
    """Let the operator's bank send a payout back."""
    balances.move(state, "payout_failure", amount, currency, payout_id)


def top_up(state: SandboxState, amount: int, currency: str) -> str:
    """Put the operator's own money on our balance; returns the top-up's id."""
    made = _made(state, "topup", amount, currency, {"status": "succeeded"})
    balances.move(state, "topup", amount, currency, made, category="topup")
    return made


def charge(state: SandboxState, amount: int, currency: str) -> str:
    """Charge us for something that is no payment; negative gives back. Returns the line."""
    return balances.move(state, "stripe_fee", -amount, currency, "", category="fee")


def move_strangely(state: SandboxState, amount: int, currency: str) -> str:
    """Move our balance in a way that no program of ours has ever heard of; returns the line."""
    return balances.move(state, "climate_order_purchase", amount, currency, "", category="climate_order_purchase")


def _made(state: SandboxState, kind: str, amount: int, currency: str, more: Body) -> str:
    body: Body = {
        "id": new_id(kind),
        "object": kind,
        "amount": amount,
        "created": state.now(),
        "currency": currency,
        "livemode": False,
        "metadata": {},
        **more,
    }
    add(state, body)
    return str(body["id"])
