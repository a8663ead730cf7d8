"""Payment methods: a test card by its name, or one that the browser typed in."""

from typing import Any

from jobsphere.payments.gateways.sandbox.cards import Card, card_by_number, card_by_token
from jobsphere.payments.gateways.sandbox.objects import Body, Stored, add, get, new_id, save
from jobsphere.payments.gateways.sandbox.state import SandboxState
from jobsphere.payments.gateways.sandbox.wire import (
    Params,
    Request,
    WireError,
    choice,
    invalid,
    metadata_of,
    required,
)

#: Ways of paying that send the payer to a page of somebody else's, as ready-made names: "pm_crypto", "pm_ideal".
ELSEWHERE = ("crypto", "ideal", "link", "mobilepay", "p24", "pay_by_bank", "swish")


def create(state: SandboxState, request: Request) -> Body:
    """POST /v1/payment_methods: what the browser does with the card's number, so that ours never see it."""
    return from_data(state, request.params).body


def retrieve(state: SandboxState, request: Request, method_id: str) -> Body:
    """GET /v1/payment_methods/{id}."""
    return get(state, "payment_method", method_id).body


def detach(state: SandboxState, request: Request, method_id: str) -> Body:
    """POST /v1/payment_methods/{id}/detach: it is kept no longer, and pays nothing any more."""
    stored = get(state, "payment_method", method_id)
    if stored.body["customer"] is None:
        raise WireError("The payment method you provided is not attached to a customer so detachment is impossible.")
    stored.body["customer"] = None
    stored.hidden["detached"] = True
    save(state, stored)
    return stored.body


def require_usable(method: Stored, customer: str | None) -> None:
    """Refuse what Stripe refuses: a card of another customer, and one that was kept and is kept no more."""
    if method.body["customer"] not in (None, customer):
        raise invalid("The payment method belongs to a Customer; include that customer.", "payment_method")
    if method.hidden.get("detached"):
        raise invalid("This payment method was detached from its Customer and cannot be used again.", "payment_method")


def resolve(state: SandboxState, params: Params) -> Stored:
    """Return the payment method that a confirmation names or brings along."""
    if "payment_method_data" in params:
        return from_data(state, params["payment_method_data"])
    token = str(required(params, "payment_method"))
    card = card_by_token(token)
    if card is not None:
        return _store(state, card, {}, 12, 2050)
    if token.removeprefix("pm_") in ELSEWHERE:
        return _store_elsewhere(state, token.removeprefix("pm_"))
    return get(state, "payment_method", token, param="payment_method")


def from_data(state: SandboxState, data: Params) -> Stored:
    """Make a payment method from a typed card, refusing what a card cannot be."""
    choice(data, "type", ("card",))
    typed = required(data, "card")
    if "token" in typed:
        card = card_by_token(str(typed["token"]).replace("tok_", "pm_card_"))
    else:
        card = card_by_number(str(required(typed, "number")))
    if card is None:
        raise _card_error("incorrect_number", "Your card number is incorrect.", "number")
    month, year = _expiry(state, typed)
    cvc = str(typed.get("cvc", "123"))
    if not (cvc.isdecimal() and len(cvc) in (3, 4)):
        raise _card_error("invalid_cvc", "Your card's security code is invalid.", "cvc")
    return _store(state, card, metadata_of(data), month, year)


def _expiry(state: SandboxState, typed: Params) -> tuple[int, int]:
    """Read month and year, two digits or four, and refuse what has passed."""
    month, year = str(typed.get("exp_month", "12")), str(typed.get("exp_year", "2050"))
    if not month.isdecimal() or not 1 <= int(month) <= 12:
        raise _card_error("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month")
    if not year.isdecimal() or len(year) not in (2, 4):
        raise _card_error("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year")
    full_year = int(year) + 2000 if len(year) == 2 else int(year)
    # A month has at most 31 days of 86,400 seconds; 1970-based months are close enough for a test card.
    if (full_year - 1970) * 31_556_952 + int(month) * 2_629_746 + 86_400 < state.now():
        raise _card_error("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year")
    return int(month), full_year


def _store(state: SandboxState, card: Card, metadata: dict[str, str], month: int, year: int) -> Stored:
    body = _blank(state, "card") | {
        "card": {
            "brand": card.brand,
            "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
            "country": "US",
            "display_brand": card.brand,
            "exp_month": month,
            "exp_year": year,
            "fingerprint": f"sandbox{card.number[-8:]}",
            "funding": "credit",
            "last4": card.number[-4:],
            "networks": {"available": [card.brand], "preferred": None},
            "three_d_secure_usage": {"supported": True},
            "wallet": None,
        },
        "metadata": metadata,
    }
    return add(state, body, hidden=card.behaviour())


def _store_elsewhere(state: SandboxState, kind: str) -> Stored:
    """Make a way of paying that asks on a page first, and then pays."""
    asks = Card(number="", tokens=(), label="asks on its own page", three_d_secure=True)
    return add(state, _blank(state, kind) | {kind: {}}, hidden=asks.behaviour())


def _blank(state: SandboxState, kind: str) -> dict[str, Any]:
    return {
        "id": new_id("payment_method"),
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": {
            "address": dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state")),
            "email": None,
            "name": None,
            "phone": None,
            "tax_id": None,
        },
        "created": state.now(),
        "customer": None,
        "livemode": False,
        "metadata": {},
        "type": kind,
    }


def _card_error(code: str, message: str, param: str) -> WireError:
    return WireError(message, status=402, kind="card_error", code=code, param=param)
