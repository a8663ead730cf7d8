"""What the gateway says about a payee: whether we may pay them, and what it still wants to know."""

from uuid import UUID

from jobsphere.db.guarded import update_where
from jobsphere.kit import clock
from jobsphere.outbox import services as outbox
from jobsphere.payments.events import PayeeUpdated
from jobsphere.payments.gateways.base import PayeeStatus
from jobsphere.payments.models import PayeeAccount


def observe_payee(account_id: UUID, snapshot: PayeeStatus) -> None:
    """Apply the gate's present state; it may close again at any time. Tells others only of a change."""
    account = PayeeAccount.objects.get(pk=account_id)
    before = _gate(account)
    changed = update_where(
        PayeeAccount,
        {"pk": account_id, "payouts_enabled": account.payouts_enabled, "gateway_id__in": ["", snapshot.payee_id]},
        gateway_id=snapshot.payee_id,
        payouts_enabled=snapshot.payouts_enabled,
        transfers_enabled=snapshot.transfers_enabled,
        details_submitted=snapshot.details_submitted,
        currently_due=list(snapshot.currently_due),
        disabled_reason=snapshot.disabled_reason[:255],
        checked_at=clock.now(),
    )
    account.refresh_from_db()
    if changed and _gate(account) != before:
        outbox.publish(
            PayeeUpdated(
                payee_id=account.user_id,
                payouts_enabled=account.payouts_enabled,
                currently_due=tuple(account.currently_due),
            )
        )


def _gate(account: PayeeAccount) -> tuple[bool, list[str]]:
    return account.payouts_enabled, list(account.currently_due)
