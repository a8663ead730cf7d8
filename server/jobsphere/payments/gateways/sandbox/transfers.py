"""Transfers from our balance to a payee's, and what is taken back."""

from jobsphere.payments.gateways.sandbox import balances
from jobsphere.payments.gateways.sandbox.charges import payment_at_payee
from jobsphere.payments.gateways.sandbox.events import emit
from jobsphere.payments.gateways.sandbox.objects import Body, Stored, add, get, new_id, page, save
from jobsphere.payments.gateways.sandbox.state import SandboxState
from jobsphere.payments.gateways.sandbox.wire import Request, WireError, metadata_of, required, whole

_URL = "/v1/transfers"


def create(state: SandboxState, request: Request) -> Body:
    """POST /v1/transfers: refused for a restricted payee and beyond our available balance."""
    params = request.params
    payee = get(state, "account", str(required(params, "destination")), param="destination")
    amount, currency = whole(params, "amount"), str(required(params, "currency")).lower()
    if payee.body["capabilities"].get("transfers") != "active":
        raise WireError(
            "Your destination account needs to have at least one of the following capabilities enabled: transfers.",
            code="insufficient_capabilities_for_transfer",
        )
    if amount > balances.available(state, currency):
        raise WireError("You have insufficient available funds for this transfer.", code="balance_insufficient")
    body = _new_transfer(state, params, amount, currency, payee.id)
    body["balance_transaction"] = balances.move(state, "transfer", -amount, currency, body["id"])
    payment = payment_at_payee(state, body)
    body["destination_payment"] = payment["id"]
    payment["balance_transaction"] = balances.move(state, "payment", amount, currency, payment["id"], account=payee.id)
    add(state, payment, account=payee.id, refers=body["id"])
    add(state, body, grouped=body["transfer_group"] or "", refers=payee.id)
    emit(state, "transfer.created", body)
    return body


def retrieve(state: SandboxState, request: Request, transfer_id: str) -> Body:
    """GET /v1/transfers/{id}."""
    return get(state, "transfer", transfer_id).body


def list_all(state: SandboxState, request: Request) -> Body:
    """GET /v1/transfers, filtered by `transfer_group` and `destination`."""
    params = request.params
    return page(
        state,
        "transfer",
        params,
        refers=params.get("destination", ""),
        grouped=params.get("transfer_group", ""),
        url=_URL,
    )


def reverse(state: SandboxState, request: Request, transfer_id: str) -> Body:
    """POST /v1/transfers/{id}/reversals: never more than was sent, and never beyond the payee's balance."""
    transfer = get(state, "transfer", transfer_id)
    left = transfer.body["amount"] - transfer.body["amount_reversed"]
    amount = whole(request.params, "amount", left or None)
    if amount > left:
        raise WireError("Transfer reversal amount is greater than the unreversed amount.", param="amount")
    currency, payee = transfer.body["currency"], transfer.body["destination"]
    if amount > balances.available(state, currency, payee):
        raise WireError("The payee's balance does not cover this reversal.", code="balance_insufficient")
    body = _new_reversal(state, request.params, transfer, amount)
    body["balance_transaction"] = balances.move(state, "transfer_refund", amount, currency, body["id"])
    body["destination_payment_refund"] = _refund_at_payee(state, transfer, body)
    add(state, body, refers=transfer.id)
    reversed_now = transfer.body["amount_reversed"] + amount
    transfer.body |= {"amount_reversed": reversed_now, "reversed": reversed_now == transfer.body["amount"]}
    transfer.body["reversals"]["data"].insert(0, body)
    save(state, transfer)
    emit(state, "transfer.reversed", transfer.body)
    return body


def retrieve_reversal(state: SandboxState, request: Request, transfer_id: str, reversal_id: str) -> Body:
    """GET /v1/transfers/{id}/reversals/{id}."""
    get(state, "transfer", transfer_id)
    return get(state, "transfer_reversal", reversal_id).body


def list_reversals(state: SandboxState, request: Request, transfer_id: str) -> Body:
    """GET /v1/transfers/{id}/reversals."""
    get(state, "transfer", transfer_id)
    url = f"{_URL}/{transfer_id}/reversals"
    return page(state, "transfer_reversal", request.params, refers=transfer_id, url=url)


def _refund_at_payee(state: SandboxState, transfer: Stored, reversal: Body) -> str:
    """Write the other side of a reversal: on the payee's balance it is a refund of what the transfer brought."""
    refund_id = new_id("refund").replace("re_", "pyr_")
    line = balances.move(
        state,
        "payment_refund",
        -reversal["amount"],
        reversal["currency"],
        refund_id,
        account=transfer.body["destination"],
    )
    body: Body = {
        "id": refund_id,
        "object": "refund",
        "amount": reversal["amount"],
        "balance_transaction": line,
        "charge": transfer.body["destination_payment"],
        "created": state.now(),
        "currency": reversal["currency"],
        "metadata": {},
        "payment_intent": None,
        "reason": None,
        "receipt_number": None,
        "source_transfer_reversal": reversal["id"],
        "status": "succeeded",
        "transfer_reversal": None,
    }
    add(state, body, account=transfer.body["destination"], refers=transfer.id)
    return refund_id


def _new_reversal(state: SandboxState, params: Body, transfer: Stored, amount: int) -> Body:
    return {
        "id": new_id("transfer_reversal"),
        "object": "transfer_reversal",
        "amount": amount,
        "balance_transaction": None,
        "created": state.now(),
        "currency": transfer.body["currency"],
        "destination_payment_refund": None,
        "metadata": metadata_of(params),
        "source_refund": None,
        "transfer": transfer.id,
    }


def _new_transfer(state: SandboxState, params: Body, amount: int, currency: str, payee: str) -> Body:
    transfer_id = new_id("transfer")
    return {
        "id": transfer_id,
        "object": "transfer",
        "amount": amount,
        "amount_reversed": 0,
        "balance_transaction": None,
        "created": state.now(),
        "currency": currency,
        "description": params.get("description"),
        "destination": payee,
        "destination_payment": None,
        "livemode": False,
        "metadata": metadata_of(params),
        "reversals": {
            "object": "list",
            "data": [],
            "has_more": False,
            "url": f"{_URL}/{transfer_id}/reversals",
        },
        "reversed": False,
        "source_transaction": None,
        "source_type": "card",
        "transfer_group": params.get("transfer_group"),
    }
