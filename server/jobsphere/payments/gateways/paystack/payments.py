"""Paystack: payments and refunds. It has no idempotency keys, so each is made exactly once in another way.

A charge carries our reference, which Paystack takes once, ever. A refund has no reference: our operation stands in its
merchant note, and the refunds of the payment are read before one is made. Nobody may ask for two at once.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

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
    RefundState,
    Rejected,
    RejectedCode,
    Unknown,
)
from jobsphere.payments.gateways.base.units import UnrepresentableAmountError
from jobsphere.payments.gateways.paystack.calls import PaystackCalls, Wire, between
from jobsphere.payments.gateways.paystack.currencies import limits_of, to_wire
from jobsphere.payments.gateways.paystack.errors import UNREADABLE, Failure, is_retryable, reused
from jobsphere.payments.gateways.paystack.normalise import (
    OPERATION,
    PAGE,
    SAVED_CARD,
    WAY,
    moment,
    payment_of,
    payment_snapshot,
    reference_of,
    refund_snapshot,
)

#: What the checkout page may offer, in Paystack's words.
CHANNELS: Mapping[PaymentMethodKind, str] = {
    PaymentMethodKind.CARD: "card",
    PaymentMethodKind.BANK_TRANSFER: "bank_transfer",
    PaymentMethodKind.MOBILE_MONEY: "mobile_money",
}
#: How often a page may be made anew whose address was lost with the answer.
_ROUNDS = 9
#: Stands in for the refund's id in events that carry none: the newest refund of this payment.
NEWEST_OF = "newest-of:"
#: How soon to ask again whether the refund before has come to its end.
_REFUND_PATIENCE = timedelta(hours=1)


class PaystackPayments(PaystackCalls):
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
        """See the port. `payment_method` is the `authorization_code` of a saved card; without one there is a page."""
        refused = _not_chargeable(amount, payer_email)
        if refused is not None:
            return refused
        labels = {**(metadata or {}), OPERATION: operation_id}
        body: dict[str, Any] = {"email": payer_email, "amount": to_wire(amount), "currency": amount.currency}
        if payment_method:
            return self._charge(body, operation_id, payment_method, labels)
        body |= {"metadata": labels | {WAY: PAGE} | ({"description": description} if description else {})}
        if return_url:
            body["callback_url"] = return_url
        channels = [CHANNELS[method] for method in methods if method in CHANNELS]
        if channels:
            body["channels"] = channels
        return self._open_page(body, amount, operation_id)

    def confirm_payment(
        self, *, gateway_id: str, payment_method: str, idempotency_key: str, return_url: str = ""
    ) -> Outcome[PaymentSnapshot]:
        """See the port. The payer tries other cards on Paystack's page; from here nothing can be tried on it."""
        present = self.fetch_payment(gateway_id=gateway_id)
        if not isinstance(present, Ok) or present.object.status is PaymentState.CAPTURED:
            return present
        return Rejected("a payment at Paystack is finished on its page")

    def capture(self, *, gateway_id: str, amount: Money, idempotency_key: str) -> Outcome[PaymentSnapshot]:
        """See the port. The money was taken when it was charged: this only looks."""
        present = self.fetch_payment(gateway_id=gateway_id)
        if not isinstance(present, Ok):
            return present
        payment = present.object
        if payment.status is PaymentState.CAPTURED:
            if payment.amount_captured == amount:
                return present
            message = "Another amount was captured before."
            return Declined(DeclineCode.ALREADY_CAPTURED, message, gateway_id=gateway_id)
        if payment.status is PaymentState.FAILED:
            return Declined(DeclineCode.AUTHORIZATION_GONE, "The payment has failed.", gateway_id=gateway_id)
        return Rejected("the payer has not paid yet")

    def void(self, *, gateway_id: str, idempotency_key: str) -> Outcome[PaymentSnapshot]:
        """See the port. A page cannot be closed at Paystack; who pays there later is refunded by the marketplace."""
        present = self.fetch_payment(gateway_id=gateway_id)
        if not isinstance(present, Ok):
            return present
        if present.object.status is PaymentState.CAPTURED:
            message = "The payment was captured before."
            return Declined(DeclineCode.ALREADY_CAPTURED, message, gateway_id=gateway_id)
        if present.object.status is PaymentState.PROCESSING:
            return Unknown("the payer's bank has not decided yet")
        return Ok(replace(present.object, status=PaymentState.CANCELED, failure_code="", failure_message=""))

    def refund(
        self,
        *,
        gateway_id: str,
        amount: Money,
        idempotency_key: str,
        operation_id: str,
        metadata: Mapping[str, str] | None = None,
    ) -> Outcome[RefundSnapshot]:
        """See the port. Looks first: the one that this operation made before, or another that is still open."""
        try:
            units = to_wire(amount)
        except UnrepresentableAmountError as error:
            return Rejected(str(error))
        known = self._refunds_of(gateway_id)
        if isinstance(known, Failure):
            return known.outcome
        for refund in known:
            if refund.operation_id == operation_id:
                return Ok(refund) if refund.amount == amount else reused()
        if any(refund.status is RefundState.PENDING for refund in known):
            return Unknown("another refund of this payment is open", retry_after=_REFUND_PATIENCE)
        note = reference_of(operation_id)
        body = {"transaction": gateway_id, "amount": units, "merchant_note": note}
        answer = self._send("POST", "/refund", body=body)
        return self._answered(answer, refund_snapshot)

    def fetch_payment(self, *, gateway_id: str) -> Outcome[PaymentSnapshot]:
        """See the port."""
        transaction = self._transaction(gateway_id)
        if isinstance(transaction, Failure):
            return transaction.outcome
        refunds = self._listed_refunds(transaction) if _paid(transaction) else []
        if isinstance(refunds, Failure):
            return refunds.outcome
        return self._answered({"data": transaction}, lambda body: payment_snapshot(body, refunds))

    def fetch_refund(self, *, gateway_id: str) -> Outcome[RefundSnapshot]:
        """See the port. Older events of Paystack's name only the payment: then its newest refund is meant."""
        if not gateway_id.startswith(NEWEST_OF):
            return self._read(f"/refund/{gateway_id}", refund_snapshot)
        known = self._refunds_of(gateway_id.removeprefix(NEWEST_OF))
        if isinstance(known, Failure):
            return known.outcome
        if not known:
            return Rejected("the payment has no refund", RejectedCode.NOT_FOUND)
        return Ok(max(known, key=lambda refund: int(refund.gateway_id)))

    # --- charging

    def _charge(
        self, body: dict[str, Any], operation_id: str, code: str, labels: Mapping[str, str]
    ) -> Outcome[PaymentSnapshot]:
        """Charge a saved card. Its bank may ask the payer to prove who they are, on a page."""
        reference = reference_of(operation_id)
        # This route takes metadata as a text, the others as an object.
        body |= {
            "reference": reference,
            "authorization_code": code,
            "metadata": json.dumps({**labels, WAY: SAVED_CARD}),
        }
        answer = self._send("POST", "/transaction/charge_authorization", body=body)
        if isinstance(answer, Failure):
            return self._charged_before(reference, body["amount"]) if answer.duplicate else answer.outcome
        try:
            data = {**answer["data"], "reference": reference}
            if data.get("paused"):
                data |= {"status": "paused", "amount": body["amount"], "currency": body["currency"]}
            payment = payment_snapshot(data)
        except (KeyError, TypeError, ValueError):
            return UNREADABLE.outcome
        return _progress(payment)

    def _charged_before(self, reference: str, units: int) -> Outcome[PaymentSnapshot]:
        """Say what became of a charge whose answer was lost. Where the payer was to act, the page is lost with it."""
        present = self.fetch_payment(gateway_id=reference)
        if not isinstance(present, Ok):
            return present
        if to_wire(present.object.amount) != units:
            return reused()
        return _progress(_given_up(present.object))

    def _open_page(self, body: dict[str, Any], amount: Money, operation_id: str) -> Outcome[PaymentSnapshot]:
        """Make a checkout page. One that nobody knows the address of is left behind, and a new one is made."""
        for round_ in range(1, _ROUNDS + 1):
            reference = reference_of(operation_id, round_)
            answer = self._send("POST", "/transaction/initialize", body=body | {"reference": reference})
            if not isinstance(answer, Failure):
                return self._page(answer, amount, reference, operation_id)
            if not answer.duplicate:
                return answer.outcome
            present = self.fetch_payment(gateway_id=reference)
            if not isinstance(present, Ok):
                return present
            if present.object.amount != amount:
                return reused()
            if not _stranded(present.object):
                return _progress(present.object)
        return Rejected("the page was made too often")

    def _page(self, answer: Wire, amount: Money, reference: str, operation_id: str) -> Outcome[PaymentSnapshot]:
        try:
            url, code = str(answer["data"]["authorization_url"]), str(answer["data"]["access_code"])
        except (KeyError, TypeError):
            return UNREADABLE.outcome
        nothing = Money.zero(amount.currency)
        payment = PaymentSnapshot(
            reference,
            PaymentState.ACTION_REQUIRED,
            amount,
            nothing,
            nothing,
            client_secret=code,
            action_url=url,
            operation_id=operation_id,
        )
        return ActionRequired(payment, code, url)

    # --- looking

    def _transaction(self, reference: str) -> Wire | Failure:
        answer = self._send("GET", f"/transaction/verify/{reference}")
        if isinstance(answer, Failure):
            return answer
        data = answer.get("data")
        return data if isinstance(data, Mapping) else UNREADABLE

    def _refunds_of(self, reference: str) -> list[RefundSnapshot] | Failure:
        transaction = self._transaction(reference)
        return transaction if isinstance(transaction, Failure) else self._listed_refunds(transaction)

    def _listed_refunds(self, transaction: Wire) -> list[RefundSnapshot] | Failure:
        """List the refunds of a payment: asked for by its number, and held against its reference all the same."""
        reference = transaction.get("reference")
        asked = {"transaction": str(transaction.get("id")), **between(moment(transaction.get("paid_at")))}
        found = self._collect("/refund", asked, keep=lambda refund: payment_of(refund) == reference)
        if isinstance(found, Failure):
            return found
        try:
            return [refund_snapshot(refund) for refund in found]
        except (KeyError, TypeError, ValueError):
            return UNREADABLE

    def _find_payment(self, operation_id: str) -> Outcome[PaymentSnapshot | None]:
        """Look at every round. A page whose address nobody has is nothing: no money can come of it."""
        for round_ in range(1, _ROUNDS + 1):
            present = self.fetch_payment(gateway_id=reference_of(operation_id, round_))
            if isinstance(present, Rejected) and present.code is RejectedCode.NOT_FOUND:
                return Ok(None)
            if not isinstance(present, Ok):
                return present
            if not _stranded(present.object):
                return Ok(_given_up(present.object))
        return Ok(None)

    def _find_refund(self, operation_id: str, payment_id: str) -> Outcome[RefundSnapshot | None]:
        known = self._refunds_of(payment_id)
        if isinstance(known, Failure):
            return known.outcome
        return Ok(next((refund for refund in known if refund.operation_id == operation_id), None))


