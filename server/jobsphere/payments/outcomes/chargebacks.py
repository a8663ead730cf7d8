"""Answers to a bank: evidence, and giving a chargeback up."""

from typing import Any

from jobsphere.db.composed import get
from jobsphere.payments import chargebacks
from jobsphere.payments.gateways.base import DisputeEvidence, DisputeSnapshot, Gateway, Ok, Outcome
from jobsphere.payments.models import Chargeback
from jobsphere.payments.operations.kinds import Kind, Operation, Settled, register
from jobsphere.payments.rules import OperationKind


class Answer(Kind):
    """What both have in common: the chargeback is there already, and repeating is harmless."""

    makes_object = False
    #: The column that says that this was asked; emptied when it was refused, so that a person can try again.
    asked: str

    def record(self, operation: Operation, outcome: Settled) -> None:
        if isinstance(outcome, Ok):
            chargebacks.learn(operation.gateway, outcome.object)
        else:
            Chargeback.objects.filter(pk=operation.subject_id).update(**{self.asked: None})


@register
class SubmitEvidence(Answer):
    """Send the evidence, for good."""

    kind = OperationKind.SUBMIT_EVIDENCE
    asked = "submitting_at"

    def send(self, gateway: Gateway, operation: Operation) -> Outcome[DisputeSnapshot]:
        final: dict[str, Any] = get(Chargeback, pk=operation.subject_id).evidence or {}
        return gateway.submit_evidence(
            dispute_id=operation.request["dispute"],
            evidence=DisputeEvidence(**final),
            submit=True,
            idempotency_key=operation.key,
        )


@register
class AcceptDispute(Answer):
    """Give the chargeback up."""

    kind = OperationKind.ACCEPT_DISPUTE
    asked = "accepting_at"

    def send(self, gateway: Gateway, operation: Operation) -> Outcome[DisputeSnapshot]:
        return gateway.accept_dispute(dispute_id=operation.request["dispute"], idempotency_key=operation.key)
