"""Refunds."""

from typing import Any

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    DeclineCode,
    Declined,
    Gateway,
    ObjectKind,
    Ok,
    Outcome,
    RefundSnapshot,
    Rejected,
    RejectedCode,
)
from jobsphere.payments.observations.refunds import fail_refund, observe_refund
from jobsphere.payments.operations.kinds import Kind, Operation, Settled, register
from jobsphere.payments.rules import OperationKind


@register
class GiveBack(Kind):
    """Give captured money back to the card."""

    kind = OperationKind.REFUND

    def send(self, gateway: Gateway, operation: Operation) -> Outcome[RefundSnapshot]:
        return gateway.refund(
            gateway_id=operation.request["payment"],
            amount=Money.from_json(operation.request["amount"]),
            idempotency_key=operation.key,
            operation_id=str(operation.id),
            metadata={"refund": str(operation.subject_id)},
        )

    def find(self, gateway: Gateway, operation: Operation) -> Outcome[Any]:
        return gateway.find_by_operation(
            kind=ObjectKind.REFUND,
            operation_id=str(operation.id),
            since=operation.first_sent_at,
            parent_id=operation.request["payment"],
        )

    def waits_out(self, outcome: Declined) -> bool:
        """Our own balance may not cover it yet."""
        return outcome.code is DeclineCode.BALANCE_INSUFFICIENT

    def record(self, operation: Operation, outcome: Settled) -> None:
        if isinstance(outcome, Ok):
            observe_refund(operation.subject_id, outcome.object)
        elif isinstance(outcome, Declined) or (
            isinstance(outcome, Rejected) and outcome.code is not RejectedCode.KEY_REUSED
        ):
            fail_refund(operation.subject_id, outcome.code)
