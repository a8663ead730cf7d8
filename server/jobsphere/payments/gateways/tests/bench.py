"""A gateway on a bench: what the shared tests need of any gateway, beside the port itself.

A new gateway adds a Bench here and a line in `BENCHES`; every shared test then runs on it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    Gateway,
    Ok,
    Outcome,
    ParsedEvent,
    PayeeBank,
    PayeeForm,
    PayeeStatus,
    PaymentSnapshot,
    PaymentState,
    RefundSnapshot,
    RefundState,
)
from jobsphere.payments.gateways.paystack import PaystackGateway
from jobsphere.payments.gateways.paystack import registration as paystack
from jobsphere.payments.gateways.paystack.sandbox import PAYSTACK_SETTINGS, PaystackControls, PaystackServer
from jobsphere.payments.gateways.registry import build_sandbox_gateway
from jobsphere.payments.gateways.sandbox import Controls, SandboxServer, SandboxState
from jobsphere.payments.gateways.stripe import StripeGateway, contract
from jobsphere.payments.gateways.tests import openapi

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

#: The same kinds of card as authorisation codes of the Paystack sandbox.
SAVED_CARDS = {
    "pays": "AUTH_pays",
    "declines": "AUTH_declines",
    "lacks funds": "AUTH_lacks_funds",
    "expired": "AUTH_expired",
    "processing error": "AUTH_error",
    "asks": "AUTH_asks",
    "asks, then lacks funds": "AUTH_asks_lacks_funds",
    "loses the answer": "AUTH_lost_answer",
    "disputes": "AUTH_disputes",
    "refund fails": "AUTH_refund_fails",
    "refund takes a day": "AUTH_refund_slow",
}

DOLLARS = Money(100_000, "USD")


@dataclass(frozen=True)
class Words:
    """How a gateway's sandbox calls what the shared tests look at and aim at."""

    payment: str
    charge: str
    refund: str
    cards: dict[str, str]
    currency: str
    #: One that has no subunit.
    whole_currency: str
    bank: str


STRIPE_WORDS = Words(
    "payment_intent", "POST /v1/payment_intents", "POST /v1/refunds", CARDS, "USD", "JPY", "000123456789"
)
PAYSTACK_WORDS = Words(
    "transaction", "POST /transaction/charge_authorization", "POST /refund", SAVED_CARDS, "GHS", "XOF", "0001234567"
)


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

    gateway: Any
    controls: Any
    server: Any
    clock: Clock
    words: Words = STRIPE_WORDS
    _numbers: count = field(default_factory=lambda: count(1))

    def key(self) -> str:
        """Return a fresh idempotency key (also used as the operation's id)."""
        return f"op-{next(self._numbers)}"

    @property
    def currency(self) -> str:
        """Return the currency that this gateway charges and pays out."""
        return self.words.currency

    @property
    def charged(self) -> PaymentState:
        """Return how a payment stands whose card has said yes."""
        return PaymentState.AUTHORIZED if self.gateway.capabilities.manual_capture else PaymentState.CAPTURED

    @property
    def all(self) -> Money:
        """Return a thousand of it."""
        return Money(100_000, self.currency)

    @property
    def ten(self) -> Money:
        """Return ten of it."""
        return Money(1000, self.currency)

    def authorize(self, card: str = "pays", amount: Money | None = None, **more: Any) -> Outcome[PaymentSnapshot]:
        """Authorise with a kind of card."""
        key = more.pop("key", "") or self.key()
        more = {"payer_email": "casey@example.org"} | more
        method = self.words.cards[card]
        return self.gateway.authorize(
            amount=self.all if amount is None else amount,
            idempotency_key=key,
            operation_id=key,
            payment_method=method,
            **more,
        )

    def authorized(self, card: str = "pays", amount: Money | None = None) -> str:
        """Return the id of an authorised payment."""
        return done(self.authorize(card, amount)).gateway_id

    def captured(self, card: str = "pays", amount: Money | None = None) -> str:
        """Return the id of a captured payment."""
        payment = self.authorized(card, amount)
        done(self.gateway.capture(gateway_id=payment, amount=amount or self.all, idempotency_key=self.key()))
        return payment

    def refund(self, payment: str, amount: Money, key: str = ""):
        """Refund a part."""
        key = key or self.key()
        return self.gateway.refund(gateway_id=payment, amount=amount, idempotency_key=key, operation_id=key)

    def refunded(self, payment: str, amount: Money) -> RefundSnapshot:
        """Refund a part and wait until the gateway is done with it."""
        refund = done(self.refund(payment, amount))
        if refund.status is RefundState.PENDING:
            self.controls.finish_refunds()
        return done(self.gateway.fetch_refund(gateway_id=refund.gateway_id))

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

    def open_payee(self, bank: str = "") -> str:
        """Return a payee who may be paid."""
        bank = bank or self.words.bank
        if self.gateway.capabilities.payee_form is PayeeForm.BANK:
            return done(self.give_bank(bank)).payee_id
        payee = self.new_payee()
        self.controls.complete_onboarding(payee, bank=bank)
        return payee

    def give_bank(self, number: str, code: str = "280100", key: str = "", **more: Any):
        """Make a payee by their bank account."""
        key = key or self.key()
        return self.gateway.onboard_payee(
            idempotency_key=key,
            operation_id=key,
            email="pat@example.org",
            country=more.pop("country", "GH"),
            return_url="",
            refresh_url="",
            bank=PayeeBank(number, code, holder="Pat"),
            **more,
        )

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


def build_paystack_bench(path: str = ":memory:", guard: Callable[[], None] = lambda: None) -> Bench:
    """The Paystack adapter against its sandbox, every exchange held against Paystack's OpenAPI description."""
    clock = Clock()
    server = PaystackServer(
        SandboxState(path, clock.now, defaults=PAYSTACK_SETTINGS),
        public_url="https://sandbox.example.org/paystack",
        sleep=lambda _: None,
    )
    gateway = paystack.build_on_sandbox(server, guard=guard, observer=openapi.check_exchange, now=clock.now)
    return Bench(gateway, PaystackControls(server), server, clock, PAYSTACK_WORDS)


BENCHES: dict[str, tuple[type[Gateway], Callable[[], Bench]]] = {
    "stripe": (StripeGateway, build_sandbox_bench),
    "paystack": (PaystackGateway, build_paystack_bench),
}


def only(**capabilities: Any) -> Callable[[Any], Any]:
    """Run a shared test on the gateways that can do this (or cannot); use as a decorator."""

    def mark(test: Any) -> Any:
        test.capabilities = capabilities
        return test

    return mark
