"""What the gateway says about a payee: whether we may pay them, and what it still wants to know."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from jobsphere.audit import services as audit
from jobsphere.db.composed import get, refresh
from jobsphere.db.guarded import update_where
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.outbox import services as outbox
from jobsphere.payments.events import BankChanged, PayeeUpdated
from jobsphere.payments.gateways.base import PayeeStatus
from jobsphere.payments.models import PayeeAccount


def observe_payee(account_id: UUID, snapshot: PayeeStatus) -> None:
    """Apply the gate's present state; it may close again at any time. Tells others only of a change."""
    account = get(PayeeAccount, pk=account_id)
    before = _gate(account)
    bank = _bank_changes(account, snapshot)
    changed = update_where(
        PayeeAccount,
        {
            "pk": account_id,
            "payouts_enabled": account.payouts_enabled,
            "bank_fingerprint": account.bank_fingerprint,
            "gateway_id__in": ["", snapshot.payee_id],
        },
        gateway_id=snapshot.payee_id,
        payouts_enabled=snapshot.payouts_enabled,
        transfers_enabled=snapshot.transfers_enabled,
        details_submitted=snapshot.details_submitted,
        currently_due=list(snapshot.currently_due),
        past_due=list(snapshot.past_due),
        due_by=snapshot.due_by,
        instant_available=snapshot.instant_available,
        disabled_reason=snapshot.disabled_reason[:255],
        checked_at=clock.now(),
        **bank,
    )
    refresh(account)
    if changed and "bank_changed_at" in bank:
        _tell_change(account)
    if changed and _gate(account) != before:
        outbox.publish(
            PayeeUpdated(
                payee_id=account.user_id,
                payouts_enabled=account.payouts_enabled,
                currently_due=tuple(account.currently_due),
                was_enabled=before[0],
            )
        )


def _bank_changes(account: PayeeAccount, snapshot: PayeeStatus) -> dict[str, Any]:
    """Say what is new about the bank account. The first one starts nothing; another one starts a cooling-off.

    A gateway that names none for a while does not make us forget the last one, else a change in two steps went unseen.
    """
    bank = snapshot.bank
    if bank is None or bank.fingerprint == account.bank_fingerprint:
        return {}
    now = clock.now()
    known = {
        "bank_fingerprint": bank.fingerprint[:255],
        "bank_name": bank.bank_name[:255],
        "bank_last4": bank.last4[:4],
    }
    if not account.bank_fingerprint:
        return known
    rest = timedelta(days=settings.BANK_COOLING_OFF_DAYS)
    return {**known, "bank_changed_at": now, "cooling_until": now + rest if rest else None}


def _tell_change(account: PayeeAccount) -> None:
    name = f"{account.bank_name or 'bank'} ending in {account.bank_last4}"
    audit.record(
        actor=SYSTEM,
        verb="payee.bank-changed",
        target_type="payee",
        target_id=account.user_id,
        detail={"gateway": account.gateway, "bank": name, "cooling_until": account.cooling_until},
    )
    outbox.publish(
        BankChanged(payee_id=account.user_id, gateway=account.gateway, bank=name, cooling_until=account.cooling_until)
    )


def _gate(account: PayeeAccount) -> tuple[bool, list[str]]:
    return account.payouts_enabled, list(account.currently_due)
