"""What a payout's present state at the gateway means for ours. It may be returned days after it was paid."""

from datetime import datetime
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.composed import get
from jobsphere.db.guarded import update_where
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.ledger.types import AccountKey
from jobsphere.outbox import services as outbox
from jobsphere.payments import books, coverage
from jobsphere.payments.earnings import settle_receivable, take_payee_turn
from jobsphere.payments.events import PayoutEvent, PayoutFailed, PayoutNeedsCode, PayoutPaid, PayoutReturned
from jobsphere.payments.gateways.base import PayoutSnapshot, PayoutState
from jobsphere.payments.models import Payee, Payout
from jobsphere.payments.rules import PayoutSchedule, PayoutStatus
from jobsphere.payments.starting import start_reversal

_ON_THE_WAY = frozenset({PayoutState.PENDING, PayoutState.IN_TRANSIT})


def observe_payout(payout_id: UUID, snapshot: PayoutSnapshot) -> None:
    """Apply a state that the gateway has reported."""
    update_where(Payout, {"pk": payout_id, "gateway_id": ""}, gateway_id=snapshot.gateway_id)
    waits = snapshot.needs_otp
    if update_where(Payout, {"pk": payout_id, "needs_otp": not waits}, needs_otp=waits) and waits:
        tell_payout(PayoutNeedsCode, get(Payout, pk=payout_id))
    if snapshot.status in _ON_THE_WAY:
        _expect(payout_id, snapshot.arrives_at)
    elif snapshot.status is PayoutState.PAID:
        _pay(payout_id)
    else:
        fail_payout(payout_id, snapshot.failure_code or snapshot.status.value, snapshot.failure_message)


def _expect(payout_id: UUID, arrives_at: datetime | None) -> None:
    update_where(Payout, {"pk": payout_id, "status": PayoutStatus.PAYING}, arrives_at=arrives_at)


def _pay(payout_id: UUID) -> None:
    """The bank has it. A payout that is on its way back already is not paid by an older report."""
    paying = {"pk": payout_id, "status": PayoutStatus.PAYING, "returning": False}
    if not update_where(Payout, paying, status=PayoutStatus.PAID, completed_at=clock.now()):
        return
    payout = get(Payout, pk=payout_id)
    books.book_payout(payout, "payout.paid", (books.in_transit(payout), _from(payout)))
    coverage.cover(payout)
    audit.record(
        actor=SYSTEM, verb="payout.pay", target_type="payout", target_id=payout.pk, detail={"amount": payout.total()}
    )
    tell_payout(PayoutPaid, payout)


def fail_payout(payout_id: UUID, code: str, message: str) -> None:
    """Bring the money of a payout that did not arrive back into the wallet, from wherever it stands."""
    failure = {"failure_code": code[:64], "failure_message": message[:255]}
    paid = {"pk": payout_id, "status": PayoutStatus.PAID, "returning": False}
    open_ = {"pk": payout_id, "status__in": [PayoutStatus.TRANSFERRING, PayoutStatus.PAYING], "returning": False}
    if update_where(Payout, paid, returning=True, bounced=True, **failure):
        payout = get(Payout, pk=payout_id)
        books.book_payout(payout, "payout.bounced", (_from(payout), books.in_transit(payout)))
        coverage.uncover(payout)
    elif update_where(Payout, open_, returning=True, **failure):
        payout = get(Payout, pk=payout_id)
    else:
        return
    if payout.transferred:
        start_reversal(payout)
    else:
        finish_return(payout.pk)


def finish_return(payout_id: UUID) -> None:
    """Put the money back into the wallet: failed when it never was paid, returned when it was.

    A payee whose automatic withdrawal came back chooses the schedule again, once the bank account is put right.
    """
    payout = get(Payout, pk=payout_id)
    to = PayoutStatus.RETURNED if payout.bounced else PayoutStatus.FAILED
    returning = {"pk": payout_id, "returning": True, "status__in": _RETURNABLE}
    if not update_where(Payout, returning, status=to, returning=False, completed_at=clock.now()):
        return
    take_payee_turn(payout.payee_id)
    moves = [(books.in_transit(payout), books.wallet(payout))]
    if payout.transferred:
        ours = books.at_gateway(payout.gateway, payout.currency)
        moves.append((ours, books.at_payees(payout.gateway, payout.currency)))
    books.book_payout(payout, f"payout.{to}", *moves, fee=(books.payout_fee(payout), books.wallet(payout)))
    settle_receivable(payee_id=payout.payee_id, currency=payout.currency)
    if payout.automatic:
        # Else the next round would send it to the same bank again, every hour and for ever.
        Payee.objects.filter(pk=payout.payee_id).update(schedule=PayoutSchedule.MANUAL)
    audit.record(
        actor=SYSTEM,
        verb=f"payout.{'return' if payout.bounced else 'fail'}",
        target_type="payout",
        target_id=payout.pk,
        detail={"amount": payout.total(), "code": payout.failure_code},
    )
    kind = PayoutReturned if payout.bounced else PayoutFailed
    tell_payout(kind, payout, code=payout.failure_code, message=payout.failure_message)


_RETURNABLE = [PayoutStatus.TRANSFERRING, PayoutStatus.PAYING, PayoutStatus.PAID]


def _from(payout: Payout) -> AccountKey:
    """Return where a payout takes its money from at the gateway: the payee's own balance, or ours."""
    place = books.at_payees if payout.transferred else books.at_gateway
    return place(payout.gateway, payout.currency)


def tell_payout(kind: type[PayoutEvent], payout: Payout, **fields: str) -> None:
    """Publish a payout event with what all of them carry."""
    outbox.publish(kind(payout_id=payout.pk, payee_id=payout.payee_id, amount=payout.total(), **fields))
