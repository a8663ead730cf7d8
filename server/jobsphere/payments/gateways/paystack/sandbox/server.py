"""The Paystack sandbox as a server: takes an HTTP request and gives Paystack's answer, or cuts the connection."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from jobsphere.payments.gateways.paystack.sandbox.disputes import upload
from jobsphere.payments.gateways.paystack.sandbox.routes import ACTIONS, Answer, Route, find_route, run
from jobsphere.payments.gateways.paystack.sandbox.wire import Request, WireError
from jobsphere.payments.gateways.sandbox import faults, timers
from jobsphere.payments.gateways.sandbox.faults import Armed, Fault, Trouble
from jobsphere.payments.gateways.sandbox.state import DEFAULT_SETTINGS, SandboxState, dump
from jobsphere.payments.gateways.sandbox.wire import ConnectionCutError, Reply

#: What an operator may change here, beside what every sandbox has.
PAYSTACK_SETTINGS: Mapping[str, int] = {
    **DEFAULT_SETTINGS,
    "refund_processed_after": 10,
    "transfer_fee": 0,
    "transfer_otp": 0,
}

#: How the switches' words for a refusal read on this wire.
_REFUSALS = {
    "balance_insufficient": ("Your balance is not enough to fulfil this request", "insufficient_balance"),
    "payee_restricted": ("Recipient specified is not active", "recipient_inactive"),
}


class PaystackServer:
    """Speaks Paystack's API on a state. Several servers, in several processes, may share one file."""

    def __init__(self, state: SandboxState, *, public_url: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self.state = state
        self.public_url = public_url.rstrip("/")
        self._sleep = sleep

    def tick(self) -> int:
        """Let everything that is due happen (refunds end, transfers arrive) and return how much did."""
        return timers.run_due(self.state, ACTIONS)

    def handle(self, method: str, url: str, body: bytes, headers: Mapping[str, str], *, patience: int = 10) -> Reply:
        """Answer one request. `patience` is the client's timeout in seconds.

        Raises ConnectionCutError when the client gets no answer: before the work or after it, it cannot know.
        """
        parts = urlsplit(url)
        if method.upper() == "PUT" and parts.path.startswith("/upload/"):
            return self._upload(parts.path.removeprefix("/upload/"), body)
        try:
            request = self._admit(method.upper(), parts.path, parts.query, body, headers)
        except WireError as error:
            return _refused(error)
        self.tick()
        try:
            reply = self._serve(request, patience)
        except ConnectionCutError:
            self._log(request, 0)
            raise
        self._log(request, reply.status)
        return reply

    def _admit(self, method: str, path: str, query: str, body: bytes, headers: Mapping[str, str]) -> Request:
        shown = {name.lower(): value for name, value in headers.items()}.get("authorization", "")
        if shown != f"Bearer {self.state.secret_key}":
            raise WireError("Invalid key", status=401, code="invalid_Key")
        params: Any = dict(parse_qsl(query)) if method == "GET" else _decoded(body)
        return Request(method, unquote(path), params)

    def _serve(self, request: Request, patience: int) -> Reply:
        """Let the ordered fault have its way before, during and after the work."""
        if self.state.setting("down"):
            raise ConnectionCutError("The gateway is down.")
        fault = faults.take(self.state, request.line)
        if faults.lost_before(fault):
            raise ConnectionCutError("The request was lost.")
        self._sleep(min(faults.dawdles(fault), patience))
        early = _refusal(fault)
        if early is not None:
            return early
        trouble = Trouble(self.public_url, _ordered_decline(fault))
        trouble.challenge = fault is not None and fault.kind is Fault.CHALLENGE
        reply = self._work(request, trouble, fault)
        if trouble.cut_answer or faults.lost_after(fault, patience):
            raise ConnectionCutError("The answer was lost.")
        return _server_error() if fault and fault.kind is Fault.ERROR_AFTER else reply

    def _work(self, request: Request, trouble: Trouble, fault: Armed | None) -> Reply:
        """Carry the request out in one transaction of the sandbox; a refusal undoes all of it."""
        state = self.state
        with state.transaction():
            try:
                route, names = find_route(request)
                if fault and fault.kind is Fault.DECLINE and not request.path.startswith("/transaction/"):
                    words, code = _REFUSALS.get(fault.argument, ("It was refused", fault.argument))
                    raise WireError(words, code=code)
                with state.savepoint():
                    answer = run(route, state, request, trouble, names)
            except WireError as error:
                return _refused(error)
        return _answered(route, answer)

    def _upload(self, name: str, body: bytes) -> Reply:
        """Take a document at a signed address, which wants no key."""
        try:
            with self.state.transaction():
                upload(self.state, name, body)
        except WireError as error:
            return _refused(error)
        return Reply(200, "")

    def _log(self, request: Request, status: int) -> None:
        key = str(request.params.get("reference") or "")
        self.state.log(line=request.line, account="", key=key, status=status, replayed=False)


def _decoded(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body or b"{}")
    except ValueError as error:
        raise WireError("The body is not JSON", code="invalid_json") from error
    if not isinstance(read, dict):
        raise WireError("The body is not an object", code="invalid_json")
    return read


def _answered(route: Route, answer: Answer) -> Reply:
    data, meta = answer if isinstance(answer, tuple) else (answer, None)
    body = {"status": True, "message": route.message, "data": data}
    return Reply(route.status, dump(body | ({"meta": meta} if meta is not None else {})), _JSON)


def _ordered_decline(fault: Armed | None) -> tuple[str, str, str] | None:
    if fault is None or fault.kind is not Fault.DECLINE:
        return None
    return ("declined", fault.argument, "")


def _refusal(fault: Armed | None) -> Reply | None:
    """Answer for faults that stop a request before any work."""
    if fault is None:
        return None
    if fault.kind is Fault.ERROR_BEFORE:
        return _server_error()
    if fault.kind is Fault.RATE_LIMITED:
        return _refused(WireError("Too many requests. Please try again later.", status=429, kind="api_error"))
    if fault.kind is Fault.IN_PROGRESS:
        return _refused(WireError("A request with this reference is running.", status=409, kind="api_error"))
    return None


def _server_error() -> Reply:
    """Answer as the machines before Paystack's do when it does not: with a page."""
    return Reply(502, "<html><head><title>502 Bad Gateway</title></head></html>", {"Content-Type": "text/html"})


def _refused(error: WireError) -> Reply:
    return Reply(error.status, dump(error.body), _JSON)


_JSON = {"Content-Type": "application/json; charset=utf-8"}
