"""Stripe: payments and refunds."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    ActionRequired,
    DeclineCode,
    Declined,
    Ok,
    Outcome,
    PaymentMethodKind,
    PaymentSnapshot,
    PaymentState,
    RefundSnapshot,
    Rejected,
    Unknown,
)
from jobsphere.payments.gateways.stripe.calls import Answer, StripeCalls, labels, look_back, options
from jobsphere.payments.gateways.stripe.currencies import UnrepresentableAmountError, to_wire
from jobsphere.payments.gateways.stripe.errors import Failure, is_retryable
from jobsphere.payments.gateways.stripe.methods import method_params
from jobsphere.payments.gateways.stripe.normalise import (
    payment_snapshot,
    refund_snapshot,
)

_DONE = frozenset({PaymentState.AUTHORIZED, PaymentState.CAPTURED, PaymentState.PROCESSING})
#: Refunds and the capture deadline are written on the charge.
_EXPAND = ["latest_charge"]

Judge = Callable[[PaymentSnapshot, Declined | Rejected | Unknown], Outcome[PaymentSnapshot]]


class StripePayments(StripeCalls):
    """Money in and money back."""

    def authorize(
        self,
        *,
        amount: Money,
        idempotency_key: str,
        operation_id: str,
        payment_method: str | None = None,
        metadata: Mapping[str, str] | None = None,
        return_url: str = "",
        description: str = "",
        capture: str = "manual",
        payer_email: str = "",
        methods: Sequence[PaymentMethodKind] = (),
        customer_id: str = "",
        off_session: bool = False,
    ) -> Outcome[PaymentSnapshot]:
        """See the port. Server-side confirmation with a payment method; without one the browser confirms."""
        try:
            units, currency = to_wire(amount)
        except UnrepresentableAmountError as error:
            return Rejected(str(error))
        params: dict[str, Any] = {
            "amount": units,
            "currency": currency,
            "metadata": labels(operation_id, metadata),
            "expand": _EXPAND,
            **method_params(methods, amount.currency, capture),
        }
        if description:
            params["description"] = description
        if customer_id:
            params["customer"] = customer_id
        if payment_method and off_session:
            params |= {"payment_method": payment_method, "confirm": True, "off_session": True}
        elif payment_method:
            params |= _confirmation(payment_method, return_url) | {"confirm": True}
        create = self._v1.payment_intents.create
        answer = self._send(lambda: create(cast(Any, params), options(idempotency_key)))
        return self._authorized(answer, operation_id, chosen=bool(payment_method))

    def confirm_payment(
        self, *, gateway_id: str, payment_method: str, idempotency_key: str, return_url: str = ""
    ) -> Outcome[PaymentSnapshot]:
        """See the port."""
        params = _confirmation(payment_method, return_url) | {"expand": _EXPAND}
        confirm = self._v1.payment_intents.confirm
        answer = self._send(lambda: confirm(gateway_id, cast(Any, params), options(idempotency_key)))
        return self._moved(answer, gateway_id, lambda payment, _: _progress(payment, chosen=True))

    def capture(self, *, gateway_id: str, amount: Money, idempotency_key: str) -> Outcome[PaymentSnapshot]:
        """See the port."""
        try:
            units, _ = to_wire(amount)
        except UnrepresentableAmountError as error:
            return Rejected(str(error))
        capture = self._v1.payment_intents.capture
        answer = self._send(
            lambda: capture(
                gateway_id,
                {"amount_to_capture": units, "expand": _EXPAND},
                options(idempotency_key),
            )
        )
        return self._moved(answer, gateway_id, lambda payment, failure: _after_capture(payment, amount, failure))

    def void(self, *, gateway_id: str, idempotency_key: str) -> Outcome[PaymentSnapshot]:
        """See the port."""
        cancel = self._v1.payment_intents.cancel
        answer = self._send(lambda: cancel(gateway_id, {"expand": _EXPAND}, options(idempotency_key)))
        return self._moved(answer, gateway_id, _after_void)

    def refund(
        self,
        *,
        gateway_id: str,
        amount: Money,
        idempotency_key: str,
        operation_id: str,
        metadata: Mapping[str, str] | None = None,
    ) -> Outcome[RefundSnapshot]:
        """See the port."""
        try:
            units, _ = to_wire(amount)
        except UnrepresentableAmountError as error:
            return Rejected(str(error))
        create = self._v1.refunds.create
        answer = self._send(
            lambda: create(
                {
                    "payment_intent": gateway_id,
                    "amount": units,
                    "metadata": labels(operation_id, metadata),
                },
                options(idempotency_key),
            )
        )
        return self._made(
            answer,
            normalise=refund_snapshot,
            read=lambda refund_id: self.fetch_refund(gateway_id=refund_id),
            find=lambda: self._find_refund(operation_id, gateway_id),
        )

    def fetch_payment(self, *, gateway_id: str) -> Outcome[PaymentSnapshot]:
        """See the port."""
        retrieve = self._v1.payment_intents.retrieve
        return self._read(lambda: retrieve(gateway_id, {"expand": _EXPAND}), payment_snapshot)

    def fetch_refund(self, *, gateway_id: str) -> Outcome[RefundSnapshot]:
        """See the port."""
        return self._read(lambda: self._v1.refunds.retrieve(gateway_id), refund_snapshot)

    def _find_payment(self, operation_id: str, since: datetime | None) -> Outcome[PaymentSnapshot | None]:
        """Ask the search index, which lags a little, then the list, which does not."""
        intents = self._v1.payment_intents
        query = f"metadata['operation']:'{operation_id}'"
        found = self._find(
            lambda: intents.search({"query": query, "expand": ["data.latest_charge"]}),
            operation_id,
            payment_snapshot,
        )
        if since is None or not (isinstance(found, Ok) and found.object is None):
            return found
        return self._find(
            lambda: intents.list(
                {
                    "created": {"gte": look_back(since)},
                    "limit": 100,
                    "expand": ["data.latest_charge"],
                }
            ),
            operation_id,
            payment_snapshot,
        )

    def _find_refund(self, operation_id: str, payment_id: str) -> Outcome[RefundSnapshot | None]:
        refunds = self._v1.refunds
        return self._find(
            lambda: refunds.list({"payment_intent": payment_id, "limit": 100}),
            operation_id,
            refund_snapshot,
        )

    def _authorized(self, answer: Answer | Failure, operation_id: str, *, chosen: bool) -> Outcome[PaymentSnapshot]:
        """Settle an authorisation: of a new payment, so a doubtful failure is looked up by the operation."""
        payment_id = answer.body["id"] if isinstance(answer, Answer) else answer.payment_id
        if payment_id or not (isinstance(answer, Failure) and answer.doubtful):
            return self._moved(answer, payment_id, lambda payment, _: _progress(payment, chosen=chosen))
        found = self._find_payment(operation_id, since=None)
        if isinstance(found, Ok):
            return _progress(found.object, chosen=chosen) if found.object else answer.outcome
        return found if isinstance(found, Unknown) else answer.outcome

    def _moved(self, answer: Answer | Failure, payment_id: str, judge: Judge) -> Outcome[PaymentSnapshot]:
        """Settle a request on a payment. `judge` says what its present state means for what was asked."""
        if isinstance(answer, Failure) and not answer.doubtful:
            return answer.outcome
        if isinstance(answer, Answer) and not answer.replayed:
            return judge(payment_snapshot(answer.body), _UNSETTLED)
        present = self.fetch_payment(gateway_id=payment_id)
        if not isinstance(present, Ok):
            return present
        return judge(present.object, answer.outcome if isinstance(answer, Failure) else _UNSETTLED)


#: The request was accepted, yet the payment is not where it should be: not ours to call a failure.
_UNSETTLED = Unknown("the payment is not in the expected state yet")


def _confirmation(payment_method: str, return_url: str) -> dict[str, Any]:
    params: dict[str, Any] = {"payment_method": payment_method}
    if return_url:
        params["return_url"] = return_url
    return params


def _progress(payment: PaymentSnapshot, *, chosen: bool) -> Outcome[PaymentSnapshot]:
    """Say what an authorisation has come to. `chosen`: we named the card, so its refusal answers the request."""
    if payment.status in _DONE:
        return Ok(payment)
    if payment.status is PaymentState.ACTION_REQUIRED:
        return ActionRequired(payment, payment.client_secret, payment.action_url)
    if payment.status is PaymentState.REQUIRES_PAYMENT_METHOD and not (chosen and payment.failure_code):
        return ActionRequired(payment, payment.client_secret)
    if payment.status is PaymentState.CANCELED:
        return Declined(
            DeclineCode.AUTHORIZATION_GONE,
            "The payment was cancelled.",
            gateway_id=payment.gateway_id,
        )
    code = DeclineCode(payment.failure_code or DeclineCode.OTHER)
    message = payment.failure_message or "The card was declined."
    return Declined(code, message, is_retryable(code), gateway_id=payment.gateway_id)


def _after_capture(
    payment: PaymentSnapshot, wanted: Money, failure: Declined | Rejected | Unknown
) -> Outcome[PaymentSnapshot]:
    if payment.status is PaymentState.CAPTURED:
        if payment.amount_captured == wanted:
            return Ok(payment)
        return Declined(
            DeclineCode.ALREADY_CAPTURED,
            "Another amount was captured before.",
            gateway_id=payment.gateway_id,
        )
    if payment.status is PaymentState.CANCELED:
        return Declined(
            DeclineCode.AUTHORIZATION_GONE,
            "The authorisation has ended.",
            gateway_id=payment.gateway_id,
        )
    return failure


def _after_void(payment: PaymentSnapshot, failure: Declined | Rejected | Unknown) -> Outcome[PaymentSnapshot]:
    if payment.status is PaymentState.CANCELED:
        return Ok(payment)
    if payment.status is PaymentState.CAPTURED:
        return Declined(
            DeclineCode.ALREADY_CAPTURED,
            "The payment was captured before.",
            gateway_id=payment.gateway_id,
        )
    return failure
