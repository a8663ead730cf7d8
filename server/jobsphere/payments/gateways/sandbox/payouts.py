"""Payouts from a payee's balance to their bank: pending, in transit, paid; or failed, even after it was paid."""

from jobsphere.payments.gateways.sandbox import balances, timers
from jobsphere.payments.gateways.sandbox.cards import BANKS_BY_NUMBER
from jobsphere.payments.gateways.sandbox.events import emit
from jobsphere.payments.gateways.sandbox.objects import Body, Stored, add, get, look, new_id, page, save
from jobsphere.payments.gateways.sandbox.state import SandboxState
from jobsphere.payments.gateways.sandbox.wire import Request, WireError, choice, metadata_of, required, whole

_URL = "/v1/payouts"


def create(state: SandboxState, request: Request) -> Body:
    """POST /v1/payouts on behalf of a payee: refused while restricted and beyond the payee's balance."""
    params = request.params
    if not request.account:
        raise WireError("This sandbox pays out only from connected accounts.", code="payouts_not_allowed")
    payee = get(state, "account", request.account)
    amount, currency = whole(params, "amount"), str(required(params, "currency")).lower()
    if not payee.body["payouts_enabled"]:
        raise WireError("Payouts are not enabled for this account.", code="payouts_not_allowed")
    if amount > balances.available(state, currency, payee.id):
        raise WireError("You have insufficient funds in your account for this payout.", code="balance_insufficient")
    bank = payee.body["external_accounts"]["data"][0]
    method = choice(params, "method", ("standard", "instant"))
    if method not in bank["available_payout_methods"]:
        raise WireError("This bank account does not take instant payouts.", code="instant_payouts_unsupported")
    lands_after = state.setting("payout_instant_after" if method == "instant" else "payout_paid_after")
    payout = add(state, _new_payout(state, params, amount, currency, bank["id"]), account=payee.id)
    payout.body |= {"method": method, "arrival_date": state.now() + lands_after}
    payout.body["balance_transaction"] = balances.move(state, "payout", -amount, currency, payout.id, account=payee.id)
    payout.hidden["bank"] = payee.hidden["bank"]
    save(state, payout)
    timers.schedule(state, state.setting("payout_in_transit_after"), "send_payout", payout.id)
    timers.schedule(state, lands_after, "land_payout", payout.id)
    emit(state, "payout.created", payout.body, account=payee.id)
    return payout.body


def retrieve(state: SandboxState, request: Request, payout_id: str) -> Body:
    """GET /v1/payouts/{id}."""
    return get(state, "payout", payout_id, request.account).body


def list_all(state: SandboxState, request: Request) -> Body:
    """GET /v1/payouts of the payee."""
    return page(state, "payout", request.params, account=request.account, url=_URL)


def send(state: SandboxState, payout_id: str) -> None:
    """Let a payout be on its way."""
    payout = _any(state, payout_id)
    if payout.body["status"] == "pending":
        payout.body["status"] = "in_transit"
        save(state, payout)
        emit(state, "payout.updated", payout.body, account=payout.account)


def land(state: SandboxState, payout_id: str) -> None:
    """Let a payout reach the bank, which takes it or does not."""
    payout = _any(state, payout_id)
    if payout.body["status"] not in ("pending", "in_transit"):
        return
    bank = BANKS_BY_NUMBER[payout.hidden["bank"]]
    if bank.failure_code and not bank.fails_after_paid:
        fail(state, payout_id, bank.failure_code, bank.failure_message)
        return
    payout.body |= {"status": "paid", "arrival_date": state.now()}
    save(state, payout)
    emit(state, "payout.paid", payout.body, account=payout.account)
    if bank.fails_after_paid:
        timers.schedule(state, state.setting("payout_paid_after"), "return_payout", payout_id)


def send_back(state: SandboxState, payout_id: str) -> None:
    """Let the bank return a payout that was reported paid."""
    bank = BANKS_BY_NUMBER[_any(state, payout_id).hidden["bank"]]
    fail(state, payout_id, bank.failure_code, bank.failure_message)


def fail(
    state: SandboxState,
    payout_id: str,
    code: str = "account_closed",
    message: str = "The bank account has been closed.",
) -> None:
    """Let a payout fail at any point, also after it was paid: the money is back on the payee's balance."""
    payout = _any(state, payout_id)
    if payout.body["status"] in ("failed", "canceled"):
        return
    line = balances.move(
        state,
        "payout_failure",
        payout.body["amount"],
        payout.body["currency"],
        payout.id,
        account=payout.account,
    )
    payout.body |= {
        "status": "failed",
        "failure_code": code,
        "failure_message": message,
        "failure_balance_transaction": line,
    }
    save(state, payout)
    timers.cancel(state, payout_id)
    emit(state, "payout.failed", payout.body, account=payout.account)


def _any(state: SandboxState, payout_id: str) -> Stored:
    """Return a payout whosever it is."""
    found = look(state, payout_id)
    assert found is not None, payout_id
    return found


def _new_payout(state: SandboxState, params: Body, amount: int, currency: str, bank_id: str) -> Body:
    return {
        "id": new_id("payout"),
        "object": "payout",
        "amount": amount,
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": state.now() + state.setting("payout_paid_after"),
        "automatic": False,
        "balance_transaction": None,
        "created": state.now(),
        "currency": currency,
        "description": params.get("description"),
        "destination": bank_id,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": metadata_of(params),
        "method": "standard",
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "not_applicable",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": params.get("statement_descriptor"),
        "status": "pending",
        "trace_id": None,
        "type": "bank_account",
    }
