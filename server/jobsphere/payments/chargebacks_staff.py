"""Reads of chargebacks for those who account for the money; each asks for the right "finance" (Forbidden)."""

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from jobsphere.db.periods import between
from jobsphere.db.rows import Rows, each
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.ledger.policies import require_finance
from jobsphere.payments import evidence, registry
from jobsphere.payments.chargebacks_due import sends_itself_at
from jobsphere.payments.models import Chargeback
from jobsphere.payments.rules import CHARGEBACK, FINANCE, ChargebackStatus
from jobsphere.payments.types import ChargebackView, EvidenceView, MoneyFilter


def chargebacks_for_staff(
    viewer: Actor, wanted: MoneyFilter, *, payment_ids: Collection[UUID] | None = None
) -> Rows[ChargebackView]:
    """Return everybody's chargebacks that fit; one query a page."""
    require_finance(viewer)
    names = ("status", "gateway", "currency")
    given = {name: value for name in names if (value := getattr(wanted, name))}
    rows = Chargeback.objects.select_related("payment__payer", "payment__payee")
    rows = rows.filter(between("created_at", wanted.since, wanted.until), **given)
    return Rows(rows if payment_ids is None else rows.filter(payment_id__in=list(payment_ids)), each(_view))


def chargeback_for_staff(viewer: Actor, chargeback_id: UUID) -> ChargebackView:
    """Return one chargeback; raises NotFound. One query."""
    return _view(_one(viewer, chargeback_id))


def evidence_for_staff(viewer: Actor, chargeback_id: UUID) -> EvidenceView:
    """Return what is, or would be, sent to the bank; raises NotFound."""
    draft = evidence.draft_of(_one(viewer, chargeback_id))
    return EvidenceView(asdict(draft.evidence), draft.text, draft.edited)


def _one(viewer: Actor, chargeback_id: UUID) -> Chargeback:
    require_finance(viewer)
    rows = Chargeback.objects.select_related("payment__payer", "payment__payee")
    row = rows.filter(pk=chargeback_id).first()
    if row is None:
        raise NotFound("There is no such chargeback.")
    return row


def _view(row: Chargeback) -> ChargebackView:
    waits = row.status == ChargebackStatus.OPEN and not (row.submitting_at or row.accepting_at)
    able = registry.gateway(row.gateway).capabilities.dispute_evidence
    return ChargebackView(
        id=row.pk,
        payment_id=row.payment_id,
        payer_name=row.payment.payer.name,
        payee_name=row.payment.payee.name if row.payment.payee else "",
        gateway=row.gateway,
        gateway_id=row.gateway_id,
        status=ChargebackStatus(row.status),
        inquiry=row.inquiry,
        reason=row.reason,
        amount=row.money(row.amount),
        taken=row.money(row.taken),
        returned=row.money(row.returned),
        fee=row.money(row.fee),
        lost=row.money(row.lost),
        written_off=row.money(row.written_off),
        created_at=row.created_at,
        evidence_due_by=row.evidence_due_by,
        sends_itself_at=sends_itself_at(row) if waits and row.evidence_sent_at is None else None,
        pending=row.status == ChargebackStatus.OPEN and not waits and row.evidence_sent_at is None,
        evidence_sent_at=row.evidence_sent_at,
        closed_at=row.closed_at,
        allowed_actions=tuple(CHARGEBACK.allowed(ChargebackStatus(row.status), FINANCE)) if waits and able else (),
    )
