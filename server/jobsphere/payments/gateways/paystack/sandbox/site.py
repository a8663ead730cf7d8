"""The Paystack sandbox as a web site: its API and the payer's pages, mounted at /sandbox/paystack/."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from jobsphere.payments.gateways.paystack.sandbox import pages, transactions
from jobsphere.payments.gateways.paystack.sandbox.cards import card_by_number
from jobsphere.payments.gateways.paystack.sandbox.server import PaystackServer
from jobsphere.payments.gateways.paystack.sandbox.store import Row
from jobsphere.payments.gateways.paystack.sandbox.wire import WireError
from jobsphere.payments.gateways.sandbox.pages import message_page
from jobsphere.payments.gateways.sandbox.site import SiteReply, html, redirect
from jobsphere.payments.gateways.sandbox.wire import ConnectionCutError


class PaystackSite:
    """Answers HTTP: `respond` from any view."""

    def __init__(self, server: PaystackServer) -> None:
        self._server = server

    def respond(self, method: str, path: str, query: str, body: str, headers: Mapping[str, str]) -> SiteReply:
        """Answer one request; `path` is what follows the mount point and begins with a slash."""
        match path.strip("/").split("/"):
            case ["checkout", code]:
                answer = self._checkout
            case ["challenge", code]:
                answer = self._challenge
            case _:
                return self._api(method, path, query, body, headers)
        self._server.tick()
        try:
            with self._server.state.transaction():
                row = transactions.by_access_code(self._server.state, code)
                return answer(method, row, _form(body, headers))
        except WireError as error:
            return html(error.status, message_page("That did not work", str(error)))

    def _api(self, method: str, path: str, query: str, body: str, headers: Mapping[str, str]) -> SiteReply:
        """Answer as the gateway does. A cut connection reads as a bad gateway here: nobody may call it an answer."""
        try:
            reply = self._server.handle(method, f"{path}?{query}" if query else path, body.encode(), headers)
        except ConnectionCutError:
            return SiteReply(502, "", {})
        return SiteReply(reply.status, reply.body, reply.headers)

    def _checkout(self, method: str, row: Row, form: dict[str, Any]) -> SiteReply:
        if not transactions.payable(row):
            return self._onward(row)
        if method != "POST":
            return html(200, pages.checkout_page(row.body))
        if form.get("act") == "leave":
            return self._onward(row)
        card = card_by_number(str(form.get("number", "")))
        if card is None:
            return html(400, pages.checkout_page(row.body, "Use one of the test cards below."))
        transactions.use(self._server.state, row, card)
        if row.hidden.get("challenge"):
            return redirect(f"{self._server.public_url}/challenge/{row.hidden['access_code']}")
        return self._outcome(row)

    def _challenge(self, method: str, row: Row, form: dict[str, Any]) -> SiteReply:
        kind = row.hidden.get("challenge", "")
        if not kind:
            return self._onward(row)
        if method != "POST":
            return html(200, pages.challenge_page(row.body, kind))
        passed = form.get("result") == "complete"
        return self._outcome(transactions.answer_challenge(self._server.state, row, passed=passed))

    def _outcome(self, row: Row) -> SiteReply:
        """Go on: paid, or back to the form for another card, or to the shop where there was no form."""
        if row.body["status"] == "failed" and transactions.payable(row):
            return html(402, pages.checkout_page(row.body, str(row.body["gateway_response"])))
        return self._onward(row)

    def _onward(self, row: Row) -> SiteReply:
        onward = pages.return_address(row.body, str(row.hidden.get("return_url", "")))
        if onward:
            return redirect(onward)
        paid = row.body["status"] in ("success", "reversed")
        words = "Your payment is confirmed." if paid else "The payment was not made."
        return html(200, message_page("Done", f"{words} You can close this page."))


def _form(body: str, headers: Mapping[str, str]) -> dict[str, Any]:
    kind = {name.lower(): value for name, value in headers.items()}.get("content-type", "")
    if not kind.startswith("application/json"):
        return dict(parse_qsl(body))
    try:
        read = json.loads(body or "{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
