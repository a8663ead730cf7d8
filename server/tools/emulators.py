"""The Stripe adapter against doubles that others wrote: `make emulators`.

    python -m tools.emulators [--install]

Two independent emulators, each asked only for what it gets right: localstripe (manual capture, 3-D Secure, signed
webhooks) and stripe-stateful-mock (the rules of refunds, captures and idempotency keys). They run as processes of
their own and are never dependencies of ours: `--install` puts them into .cache/emulators, and one that is not there
is said not to have been asked. What our sandbox and somebody else's double agree on is less likely to be our own error.
"""

from __future__ import annotations

import argparse
import contextlib
import http.server
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from uuid import uuid4

import stripe

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    ActionRequired,
    DeclineCode,
    Declined,
    ObjectKind,
    Ok,
    PaymentState,
    Rejected,
    RejectedCode,
    WebhookRejectedError,
)
from jobsphere.payments.gateways.stripe import StripeGateway
from jobsphere.payments.gateways.stripe.calls import options
from jobsphere.payments.gateways.stripe.errors import failure_of

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "emulators"
SECRET = "whsec_emulated"
KEY = "sk_test_emulated"
TEN = Money(1000, "USD")
#: Newer than both emulators; what it restricts (cards only) they do anyway.
UNKNOWN_TO_THEM = ("allowed_payment_method_types[0]",)


class Elsewhere(stripe.RequestsClient):
    """The SDK's own HTTP client, pointed at an emulator."""

    def __init__(self, port: int) -> None:
        super().__init__(timeout=10)
        self._port = port

    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None, **more: Any
    ) -> Any:
        parts = urlsplit(url)
        here = f"http://127.0.0.1:{self._port}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        fields = [pair for pair in parse_qsl(post_data or "") if pair[0] not in UNKNOWN_TO_THEM]
        sent = urlencode(fields) if post_data else post_data
        text, status, received = super().request(method, here, headers, sent, **more)
        return _completed(text), status, received


def _completed(text: str | bytes) -> str:
    """Add what localstripe leaves out of a payment, from the charge that it shows: how much was received."""
    body = json.loads(text)
    if body.get("object") == "payment_intent" and "amount_received" not in body:
        charges = (body.get("charges") or {}).get("data") or [{}]
        taken = charges[0].get("captured") and body["status"] == "succeeded"
        body["amount_received"] = charges[0]["amount"] - charges[0].get("amount_refunded", 0) if taken else 0
    return json.dumps(body)


