"""Periodic tasks: whatever a lost webhook, a dead process or a long outage has left behind is found here."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db.models import QuerySet

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.errors import DomainError
from jobsphere.outbox import services as outbox
from jobsphere.outbox.subscriptions import periodic
from jobsphere.payments import inbox, looking, outcomes
from jobsphere.payments.gateways.base import WebhookRejectedError
from jobsphere.payments.gateways.registry import get_controls
from jobsphere.payments.models import GatewayEvent, GatewayOperation, PayeeAccount, Payment, Payout, Refund
from jobsphere.payments.operations.engine import attempt_operation
from jobsphere.payments.rules import (
    UNSETTLED,
    PaymentDetail,
    PayoutSchedule,
    PayoutStatus,
    RefundStatus,
)
from jobsphere.payments.services import withdraw_automatically

__all__ = ["look_at_waiting_objects", "outcomes", "pay_out_automatically", "resume_events", "resume_operations"]

logger = structlog.get_logger("jobsphere.payments")

#: An operation's own job has surely had its turn after this.
_OVERDUE = timedelta(minutes=10)
_BATCH = 200


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
def pay_out_automatically() -> None:
    """Withdraw what payees with an automatic schedule have earned, each in a transaction of its own."""
    due = PayeeAccount.objects.filter(schedule=PayoutSchedule.AUTOMATIC, payouts_enabled=True)
    for account_id in due.values_list("pk", flat=True).iterator():
        try:
            with edge_transaction():
                withdraw_automatically(account_id=account_id)
        except DomainError as refusal:
            logger.info("automatic payout refused", account=str(account_id), code=refusal.code)


def deliver_sandbox_events() -> None:
    """Let the sandbox's clock tick and deliver its events to our inbox, as a real gateway does over the internet."""
    controls = get_controls()
    controls.tick()
    controls.deliver(_post_to_inbox)


def _post_to_inbox(body: bytes, headers: Mapping[str, str]) -> int:
    try:
        inbox.receive(gateway_name="sandbox", body=body, headers=headers)
    except WebhookRejectedError:
        return 400
    return 200


if settings.GATEWAY == "sandbox" and not settings.TESTING:
    # Tests deliver by hand, so that they decide when, how often and in which order.
    periodic(every=timedelta(seconds=2))(deliver_sandbox_events)
