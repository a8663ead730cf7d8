"""Reads for those who account for the money: everybody's payments, refunds, payouts and operations, and figures.

Each asks for the right "finance" (Forbidden) and costs one query, or one a page.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from jobsphere.db.composed import first
from jobsphere.db.periods import between
from jobsphere.db.rows import Rows, each
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.money import Money
from jobsphere.ledger.policies import require_finance
from jobsphere.payments import health, registry
from jobsphere.payments.models import (
    EarningLot,
    GatewayHealth,
    GatewayOperation,
    PayeeAccount,
    Payment,
    Payout,
    PayoutCoverage,
    Refund,
)
from jobsphere.payments.rules import (
    STUCK_AFTER,
    UNSETTLED,
    CircuitState,
    OperationKind,
    OperationStatus,
    PaymentDetail,
    PayoutStatus,
    RefundStatus,
)
from jobsphere.payments.selectors import view_of_payee, view_of_payment, view_of_payout, view_of_refund
from jobsphere.payments.types import (
    Covered,
    FailureCounts,
    GatewayView,
    LotView,
    MoneyFilter,
    OperationView,
    PayeeView,
    PaymentOutcomes,
    PaymentView,
    PayoutView,
    RefundView,
)
from jobsphere.payments.wallets import views_of_lots

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


def earnings_for_staff(viewer: Actor, *, person_id: UUID | None = None, clearing: bool | None = None) -> Rows[LotView]:
    """Return everybody's earnings that clear or have cleared, with what they are from."""
    require_finance(viewer)
    rows = EarningLot.objects.all()
    if person_id:
        rows = rows.filter(payee_id=person_id)
    if clearing is not None:
        rows = rows.filter(left__gt=0) if clearing else rows.filter(left=0)
    return Rows(rows, views_of_lots)


def earning_for_staff(viewer: Actor, lot_id: UUID) -> LotView:
    """Return one earning that clears or has cleared; raises NotFound."""
    require_finance(viewer)
    row = first(EarningLot, pk=lot_id)
    if row is None:
        raise NotFound("There is no such earning.")
    return views_of_lots([row])[0]


def cooling_payees_for_staff(viewer: Actor) -> Rows[PayeeView]:
    """Return the payees who cannot withdraw because their bank account has just changed, and until when."""
    require_finance(viewer)
    return Rows(PayeeAccount.objects.filter(cooling_until__gt=clock.now()), each(view_of_payee))


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
    row = first(Refund, pk=refund_id)
    if row is None:
        raise NotFound("There is no such refund.")
    return view_of_refund(row)


def payouts_for_staff(viewer: Actor, wanted: MoneyFilter) -> Rows[PayoutView]:
    """Return everybody's withdrawals that fit; `person_id` is the payee."""
    require_finance(viewer)
    rows = _narrowed(Payout.objects.all(), wanted)
    return Rows(rows.filter(payee_id=wanted.person_id) if wanted.person_id else rows, each(view_of_payout))


def payout_for_staff(viewer: Actor, payout_id: UUID) -> PayoutView:
    """Return one withdrawal; raises NotFound."""
    require_finance(viewer)
    row = first(Payout, pk=payout_id)
    if row is None:
        raise NotFound("There is no such payout.")
    return view_of_payout(row)


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
    row = first(GatewayOperation, pk=operation_id)
    if row is None:
        raise NotFound("There is no such operation.")
    return _operation(row)


def covered_by(payment_ids: Collection[UUID]) -> tuple[Covered, ...]:
    """Return which payouts have brought how much of these payments to the bank, together; one query.

    For callers with their own gate-keeper.
    """
    rows = PayoutCoverage.objects.filter(payment_id__in=list(payment_ids)).select_related("payout")
    found: dict[UUID, Covered] = {}
    for row in rows.order_by("payout_id"):
        before = found[row.payout_id].amount if row.payout_id in found else Money.zero(row.payout.currency)
        part = before + Money(row.amount, row.payout.currency)
        found[row.payout_id] = Covered(row.payout_id, part, row.payout.total())
    return tuple(found.values())


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


def sums_by_status(viewer: Actor) -> dict[str, dict[tuple[str, str], tuple[int, int]]]:
    """Count and sum payments, refunds and payouts by (status, currency). Three queries."""
    require_finance(viewer)
    tables: dict[str, QuerySet[Any]] = {
        "payments": Payment.objects.all(),
        "refunds": Refund.objects.all(),
        "payouts": Payout.objects.all(),
    }
    return {
        name: {
            (row["status"], row["currency"]): (row["count"], int(row["total"]))
            for row in rows.values("status", "currency").annotate(count=Count("id"), total=Sum("amount"))
        }
        for name, rows in tables.items()
    }


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


def gateways_for_staff(viewer: Actor) -> tuple[GatewayView, ...]:
    """Return the gateways in use, in the operator's order, and how they are. One query."""
    require_finance(viewer)
    known = health.states(registry.in_use())
    return tuple(_gateway(name, known.get(name)) for name in registry.in_use())


def gateway_for_staff(viewer: Actor, name: str) -> GatewayView:
    """Return one of the gateways in use; raises NotFound for any other."""
    require_finance(viewer)
    if name not in registry.in_use():
        raise NotFound("This marketplace makes no payments at that gateway.")
    return _gateway(name, health.states([name]).get(name))


def _gateway(name: str, row: GatewayHealth | None) -> GatewayView:
    row = row or GatewayHealth(name=name)
    return GatewayView(
        name=name,
        state=CircuitState(row.state),
        forced=row.forced,
        since=row.since,
        failures=row.failures,
        failed_at=row.failed_at,
        last_error=row.last_error,
        retry_at=row.retry_at,
        capabilities=registry.gateway(name).capabilities,
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
