"""Paystack: chargebacks. It asks for one document; ours is the record of the contract, as a text file."""

from datetime import datetime
from typing import Any

import httpx

from jobsphere.payments.gateways.base import (
    DeclineCode,
    Declined,
    DisputeEvidence,
    DisputeSnapshot,
    DisputeState,
    Ok,
    Outcome,
    Rejected,
)
from jobsphere.payments.gateways.paystack.calls import TIMEOUT_SECONDS, PaystackCalls, Wire, between
from jobsphere.payments.gateways.paystack.currencies import to_wire
from jobsphere.payments.gateways.paystack.errors import UNREACHABLE, UNREADABLE, Failure
from jobsphere.payments.gateways.paystack.normalise import dispute_snapshot

_ACCEPT, _CONTEST = "merchant-accepted", "declined"


class PaystackDisputes(PaystackCalls):
    """Chargebacks: what they are, our answer, and giving one up."""

    def fetch_dispute(self, *, gateway_id: str) -> Outcome[DisputeSnapshot]:
        """See the port."""
        return self._read(f"/dispute/{gateway_id}", dispute_snapshot)

    def list_disputes(self, *, since: datetime) -> Outcome[tuple[DisputeSnapshot, ...]]:
        """See the port. Oldest first."""
        found = self._collect("/dispute", between(since))
        if isinstance(found, Failure):
            return found.outcome
        try:
            return Ok(tuple(dispute_snapshot(dispute) for dispute in reversed(found)))
        except (KeyError, TypeError, ValueError):
            return UNREADABLE.outcome

    def submit_evidence(
        self, *, dispute_id: str, evidence: DisputeEvidence, submit: bool, idempotency_key: str
    ) -> Outcome[DisputeSnapshot]:
        """See the port. One whose evidence the bank has is left as it is."""
        present = self.fetch_dispute(gateway_id=dispute_id)
        if not isinstance(present, Ok) or present.object.answered:
            return present
        if present.object.status is not DisputeState.OPEN:
            return Rejected("this dispute is decided")
        answer = self._send("POST", f"/dispute/{dispute_id}/evidence", body=_evidence(evidence))
        if isinstance(answer, Failure):
            return answer.outcome
        if submit:
            failed = self._resolve(present.object, _CONTEST, evidence, int(answer["data"]["id"]))
            if failed is not None:
                return failed.outcome
        return self.fetch_dispute(gateway_id=dispute_id)

    def accept_dispute(self, *, dispute_id: str, idempotency_key: str) -> Outcome[DisputeSnapshot]:
        """See the port. Paystack then refunds the cardholder from our balance."""
        present = self.fetch_dispute(gateway_id=dispute_id)
        if not isinstance(present, Ok) or present.object.status is DisputeState.LOST:
            return present
        if present.object.status is DisputeState.WON:
            return Declined(DeclineCode.OTHER, "The dispute was decided before.", gateway_id=dispute_id)
        failed = self._resolve(present.object, _ACCEPT, DisputeEvidence())
        return failed.outcome if failed is not None else self.fetch_dispute(gateway_id=dispute_id)

    def _resolve(
        self, dispute: DisputeSnapshot, resolution: str, evidence: DisputeEvidence, evidence_id: int = 0
    ) -> Failure | None:
        """Send our decision and the document that goes with it; Paystack takes none without."""
        name = self._upload(dispute.gateway_id, _document(dispute, evidence))
        if isinstance(name, Failure):
            return name
        body: dict[str, Any] = {
            "resolution": resolution,
            "message": evidence.uncategorized_text[:500] or "See the attached record.",
            "refund_amount": to_wire(dispute.amount) if resolution == _ACCEPT else 0,
            "uploaded_filename": name,
        }
        if evidence_id:
            body["evidence"] = evidence_id
        answer = self._send("PUT", f"/dispute/{dispute.gateway_id}/resolve", body=body)
        return answer if isinstance(answer, Failure) else None

    def _upload(self, dispute_id: str, document: str) -> str | Failure:
        """Put the document where Paystack says, which is not at Paystack: our key does not go there."""
        asked = {"upload_filename": f"dispute-{dispute_id}.txt"}
        answer = self._send("GET", f"/dispute/{dispute_id}/upload_url", params=asked)
        if isinstance(answer, Failure):
            return answer
        try:
            data: Wire = answer["data"]
            address, name = str(data["signedUrl"]), str(data["fileName"])
        except (KeyError, TypeError):
            return UNREADABLE
        try:
            put = self._uploads.put(address, content=document.encode())
        except (httpx.HTTPError, httpx.InvalidURL):
            return UNREACHABLE
        return name if put.is_success else UNREACHABLE

    #: Set by the gateway: a client without our key.
    _uploads: httpx.Client


def make_upload_client(transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """Return the client for signed addresses."""
    return httpx.Client(timeout=httpx.Timeout(TIMEOUT_SECONDS), transport=transport, trust_env=False)


def _evidence(evidence: DisputeEvidence) -> dict[str, Any]:
    """Fill Paystack's form: it wants a phone number, which we do not ask of anybody."""
    body = {
        "customer_email": evidence.customer_email or "unknown",
        "customer_name": evidence.customer_name or "unknown",
        "customer_phone": "unknown",
        "service_details": (evidence.product_description or evidence.uncategorized_text)[:1000] or "See the document.",
    }
    return body | ({"delivery_date": evidence.service_date} if evidence.service_date else {})


def _document(dispute: DisputeSnapshot, evidence: DisputeEvidence) -> str:
    """Write everything that we know, for people to read."""
    parts = [
        ("Payment", dispute.payment_id),
        ("Amount", str(dispute.amount)),
        ("Customer", f"{evidence.customer_name} {evidence.customer_email}".strip()),
        ("Service", evidence.product_description),
        ("Date of service", evidence.service_date),
        ("What happened", evidence.access_activity_log),
        ("Cancellation policy", evidence.cancellation_policy),
        ("Refund policy", evidence.refund_policy),
        ("More", evidence.uncategorized_text),
    ]
    return "\n\n".join(f"{title}\n{text}" for title, text in parts if text) + "\n"
