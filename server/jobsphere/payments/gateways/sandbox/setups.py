"""Customers, and the cards that they let us keep (SetupIntents)."""

from jobsphere.payments.gateways.sandbox import payment_methods
from jobsphere.payments.gateways.sandbox.events import emit
from jobsphere.payments.gateways.sandbox.faults import Trouble
from jobsphere.payments.gateways.sandbox.objects import Body, Stored, add, get, new_id, save
from jobsphere.payments.gateways.sandbox.payment_intents import Decline, asks
from jobsphere.payments.gateways.sandbox.state import SandboxState
from jobsphere.payments.gateways.sandbox.wire import Request, WireError, choice, metadata_of, required, truth

_NOT_PROVEN: Decline = (
    "setup_intent_authentication_failure",
    "",
    "The provided payment method has failed authentication. Choose another one.",
)


def create_customer(state: SandboxState, request: Request) -> Body:
    """POST /v1/customers."""
    body: Body = {
        "id": new_id("customer"),
        "object": "customer",
        "address": None,
        "balance": 0,
        "created": state.now(),
        "currency": None,
        "default_source": None,
        "delinquent": False,
        "description": None,
        "email": request.params.get("email"),
        "invoice_prefix": "SANDBOX",
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        "livemode": False,
        "metadata": metadata_of(request.params),
        "name": None,
        "next_invoice_sequence": 1,
        "phone": None,
        "preferred_locales": [],
        "shipping": None,
        "tax_exempt": "none",
        "test_clock": None,
    }
    return add(state, body).body


def create(state: SandboxState, request: Request, trouble: Trouble) -> Body:
    """POST /v1/setup_intents."""
    customer = get(state, "customer", str(required(request.params, "customer")), param="customer")
    setup = add(state, _new_setup(state, request, customer.id))
    if truth(request.params, "confirm"):
        _confirm(state, setup, request, trouble)
    return setup.body


def retrieve(state: SandboxState, request: Request, setup_id: str) -> Body:
    """GET /v1/setup_intents/{id}."""
    return get(state, "setup_intent", setup_id).body


def answer_challenge(state: SandboxState, setup_id: str, *, passed: bool) -> Body:
    """Finish 3-D Secure, as the payer on the challenge page does. Says again what happened when it is over."""
    setup = get(state, "setup_intent", setup_id)
    if setup.body["status"] != "requires_action":
        return setup.body
    setup.body["next_action"] = None
    if passed:
        _keep(state, setup)
    else:
        _fail(state, setup, _NOT_PROVEN)
    return setup.body


def _confirm(state: SandboxState, setup: Stored, request: Request, trouble: Trouble) -> None:
    method = payment_methods.resolve(state, request.params)
    payment_methods.require_usable(method, setup.body["customer"])
    setup.body["payment_method"] = method.id
    setup.hidden["return_url"] = request.params.get("return_url", "")
    refused = tuple(method.hidden["decline"])
    decline = trouble.decline or (refused if refused[0] and not method.hidden.get("saves") else None)
    if decline:
        _fail(state, setup, decline)
        code, decline_code, message = decline
        more = {"decline_code": decline_code, "setup_intent": setup.body}
        raise WireError(message, status=402, kind="card_error", code=code, kept=True, **more)
    if trouble.challenge or asks(method):
        page_url = f"{trouble.public_url}/3ds/{setup.id}"
        address = {"url": page_url, "return_url": setup.hidden["return_url"]}
        setup.body |= {
            "status": "requires_action",
            "next_action": {"type": "redirect_to_url", "redirect_to_url": address},
        }
        save(state, setup)
    else:
        _keep(state, setup)


def _keep(state: SandboxState, setup: Stored) -> None:
    method = get(state, "payment_method", setup.body["payment_method"])
    method.body |= {"customer": setup.body["customer"], "allow_redisplay": "limited"}
    method.hidden["saved"] = True
    save(state, method)
    setup.body |= {"status": "succeeded", "next_action": None}
    save(state, setup)
    emit(state, "setup_intent.succeeded", setup.body)


def _fail(state: SandboxState, setup: Stored, decline: Decline) -> None:
    code, decline_code, message = decline
    kind = "card_error" if decline_code else "invalid_request_error"
    error: Body = {"type": kind, "code": code, "message": message}
    if decline_code:
        error["decline_code"] = decline_code
    setup.body |= {"status": "requires_payment_method", "payment_method": None, "last_setup_error": error}
    save(state, setup)
    emit(state, "setup_intent.setup_failed", setup.body)


def _new_setup(state: SandboxState, request: Request, customer: str) -> Body:
    setup_id = new_id("setup_intent")
    kinds = request.params.get("allowed_payment_method_types")
    return {
        "id": setup_id,
        "object": "setup_intent",
        "allowed_payment_method_types": kinds,
        "application": None,
        "automatic_payment_methods": None,
        "cancellation_reason": None,
        "client_secret": f"{setup_id}_secret_{new_id('setup_intent').removeprefix('seti_')}",
        "created": state.now(),
        "customer": customer,
        "description": None,
        "excluded_payment_method_types": None,
        "flow_directions": None,
        "last_setup_error": None,
        "latest_attempt": None,
        "livemode": False,
        "mandate": None,
        "metadata": metadata_of(request.params),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {},
        "payment_method_types": list(kinds or ["card"]),
        "single_use_mandate": None,
        "status": "requires_payment_method",
        "usage": choice(request.params, "usage", ("off_session", "on_session")),
    }
