"""Stripe: cards that are kept (docs.stripe.com/payments/save-and-reuse). A SetupIntent with usage=off_session."""

from typing import Any, cast

from jobsphere.payments.gateways.base import Declined, Ok, Outcome, Rejected, RejectedCode, SavedMethodSnapshot
from jobsphere.payments.gateways.stripe.calls import Answer, StripeCalls, labels, options
from jobsphere.payments.gateways.stripe.errors import Failure
from jobsphere.payments.gateways.stripe.methods import CARD
from jobsphere.payments.gateways.stripe.normalise import saved_method_snapshot

_EXPAND = ["payment_method"]


class StripeSaving(StripeCalls):
    """Keep a card, look what became of that, keep it no longer."""

    def save_method(
        self,
        *,
        payment_method: str,
        customer_id: str,
        idempotency_key: str,
        operation_id: str,
        payer_email: str = "",
        return_url: str = "",
    ) -> Outcome[SavedMethodSnapshot]:
        """See the port. The customer is made under a key of its own, so that a repeat finds the same one."""
        if not customer_id:
            made = self._make_customer(payer_email, idempotency_key, operation_id)
            if isinstance(made, Failure):
                return made.outcome
            customer_id = made.body["id"]
        params: dict[str, Any] = {
            "customer": customer_id,
            "payment_method": payment_method,
            "allowed_payment_method_types": [CARD],
            "usage": "off_session",
            "confirm": True,
            "metadata": labels(operation_id, None),
            "expand": _EXPAND,
        }
        if return_url:
            params["return_url"] = return_url
        create = self._v1.setup_intents.create
        answer = self._send(lambda: create(cast(Any, params), options(idempotency_key)))
        if isinstance(answer, Failure):
            return answer.outcome
        if answer.replayed:
            return self.fetch_saving(gateway_id=answer.body["id"])
        return Ok(saved_method_snapshot(answer.body))

    def fetch_saving(self, *, gateway_id: str) -> Outcome[SavedMethodSnapshot]:
        """See the port."""
        retrieve = self._v1.setup_intents.retrieve
        return self._read(lambda: retrieve(gateway_id, {"expand": _EXPAND}), saved_method_snapshot)

    def forget_method(self, *, method_id: str, idempotency_key: str) -> Outcome[str]:
        """See the port."""
        detach = self._v1.payment_methods.detach
        answer = self._send(lambda: detach(method_id, {}, options(idempotency_key)))
        if isinstance(answer, Answer):
            return Ok(method_id)
        # Stripe answers 400 for a method that is attached to nobody, and 404 for one that it does not know.
        gone = isinstance(answer.outcome, Declined) or (
            isinstance(answer.outcome, Rejected)
            and answer.outcome.code in (RejectedCode.NOT_FOUND, RejectedCode.INVALID_REQUEST)
        )
        return Ok(method_id) if gone else cast(Outcome[str], answer.outcome)

    def _make_customer(self, email: str, key: str, operation_id: str) -> Answer | Failure:
        params: dict[str, Any] = {"metadata": labels(operation_id, None)}
        if email:
            params["email"] = email
        create = self._v1.customers.create
        return self._send(lambda: create(cast(Any, params), options(f"{key}:customer")))
