"""The Stripe adapter as one object: its verbs, its look-ups, and how it is put together."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import stripe

from jobsphere.kit import clock
from jobsphere.payments.gateways.base import (
    AmountLimits,
    BalanceMovement,
    Capabilities,
    CheckoutForm,
    CheckoutKind,
    Found,
    Gateway,
    ObjectKind,
    Ok,
    Outcome,
    ParsedEvent,
    PaymentMethodKind,
    Rejected,
)
from jobsphere.payments.gateways.stripe.calls import (
    AUTHORIZATION_LIFETIME,
    IDEMPOTENCY_LIFETIME,
    TIMEOUT_SECONDS,
    options,
    seconds,
)
from jobsphere.payments.gateways.stripe.currencies import limits_of
from jobsphere.payments.gateways.stripe.disputes import StripeDisputes
from jobsphere.payments.gateways.stripe.errors import Failure
from jobsphere.payments.gateways.stripe.methods import kinds_in
from jobsphere.payments.gateways.stripe.normalise import balance_movement
from jobsphere.payments.gateways.stripe.payees import StripePayees
from jobsphere.payments.gateways.stripe.payments import StripePayments
from jobsphere.payments.gateways.stripe.saving import StripeSaving
from jobsphere.payments.gateways.stripe.webhooks import parse_webhook


class StripeGateway(StripePayments, StripeSaving, StripeDisputes, StripePayees, Gateway):
    """Stripe, or anything that speaks its wire format through `http_client` (the sandbox).

    `guard` is called before every request and raises inside a database transaction. `webhook_secrets` are those of all
    endpoints that point at us: Stripe signs events of our account and of payees' accounts with different ones.
    """

    capabilities = Capabilities(
        manual_capture=True,
        partial_capture=True,
        parallel_refunds=True,
        connected_payouts=True,
        transfer_reversal=True,
        event_keys=True,
        dispute_evidence=True,
        instant_payouts=True,
        saved_methods=True,
        payment_methods=tuple(PaymentMethodKind),
        authorization_lifetime=AUTHORIZATION_LIFETIME,
        idempotency_lifetime=IDEMPOTENCY_LIFETIME,
    )

    def __init__(
        self,
        *,
        secret_key: str,
        webhook_secrets: Sequence[str],
        guard: Callable[[], None],
        http_client: stripe.HTTPClient | None = None,
        name: str = "stripe",
        now: Callable[[], datetime] = clock.now,
        checkout: CheckoutForm | None = None,
    ) -> None:
        client = stripe.StripeClient(
            secret_key,
            http_client=http_client or stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
            max_network_retries=0,
        )
        super().__init__(client, guard)
        self.name = name
        self._webhook_secrets = tuple(webhook_secrets)
        self._now = now
        self._checkout = checkout or CheckoutForm(CheckoutKind.STRIPE_ELEMENTS)

    def limits(self, currency: str) -> AmountLimits:
        """See the port."""
        return limits_of(currency)

    def methods(self, currency: str) -> tuple[PaymentMethodKind, ...]:
        """See the port."""
        return kinds_in(currency)

    def checkout(self) -> CheckoutForm:
        """See the port."""
        return self._checkout

    def find_by_operation(
        self,
        *,
        kind: ObjectKind,
        operation_id: str,
        since: datetime,
        payee_id: str = "",
        parent_id: str = "",
    ) -> Outcome[Found]:
        """See the port."""
        if kind is ObjectKind.PAYMENT:
            return cast(Outcome[Found], self._find_payment(operation_id, since))
        if kind is ObjectKind.REFUND:
            return cast(Outcome[Found], self._find_refund(operation_id, parent_id))
        if kind is ObjectKind.TRANSFER:
            return cast(Outcome[Found], self._find_transfer(operation_id))
        if kind is ObjectKind.TRANSFER_REVERSAL:
            return cast(Outcome[Found], self._find_reversal(operation_id, parent_id))
        if kind is ObjectKind.PAYOUT:
            return cast(Outcome[Found], self._find_payout(operation_id, payee_id, since))
        if kind is ObjectKind.PAYEE:
            return cast(Outcome[Found], self._find_payee(operation_id, since))
        return Rejected(f"operations do not make a {kind}")

    def list_balance_movements(
        self, *, since: datetime, until: datetime | None = None, payee_id: str = ""
    ) -> Outcome[tuple[BalanceMovement, ...]]:
        """See the port. Stripe lists the newest first."""
        created: dict[str, int] = {"gte": seconds(since)}
        if until is not None:
            created["lt"] = seconds(until)
        params = cast(Any, {"created": created, "limit": 100, "expand": ["data.source"]})
        lines = self._v1.balance_transactions
        found = self._collect(lambda: lines.list(params, options(account=payee_id)), keep=lambda _: True)
        if isinstance(found, Failure):
            return found.outcome
        return Ok(tuple(balance_movement(line, payee_id) for line in reversed(found)))

    def verify_and_parse_webhook(self, *, body: bytes, headers: Mapping[str, str]) -> ParsedEvent:
        """See the port."""
        return parse_webhook(body, headers, secrets=self._webhook_secrets, clock=self._now)