@dataclass
class Emulator:
    """A running double."""

    port: int
    client: stripe.StripeClient
    gateway: StripeGateway
    inbox: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)

    def post(self, path: str, **fields: str) -> None:
        """Ask for something that no SDK knows."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=urlencode(fields).encode())
        request.add_header("Authorization", f"Bearer {KEY}")
        urllib.request.urlopen(request, timeout=10).close()


# --- localstripe


def a_hold_is_captured_once(them: Emulator) -> None:
    """An authorisation takes nothing; the capture takes all of it."""
    held = _done(_authorize(them, "pm_card_visa"))
    assert held.status is PaymentState.AUTHORIZED
    assert not held.amount_captured
    taken = _done(them.gateway.capture(gateway_id=held.gateway_id, amount=TEN, idempotency_key=_key()))
    assert taken.status is PaymentState.CAPTURED
    assert taken.amount_captured == TEN
    assert _done(them.gateway.fetch_payment(gateway_id=held.gateway_id)) == taken


def a_hold_is_given_up(them: Emulator) -> None:
    """A voided authorisation can be captured no more."""
    held = _done(_authorize(them, "pm_card_visa"))
    given_up = _done(them.gateway.void(gateway_id=held.gateway_id, idempotency_key=_key()))
    assert given_up.status is PaymentState.CANCELED


def who_proves_it_may_pay(them: Emulator) -> None:
    """3-D Secure: the payer must act, passes, and the money is reserved; another one fails, and nothing is."""
    for passes, ends in ((True, PaymentState.AUTHORIZED), (False, PaymentState.REQUIRES_PAYMENT_METHOD)):
        waiting = _authorize(them, _card_with_challenge(them))
        assert isinstance(waiting, ActionRequired), waiting
        secret = waiting.client_secret
        path = f"/v1/payment_intents/{waiting.payment.gateway_id}/_authenticate"
        them.post(path, client_secret=secret, success="true" if passes else "false")
        now = _done(them.gateway.fetch_payment(gateway_id=waiting.payment.gateway_id))
        assert now.status is ends
        assert not now.amount_captured


def webhooks_are_believed_when_signed(them: Emulator) -> None:
    """Their signature passes, and the same body with one byte changed does not."""
    with _listening(them.inbox) as address:
        them.post("/_config/webhooks/ours", url=address, secret=SECRET)
        held = _done(_authorize(them, "pm_card_visa"))
        _done(them.gateway.capture(gateway_id=held.gateway_id, amount=TEN, idempotency_key=_key()))
        body, headers = _wait_for(them.inbox, held.gateway_id.encode())
    event = them.gateway.verify_and_parse_webhook(body=body, headers=headers)
    assert event.object_kind is ObjectKind.PAYMENT
    assert event.object_id == held.gateway_id
    try:
        them.gateway.verify_and_parse_webhook(body=body.replace(b"1000", b"9000"), headers=headers)
    except WebhookRejectedError:
        return
    raise AssertionError("an altered webhook was believed")


# --- stripe-stateful-mock: it has charges and no payment intents, so its refusals are read by our translation


def a_refund_stops_at_what_was_taken(them: Emulator) -> None:
    """Parts may go back until nothing is left; one cent more is refused."""
    charge = them.client.v1.charges.create({"amount": 1000, "currency": "usd", "source": "tok_visa"})
    them.client.v1.refunds.create({"charge": charge.id, "amount": 400})
    too_much = _refused(lambda: them.client.v1.refunds.create({"charge": charge.id, "amount": 601}))
    assert isinstance(too_much, Declined | Rejected), too_much
    them.client.v1.refunds.create({"charge": charge.id, "amount": 600})
    empty = _refused(lambda: them.client.v1.refunds.create({"charge": charge.id}))
    assert isinstance(empty, Declined), empty
    assert empty.code is DeclineCode.ALREADY_REFUNDED
    assert them.client.v1.charges.retrieve(charge.id).amount_refunded == 1000


def a_capture_happens_once(them: Emulator) -> None:
    """The second capture says that the money was taken already."""
    charge = _held_charge(them)
    them.client.v1.charges.capture(charge, {"amount": 1000})
    again = _refused(lambda: them.client.v1.charges.capture(charge, {"amount": 1000}))
    assert isinstance(again, Declined), again
    assert again.code is DeclineCode.ALREADY_CAPTURED


def a_key_makes_one_charge(them: Emulator) -> None:
    """The same key gives the same charge; with other arguments it is refused, and read as our own mistake."""
    key = _key()
    first: Any = {"amount": 1000, "currency": "usd", "source": "tok_visa"}
    made = {them.client.v1.charges.create(first, options(key)).id for _ in range(3)}
    assert len(made) == 1
    other: Any = {**first, "amount": 2000}
    reused = _refused(partial(them.client.v1.charges.create, other, options(key)))
    assert isinstance(reused, Rejected), reused
    assert reused.code is RejectedCode.KEY_REUSED


def a_refused_card_says_why(them: Emulator) -> None:
    """The bank's reason reaches us in our words."""
    for token, code in (
        ("tok_chargeDeclinedInsufficientFunds", DeclineCode.INSUFFICIENT_FUNDS),
        ("tok_chargeDeclinedExpiredCard", DeclineCode.EXPIRED_CARD),
        ("tok_chargeDeclined", DeclineCode.CARD_DECLINED),
    ):
        card: Any = {"amount": 1000, "currency": "usd", "source": token}
        refused = _refused(partial(them.client.v1.charges.create, card))
        assert isinstance(refused, Declined), refused
        assert refused.code is code


@dataclass(frozen=True)
class Double:
    """An emulator that somebody else wrote: how it is installed, found and started, and what it is asked."""

    name: str
    install: Callable[[Path], list[list[str]]]
    program: str
    start: Callable[[str, int], tuple[list[str], dict[str, str]]]
    checks: tuple[Callable[[Emulator], None], ...]

    def find(self) -> str | None:
        """Return its program: from .cache/emulators, or the PATH."""
        inside = CACHE / self.name / self.program
        return str(inside) if inside.exists() else shutil.which(Path(self.program).name)


