"""From rows to views, for what several reads show."""

from uuid import UUID

from jobsphere.payments import registry
from jobsphere.payments.errors import GatewayNotConfigured
from jobsphere.payments.models import PayeeAccount, Payout
from jobsphere.payments.rules import PayoutSpeed, PayoutStatus
from jobsphere.payments.types import PayeeView, PayoutView


def view_of_payout(row: Payout) -> PayoutView:
    """Return the view of a row."""
    return PayoutView(
        id=row.pk,
        payee_id=row.payee_id,
        amount=row.total(),
        status=PayoutStatus(row.status),
        created_at=row.created_at,
        gateway=row.gateway,
        automatic=row.automatic,
        speed=PayoutSpeed(row.speed),
        fee=row.price(),
        needs_otp=row.needs_otp and row.status == PayoutStatus.PAYING,
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
        account_id=row.pk,
        country=row.country,
        past_due=tuple(row.past_due),
        due_by=row.due_by,
        bank_name=row.bank_name,
        bank_last4=row.bank_last4,
        bank_changed_at=row.bank_changed_at,
        cooling_until=row.cooling_until,
        instant_available=row.instant_available,
        form=form_of(row.gateway),
        onboarding_url=row.onboarding_url,
        onboarding_expires_at=row.onboarding_expires_at,
        pending=not row.gateway_id,
    )


def no_payee(user_id: UUID, gateway: str) -> PayeeView:
    """Return the view of somebody who is not connected."""
    return PayeeView(user_id=user_id, gateway=gateway, form=form_of(gateway))


def form_of(gateway: str) -> str:
    """Say how payees tell this gateway where to pay; one that is not in use any more takes no form of ours."""
    try:
        return registry.gateway(gateway).capabilities.payee_form
    except GatewayNotConfigured:
        return "hosted"
