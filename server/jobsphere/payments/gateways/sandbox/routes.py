"""Which part of the sandbox answers which request, and with which parameters."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jobsphere.payments.gateways.sandbox import (
    accounts,
    balances,
    disputes,
    payment_intents,
    payment_methods,
    payouts,
    refunds,
    setups,
    timers,
    transfers,
)
from jobsphere.payments.gateways.sandbox.events import recorded
from jobsphere.payments.gateways.sandbox.faults import Trouble
from jobsphere.payments.gateways.sandbox.objects import Body, get, page
from jobsphere.payments.gateways.sandbox.state import SandboxState
from jobsphere.payments.gateways.sandbox.wire import Request, WireError

_CURSORS = frozenset({"limit", "starting_after", "ending_before"})
_PAGE = _CURSORS | {"created"}
_CONFIRM = frozenset({"payment_method", "payment_method_data", "return_url", "client_secret", "use_stripe_sdk"})


@dataclass(frozen=True, slots=True)
class Route:
    """One thing that can be asked. `public`: also with the browser's key."""

    method: str
    pattern: re.Pattern[str]
    answer: Callable[..., Body]
    accepts: frozenset[str]
    public: bool = False
    #: Moves money by itself, so that it must be told of ordered declines.
    troubled: bool = False


def _route(method: str, path: str, answer: Callable[..., Body], *accepts: str, **flags: Any) -> Route:
    pattern = re.compile("/v1/" + path.replace("{}", "([A-Za-z0-9_]+)"))
    return Route(method, pattern, answer, frozenset(accepts) | {"expand"}, **flags)


def _charges(state: SandboxState, request: Request) -> Body:
    paid = request.params.get("payment_intent", "")
    return page(state, "charge", request.params, account=request.account, refers=paid, url="/v1/charges")


def _charge(state: SandboxState, request: Request, charge_id: str) -> Body:
    return get(state, "charge", charge_id, request.account).body


def _balance(state: SandboxState, request: Request) -> Body:
    return balances.balance(state, request.account)


def _balance_lines(state: SandboxState, request: Request) -> Body:
    source = request.params.get("source", "")
    return page(
        state,
        "balance_transaction",
        request.params,
        account=request.account,
        refers=source,
        url="/v1/balance_transactions",
    )


def _balance_line(state: SandboxState, request: Request, line_id: str) -> Body:
    return get(state, "balance_transaction", line_id, request.account).body


def _events(state: SandboxState, request: Request) -> Body:
    return {"object": "list", "url": "/v1/events", "has_more": False, "data": recorded(state)[:-101:-1]}


ROUTES: tuple[Route, ...] = (
    _route("POST", "payment_methods", payment_methods.create, "type", "card", "metadata", public=True),
    _route("GET", "payment_methods/{}", payment_methods.retrieve),
    _route("POST", "payment_methods/{}/detach", payment_methods.detach),
    _route("POST", "customers", setups.create_customer, "email", "metadata"),
    _route(
        "POST",
        "setup_intents",
        setups.create,
        *("customer", "payment_method", "allowed_payment_method_types", "usage", "confirm", "metadata", "return_url"),
        troubled=True,
    ),
    _route("GET", "setup_intents/{}", setups.retrieve),
    _route(
        "POST",
        "payment_intents",
        payment_intents.create,
        *("amount", "currency", "capture_method", "allowed_payment_method_types", "metadata", "description"),
        *("confirm", "transfer_group", "payment_method_options", "customer", "off_session", *_CONFIRM),
        troubled=True,
    ),
    _route("GET", "payment_intents", payment_intents.list_all, *_PAGE),
    _route("GET", "payment_intents/search", payment_intents.search_all, "query", "limit"),
    _route("GET", "payment_intents/{}", payment_intents.retrieve, "client_secret", public=True),
    _route("POST", "payment_intents/{}/confirm", payment_intents.confirm, *_CONFIRM, public=True, troubled=True),
    _route("POST", "payment_intents/{}/capture", payment_intents.capture, "amount_to_capture", troubled=True),
    _route("POST", "payment_intents/{}/cancel", payment_intents.cancel, "cancellation_reason"),
    _route("GET", "charges", _charges, "payment_intent", *_PAGE),
    _route("GET", "charges/{}", _charge),
    _route("POST", "refunds", refunds.create, "payment_intent", "amount", "reason", "metadata"),
    _route("GET", "refunds", refunds.list_all, "payment_intent", *_PAGE),
    _route("GET", "refunds/{}", refunds.retrieve),
    _route(
        "POST",
        "accounts",
        accounts.create,
        *("type", "country", "email", "capabilities", "settings", "metadata", "business_type"),
    ),
    _route("GET", "accounts", accounts.list_all, *_PAGE),
    _route("GET", "accounts/{}", accounts.retrieve),
    _route(
        "POST",
        "account_links",
        accounts.create_link,
        *("account", "type", "return_url", "refresh_url"),
        troubled=True,
    ),
    _route(
        "POST",
        "transfers",
        transfers.create,
        *("amount", "currency", "destination", "transfer_group", "metadata", "description"),
    ),
    _route("GET", "transfers", transfers.list_all, "transfer_group", "destination", *_PAGE),
    _route("GET", "transfers/{}", transfers.retrieve),
    _route("POST", "transfers/{}/reversals", transfers.reverse, "amount", "metadata"),
    _route("GET", "transfers/{}/reversals", transfers.list_reversals, *_CURSORS),
    _route("GET", "transfers/{}/reversals/{}", transfers.retrieve_reversal),
    _route(
        "POST",
        "payouts",
        payouts.create,
        *("amount", "currency", "metadata", "description", "method", "statement_descriptor"),
    ),
    _route("GET", "payouts", payouts.list_all, *_PAGE),
    _route("GET", "payouts/{}", payouts.retrieve),
    _route("GET", "disputes", disputes.list_all, "payment_intent", *_PAGE),
    _route("GET", "disputes/{}", disputes.retrieve),
    _route("POST", "disputes/{}/close", disputes.close),
    _route("POST", "disputes/{}", disputes.update, "evidence", "submit", "metadata"),
    _route("GET", "balance", _balance),
    _route("GET", "balance_transactions", _balance_lines, "source", *_PAGE),
    _route("GET", "balance_transactions/{}", _balance_line),
    _route("GET", "events", _events, *_PAGE),
)

#: What happens by itself, by the name that a timer remembers.
ACTIONS: dict[str, timers.Action] = {
    "lapse_payment": payment_intents.lapse,
    "finish_refund": refunds.finish,
    "send_payout": payouts.send,
    "land_payout": payouts.land,
    "return_payout": payouts.send_back,
}


def find_route(request: Request) -> tuple[Route, tuple[str, ...]]:
    """Return the route and the ids in its path. Raises WireError for an unknown path or parameter."""
    for route in ROUTES:
        match = route.pattern.fullmatch(request.path)
        if match is None or route.method != request.method:
            continue
        if request.public and not route.public:
            raise WireError("This key may only be used by a browser.", status=403, stored=False)
        for name in request.params.keys() - route.accepts:
            raise WireError(f"Received unknown parameter: {name}", code="parameter_unknown", param=name, stored=False)
        return route, match.groups()
    raise WireError(f"Unrecognized request URL ({request.line}).", status=404, stored=False)


def run(route: Route, state: SandboxState, request: Request, trouble: Trouble, ids: tuple[str, ...]) -> Body:
    """Carry out a request."""
    if route.troubled:
        return route.answer(state, request, trouble, *ids)
    return route.answer(state, request, *ids)
