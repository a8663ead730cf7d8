"""Reads of payments, payouts and wallets. Those without a viewer are for callers with a gate-keeper of their own."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, QuerySet, Sum

from jobsphere.db.composed import get
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.payments import policies, registry
from jobsphere.payments.models import GatewayOperation, Payee, PayeeAccount, Payment, Payout, Refund, SavedMethod
from jobsphere.payments.presenting import no_payee, view_of_payee, view_of_payout
from jobsphere.payments.rules import (
    PAYER,
    UNSETTLED,
    PaymentDetail,
    PaymentStatus,
    PayoutSchedule,
    RefundStatus,
    SavedMethodStatus,
)
from jobsphere.payments.types import (
    PayeeView,
    PaymentView,
    PayoutPlan,
    PayoutView,
    RefundView,
    RequiredAction,
    SavedMethodView,
)
from jobsphere.payments.wallets import wallet, wallet_entries

__all__ = [
    "INTENTS_TABLE",
    "any_disputed",
    "applied_by_purpose",
    "history",
    "open_operations",
    "payee",
    "payees",
    "payment",
    "payment_view",
    "payments_among",
    "payments_by_status",
    "payments_of_purpose",
    "payout",
    "payout_plan",
    "payouts",
    "refund_ids",
    "refunds_of_payment",
    "saved_method",
    "saved_methods",
    "usual_method",
    "view_of_payee",
    "view_of_payment",
    "view_of_payout",
    "view_of_refund",
    "wallet",
    "wallet_entries",
]

#: A gateway is asked only after a row was committed here: who locks this table keeps all of them still (backups).
INTENTS_TABLE = GatewayOperation._meta.db_table


def payment(viewer: Actor, payment_id: UUID) -> PaymentView:
    """Return a payment to a party of it (or finance); raises NotFound for anybody else. One query."""
    return view_of_payment(policies.get_payment_for(viewer, payment_id), viewer)


def payment_view(payment_id: UUID) -> PaymentView:
    """Return a payment; for callers that have let the reader in themselves. What the payer must do is left out."""
    return view_of_payment(get(Payment, "payer", "payee", pk=payment_id))


def saved_methods(viewer: Actor) -> tuple[SavedMethodView, ...]:
    """Return the cards that the viewer keeps, the usual one first. One query."""
    shown = [SavedMethodStatus.SAVED, SavedMethodStatus.ACTION_REQUIRED, SavedMethodStatus.SAVING]
    rows = SavedMethod.objects.filter(owner_id=viewer.known_id(), status__in=shown)
    return tuple(_view_of_saved(row) for row in rows.order_by("-is_default", "-pk"))


def saved_method(viewer: Actor, method_id: UUID) -> SavedMethodView:
    """Return a card that the viewer keeps, or tried to; raises NotFound."""
    return _view_of_saved(policies.get_saved_method_for(viewer, method_id))


def usual_method(owner_id: UUID, wanted: UUID | None = None) -> SavedMethodView | None:
    """Return the card that is charged while its owner is away: the wanted one, else their usual one; if there is one.

    For callers with a gate-keeper of their own.
    """
    rows = SavedMethod.objects.filter(owner_id=owner_id, status=SavedMethodStatus.SAVED)
    found = rows.filter(pk=wanted).first() if wanted else None
    found = found or rows.order_by("-is_default", "-pk").first()
    return _view_of_saved(found) if found else None


def _view_of_saved(row: SavedMethod) -> SavedMethodView:
    return SavedMethodView(
        id=row.pk,
        gateway=row.gateway,
        status=SavedMethodStatus(row.status),
        brand=row.brand,
        last4=row.last4,
        expires_month=row.expires_month,
        expires_year=row.expires_year,
        is_default=row.is_default,
        action_url=(row.action or {}).get("url", ""),
        failure_message=row.failure_message,
    )


def payments_of_purpose(purpose_type: str, purpose_id: UUID) -> tuple[PaymentView, ...]:
    """Return the payments made for a purpose, oldest first; for callers with a gate-keeper of their own."""
    rows = Payment.objects.select_related("payer", "payee").filter(purpose_type=purpose_type, purpose_id=purpose_id)
    return tuple(view_of_payment(row) for row in rows.order_by("id"))


def applied_by_purpose(purpose_type: str) -> dict[UUID, list[int]]:
    """Return by purpose what its applied payments captured, in minor units; for checks that explain each. One query."""
    rows = Payment.objects.filter(purpose_type=purpose_type, applied_transfer_id__isnull=False).order_by("id")
    found: dict[UUID, list[int]] = {}
    for purpose_id, captured in rows.values_list("purpose_id", "captured_amount"):
        found.setdefault(purpose_id, []).append(captured)
    return found


def any_disputed(payment_ids: Iterable[UUID]) -> bool:
    """Say whether a payer's bank contests any of these; for callers with a gate-keeper of their own."""
    return Payment.objects.filter(pk__in=list(payment_ids), disputed=True).exists()


