"""A gateway on a bench: what the shared tests need of any gateway, beside the port itself.

A new gateway adds a Bench here and a line in `BENCHES`; every shared test then runs on it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import Gateway, Ok, Outcome, ParsedEvent, PayeeStatus, PaymentSnapshot
from jobsphere.payments.gateways.registry import build_sandbox_gateway
from jobsphere.payments.gateways.sandbox import Controls, SandboxServer, SandboxState
from jobsphere.payments.gateways.stripe import contract

CARDS = {
    "pays": "pm_card_visa",
    "declines": "pm_card_chargeDeclined",
    "lacks funds": "pm_card_chargeDeclinedInsufficientFunds",
    "expired": "pm_card_chargeDeclinedExpiredCard",
    "processing error": "pm_card_chargeDeclinedProcessingError",
    "asks": "pm_card_threeDSecure2Required",
    "asks, then lacks funds": "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
    "declines capture": "pm_card_captureDeclined",
    "loses the answer": "pm_card_lostAnswer",
    "disputes": "pm_card_createDispute",
    "refund fails": "pm_card_refundFail",
    "refund takes a day": "pm_card_pendingRefund",
}

DOLLARS = Money(100_000, "USD")


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    moment: datetime = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta) -> None:
        self.moment += by


@dataclass
class Bench:
    """A gateway, its switches and its clock."""

    gateway: Gateway
    controls: Controls
    server: SandboxServer
    clock: Clock
    _numbers: count = field(default_factory=lambda: count(1))

    def key(self) -> str:
        """Return a fresh idempotency key (also used as the operation's id)."""
        return f"op-{next(self._numbers)}"

    def authorize(self, card: str = "pays", amount: Money = DOLLARS, **more: Any) -> Outcome[PaymentSnapshot]:
        """Authorise with a kind of card."""
        key = more.pop("key", "") or self.key()
        return self.gateway.authorize(
            amount=amount, idempotency_key=key, operation_id=key, payment_method=CARDS[card], **more
        )

    def authorized(self, card: str = "pays", amount: Money = DOLLARS) -> str:
        """Return the id of an authorised payment."""
        return done(self.authorize(card, amount)).gateway_id

    def captured(self, card: str = "pays", amount: Money = DOLLARS) -> str:
        """Return the id of a captured payment."""
        payment = self.authorized(card, amount)
        done(self.gateway.capture(gateway_id=payment, amount=amount, idempotency_key=self.key()))
        return payment

    def refund(self, payment: str, amount: Money, key: str = ""):
        """Refund a part."""
        key = key or self.key()
        return self.gateway.refund(gateway_id=payment, amount=amount, idempotency_key=key, operation_id=key)

    def new_payee(self, key: str = "") -> str:
        """Return a payee who has told nothing yet."""
        key = key or self.key()
        return done(
            self.gateway.onboard_payee(
                idempotency_key=key,
                operation_id=key,
                email="pat@example.org",
                country="US",
                return_url="https://app.example.org/done",
                refresh_url="https://app.example.org/again",
            )
        ).payee_id

    def open_payee(self, bank: str = "000123456789") -> str:
        """Return a payee who may be paid."""
        payee = self.new_payee()
        self.controls.complete_onboarding(payee, bank=bank)
        return payee

    def transfer(self, payee: str, amount: Money, key: str = ""):
        """Transfer to a payee."""
        key = key or self.key()
        return self.gateway.transfer(payee_id=payee, amount=amount, idempotency_key=key, operation_id=key)

    def pay_out(self, payee: str, amount: Money, key: str = ""):
        """Pay a payee out."""
        key = key or self.key()
        return self.gateway.pay_out(payee_id=payee, amount=amount, idempotency_key=key, operation_id=key)

    def payment(self, gateway_id: str) -> PaymentSnapshot:
        """Read a payment."""
        return done(self.gateway.fetch_payment(gateway_id=gateway_id))

    def status(self, payee: str) -> PayeeStatus:
        """Read a payee."""
        return done(self.gateway.payee_status(payee_id=payee))

    def events(self) -> list[ParsedEvent]:
        """Deliver what waits, through the gateway's own verification, and return it in the order of arrival."""
        arrived: list[ParsedEvent] = []

        def post(body: bytes, headers) -> int:
            arrived.append(self.gateway.verify_and_parse_webhook(body=body, headers=headers))
            return 200

        self.controls.deliver(post)
        return arrived


def done(outcome):
    """Return the object of an Ok; anything else fails the test with the whole outcome."""
    assert isinstance(outcome, Ok), outcome
    return outcome.object


def build_sandbox_bench(path: str = ":memory:", guard: Callable[[], None] = lambda: None) -> Bench:
    """The Stripe adapter on the official SDK against the sandbox, every exchange held against the SDK's types."""
    clock = Clock()
    server = SandboxServer(
        SandboxState(path, clock.now), public_url="https://sandbox.example.org", sleep=lambda _: None
    )
    gateway = build_sandbox_gateway(server, guard=guard, observer=contract.check_exchange, now=clock.now)
    return Bench(gateway, Controls(server), server, clock)


BENCHES = {"stripe": build_sandbox_bench}
