"""The sandbox as a server: one method that takes an HTTP request and gives Stripe's answer, or cuts the connection."""

import time
from collections.abc import Callable, Mapping
from secrets import token_hex
from urllib.parse import urlsplit

from jobsphere.payments.gateways.sandbox import answers, faults, timers
from jobsphere.payments.gateways.sandbox.faults import Armed, Fault, Trouble
from jobsphere.payments.gateways.sandbox.objects import expand
from jobsphere.payments.gateways.sandbox.routes import ACTIONS, Route, find_route, run
from jobsphere.payments.gateways.sandbox.state import SandboxState, dump
from jobsphere.payments.gateways.sandbox.wire import (
    ConnectionCutError,
    Reply,
    Request,
    WireError,
    decode,
    not_ours,
)

#: How the browser's answer to an ordered decline reads.
_DECLINE_MESSAGE = "Your card was declined."


class SandboxServer:
    """Speaks Stripe's API on a state. Several servers, in several processes, may share one file."""

    def __init__(self, state: SandboxState, *, public_url: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self.state = state
        self.public_url = public_url.rstrip("/")
        self._sleep = sleep

    def tick(self) -> int:
        """Let everything that is due happen (authorisations lapse, payouts arrive) and return how much did."""
        return timers.run_due(self.state, ACTIONS)

    def handle(self, method: str, url: str, body: str, headers: Mapping[str, str], *, patience: float = 10.0) -> Reply:
        """Answer one request. `patience` is the client's timeout in seconds.

        Raises ConnectionCutError when the client gets no answer: before the work or after it, it cannot know.
        """
        lowered = {name.lower(): value for name, value in headers.items()}
        parts = urlsplit(url)
        request_id = f"req_{token_hex(7)}"
        path = parts.path[parts.path.find("/v1/") :]
        try:
            request = self._admit(method.upper(), path, parts.query, body, lowered)
        except WireError as error:
            return _finished(_error_reply(error), request_id)
        self.tick()
        try:
            reply = self._serve(request, request_id, patience)
        except ConnectionCutError:
            self._log(request, 0)
            raise
        self._log(request, reply.status, replayed="Idempotent-Replayed" in reply.headers)
        return _finished(reply, request_id)

    def _admit(self, method: str, path: str, query: str, body: str, headers: Mapping[str, str]) -> Request:
        """Read the request and check who is asking."""
        shown = headers.get("authorization", "").removeprefix("Bearer ").strip()
        public = shown == self.state.publishable_key
        if shown != self.state.secret_key and not public:
            raise WireError("Invalid API Key provided.", status=401, kind="invalid_request_error", stored=False)
        account = headers.get("stripe-account", "")
        if account and not self.state.rows("SELECT 1 FROM objects WHERE id = ? AND kind = 'account'", (account,)):
            raise not_ours(account)
        params = decode(body if method == "POST" else query)
        return Request(method, path, params, headers.get("idempotency-key", ""), account, public)

    def _serve(self, request: Request, request_id: str, patience: float) -> Reply:
        """Let the ordered fault have its way before, during and after the work."""
        if self.state.setting("down"):
            raise ConnectionCutError("The gateway is down.")
        fault = faults.take(self.state, request.line)
        early = self._before_work(request, fault, patience)
        if early is not None:
            return early
        trouble = Trouble(self.public_url, _ordered_decline(fault))
        trouble.challenge = fault is not None and fault.kind is Fault.CHALLENGE
        reply = self._work(request, request_id, trouble, fault)
        if trouble.cut_answer or faults.lost_after(fault, patience):
            raise ConnectionCutError("The answer was lost.")
        return reply

    def _before_work(self, request: Request, fault: Armed | None, patience: float) -> Reply | None:
        if fault is None:
            return None
        if faults.lost_before(fault):
            raise ConnectionCutError("The request was lost.")
        if fault.kind is Fault.SLOW:
            self._dawdle(request, faults.dawdles(fault), patience)
        return _refusal(fault)

    def _dawdle(self, request: Request, seconds: float, patience: float) -> None:
        """Be slow; meanwhile a second request with the same key is told that the first one is running."""
        try:
            with self.state.transaction():
                if answers.recall(self.state, request) is None:
                    answers.claim(self.state, request)
        except WireError:
            return  # The work itself will say what is wrong with the key.
        self._sleep(min(seconds, patience))
        answers.give_up(self.state, request)

    def _work(self, request: Request, request_id: str, trouble: Trouble, fault: Armed | None) -> Reply:
        """Carry the request out, once per key, in one transaction of the sandbox."""
        state = self.state
        with state.transaction():
            try:
                stored = answers.recall(state, request)
                if stored is not None:
                    return stored
                route, ids = find_route(request)
            except WireError as error:
                return _error_reply(error)
            if fault and fault.kind is Fault.DECLINE and not request.path.startswith("/v1/payment_intents"):
                return self._keep(request, _error_reply(WireError("It was refused.", code=fault.argument)))
            try:
                with state.asked_by(request_id, request.key):
                    reply = self._run(route, request, trouble, ids)
            except WireError as error:
                return self._keep(request, _error_reply(error)) if error.stored else _error_reply(error)
            if fault and fault.kind is Fault.ERROR_AFTER:
                reply = _server_error()
            return self._keep(request, reply)

    def _run(self, route: Route, request: Request, trouble: Trouble, ids: tuple[str, ...]) -> Reply:
        """Undo what a refused request has changed, unless the refusal itself is worth keeping (a declined card)."""
        kept: WireError | None = None
        with self.state.savepoint():
            try:
                body = run(route, self.state, request, trouble, ids)
            except WireError as error:
                if not error.kept:
                    raise
                kept = error
        if kept is not None:
            raise kept
        return Reply(200, dump(expand(self.state, body, request.params.get("expand"))))

    def _keep(self, request: Request, reply: Reply) -> Reply:
        answers.keep(self.state, request, reply)
        return reply

    def _log(self, request: Request, status: int, *, replayed: bool = False) -> None:
        self.state.log(line=request.line, account=request.account, key=request.key, status=status, replayed=replayed)


def _ordered_decline(fault: Armed | None) -> tuple[str, str, str] | None:
    if fault is None or fault.kind is not Fault.DECLINE:
        return None
    return ("card_declined", fault.argument or "generic_decline", _DECLINE_MESSAGE)


def _refusal(fault: Armed) -> Reply | None:
    """Answer for faults that stop a request before any work; the key remembers nothing."""
    if fault.kind is Fault.ERROR_BEFORE:
        return _server_error()
    if fault.kind is Fault.RATE_LIMITED:
        return _error_reply(WireError("Too many requests hit the API too quickly.", status=429, code="rate_limit"))
    if fault.kind is Fault.IN_PROGRESS:
        return _error_reply(answers.running())
    return None


def _server_error() -> Reply:
    return _error_reply(WireError("An unknown error occurred at the gateway.", status=500, kind="api_error"))


def _error_reply(error: WireError) -> Reply:
    return Reply(error.status, dump({"error": error.error}))


def _finished(reply: Reply, request_id: str) -> Reply:
    headers = {"Content-Type": "application/json", "Request-Id": request_id, **reply.headers}
    return Reply(reply.status, reply.body, headers)
