"""Stripe: chargebacks, and what we say to them."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from jobsphere.payments.gateways.base import DisputeEvidence, DisputeSnapshot, DisputeState, Ok, Outcome
from jobsphere.payments.gateways.stripe.calls import Answer, StripeCalls, look_back, options
from jobsphere.payments.gateways.stripe.errors import Failure
from jobsphere.payments.gateways.stripe.normalise import dispute_snapshot

#: Stripe's names of what has another one with us.
_NAMES = {"customer_email": "customer_email_address"}
#: Stripe takes at most this many characters in one field, and 150,000 in all.
_LONGEST = 20_000


class StripeDisputes(StripeCalls):
    """Chargebacks: look, answer with evidence, give up."""

    def fetch_dispute(self, *, gateway_id: str) -> Outcome[DisputeSnapshot]:
        """See the port."""
        return self._read(lambda: self._v1.disputes.retrieve(gateway_id), dispute_snapshot)

    def list_disputes(self, *, since: datetime) -> Outcome[tuple[DisputeSnapshot, ...]]:
        """See the port. Stripe lists the newest first."""
        params = cast(Any, {"created": {"gte": look_back(since)}, "limit": 100})
        found = self._collect(lambda: self._v1.disputes.list(params), keep=lambda _: True)
        if isinstance(found, Failure):
            return found.outcome
        return Ok(tuple(dispute_snapshot(body) for body in reversed(found)))

    def submit_evidence(
        self, *, dispute_id: str, evidence: DisputeEvidence, submit: bool, idempotency_key: str
    ) -> Outcome[DisputeSnapshot]:
        """See the port."""
        params = cast(Any, {"evidence": _evidence(evidence), "submit": submit})
        update = self._v1.disputes.update
        answer = self._send(lambda: update(dispute_id, params, options(idempotency_key)))
        return self._disputed(answer, dispute_id, done=lambda present: present.answered)

    def accept_dispute(self, *, dispute_id: str, idempotency_key: str) -> Outcome[DisputeSnapshot]:
        """See the port. A dispute that was lost before is given up already."""
        close = self._v1.disputes.close
        answer = self._send(lambda: close(dispute_id, {}, options(idempotency_key)))
        return self._disputed(answer, dispute_id, done=lambda present: present.status is DisputeState.LOST)

    def _disputed(self, answer: Answer | Failure, dispute_id: str, *, done: Any) -> Outcome[DisputeSnapshot]:
        """Settle a request on a dispute: an old answer is read again, and so is what a refusal may have hidden."""
        if isinstance(answer, Answer) and not answer.replayed:
            return Ok(dispute_snapshot(answer.body))
        present = self.fetch_dispute(gateway_id=dispute_id)
        if isinstance(answer, Answer):
            return present
        return present if isinstance(present, Ok) and done(present.object) else answer.outcome


def _evidence(evidence: DisputeEvidence) -> dict[str, str]:
    """Return what is filled in, in Stripe's words and no longer than it takes."""
    return {_NAMES.get(name, name): text[:_LONGEST] for name, text in asdict(evidence).items() if text}