def _not_chargeable(amount: Money, payer_email: str) -> Outcome[PaymentSnapshot] | None:
    """Refuse what need not be sent."""
    try:
        units = to_wire(amount)
    except UnrepresentableAmountError as error:
        return Rejected(str(error))
    if units < to_wire(Money(limits_of(amount.currency).minimum, amount.currency)):
        return Declined(DeclineCode.AMOUNT_TOO_SMALL, "The amount is below what can be charged in this currency.")
    if not payer_email:
        return Rejected("Paystack makes no payment without the payer's e-mail address")
    return None


def _paid(transaction: Wire) -> bool:
    return str(transaction.get("status")) in ("success", "reversed")


def _stranded(payment: PaymentSnapshot) -> bool:
    """Say whether this is a checkout page that nobody has opened."""
    return payment.status is PaymentState.REQUIRES_PAYMENT_METHOD and not payment.failure_code


def _given_up(payment: PaymentSnapshot) -> PaymentSnapshot:
    """Count a saved card as refused whose challenge was lost with the answer: the payer cannot get there any more.

    Should the bank let it pass all the same, the payment is known by its reference, and the money goes back.
    """
    if payment.status is not PaymentState.ACTION_REQUIRED:
        return payment
    words = "Your bank's question was lost on the way. Please pay again."
    code = str(DeclineCode.AUTHENTICATION_FAILED)
    return replace(payment, status=PaymentState.FAILED, failure_code=code, failure_message=words)


def _progress(payment: PaymentSnapshot) -> Outcome[PaymentSnapshot]:
    """Say what a charge has come to."""
    if payment.status in (PaymentState.CAPTURED, PaymentState.PROCESSING):
        return Ok(payment)
    if payment.status is PaymentState.FAILED:
        code = DeclineCode(payment.failure_code or DeclineCode.OTHER)
        message = payment.failure_message or "The card was declined."
        return Declined(code, message, is_retryable(code), gateway_id=payment.gateway_id)
    return ActionRequired(payment, payment.client_secret, payment.action_url)
