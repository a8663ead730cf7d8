"""The sandbox as a web site, API and two pages: on a loopback port, or mounted at /sandbox/ in the main server."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from jobsphere.payments.gateways.sandbox import accounts, pages, payment_intents, setups
from jobsphere.payments.gateways.sandbox.objects import Stored, get
from jobsphere.payments.gateways.sandbox.server import SandboxServer
from jobsphere.payments.gateways.sandbox.wire import ConnectionCutError, WireError, decode

_LARGEST_BODY = 64 * 1024


@dataclass(frozen=True, slots=True)
class SiteReply:
    """An HTTP answer, for any framework."""

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


class SandboxSite:
    """Answers HTTP. Call it as a WSGI application, or `respond` from any view."""

    def __init__(self, server: SandboxServer) -> None:
        self._server = server

    def respond(self, method: str, path: str, query: str, body: str, headers: Mapping[str, str]) -> SiteReply:
        """Answer one request; `path` is what follows the mount point and begins with a slash."""
        if method == "OPTIONS":
            return SiteReply(204, "", _OPEN_TO_BROWSERS)
        if path.startswith("/v1/"):
            return self._api(method, path, query, body, headers)
        self._server.tick()
        try:
            return self._page(method, path, query, body, headers)
        except WireError as error:
            return html(error.status, pages.message_page("That did not work", str(error)))

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Be a WSGI application."""
        length = min(int(environ.get("CONTENT_LENGTH") or 0), _LARGEST_BODY)
        body = environ["wsgi.input"].read(length).decode("utf-8", "replace") if length else ""
        reply = self.respond(
            environ["REQUEST_METHOD"],
            environ.get("PATH_INFO") or "/",
            environ.get("QUERY_STRING") or "",
            body,
            _headers(environ),
        )
        content = reply.body.encode()
        line = f"{reply.status} {HTTPStatus(reply.status).phrase}"
        start_response(line, [*reply.headers.items(), ("Content-Length", str(len(content)))])
        return [content]

    def _api(self, method: str, path: str, query: str, body: str, headers: Mapping[str, str]) -> SiteReply:
        """Answer as the gateway does. A cut connection reads as a bad gateway here: nobody may call it an answer."""
        url = f"{path}?{query}" if query else path
        try:
            reply = self._server.handle(method, url, body, headers)
        except ConnectionCutError:
            return SiteReply(502, "", _OPEN_TO_BROWSERS)
        return SiteReply(reply.status, reply.body, {**reply.headers, **_OPEN_TO_BROWSERS})

    def _page(self, method: str, path: str, query: str, body: str, headers: Mapping[str, str]) -> SiteReply:
        form = _form(query if method == "GET" else body, headers)
        wants_json = "application/json" in {name.lower(): value for name, value in headers.items()}.get("accept", "")
        match path.strip("/").split("/"):
            case ["3ds", payment_id]:
                return self._challenge(method, payment_id, form, wants_json=wants_json)
            case ["onboarding", account_id]:
                return self._onboarding(method, account_id, form, wants_json=wants_json)
        return html(404, pages.message_page("Not found", "The sandbox has no such page."))

    def _challenge(self, method: str, payment_id: str, form: dict[str, Any], *, wants_json: bool) -> SiteReply:
        state = self._server.state
        with state.transaction():
            setup = payment_id.startswith("seti_")
            intent = get(state, "setup_intent" if setup else "payment_intent", payment_id)
            if method != "POST":
                return html(200, pages.challenge_page(intent.body))
            passed = form.get("result") == "complete"
            answer = setups.answer_challenge if setup else payment_intents.answer_challenge
            body = answer(state, payment_id, passed=passed)
        if wants_json:
            return _json({"id": payment_id, "status": body["status"]})
        onward = pages.return_address(body, intent.hidden.get("return_url", ""))
        return redirect(onward) if onward else html(200, pages.challenge_done_page(passed=passed))

    def _onboarding(self, method: str, account_id: str, form: dict[str, Any], *, wants_json: bool) -> SiteReply:
        state = self._server.state
        with state.transaction():
            account = get(state, "account", account_id)
            if not _link_is_good(account, str(form.get("token", "")), state.now()):
                return _stale_link(account, wants_json=wants_json)
            if method != "POST":
                return html(200, pages.onboarding_page(account.body, account.hidden["token"]))
            try:
                accounts.complete(state, account_id, bank=str(form.get("bank", "")), holder=str(form.get("holder", "")))
            except WireError as error:
                return html(400, pages.onboarding_page(account.body, account.hidden["token"], str(error)))
        return_url = account.hidden["return_url"]
        if wants_json:
            return _json({"id": account_id, "payouts_enabled": True, "return_url": return_url})
        return redirect(return_url)


_OPEN_TO_BROWSERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Stripe-Version",
    "Access-Control-Allow-Methods": "GET, POST",
}


def _link_is_good(account: Stored, token: str, now: int) -> bool:
    return bool(token) and token == account.hidden.get("token") and now <= account.hidden["expires"]


def _stale_link(account: Stored, *, wants_json: bool) -> SiteReply:
    """Send the payee to fetch a fresh link, as Stripe does for one that was used or is too old."""
    if wants_json or not account.hidden.get("refresh_url"):
        raise WireError("This link was used or is too old; ask for a fresh one.")
    return redirect(account.hidden["refresh_url"])


def _form(text: str, headers: Mapping[str, str]) -> dict[str, Any]:
    kind = {name.lower(): value for name, value in headers.items()}.get("content-type", "")
    if not kind.startswith("application/json"):
        return decode(text)
    try:
        read = json.loads(text or "{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def html(status: int, text: str) -> SiteReply:
    """Answer with a page."""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": pages.CONTENT_POLICY,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    return SiteReply(status, text, headers)


def _json(value: dict[str, Any]) -> SiteReply:
    return SiteReply(200, json.dumps(value), {"Content-Type": "application/json"})


def redirect(url: str) -> SiteReply:
    """Send the browser on."""
    return SiteReply(303, "", {"Location": url})


def _headers(environ: Mapping[str, Any]) -> dict[str, str]:
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    return headers | {"content-type": str(environ.get("CONTENT_TYPE") or "")}
