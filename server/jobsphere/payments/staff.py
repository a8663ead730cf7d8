"""Reads for those who account for the money: everybody's payments, refunds, payouts and operations, and figures.

Each asks for the right "finance" (Forbidden) and costs one query, or one a page.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from jobsphere.db.periods import between
from jobsphere.db.rows import Rows, each
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.money import Money
from jobsphere.ledger.policies import require_finance
from jobsphere.payments.models import GatewayOperation, Payment, Payout, PayoutCoverage, Refund
from jobsphere.payments.rules import (
    STUCK_AFTER,
    UNSETTLED,
    OperationKind,
    OperationStatus,
    PaymentDetail,
    PayoutStatus,
    RefundStatus,
)
from jobsphere.payments.selectors import view_of_payment, view_of_payout, view_of_refund
from jobsphere.payments.types import (
    Covered,
    FailureCounts,
    MoneyFilter,
    OperationView,
    PaymentOutcomes,
    PaymentView,
    PayoutView,
    RefundView,
)

_ATTENTION = Q(status=OperationStatus.UNKNOWN) | Q(status=OperationStatus.REJECTED) | Q(attempts__gte=STUCK_AFTER)


def payments_for_staff(viewer: Actor, wanted: MoneyFilter) -> Rows[PaymentView]:
    """Return everybody's payments that fit; `person_id` is the payer or the payee."""
    require_finance(viewer)
    rows = _narrowed(Payment.objects.select_related("payer", "payee"), wanted)
    if wanted.person_id:
        rows = rows.filter(Q(payer_id=wanted.person_id) | Q(payee_id=wanted.person_id))
    if wanted.disputed is not None:
        rows = rows.filter(disputed=wanted.disputed)
    return Rows(rows, each(view_of_payment))


def refunds_for_staff(viewer: Actor, wanted: MoneyFilter, *, payment_id: UUID | None = None) -> Rows[RefundView]:
    """Return everybody's refunds that fit; `person_id` is the payer of the payment."""
    require_finance(viewer)
    rows = _narrowed(Refund.objects.all(), wanted)
    if wanted.person_id:
        rows = rows.filter(payment__payer_id=wanted.person_id)
    return Rows(rows.filter(payment_id=payment_id) if payment_id else rows, each(view_of_refund))


def refund_for_staff(viewer: Actor, refund_id: UUID) -> RefundView:
    """Return one refund; raises NotFound."""
    require_finance(viewer)
    row = Refund.objects.filter(pk=refund_id).first()
    if row is None:
        raise NotFound("There is no such refund.")
    return view_of_refund(row)


def payouts_for_staff(viewer: Actor, wanted: MoneyFilter) -> Rows[PayoutView]:
    """Return everybody's withdrawals that fit; `person_id` is the payee."""
    require_finance(viewer)
    rows = _narrowed(Payout.objects.all(), wanted)
    return Rows(rows.filter(payee_id=wanted.person_id) if wanted.person_id else rows, each(view_of_payout))


def operations_for_staff(
    viewer: Actor, wanted: MoneyFilter, *, kind: str = "", subject_id: UUID | None = None
) -> Rows[OperationView]:
    """Return gateway operations that fit; without a status those that need attention: unknown, stuck or rejected."""
    require_finance(viewer)
    rows = _narrowed(GatewayOperation.objects.all(), wanted)
    if not (wanted.status or subject_id):
        rows = rows.filter(_ATTENTION)
    if kind:
        rows = rows.filter(kind=kind)
    return Rows(rows.filter(subject_id=subject_id) if subject_id else rows, each(_operation))


def operation_for_staff(viewer: Actor, operation_id: UUID) -> OperationView:
    """Return one gateway operation; raises NotFound."""
    require_finance(viewer)
    row = GatewayOperation.objects.filter(pk=operation_id).first()
    if row is None:
        raise NotFound("There is no such operation.")
    return _operation(row)


def covered_by(payment_id: UUID) -> tuple[Covered, ...]:
    """Return which payouts have brought which part of a payment to the bank; for callers with their own gate-keeper."""
    rows = PayoutCoverage.objects.filter(payment_id=payment_id).select_related("payout").order_by("payout_id")
    return tuple(Covered(row.payout_id, Money(row.amount, row.payout.currency), row.payout.total()) for row in rows)


def payment_outcomes(viewer: Actor, since: datetime, until: datetime) -> PaymentOutcomes:
    """Count how the payments of a period ended; a decline is the bank's no and counts apart (C22)."""
    require_finance(viewer)
    captured = Q(captured_at__isnull=False)
    given_up = Q(detail__in=[PaymentDetail.VOIDED, PaymentDetail.VOIDING], captured_at=None)
    failed = Q(detail=PaymentDetail.LAPSED, captured_at=None)
    declined = Q(detail=PaymentDetail.DECLINED, captured_at=None)
    row = Payment.objects.filter(between("created_at", since, until)).aggregate(
        started=Count("pk"),
        captured=Count("pk", filter=captured),
        declined=Count("pk", filter=declined),
        failed=Count("pk", filter=failed),
        given_up=Count("pk", filter=given_up),
    )
    return PaymentOutcomes(**row)


def gross_volume(viewer: Actor, since: datetime, until: datetime) -> tuple[Money, ...]:
    """Sum what was captured in a period, by currency."""
    require_finance(viewer)
    rows = Payment.objects.filter(between("captured_at", since, until), captured_at__isnull=False)
    sums = rows.values("currency").annotate(total=Sum("captured_amount")).order_by("currency")
    return tuple(Money(int(row["total"]), row["currency"]) for row in sums)


def failure_counts(viewer: Actor, since: datetime, until: datetime) -> FailureCounts:
    """Count what did not end well among the things begun in a period. Three queries."""
    require_finance(viewer)
    period = between("created_at", since, until)
    bad_payouts = [PayoutStatus.FAILED, PayoutStatus.RETURNED]
    return FailureCounts(
        payouts=Payout.objects.filter(period, status__in=bad_payouts).count(),
        refunds=Refund.objects.filter(period, status=RefundStatus.FAILED).count(),
        operations=GatewayOperation.objects.filter(period, status=OperationStatus.REJECTED).count(),
    )


def _narrowed(rows: "QuerySet", wanted: MoneyFilter) -> "QuerySet":
    names = ("status", "gateway", "currency")
    given = {name: value for name in names if (value := getattr(wanted, name))}
    return rows.filter(between("created_at", wanted.since, wanted.until), **given)


def _operation(row: GatewayOperation) -> OperationView:
    return OperationView(
        id=row.pk,
        kind=OperationKind(row.kind),
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        gateway=row.gateway,
        status=OperationStatus(row.status),
        attempts=row.attempts,
        stuck=row.status in UNSETTLED and row.attempts >= STUCK_AFTER,
        gateway_object_id=row.gateway_object_id,
        last_error=row.last_error,
        created_at=row.created_at,
        first_sent_at=row.first_sent_at,
        next_attempt_at=row.next_attempt_at,
        settled_at=row.settled_at,
    )
