"""PaymentIntents: created, confirmed, challenged, authorised, captured, cancelled, lapsed."""

from jobsphere.payments.gateways.sandbox import balances, disputes, payment_methods, timers
from jobsphere.payments.gateways.sandbox.charges import is_held, new_charge
from jobsphere.payments.gateways.sandbox.events import emit
from jobsphere.payments.gateways.sandbox.faults import Trouble
from jobsphere.payments.gateways.sandbox.objects import Body, Stored, add, get, new_id, page, save, search
from jobsphere.payments.gateways.sandbox.state import SandboxState
from jobsphere.payments.gateways.sandbox.wire import (
    Request,
    WireError,
    choice,
    invalid,
    metadata_of,
    missing,
    required,
    truth,
    whole,
)

Decline = tuple[str, str, str]

#: What a bank says that wants to see the owner of a card who is away (docs.stripe.com/declines/codes).
_AWAY: Decline = (
    "authentication_required",
    "authentication_required",
    "Your card was declined. This transaction requires authentication.",
)
_URL = "/v1/payment_intents"
_MINIMUMS = {"jpy": 50, "krw": 100, "vnd": 10_000, "inr": 50, "mxn": 1000, "gbp": 30, "huf": 17_500}
_MINIMUM = 50
_MAXIMUM = 99_999_999
_CANCELABLE = ("requires_payment_method", "requires_confirmation", "requires_action", "requires_capture", "processing")
_CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")


def create(state: SandboxState, request: Request, trouble: Trouble) -> Body:
    """POST /v1/payment_intents."""
    params = request.params
    currency = str(required(params, "currency")).lower()
    amount = _amount(whole(params, "amount"), currency)
    intent = add(state, _new_intent(state, params, amount, currency))
    emit(state, "payment_intent.created", intent.body)
    if intent.body["customer"]:
        get(state, "customer", intent.body["customer"], param="customer")
    if truth(params, "confirm"):
        _confirm(state, intent, request, trouble)
    return intent.body


def confirm(state: SandboxState, request: Request, trouble: Trouble, intent_id: str) -> Body:
    """POST /v1/payment_intents/{id}/confirm."""
    intent = _visible(state, request, intent_id)
    if intent.body["status"] not in _CONFIRMABLE:
        raise _unexpected(intent, "confirm", _CONFIRMABLE)
    _confirm(state, intent, request, trouble)
    return intent.body


def retrieve(state: SandboxState, request: Request, intent_id: str) -> Body:
    """GET /v1/payment_intents/{id}."""
    return _visible(state, request, intent_id).body


def list_all(state: SandboxState, request: Request) -> Body:
    """GET /v1/payment_intents."""
    return page(state, "payment_intent", request.params, url=_URL)


def search_all(state: SandboxState, request: Request) -> Body:
    """GET /v1/payment_intents/search."""
    return search(state, "payment_intent", request.params, url=f"{_URL}/search")


def capture(state: SandboxState, request: Request, trouble: Trouble, intent_id: str) -> Body:
    """POST /v1/payment_intents/{id}/capture."""
    intent = get(state, "payment_intent", intent_id)
    if intent.body["status"] != "requires_capture":
        raise _unexpected(intent, "capture", ("requires_capture",))
    amount = whole(request.params, "amount_to_capture", intent.body["amount_capturable"])
    if amount > intent.body["amount_capturable"]:
        message = "The amount to capture is greater than the capturable amount."
        raise invalid(message, "amount_to_capture", "amount_too_large")
    decline = trouble.decline or _hidden_decline(intent)
    if decline:
        raise _card_error(intent, decline)
    _take(state, intent, amount)
    return intent.body


def cancel(state: SandboxState, request: Request, intent_id: str) -> Body:
    """POST /v1/payment_intents/{id}/cancel."""
    intent = get(state, "payment_intent", intent_id)
    if intent.body["status"] not in _CANCELABLE:
        raise _unexpected(intent, "cancel", _CANCELABLE)
    _end(state, intent, request.params.get("cancellation_reason"))
    return intent.body


def lapse(state: SandboxState, intent_id: str) -> None:
    """Let an authorisation end that nobody captured in time."""
    intent = get(state, "payment_intent", intent_id)
    if intent.body["status"] == "requires_capture":
        _end(state, intent, "expired")