def history(viewer: Actor) -> "QuerySet[Payment]":
    """Return the viewer's payments, paid and received, for a page of them."""
    return policies.visible_payments(viewer)


def payments_among(payment_ids: Collection[UUID]) -> tuple[PaymentView, ...]:
    """Return these payments, oldest first; for callers with a gate-keeper of their own. One query."""
    rows = Payment.objects.select_related("payer", "payee").filter(pk__in=list(payment_ids))
    return tuple(view_of_payment(row) for row in rows.order_by("id"))


def refund_ids(payment_ids: Collection[UUID]) -> list[UUID]:
    """Return the refunds of these payments; for callers with a gate-keeper of their own. One query."""
    rows = Refund.objects.filter(payment_id__in=list(payment_ids))
    return list(rows.order_by("id").values_list("pk", flat=True))


def refunds_of_payment(payment_id: UUID) -> tuple[RefundView, ...]:
    """Return the refunds of a payment, oldest first; for callers with a gate-keeper of their own."""
    return tuple(view_of_refund(row) for row in Refund.objects.filter(payment_id=payment_id).order_by("id"))


def payouts(viewer: Actor) -> "QuerySet[Payout]":
    """Return the viewer's own withdrawals, for a page of them."""
    return Payout.objects.filter(payee_id=viewer.id)


def payout(viewer: Actor, payout_id: UUID) -> PayoutView:
    """Return a withdrawal to its payee (or finance); raises NotFound for anybody else."""
    return view_of_payout(policies.get_payout_for(viewer, payout_id))


def payee(viewer: Actor, gateway: str = "") -> PayeeView:
    """Return whether the viewer can be paid out at a gateway (the one in use), and what is missing."""
    name = gateway or registry.default_gateway()
    row = PayeeAccount.objects.filter(user_id=viewer.known_id(), gateway=name).first()
    return view_of_payee(row) if row else no_payee(viewer.known_id(), name)


def payees(viewer: Actor) -> tuple[PayeeView, ...]:
    """Return every account to which the viewer can be paid, the one at the gateway in use first. One query."""
    name = registry.default_gateway()
    rows = list(PayeeAccount.objects.filter(user_id=viewer.known_id()).order_by("id"))
    rows.sort(key=lambda row: row.gateway != name)
    views = tuple(view_of_payee(row) for row in rows)
    return views if any(row.gateway == name for row in rows) else (no_payee(viewer.known_id(), name), *views)


def payout_plan(viewer: Actor) -> PayoutPlan:
    """Return when the viewer's money goes out by itself."""
    row = Payee.objects.filter(pk=viewer.known_id()).first()
    if row is None:
        return PayoutPlan()
    minimums = tuple(Money(amount, currency) for currency, amount in sorted(row.minimums.items()))
    return PayoutPlan(PayoutSchedule(row.schedule), row.weekday, minimums)


def view_of_payment(row: Payment, viewer: Actor | None = None) -> PaymentView:
    """Return the view of a row; what the payer must do is for the payer's eyes only."""
    mine = viewer is not None and policies.party_of(viewer, row) == PAYER
    return PaymentView(
        id=row.pk,
        payer_id=row.payer_id,
        payer_name=row.payer.name,
        payee_id=row.payee_id,
        payee_name=row.payee.name if row.payee else "",
        purpose_type=row.purpose_type,
        purpose_id=row.purpose_id,
        gateway=row.gateway,
        amount=row.money(row.amount),
        captured=row.money(row.captured_amount),
        refunded=row.money(row.refunded_amount),
        charged_back=row.money(row.charged_back_amount),
        status=PaymentStatus(row.status),
        detail=PaymentDetail(row.detail),
        created_at=row.created_at,
        authorized_until=row.authorized_until,
        prepaid=row.prepaid,
        applied_transfer_id=row.applied_transfer_id,
        failure_code=row.failure_code,
        failure_message=row.failure_message,
        disputed=row.disputed,
        action=RequiredAction(**row.action) if mine and row.action else None,
    )


def view_of_refund(row: Refund) -> RefundView:
    """Return the view of a row."""
    return RefundView(
        id=row.pk,
        payment_id=row.payment_id,
        amount=row.total(),
        status=RefundStatus(row.status),
        reason=row.reason,
        created_at=row.created_at,
        failure_code=row.failure_code,
    )


def payments_by_status() -> list[tuple[str, str, int, int]]:
    """Return (status, currency, number, sum in minor units) of all payments, for the metrics. One query."""
    rows = Payment.objects.order_by().values_list("status", "currency")
    return list(rows.annotate(number=Count("pk"), total=Sum("amount")))


def open_operations() -> list[tuple[str, int, datetime]]:
    """Return (status, number, beginning of the oldest) of what is not settled at gateways. One query."""
    rows = GatewayOperation.objects.filter(status__in=sorted(UNSETTLED)).order_by().values_list("status")
    return list(rows.annotate(number=Count("pk"), oldest=Min("created_at")))