DOUBLES = (
    Double(
        "localstripe",
        lambda folder: [
            [sys.executable, "-m", "venv", str(folder)],
            [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "localstripe"],
        ],
        "bin/localstripe",
        lambda program, port: ([program, "--from-scratch", "--port", str(port)], {}),
        (
            a_hold_is_captured_once,
            a_hold_is_given_up,
            who_proves_it_may_pay,
            webhooks_are_believed_when_signed,
        ),
    ),
    Double(
        "stripe-stateful-mock",
        lambda folder: [["npm", "install", "--silent", "--prefix", str(folder), "stripe-stateful-mock"]],
        "node_modules/.bin/stripe-stateful-mock",
        lambda program, port: ([program], {"PORT": str(port), "LOG_LEVEL": "silent"}),
        (
            a_refund_stops_at_what_was_taken,
            a_capture_happens_once,
            a_key_makes_one_charge,
            a_refused_card_says_why,
        ),
    ),
)


def main(arguments: list[str]) -> int:
    """Ask each emulator that is there; the exit status says whether all agreed."""
    parser = argparse.ArgumentParser(prog="make emulators", description=__doc__.split("\n")[0])
    parser.add_argument("--install", action="store_true", help="put the emulators into .cache/emulators first")
    wanted = parser.parse_args(arguments)
    passed = failed = 0
    for double in DOUBLES:
        if wanted.install and double.find() is None:
            _install(double)
        program = double.find()
        if program is None:
            print(f"NOT ASKED  {double.name}: it is not installed (--install does it)")
            continue
        with _running(double, program) as them:
            for check in double.checks:
                agreed = _agrees(check, them)
                print(f"{'ok       ' if agreed else 'DISAGREES'}  {double.name}: {check.__name__.replace('_', ' ')}")
                passed, failed = passed + agreed, failed + (not agreed)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def _agrees(check: Callable[[Emulator], None], them: Emulator) -> bool:
    try:
        check(them)
    except (AssertionError, stripe.StripeError, OSError) as error:
        print(f"           {type(error).__name__}: {error}")
        return False
    return True


def _install(double: Double) -> None:
    folder = CACHE / double.name
    folder.mkdir(parents=True, exist_ok=True)
    for command in double.install(folder):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextlib.contextmanager
def _running(double: Double, program: str) -> Iterator[Emulator]:
    port = _free_port()
    command, settings = double.start(program, port)
    child = subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_until_up(port)
        client = stripe.StripeClient(KEY, http_client=Elsewhere(port), max_network_retries=0)
        gateway = StripeGateway(
            secret_key=KEY, webhook_secrets=[SECRET], guard=lambda: None, http_client=Elsewhere(port)
        )
        yield Emulator(port, client, gateway)
    finally:
        child.terminate()
        child.wait(10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(port: int) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError("the emulator did not start")


@contextlib.contextmanager
def _listening(inbox: list[tuple[bytes, dict[str, str]]]) -> Iterator[str]:
    """Receive webhooks as any endpoint does, and keep their raw bodies."""

    class Receiver(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            inbox.append((body, dict(self.headers.items())))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def _wait_for(inbox: list[tuple[bytes, dict[str, str]]], text: bytes) -> tuple[bytes, dict[str, str]]:
    for _ in range(100):
        for body, headers in inbox:
            if text in body:
                return body, headers
        time.sleep(0.1)
    raise AssertionError("no such webhook came")


def _authorize(them: Emulator, card: str) -> Any:
    return them.gateway.authorize(amount=TEN, idempotency_key=_key(), operation_id=_key(), payment_method=card)


def _card_with_challenge(them: Emulator) -> str:
    """Make a card that needs 3-D Secure; raw numbers are for emulators only."""
    card: Any = {"number": "4000002760003184", "exp_month": 12, "exp_year": 2034, "cvc": "123"}
    return them.client.v1.payment_methods.create({"type": "card", "card": card}).id


def _held_charge(them: Emulator) -> str:
    held: Any = {"amount": 1000, "currency": "usd", "source": "tok_visa", "capture": False}
    return quote(them.client.v1.charges.create(held).id)


def _refused(request: Callable[[], object]) -> Any:
    """Return what the adapter's translation makes of the refusal."""
    try:
        made = request()
    except stripe.StripeError as error:
        return failure_of(error).outcome
    raise AssertionError(f"it was not refused: {made}")


def _done(answer: Any) -> Any:
    assert isinstance(answer, Ok), answer
    return answer.object


def _key() -> str:
    return uuid4().hex


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main(sys.argv[1:]))
