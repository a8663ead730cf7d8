"""Which part of the Paystack sandbox answers which request, and with which parameters."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jobsphere.payments.gateways.paystack.sandbox import disputes, refunds, transactions, transfers
from jobsphere.payments.gateways.paystack.sandbox.store import Body
from jobsphere.payments.gateways.paystack.sandbox.wire import Request, WireError
from jobsphere.payments.gateways.sandbox import timers
from jobsphere.payments.gateways.sandbox.faults import Trouble
from jobsphere.payments.gateways.sandbox.state import SandboxState

#: An object, or a list with its meta.
Answer = Body | list[Body] | tuple[list[Body], Body]

_TIMES = ("from", "to")
_PAGE = ("perPage", "page")
_SNAKE_PAGE = ("per_page", "page")


@dataclass(frozen=True, slots=True)
class Route:
    """One thing that can be asked. `troubled`: must be told of ordered declines and where the pages are."""

    method: str
    template: str
    answer: Callable[..., Answer]
    accepts: frozenset[str]
    message: str
    troubled: bool = False
    status: int = 200

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{\w+\}", r"([^/]+)", self.template))


def _route(
    method: str, template: str, answer: Callable[..., Answer], *accepts: str, message: str, **flags: Any
) -> Route:
    return Route(method, template, answer, frozenset(accepts), message, **flags)


ROUTES: tuple[Route, ...] = (
    _route(
        "POST",
        "/transaction/initialize",
        transactions.initialize,
        *("email", "amount", "currency", "reference", "channels", "callback_url", "metadata"),
        message="Authorization URL created",
        troubled=True,
    ),
    _route(
        "POST",
        "/transaction/charge_authorization",
        transactions.charge_authorization,
        *("email", "amount", "currency", "reference", "authorization_code", "metadata"),
        message="Charge attempted",
        troubled=True,
    ),
    _route("GET", "/transaction/verify/{reference}", transactions.verify, message="Verification successful"),
    _route("GET", "/transaction", transactions.list_all, *_SNAKE_PAGE, *_TIMES, message="Transactions retrieved"),
    _route("GET", "/transaction/{id}", transactions.retrieve, message="Transaction retrieved"),
    _route(
        "POST",
        "/refund",
        refunds.create,
        *("transaction", "amount", "currency", "customer_note", "merchant_note"),
        message="Refund has been queued for processing",
    ),
    _route("GET", "/refund", refunds.list_all, "transaction", *_PAGE, *_TIMES, message="Refunds retrieved"),
    _route("GET", "/refund/{id}", refunds.retrieve, message="Refund retrieved"),
    _route(
        "POST",
        "/transferrecipient",
        transfers.create_recipient,
        *("type", "name", "account_number", "bank_code", "description", "currency", "metadata"),
        message="Transfer recipient created successfully",
        status=201,
    ),
    _route("GET", "/transferrecipient", transfers.list_recipients, *_SNAKE_PAGE, message="Recipients retrieved"),
    _route("GET", "/transferrecipient/{code}", transfers.retrieve_recipient, message="Recipient retrieved"),
    _route(
        "POST",
        "/transfer",
        transfers.create,
        *("source", "amount", "currency", "recipient", "reference", "reason"),
        message="Transfer has been queued",
    ),
    _route(
        "POST",
        "/transfer/finalize_transfer",
        transfers.finalize,
        *("transfer_code", "otp"),
        message="Transfer has been queued",
    ),
    _route(
        "POST",
        "/transfer/resend_otp",
        transfers.resend_code,
        *("transfer_code", "reason"),
        message="OTP has been resent",
    ),
    _route("GET", "/transfer", transfers.list_all, *_SNAKE_PAGE, *_TIMES, message="Transfers retrieved"),
    _route("GET", "/transfer/verify/{reference}", transfers.verify, message="Transfer retrieved"),
    _route("GET", "/transfer/{code}", transfers.retrieve, message="Transfer retrieved"),
    _route("GET", "/balance", transfers.balance, message="Balances retrieved"),
    _route("GET", "/balance/ledger", transfers.ledger, *_PAGE, *_TIMES, message="Balance ledger retrieved"),
    _route("GET", "/bank", transfers.list_banks, "country", "currency", *_PAGE, message="Banks retrieved"),
    _route("GET", "/bank/resolve", transfers.resolve, "account_number", "bank_code", message="Account number resolved"),
    _route("GET", "/dispute", disputes.list_all, *_PAGE, *_TIMES, message="Disputes retrieved"),
    _route("GET", "/dispute/{id}", disputes.retrieve, message="Dispute retrieved"),
    _route(
        "GET",
        "/dispute/{id}/upload_url",
        disputes.upload_url,
        "upload_filename",
        message="Upload url generated",
        troubled=True,
    ),
    _route(
        "POST",
        "/dispute/{id}/evidence",
        disputes.add_evidence,
        *("customer_email", "customer_name", "customer_phone", "service_details", "delivery_address", "delivery_date"),
        message="Evidence created",
    ),
    _route(
        "PUT",
        "/dispute/{id}/resolve",
        disputes.resolve,
        *("resolution", "message", "refund_amount", "uploaded_filename", "evidence"),
        message="Dispute successfully resolved",
    ),
)

#: What happens by itself, by the name that a timer remembers.
ACTIONS: dict[str, timers.Action] = {
    "finish_refund": refunds.finish,
    "land_transfer": transfers.land,
    "return_transfer": transfers.send_back,
}


def find_route(request: Request) -> tuple[Route, tuple[str, ...]]:
    """Return the route and what stands in its path. Raises WireError for an unknown path or parameter.

    The live API ignores parameters that it does not know. The sandbox refuses them, so that a mistake is seen.
    """
    for route in ROUTES:
        match = route.pattern.fullmatch(request.path) if route.method == request.method else None
        if match is None:
            continue
        for name in request.params.keys() - route.accepts:
            raise WireError(f"{name} is not allowed", code="unknown_param")
        return route, match.groups()
    raise WireError("Invalid URL", status=404, code="route_unknown")


def run(route: Route, state: SandboxState, request: Request, trouble: Trouble, names: tuple[str, ...]) -> Answer:
    """Carry out a request."""
    if route.troubled:
        return route.answer(state, request, trouble, *names)
    return route.answer(state, request, *names)
