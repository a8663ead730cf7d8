"""How long what a payee earns must clear: a level worked out from facts, and the operator's table of days.

A customer's bank may take a payment back for months, most often in the first days; who has a record with us need not
wait for that. Levels are never stored on a person, only on the lot that they decided about.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings

from jobsphere.kit import clock
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.types import AccountKind
from jobsphere.payments.models import Chargeback, Payee, PayeeAccount, Payment
from jobsphere.payments.rules import LOST_CHARGEBACKS, PaymentDetail

#: How long a lost chargeback counts.
_MEMORY = timedelta(days=180)


class TrustLevel(StrEnum):
    """What we know of a payee."""

    NEW = "new"
    VERIFIED = "verified"
    TRUSTED = "trusted"


class ClearingReason(StrEnum):
    """Why money does not clear at once."""

    NEW_PAYEE = "new_payee"
    SHORT_RECORD = "short_record"
    TRUSTED_PAYEE = "trusted_payee"
    OPEN_CHARGEBACK = "open_chargeback"
    OWES_MONEY = "owes_money"
    LOST_CHARGEBACK = "lost_chargeback"
    #: Staff decided otherwise; what they wrote is in the audit trail.
    HELD_BY_STAFF = "held_by_staff"
    CLEARED_BY_STAFF = "cleared_by_staff"


REASONS: dict[str, str] = {
    ClearingReason.NEW_PAYEE: (
        "Your first earnings wait for some days, in case a customer's bank takes a payment back."
        " The wait gets shorter once your identity is verified."
    ),
    ClearingReason.SHORT_RECORD: (
        "You are verified, so the wait is short. It ends altogether with a longer record of completed jobs."
    ),
    ClearingReason.TRUSTED_PAYEE: "All earnings wait for a short time on this marketplace.",
    ClearingReason.OPEN_CHARGEBACK: (
        "A customer's bank is contesting one of your payments, so new earnings wait longer until that is decided."
    ),
    ClearingReason.LOST_CHARGEBACK: (
        "A customer's bank has taken back one of your payments lately, so new earnings wait longer for some months."
    ),
    ClearingReason.OWES_MONEY: "You owe the marketplace money, so new earnings wait longer until that is settled.",
    ClearingReason.HELD_BY_STAFF: "The marketplace is looking at this payment and has moved its date.",
    ClearingReason.CLEARED_BY_STAFF: "The marketplace has let this money clear early.",
}


@dataclass(frozen=True, slots=True)
class TrustFacts:
    """What a level is worked out from."""

    completed: int
    age: timedelta
    verified: bool
    contested: bool
    #: A chargeback was lost within the last months.
    lost: bool
    owes: bool


@dataclass(frozen=True, slots=True)
class Clearing:
    """How long money clears, and why."""

    level: TrustLevel
    reason: ClearingReason
    time: timedelta


def clearing_of(payee_id: UUID) -> Clearing | None:
    """Say how long what this payee earns now must clear; None: not at all."""
    if not any(settings.CLEARING_DAYS.values()):
        return None
    level, reason = judge(facts_of(payee_id))
    time = timedelta(days=settings.CLEARING_DAYS[level])
    return Clearing(level, reason, time) if time else None


def facts_of(payee_id: UUID) -> TrustFacts:
    """Gather what we know of a payee."""
    payments = Payment.objects.filter(payee_id=payee_id)
    joined = Payee.objects.filter(pk=payee_id).values_list("user__created_at", flat=True).first()
    owing = [each for each in ledger.balances_of("user", payee_id) if each.account.kind is AccountKind.RECEIVABLE]
    return TrustFacts(
        completed=payments.filter(detail__in=[PaymentDetail.RELEASED, PaymentDetail.WITHDRAWN]).count(),
        age=clock.now() - joined if joined else timedelta(0),
        verified=PayeeAccount.objects.filter(user_id=payee_id, details_submitted=True, payouts_enabled=True).exists(),
        contested=payments.filter(disputed=True).exists(),
        lost=Chargeback.objects.filter(
            payment__payee_id=payee_id, status__in=LOST_CHARGEBACKS, closed_at__gt=clock.now() - _MEMORY
        ).exists(),
        owes=any(each.balance for each in owing),
    )


def judge(facts: TrustFacts) -> tuple[TrustLevel, ClearingReason]:
    """Turn facts into a level and the reason that a person is told."""
    if facts.contested:
        return TrustLevel.NEW, ClearingReason.OPEN_CHARGEBACK
    if facts.lost:
        return TrustLevel.NEW, ClearingReason.LOST_CHARGEBACK
    if facts.owes:
        return TrustLevel.NEW, ClearingReason.OWES_MONEY
    if not facts.verified:
        return TrustLevel.NEW, ClearingReason.NEW_PAYEE
    old_enough = facts.age >= timedelta(days=settings.TRUSTED_AFTER_DAYS)
    if old_enough and facts.completed >= settings.TRUSTED_AFTER_JOBS:
        return TrustLevel.TRUSTED, ClearingReason.TRUSTED_PAYEE
    return TrustLevel.VERIFIED, ClearingReason.SHORT_RECORD
