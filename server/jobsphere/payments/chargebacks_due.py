"""What the clock does for chargebacks: remind of deadlines, answer in time, and find those whose webhook was lost."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings

from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import DomainError
from jobsphere.outbox.subscriptions import periodic
from jobsphere.payments import chargebacks, registry
from jobsphere.payments.events import ChargebackDue
from jobsphere.payments.gateways.base import Ok
from jobsphere.payments.models import Chargeback, Payment
from jobsphere.payments.rules import EVIDENCE_REMINDERS, ChargebackStatus
from jobsphere.payments.services.chargebacks import submit_evidence

logger = structlog.get_logger("jobsphere.payments")

#: Banks take up to some months to decide; what is older was looked at before.
_LOOK_BACK = timedelta(days=120)


@periodic(every=timedelta(hours=1))
def look_for_chargebacks() -> None:
    """Apply every chargeback of the last months as the gateway has it now; what we know changes nothing."""
    since = clock.now() - _LOOK_BACK
    for name in Payment.objects.filter(captured_amount__gt=0).order_by().values_list("gateway", flat=True).distinct():
        try:
            found = registry.gateway(name).list_disputes(since=since)
        except DomainError as refusal:
            logger.info("chargebacks could not be listed", gateway=name, code=refusal.code)
            continue
        for snapshot in found.object if isinstance(found, Ok) else ():
            with edge_transaction():
                chargebacks.learn(name, snapshot)


@periodic(every=timedelta(minutes=15))
def mind_deadlines() -> None:
    """Remind finance three days and one day before a deadline, and answer for them before it passes."""
    now = clock.now()
    unanswered = Chargeback.objects.filter(
        status=ChargebackStatus.OPEN,
        submitting_at=None,
        accepting_at=None,
        evidence_sent_at=None,
        evidence_due_by__gt=now,
        evidence_due_by__lte=now + max(EVIDENCE_REMINDERS),
    )
    for row in unanswered.order_by("evidence_due_by"):
        at = sends_itself_at(row)
        if at and at <= now:
            _answer(row.pk)
        else:
            _remind(row)


def sends_itself_at(row: Chargeback) -> datetime | None:
    """Return when the evidence goes to the bank by itself; None: a person must send it."""
    able = settings.CHARGEBACK_AUTO_SUBMIT and registry.gateway(row.gateway).capabilities.dispute_evidence
    if not able or row.evidence_due_by is None:
        return None
    return row.evidence_due_by - timedelta(hours=settings.CHARGEBACK_SUBMIT_HOURS_BEFORE)


def _answer(chargeback_id: UUID) -> None:
    try:
        with edge_transaction():
            reason = "Nobody had answered before the deadline."
            submit_evidence(actor=SYSTEM, chargeback_id=chargeback_id, reason=reason)
    except DomainError as refusal:
        logger.warning("evidence was not sent by itself", chargeback=str(chargeback_id), code=refusal.code)


def _remind(row: Chargeback) -> None:
    assert row.evidence_due_by is not None, "only those with a deadline are looked at"
    due = sum(row.evidence_due_by - before <= clock.now() for before in EVIDENCE_REMINDERS)
    if due <= row.reminders_sent:
        return
    with edge_transaction():
        if update_where(Chargeback, {"pk": row.pk, "reminders_sent": row.reminders_sent}, reminders_sent=due):
            chargebacks.publish(
                ChargebackDue,
                row,
                row.payment,
                evidence_due_by=row.evidence_due_by,
                sent_by_itself_at=sends_itself_at(row),
            )