def answer_challenge(state: SandboxState, intent_id: str, *, passed: bool) -> Body:
    """Finish 3-D Secure, as the payer on the challenge page does. Says again what happened when it is over."""
    intent = get(state, "payment_intent", intent_id)
    if intent.body["status"] != "requires_action":
        return intent.body
    intent.body["next_action"] = None
    if not passed:
        failure = (
            "payment_intent_authentication_failure",
            "",
            "The provided payment method has failed authentication. Choose another one.",
        )
        _fail(state, intent, failure, with_charge=False)
    elif intent.hidden["decline"][0]:
        _fail(state, intent, tuple(intent.hidden["decline"]))
    else:
        _authorize(state, intent)
    return intent.body


def _confirm(state: SandboxState, intent: Stored, request: Request, trouble: Trouble) -> None:
    """Try the named card: it pays, is refused, or asks for 3-D Secure first."""
    method = payment_methods.resolve(state, request.params)
    if method.body["type"] not in intent.body["payment_method_types"]:
        raise invalid(f"This payment cannot be paid by {method.body['type']}.", "payment_method")
    payment_methods.require_usable(method, intent.body["customer"])
    intent.body |= {"payment_method": method.id, "last_payment_error": None, "next_action": None}
    intent.hidden |= method.hidden | {"return_url": request.params.get("return_url", "")}
    decline = trouble.decline
    away = truth(request.params, "off_session")
    challenged = trouble.challenge or asks(method)
    if decline is None and not challenged and method.hidden["decline"][0]:
        decline = tuple(method.hidden["decline"])
    if decline is None and challenged and away:
        decline = _AWAY
    if decline:
        _fail(state, intent, decline)
        raise _card_error(intent, decline)
    if challenged:
        _challenge(state, intent, trouble.public_url)
    else:
        _authorize(state, intent)
    trouble.cut_answer = trouble.cut_answer or bool(method.hidden["loses_answer"])


def asks(method: Stored) -> bool:
    """Say whether its owner must prove who they are."""
    waits = method.hidden.get("secure_until_saved") and not method.hidden.get("saved")
    return bool(method.hidden["three_d_secure"] or waits)


def _authorize(state: SandboxState, intent: Stored) -> None:
    method = get(state, "payment_method", intent.body["payment_method"])
    charge = add(state, new_charge(state, intent.body, method.body), refers=intent.id)
    intent.body["latest_charge"] = charge.id
    if is_held(intent.body, method.body["type"]):
        intent.body |= {"status": "requires_capture", "amount_capturable": intent.body["amount"]}
        save(state, intent)
        timers.schedule(state, state.setting("authorization_seconds"), "lapse_payment", intent.id)
        emit(state, "charge.succeeded", charge.body)
        emit(state, "payment_intent.amount_capturable_updated", intent.body)
    else:
        emit(state, "charge.succeeded", charge.body)
        _take(state, intent, intent.body["amount"])


def _take(state: SandboxState, intent: Stored, amount: int) -> None:
    """Capture: the money is on our balance, less the fee."""
    charge = get(state, "charge", intent.body["latest_charge"])
    fee = balances.charge_fee(state, amount)
    line = balances.move(state, "charge", amount, intent.body["currency"], charge.id, fee=fee)
    charge.body |= {"captured": True, "amount_captured": amount, "balance_transaction": line}
    intent.body |= {"status": "succeeded", "amount_capturable": 0, "amount_received": amount}
    save(state, charge)
    save(state, intent)
    timers.cancel(state, intent.id)
    if is_held(intent.body, charge.body["payment_method_details"]["type"]):
        emit(state, "charge.captured", charge.body)
    emit(state, "payment_intent.succeeded", intent.body)
    if intent.hidden["disputed"]:
        disputes.open_dispute(state, intent.id, reason="fraudulent")


def _end(state: SandboxState, intent: Stored, reason: str | None) -> None:
    """Cancel: what was reserved is given back, which Stripe shows as a refunded charge that was never captured."""
    reserved = intent.body["status"] == "requires_capture"
    intent.body |= {
        "status": "canceled",
        "canceled_at": state.now(),
        "cancellation_reason": reason,
        "amount_capturable": 0,
        "next_action": None,
    }
    save(state, intent)
    timers.cancel(state, intent.id)
    if reserved:
        charge = get(state, "charge", intent.body["latest_charge"])
        charge.body |= {"refunded": True, "amount_refunded": charge.body["amount"]}
        save(state, charge)
        emit(state, "charge.expired" if reason == "expired" else "charge.refunded", charge.body)
    emit(state, "payment_intent.canceled", intent.body)


