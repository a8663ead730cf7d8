"""Alarms: what the gateway could not bring to its end is told to everybody with the right "finance" (R72)."""

from typing import Any
from uuid import UUID

from jobsphere.backoffice.policies import FINANCE
from jobsphere.kit.words import Phrase
from jobsphere.notifications.services import tell
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.payments.events import (
    ChargebackDue,
    ChargebackOpened,
    ChargebackWrittenOff,
    CircuitClosed,
    CircuitOpened,
    OperationRejected,
    OperationStuck,
    PaymentDisputed,
    PayoutFailed,
    PayoutNeedsCode,
    PayoutNotCovered,
    RefundFailed,
)
from jobsphere.users.selectors import holders_of


@subscribe(OperationRejected)
def alarm_of_rejected_operation(event: OperationRejected, meta: EventMeta) -> None:
    """The gateway refused what we sent as wrong: a bug of ours, or the configuration."""
    _alarm(meta, "rejected", event.subject_id, **_operation(event), message=event.message)


@subscribe(OperationStuck)
def alarm_of_stuck_operation(event: OperationStuck, meta: EventMeta) -> None:
    """Many attempts, and still nobody knows."""
    _alarm(meta, "stuck", event.subject_id, **_operation(event), attempts=event.attempts)


@subscribe(CircuitOpened, CircuitClosed)
def alarm_of_circuit(event: CircuitOpened | CircuitClosed, meta: EventMeta) -> None:
    """New payments go elsewhere, or come back."""
    if isinstance(event, CircuitOpened):
        _alarm(meta, "circuit_opened", event.circuit_id, gateway=event.gateway, why=event.reason)
    else:
        _alarm(meta, "circuit_closed", event.circuit_id, gateway=event.gateway)


@subscribe(RefundFailed)
def alarm_of_failed_refund(event: RefundFailed, meta: EventMeta) -> None:
    """The customer's money waits with us."""
    _alarm(meta, "refund_failed", event.refund_id, amount=event.amount, why=event.code or Phrase("why.no_reason"))


@subscribe(PayoutFailed)
def alarm_of_failed_payout(event: PayoutFailed, meta: EventMeta) -> None:
    """The contractor's money is back in their wallet."""
    why = event.message or event.code or Phrase("why.none")
    _alarm(meta, "payout_failed", event.payout_id, amount=event.amount, why=why)


@subscribe(PayoutNeedsCode)
def alarm_of_waiting_payout(event: PayoutNeedsCode, meta: EventMeta) -> None:
    """The gateway asks one of us before it pays."""
    _alarm(meta, "payout_code", event.payout_id, amount=event.amount)


@subscribe(PayoutNotCovered)
def alarm_of_uncovered_payout(event: PayoutNotCovered, meta: EventMeta) -> None:
    """Somebody cannot have their money because it stands in another place."""
    _alarm(meta, "not_covered", event.payee_id, amount=event.amount, payee_id=event.payee_id)


@subscribe(PaymentDisputed)
def alarm_of_disputed_payment(event: PaymentDisputed, meta: EventMeta) -> None:
    """A bank has opened a chargeback, or closed it."""
    why = event.reason or Phrase("why.no_reason")
    which = "disputed" if event.open else "undisputed"
    _alarm(meta, which, event.payment_id, amount=event.amount, why=why, payment_id=event.payment_id)


@subscribe(ChargebackOpened)
def alarm_of_inquiry(event: ChargebackOpened, meta: EventMeta) -> None:
    """A bank only asks; nothing is stopped, so this is the only word of it."""
    if event.inquiry:
        why = event.reason or Phrase("why.no_reason")
        _alarm(
            meta, "inquiry", event.chargeback_id, disputed=event.disputed, why=why, chargeback_id=event.chargeback_id
        )


@subscribe(ChargebackDue)
def alarm_of_deadline(event: ChargebackDue, meta: EventMeta) -> None:
    """Nobody has answered the bank."""
    at = event.sent_by_itself_at
    by_itself = Phrase("part.sent_by_itself", {"at": at}) if at else Phrase("part.not_sent_by_itself")
    _alarm(
        meta,
        "due",
        event.chargeback_id,
        disputed=event.disputed,
        due=event.evidence_due_by or Phrase("part.nothing"),
        by_itself=by_itself,
        chargeback_id=event.chargeback_id,
    )


@subscribe(ChargebackWrittenOff)
def alarm_of_write_off(event: ChargebackWrittenOff, meta: EventMeta) -> None:
    """More was lost than the payment had left, or money came back that nobody can be given."""
    lost = event.written_off.amount > 0
    amount = event.written_off if lost else -event.written_off
    which = "written_off" if lost else "found"
    _alarm(meta, which, event.chargeback_id, amount=amount, chargeback_id=event.chargeback_id)


def _alarm(meta: EventMeta, which: str, subject_id: UUID, **values: Any) -> None:
    """Tell everybody who accounts for the money, each once for this event."""
    for user_id in holders_of(FINANCE):
        tell(
            user_id=user_id,
            message=f"staff.alarm/{which}",
            params=values,
            metadata={"subject_id": subject_id},
            key=f"alarm:{meta.id}",
        )


def _operation(event: OperationRejected | OperationStuck) -> dict[str, Any]:
    """Return which operation it is, and what for."""
    return {
        "operation_id": event.operation_id,
        "kind": event.kind.replace("_", " "),
        "subject": f"{event.subject_type} {event.subject_id}",
    }
