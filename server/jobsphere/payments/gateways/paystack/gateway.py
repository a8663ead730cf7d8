"""The Paystack adapter as one object: its verbs, its look-ups, and how it is put together."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import cast

import httpx

from jobsphere.kit import clock
from jobsphere.payments.gateways.base import (
    AmountLimits,
    Capabilities,
    CheckoutForm,
    CheckoutKind,
    Found,
    Gateway,
    ObjectKind,
    Ok,
    Outcome,
    ParsedEvent,
    PayeeForm,
    Rejected,
)
from jobsphere.payments.gateways.paystack.balance_ledger import PaystackLedger
from jobsphere.payments.gateways.paystack.calls import make_client
from jobsphere.payments.gateways.paystack.currencies import CURRENCIES, limits_of
from jobsphere.payments.gateways.paystack.disputes import PaystackDisputes, make_upload_client
from jobsphere.payments.gateways.paystack.payees import PaystackPayees
from jobsphere.payments.gateways.paystack.payments import CHANNELS, PaystackPayments
from jobsphere.payments.gateways.paystack.webhooks import parse_webhook


class PaystackGateway(PaystackPayments, PaystackPayees, PaystackDisputes, PaystackLedger, Gateway):
    """Paystack, or anything that speaks its wire format through `transport` (the sandbox).

    `guard` is called before every request and raises inside a database transaction.
    """

    capabilities = Capabilities(
        manual_capture=False,
        partial_capture=False,
        parallel_refunds=False,
        connected_payouts=False,
        transfer_reversal=False,
        event_keys=False,
        # Nothing is ever only reserved.
        authorization_lifetime=timedelta(0),
        # A reference is never forgotten.
        idempotency_lifetime=timedelta(days=3650),
        currencies=CURRENCIES,
        payment_methods=tuple(CHANNELS),
        dispute_evidence=True,
        payee_form=PayeeForm.BANK,
        server_confirmation=False,
        payout_otp=True,
    )

    def __init__(
        self,
        *,
        secret_key: str,
        guard: Callable[[], None],
        transport: httpx.BaseTransport | None = None,
        name: str = "paystack",
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        super().__init__(make_client(secret_key, transport=transport), guard)
        self.name = name
        self._uploads = make_upload_client(transport)
        self._secret_key = secret_key
        self._now = now

    def __repr__(self) -> str:
        return f"PaystackGateway(name={self.name!r})"

    def limits(self, currency: str) -> AmountLimits:
        """See the port."""
        return limits_of(currency)

    def checkout(self) -> CheckoutForm:
        """See the port."""
        return CheckoutForm(CheckoutKind.REDIRECT)

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
            return cast(Outcome[Found], self._find_payment(operation_id))
        if kind is ObjectKind.REFUND:
            return cast(Outcome[Found], self._find_refund(operation_id, parent_id))
        if kind is ObjectKind.PAYOUT:
            return cast(Outcome[Found], self._find_payout(operation_id, payee_id))
        if kind is ObjectKind.PAYEE:
            return cast(Outcome[Found], self._find_payee(operation_id))
        if kind in (ObjectKind.TRANSFER, ObjectKind.TRANSFER_REVERSAL):
            return Ok(None)
        return Rejected(f"operations do not make a {kind}")

    def verify_and_parse_webhook(self, *, body: bytes, headers: Mapping[str, str]) -> ParsedEvent:
        """See the port."""
        return parse_webhook(body, headers, secret_key=self._secret_key, now=self._now())
