"""Earnings that clear: by themselves when their time has come, or sooner or later because staff say so."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from jobsphere.audit import services as audit
from jobsphere.db.composed import first
from jobsphere.db.guarded import update_where
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import InvalidInput, NotFound
from jobsphere.ledger import services as ledger
from jobsphere.ledger.policies import require_finance
from jobsphere.ledger.types import AccountKind, account, credit, debit
from jobsphere.outbox import services as outbox
from jobsphere.payments import wallets
from jobsphere.payments.earnings import take_payee_turn
from jobsphere.payments.errors import NothingLeftToClear
from jobsphere.payments.events import EarningCleared, EarningDelayed
from jobsphere.payments.models import EarningLot
from jobsphere.payments.trust import ClearingReason
from jobsphere.payments.types import LotView

#: Staff hold money back for as long as a cardholder's bank may take it back, and no longer.
LONGEST_DELAY = timedelta(days=180)


def clear_due_earning(*, lot_id: UUID) -> bool:
    """Make what is left of a lot its payee's to withdraw, if its time has come; says whether it did anything."""
    lot = _take(lot_id)
    if not lot.left or lot.clears_at > clock.now():
        return False
    _clear(SYSTEM, lot, "")
    return True


def clear_earning_early(*, actor: Actor, lot_id: UUID, reason: str) -> LotView:
    """Let money clear at once, for a reason that staff give; raises NothingLeftToClear when it has already."""
    require_finance(actor)
    lot = _take_open(lot_id)
    update_where(EarningLot, {"pk": lot.pk}, reason=ClearingReason.CLEARED_BY_STAFF)
    _clear(actor, lot, reason)
    return wallets.view_of_lot(_read(lot_id))


def delay_earning(*, actor: Actor, lot_id: UUID, until: datetime, reason: str) -> LotView:
    """Let money clear later, for a reason that staff give; the payee sees the new date.

    Raises NothingLeftToClear when it has cleared, and InvalidInput for a date that is past or too far away.
    """
    require_finance(actor)
    lot = _take_open(lot_id)
    if not clock.now() < until <= clock.now() + LONGEST_DELAY:
        raise InvalidInput.at("/until", "date", f"Choose a date within the next {LONGEST_DELAY.days} days.")
    update_where(EarningLot, {"pk": lot.pk}, clears_at=until, reason=ClearingReason.HELD_BY_STAFF)
    detail = {"from": lot.clears_at, "until": until, "left": lot.money(lot.left), "reason": reason}
    audit.record(actor=actor, verb="earning.delay", target_type="earning", target_id=lot.pk, detail=detail)
    outbox.publish(
        EarningDelayed(earning_id=lot.pk, payee_id=lot.payee_id, amount=lot.money(lot.left), until=until), actor=actor
    )
    return wallets.view_of_lot(_read(lot_id))


def _take(lot_id: UUID) -> EarningLot:
    """Return a lot to change, when nobody else is changing what its payee has; raises NotFound."""
    take_payee_turn(_read(lot_id).payee_id)
    return _read(lot_id)


def _take_open(lot_id: UUID) -> EarningLot:
    lot = _take(lot_id)
    if not lot.left:
        raise NothingLeftToClear
    return lot


def _read(lot_id: UUID) -> EarningLot:
    lot = first(EarningLot, pk=lot_id)
    if lot is None:
        raise NotFound("There is no such earning.")
    return lot


def _clear(actor: Actor, lot: EarningLot, reason: str) -> None:
    amount = lot.money(lot.left)
    emptied = {"left": 0, "cleared": F("cleared") + lot.left, "closed_at": clock.now()}
    if not update_where(EarningLot, {"pk": lot.pk, "left": lot.left}, **emptied):
        raise NothingLeftToClear
    ledger.post(
        code="earning.cleared",
        reference=str(lot.pk),
        legs=[
            debit(account(AccountKind.CLEARING, lot.currency, lot.payee_id), amount),
            credit(account(AccountKind.WALLET, lot.currency, lot.payee_id), amount),
        ],
        source_type=lot.source_type,
        source_id=lot.source_id,
    )
    detail = {"amount": amount, "reason": reason, "due": lot.clears_at}
    audit.record(actor=actor, verb="earning.clear", target_type="earning", target_id=lot.pk, detail=detail)
    outbox.publish(EarningCleared(earning_id=lot.pk, payee_id=lot.payee_id, amount=amount), actor=actor)
