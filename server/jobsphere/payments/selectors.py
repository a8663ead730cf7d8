"""Reads of payments, payouts and wallets. Those without a viewer are for callers with a gate-keeper of their own."""

from uuid import UUID

from django.db.models import QuerySet

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.types import AccountKind, StatementPage
from jobsphere.payments import policies, registry
from jobsphere.payments.models import PayeeAccount, Payment, Payout, Refund
from jobsphere.payments.rules import PAYER, PaymentDetail, PaymentStatus, PayoutSchedule, PayoutStatus, RefundStatus
from jobsphere.payments.types import (
    PayeeView,
    PaymentView,
    PayoutView,
    RefundView,
    RequiredAction,
    WalletBalance,
    WalletView,
)


def payment(viewer: Actor, payment_id: UUID) -> PaymentView:
    """Return a payment to a party of it (or finance); raises NotFound for anybody else. One query."""
    return view_of_payment(policies.get_payment_for(viewer, payment_id), viewer)


def payment_view(payment_id: UUID) -> PaymentView:
    """Return a payment; for callers that have let the reader in themselves. What the payer must do is left out."""
    return view_of_payment(Payment.objects.select_related("payer", "payee").get(pk=payment_id))


def payments_of_purpose(purpose_type: str, purpose_id: UUID) -> tuple[PaymentView, ...]:
    """Return the payments made for a purpose, oldest first; for callers with a gate-keeper of their own."""
    rows = Payment.objects.select_related("payer", "payee").filter(purpose_type=purpose_type, purpose_id=purpose_id)
    return tuple(view_of_payment(row) for row in rows.order_by("id"))


def history(viewer: Actor) -> "QuerySet[Payment]":
    """Return the viewer's payments, paid and received, for a page of them."""
    return policies.visible_payments(viewer)


def refunds_of_payment(payment_id: UUID) -> tuple[RefundView, ...]:
    """Return the refunds of a payment, oldest first; for callers with a gate-keeper of their own."""
    return tuple(view_of_refund(row) for row in Refund.objects.filter(payment_id=payment_id).order_by("id"))


def payouts(viewer: Actor) -> "QuerySet[Payout]":
    """Return the viewer's own withdrawals, for a page of them."""
    return Payout.objects.filter(payee_id=viewer.id)


def payout(viewer: Actor, payout_id: UUID) -> PayoutView:
    """Return a withdrawal to its payee (or finance); raises NotFound for anybody else."""
    return view_of_payout(policies.get_payout_for(viewer, payout_id))


def payee(viewer: Actor) -> PayeeView:
    """Return whether the viewer can be paid out at the gateway in use, and what is missing."""
    name = registry.default_gateway()
    row = PayeeAccount.objects.filter(user_id=viewer.known_id(), gateway=name).first()
    return view_of_payee(row) if row else PayeeView(user_id=viewer.known_id(), gateway=name)


def wallet(viewer: Actor, user_id: UUID | None = None) -> WalletView:
    """Return the viewer's own wallet, in every currency it ever held; finance may ask for another person's."""
    owner = user_id or viewer.known_id()
    if owner != viewer.id and not policies.can_see_everything(viewer):
        raise NotFound("There is no such wallet.")
    on_the_way = _on_the_way(owner)
    held = {
        each.account.currency: each.balance
        for each in ledger.balances_of("user", owner)
        if each.account.kind is AccountKind.WALLET
    }
    balances = [
        WalletBalance(held.get(currency, Money.zero(currency)), on_the_way.get(currency, Money.zero(currency)))
        for currency in sorted({*held, *on_the_way})
    ]
    return WalletView(owner, tuple(balances))


def wallet_entries(viewer: Actor, *, currency: str, before: UUID | None, limit: int) -> StatementPage:
    """Return a page of the viewer's wallet, newest first, with the running balance."""
    return ledger.wallet_statement(viewer, user_id=viewer.known_id(), currency=currency, before=before, limit=limit)


def _on_the_way(owner: UUID) -> dict[str, Money]:
    open_ = [PayoutStatus.REQUESTED, PayoutStatus.TRANSFERRING, PayoutStatus.PAYING]
    rows = Payout.objects.filter(payee_id=owner, status__in=open_) | Payout.objects.filter(
        payee_id=owner, returning=True
    )
    sums: dict[str, Money] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, Money.zero(row.currency)) + row.total()
    return sums


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
        status=PaymentStatus(row.status),
        detail=PaymentDetail(row.detail),
        created_at=row.created_at,
        authorized_until=row.authorized_until,
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


def view_of_payout(row: Payout) -> PayoutView:
    """Return the view of a row."""
    return PayoutView(
        id=row.pk,
        payee_id=row.payee_id,
        amount=row.total(),
        status=PayoutStatus(row.status),
        created_at=row.created_at,
        automatic=row.automatic,
        returning=row.returning,
        arrives_at=row.arrives_at,
        completed_at=row.completed_at,
        failure_code=row.failure_code,
        failure_message=row.failure_message,
    )


def view_of_payee(row: PayeeAccount) -> PayeeView:
    """Return the view of a row."""
    return PayeeView(
        user_id=row.user_id,
        gateway=row.gateway,
        connected=bool(row.gateway_id),
        payouts_enabled=row.payouts_enabled,
        currently_due=tuple(row.currently_due),
        disabled_reason=row.disabled_reason,
        schedule=PayoutSchedule(row.schedule),
        onboarding_url=row.onboarding_url,
        onboarding_expires_at=row.onboarding_expires_at,
        pending=not row.gateway_id,
    )
