"""Periodic tasks: whatever a lost webhook, a dead process or a long outage has left behind is found here."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.errors import DomainError
from jobsphere.outbox import services as outbox
from jobsphere.outbox.subscriptions import periodic
from jobsphere.payments import inbox, looking, outcomes
from jobsphere.payments.errors import PayoutsNotCovered
from jobsphere.payments.gateways.base import WebhookRejectedError
from jobsphere.payments.gateways.registry import get_controls, is_sandbox, sandboxes
from jobsphere.payments.models import (
    EarningLot,
    GatewayEvent,
    GatewayOperation,
    Payee,
    PayeeAccount,
    Payment,
    Payout,
    Refund,
)
from jobsphere.payments.operations.engine import attempt_operation
from jobsphere.payments.rules import (
    UNSETTLED,
    PaymentDetail,
    PayoutSchedule,
    PayoutStatus,
    RefundStatus,
)
from jobsphere.payments.services import clear_due_earning, report_uncovered, withdraw_on_schedule

__all__ = [
    "clear_due_earnings",
    "look_at_waiting_objects",
    "outcomes",
    "pay_out_on_schedule",
    "resume_events",
    "resume_operations",
]

logger = structlog.get_logger("jobsphere.payments")

#: An operation's own job has surely had its turn after this.
_OVERDUE = timedelta(minutes=10)
_BATCH = 200
_MANY = 2000


@periodic(every=timedelta(minutes=1))
def resume_operations() -> None:
    """Queue operations again whose own job was lost: no intent is ever forgotten."""
    with edge_transaction():
        overdue = GatewayOperation.objects.filter(
            status__in=sorted(UNSETTLED), next_attempt_at__lt=clock.now() - _OVERDUE
        ).order_by("next_attempt_at")[:_BATCH]
        for row in overdue:
            GatewayOperation.objects.filter(pk=row.pk, attempts=row.attempts).update(next_attempt_at=clock.now())
            outbox.enqueue(attempt_operation, row.pk)


@periodic(every=timedelta(minutes=5))
def resume_events() -> None:
    """Queue events of the inbox again that nobody has handled, even after the queue gave them up."""
    since, until = clock.now() - timedelta(days=7), clock.now() - timedelta(hours=4)
    with edge_transaction():
        waiting = GatewayEvent.objects.filter(handled_at=None, created_at__gt=since, created_at__lt=until)
        for row in waiting.order_by("id")[:_BATCH]:
            outbox.enqueue(inbox.handle_event, row.pk)


@periodic(every=timedelta(minutes=30))
def look_at_waiting_objects() -> None:
    """Look at what waits for the gateway, in case its webhook was lost."""
    now = clock.now()
    waiting = [PaymentDetail.ACTION_REQUIRED, PaymentDetail.PROCESSING, PaymentDetail.AUTHORIZED]
    with edge_transaction():
        _look_at(looking.look_at_payment, Payment.objects.filter(detail__in=waiting), now - timedelta(minutes=15))
        _look_at(looking.look_at_refund, Refund.objects.filter(status=RefundStatus.PENDING), now - timedelta(hours=1))
        _look_at(looking.look_at_payout, Payout.objects.filter(status=PayoutStatus.PAYING), now - timedelta(hours=1))


def _look_at(job: Callable[[str], None], rows: "QuerySet[Any]", older_than: datetime) -> None:
    for pk in rows.filter(created_at__lt=older_than).order_by("id").values_list("pk", flat=True)[:_BATCH]:
        outbox.enqueue(job, pk)


@periodic(every=timedelta(hours=1))
def pay_out_on_schedule() -> None:
    """Withdraw what payees with a schedule have earned, each in a transaction of its own."""
    open_ = PayeeAccount.objects.filter(user_id=OuterRef("user_id"), payouts_enabled=True)
    due = Payee.objects.filter(Exists(open_)).exclude(schedule=PayoutSchedule.MANUAL)
    for payee_id in due.order_by("pk").values_list("pk", flat=True).iterator():
        try:
            with edge_transaction():
                withdraw_on_schedule(payee_id=payee_id)
        except PayoutsNotCovered as refusal:
            with edge_transaction():
                report_uncovered(payee_id=payee_id, amount=refusal.amount)
        except DomainError as refusal:
            logger.info("scheduled payout refused", payee=str(payee_id), code=refusal.code)


@periodic(every=timedelta(minutes=5))
def clear_due_earnings() -> None:
    """Give payees what has cleared, each lot in a transaction of its own: one that fails does not hold up the rest."""
    due = EarningLot.objects.filter(left__gt=0, clears_at__lte=clock.now()).order_by("clears_at")
    for lot_id in list(due.values_list("pk", flat=True)[:_MANY]):
        try:
            with edge_transaction():
                clear_due_earning(lot_id=lot_id)
        except DomainError as refusal:
            logger.warning("earning does not clear", lot=str(lot_id), code=refusal.code)


def deliver_sandbox_events() -> None:
    """Let the sandboxes' clocks tick and deliver their events to our inbox, as real gateways do over the internet."""
    for name in sandboxes():
        controls = get_controls(name)
        controls.tick()
        controls.deliver(partial(_post_to_inbox, name))


def _post_to_inbox(gateway: str, body: bytes, headers: Mapping[str, str]) -> int:
    try:
        inbox.receive(gateway_name=gateway, body=body, headers=headers)
    except WebhookRejectedError:
        return 400
    return 200


if is_sandbox(settings.GATEWAY) and not settings.TESTING:
    # Tests deliver by hand, so that they decide when, how often and in which order.
    periodic(every=timedelta(seconds=2))(deliver_sandbox_events)