def _challenge(state: SandboxState, intent: Stored, public_url: str) -> None:
    page_url = f"{public_url}/3ds/{intent.id}"
    return_url = intent.hidden["return_url"]
    if return_url:
        action = {"type": "redirect_to_url", "redirect_to_url": {"url": page_url, "return_url": return_url}}
    else:
        sdk = {"type": "three_d_secure_redirect", "stripe_js": page_url}
        action = {"type": "use_stripe_sdk", "use_stripe_sdk": sdk}
    intent.body |= {"status": "requires_action", "next_action": action}
    save(state, intent)
    emit(state, "payment_intent.requires_action", intent.body)


def _fail(state: SandboxState, intent: Stored, decline: Decline, *, with_charge: bool = True) -> None:
    """Send the payment back to wait for another card."""
    method = get(state, "payment_method", intent.body["payment_method"])
    if with_charge:
        charge = add(state, new_charge(state, intent.body, method.body, decline=decline), refers=intent.id)
        intent.body["latest_charge"] = charge.id
        emit(state, "charge.failed", charge.body)
    intent.body |= {
        "status": "requires_payment_method",
        "payment_method": None,
        "last_payment_error": _payment_error(decline, intent.body["latest_charge"], method.body),
    }
    save(state, intent)
    emit(state, "payment_intent.payment_failed", intent.body)


def _payment_error(decline: Decline, charge_id: str | None, method: Body) -> Body:
    code, decline_code, message = decline
    kind = "card_error" if decline_code else "invalid_request_error"
    error: Body = {"type": kind, "code": code, "message": message, "payment_method": method}
    if decline_code:
        error |= {"decline_code": decline_code, "charge": charge_id}
    return error


def _card_error(intent: Stored, decline: Decline) -> WireError:
    code, decline_code, message = decline
    more = {"decline_code": decline_code, "charge": intent.body["latest_charge"], "payment_intent": intent.body}
    return WireError(message, status=402, kind="card_error", code=code, kept=True, **more)


def _hidden_decline(intent: Stored) -> Decline | None:
    if intent.hidden.get("capture_declined"):
        return ("card_declined", "generic_decline", "Your card was declined.")
    return None


def _unexpected(intent: Stored, verb: str, wanted: tuple[str, ...]) -> WireError:
    status = intent.body["status"]
    message = (
        f"You cannot {verb} this PaymentIntent because it has a status of {status}. Only a PaymentIntent with one of "
        f"the following statuses may be used: {', '.join(wanted)}."
    )
    return WireError(message, code="payment_intent_unexpected_state", payment_intent=intent.body)


def _visible(state: SandboxState, request: Request, intent_id: str) -> Stored:
    """Return a payment; to a browser only when it knows the client secret."""
    intent = get(state, "payment_intent", intent_id)
    shown = request.params.get("client_secret")
    if (request.public or shown is not None) and shown != intent.body["client_secret"]:
        raise missing("payment_intent", intent_id)
    return intent


def _amount(amount: int, currency: str) -> int:
    if len(currency) != 3 or not currency.isalpha():
        raise invalid(f"Invalid currency: {currency}", "currency")
    if amount < _MINIMUMS.get(currency, _MINIMUM):
        raise invalid("Amount must convert to at least 50 cents.", "amount", "amount_too_small")
    if amount > _MAXIMUM:
        raise invalid("Amount must be no more than 999,999.99", "amount", "amount_too_large")
    return amount


def _options(params: Body) -> Body:
    """Return how each way of paying is handled, and when it is captured where the request says so."""
    asked = params.get("payment_method_options") or {}
    card = {"request_three_d_secure": "automatic", **asked.get("card", {})}
    return {**asked, "card": card}


def _new_intent(state: SandboxState, params: Body, amount: int, currency: str) -> Body:
    intent_id = new_id("payment_intent")
    secret = new_id("payment_intent").removeprefix("pi_")
    return {
        "id": intent_id,
        "object": "payment_intent",
        "allowed_payment_method_types": params.get("allowed_payment_method_types"),
        "amount": amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": choice(params, "capture_method", ("automatic", "automatic_async", "manual")),
        "client_secret": f"{intent_id}_secret_{secret}",
        "confirmation_method": "automatic",
        "created": state.now(),
        "currency": currency,
        "customer": params.get("customer"),
        "description": params.get("description"),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": metadata_of(params),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_options": _options(params),
        "payment_method_types": list(params.get("allowed_payment_method_types") or ["card"]),
        "processing": None,
        "receipt_email": None,
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": params.get("transfer_group"),
    }
