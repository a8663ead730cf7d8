"""Alarms: what the gateway could not bring to its end is told to everybody with the right "finance" (R72)."""

from uuid import UUID

from jobsphere.backoffice.policies import FINANCE
from jobsphere.notifications.services import notify
from jobsphere.notifications.types import NotificationType
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.payments.events import OperationRejected, OperationStuck, PaymentDisputed, PayoutFailed, RefundFailed
from jobsphere.users.selectors import holders_of


@subscribe(OperationRejected)
def alarm_of_rejected_operation(event: OperationRejected, meta: EventMeta) -> None:
    """The gateway refused what we sent as wrong: a bug of ours, or the configuration."""
    _alarm(
        meta,
        title=f"The gateway rejected: {_words(event.kind)}",
        body=f"{event.message} Put the cause right, then retry it. ({event.subject_type} {event.subject_id})",
        link=f"/admin/operations/{event.operation_id}",
        subject_id=event.subject_id,
    )


@subscribe(OperationStuck)
def alarm_of_stuck_operation(event: OperationStuck, meta: EventMeta) -> None:
    """Many attempts, and still nobody knows."""
    _alarm(
        meta,
        title=f"The gateway does not answer: {_words(event.kind)}",
        body=f"After {event.attempts} attempts the outcome is still unknown; it goes on being tried."
        f" ({event.subject_type} {event.subject_id})",
        link=f"/admin/operations/{event.operation_id}",
        subject_id=event.subject_id,
    )


@subscribe(RefundFailed)
def alarm_of_failed_refund(event: RefundFailed, meta: EventMeta) -> None:
    """The customer's money waits with us."""
    _alarm(
        meta,
        title=f"A refund of {event.amount} failed",
        body=f"It did not reach the card ({event.code or 'no reason given'}); the money waits until it is retried.",
        link="/admin/refunds?status=failed",
        subject_id=event.refund_id,
    )


@subscribe(PayoutFailed)
def alarm_of_failed_payout(event: PayoutFailed, meta: EventMeta) -> None:
    """The contractor's money is back in their wallet."""
    _alarm(
        meta,
        title=f"A withdrawal of {event.amount} failed",
        body=f"{event.message or event.code or 'No reason given.'} The money is back in the wallet.",
        link="/admin/payouts?status=failed",
        subject_id=event.payout_id,
    )


@subscribe(PaymentDisputed)
def alarm_of_disputed_payment(event: PaymentDisputed, meta: EventMeta) -> None:
    """A bank has opened a chargeback, or closed it."""
    opened = "is disputed by the cardholder's bank" if event.open else "is disputed no longer"
    _alarm(
        meta,
        title=f"A payment of {event.amount} {opened}",
        body=f"The bank says: {event.reason or 'no reason given'}.",
        link=f"/admin/payments/{event.payment_id}",
        subject_id=event.payment_id,
    )


def _alarm(meta: EventMeta, *, title: str, body: str, link: str, subject_id: UUID) -> None:
    """Tell everybody who accounts for the money, each once for this event."""
    for user_id in holders_of(FINANCE):
        notify(
            user_id=user_id,
            type=NotificationType.STAFF_ALARM,
            title=title,
            body=body,
            link=link,
            metadata={"subject_id": subject_id},
            key=f"alarm:{meta.id}",
        )


def _words(kind: str) -> str:
    return kind.replace("_", " ")
