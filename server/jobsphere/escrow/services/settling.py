"""The two ends of a hold: to the contractor, or back to the customer; and the way back after the first."""

from typing import Any
from uuid import UUID

from django.db.models import F

from jobsphere.escrow import books, selectors
from jobsphere.escrow.acting import get_hold_to_settle, record, take, tell
from jobsphere.escrow.errors import RefundExceedsHold
from jobsphere.escrow.events import EscrowRefunded, EscrowReleased
from jobsphere.escrow.models import EscrowHold
from jobsphere.escrow.rules import (
    HOLD,
    FeesAfterRelease,
    HoldStatus,
    RefundSplit,
    TakenBack,
    split_refund,
    take_back,
)
from jobsphere.escrow.types import HoldView, Recovery
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import Money, total
from jobsphere.payments import services as payments


def release_hold(*, actor: Actor, hold_id: UUID) -> HoldView:
    """Give what is held to the contractor's wallet, less the service fee. A ledger movement; no gateway is asked.

    Raises WrongStatus when it is released, refunded or frozen.
    """
    hold = get_hold_to_settle(hold_id)
    take(hold, "release", closed_at=clock.now())
    if hold.held:
        books.book_release(hold)
    payout, fee = hold.money(hold.payout), hold.money(hold.service_fee)
    record(actor, "escrow.release", hold, payout=payout, service_fee=fee)
    _tell_payment(hold, payout)
    left = hold.money(hold.platform_fee - hold.platform_fee_refunded)
    tell(EscrowReleased, hold, actor, payout=payout, service_fee=fee, platform_fee=left)
    return selectors.view_of_hold(hold)


def refund_hold(
    *,
    actor: Actor,
    hold_id: UUID,
    reason: str,
    platform_fee_refundable: bool,
    amount: Money | None = None,
) -> HoldView:
    """Give what is held back to the customer's card, in full or (with `amount`: what they get back) in part.

    With `platform_fee_refundable` the platform fee gives its share. The money is on its way when this returns;
    `refund.succeeded` or `refund.failed` tells how it ended. Raises WrongStatus when it is released, refunded or
    frozen, RefundExceedsHold, and HoldChanged when someone else has just refunded a part.
    """
    hold = get_hold_to_settle(hold_id)
    HOLD.next(HoldStatus(hold.status), "refund")
    parts = _split_refund(hold, amount, refundable=platform_fee_refundable)
    back = parts.from_hold + parts.from_platform_fee
    closed = not parts.held
    _shrink(hold, parts, closed=closed)
    close_payment(hold)
    refund = payments.refund_payment(
        actor=actor,
        payment_id=hold.payment_id,
        amount=back,
        reason=reason,
        funded_by=books.refund_legs(hold, parts.from_hold, parts.from_platform_fee),
    )
    record(actor, "escrow.refund", hold, amount=back, reason=reason, refund=refund.id)
    facts = {"refund_id": refund.id, "amount": back, "closed": closed, "reason": reason}
    fees = {"from_platform_fee": parts.from_platform_fee, "kept_fee": kept_fee(hold)}
    tell(EscrowRefunded, hold, actor, **facts, **fees)
    return selectors.view_of_hold(hold)


def take_back_released(*, actor: Actor, hold_id: UUID, reason: str, amount: Money | None = None) -> Recovery:
    """Give money that was released back to the customer's card, in full or (with `amount`) in part.

    The fees give their shares as the pinned terms say; the contractor's share is taken from what they have, and what
    they do not have they owe from now on: their next earnings go there first. Raises WrongStatus unless it is
    released, RefundExceedsHold, InvalidInput, HoldChanged, and PaymentIsDisputed while the customer's bank is taking
    the same money.
    """
    hold = get_hold_to_settle(hold_id)
    HOLD.next(HoldStatus(hold.status), "take_back")
    view = selectors.view_of_hold(hold)
    wanted = _wanted(hold, amount, available=view.refundable)
    parts = recover(hold, wanted)
    refund = payments.refund_payment(
        actor=actor,
        payment_id=hold.payment_id,
        amount=wanted,
        reason=reason,
        funded_by=books.recovery_legs(hold, parts),
    )
    taken = parts.from_payee
    record(actor, "escrow.take_back", hold, amount=wanted, taken=taken, reason=reason, refund=refund.id)
    facts = {"refund_id": refund.id, "amount": wanted, "closed": False, "reason": reason, "taken_back": taken}
    fees = {"from_platform_fee": parts.from_platform_fee, "from_service_fee": parts.from_service_fee}
    tell(EscrowRefunded, hold, actor, **facts, **fees)
    return Recovery(selectors.view_of_hold(hold), taken, books.owed_by_payee(hold))


def recover(hold: EscrowHold, amount: Money, **changes: Any) -> TakenBack:
    """Shrink the parts of a closed hold by money that goes back, and tell its payment what its payee has not earned."""
    parts = take_back(
        amount,
        policy=FeesAfterRelease(hold.after_release),
        service_fee=hold.money(hold.service_fee),
        payout=hold.money(hold.payout),
        platform_fee=hold.money(hold.platform_fee - hold.platform_fee_refunded),
    )
    take(
        hold,
        "take_back",
        held=(parts.service_fee + parts.payout).amount,
        service_fee=parts.service_fee.amount,
        payout=parts.payout.amount,
        refunded=F("refunded") + parts.total.amount,
        platform_fee_refunded=F("platform_fee_refunded") + parts.from_platform_fee.amount,
        **changes,
    )
    payments.mark_recovered(payment_id=hold.payment_id, amount=parts.from_payee)
    return parts


def kept_fee(hold: EscrowHold) -> Money:
    """Return the platform fee that stays with a hold of which nothing is left."""
    left = hold.platform_fee - hold.platform_fee_refunded
    return hold.money(left if hold.status == HoldStatus.REFUNDED else 0)


def _wanted(hold: EscrowHold, amount: Money | None, *, available: Money) -> Money:
    """Return what is to go back; raises InvalidInput and RefundExceedsHold."""
    wanted = amount if amount is not None else available
    if wanted.currency != hold.currency:
        raise InvalidInput.at("/amount/currency", "currency", f"The money is in {hold.currency}.")
    if wanted.amount <= 0:
        raise InvalidInput.at("/amount", "positive", "The amount must be greater than zero.")
    if wanted > available:
        raise RefundExceedsHold(available=available, needed=wanted)
    return wanted


def _split_refund(hold: EscrowHold, amount: Money | None, *, refundable: bool) -> RefundSplit:
    """Say where the refund comes from; raises RefundExceedsHold and InvalidInput."""
    fee_left = hold.money(hold.platform_fee - hold.platform_fee_refunded)
    available = hold.money(hold.held) + fee_left if refundable else hold.money(hold.held)
    return split_refund(
        _wanted(hold, amount, available=available),
        held=hold.money(hold.held),
        service_fee=hold.money(hold.service_fee),
        platform_fee=fee_left,
        platform_fee_refundable=refundable,
    )


def _shrink(hold: EscrowHold, parts: RefundSplit, *, closed: bool) -> None:
    back = parts.from_hold + parts.from_platform_fee
    take(
        hold,
        "refund",
        to=HoldStatus.REFUNDED if closed else HoldStatus.FUNDED,
        held=parts.held.amount,
        service_fee=parts.service_fee.amount,
        payout=parts.payout.amount,
        refunded=F("refunded") + back.amount,
        platform_fee_refunded=F("platform_fee_refunded") + parts.from_platform_fee.amount,
        closed_at=clock.now() if closed else None,
    )


def _tell_payment(hold: EscrowHold, payout: Money) -> None:
    payments.mark_released(payment_id=hold.payment_id, payout=payout, complete=not _open_siblings(hold))


def close_payment(hold: EscrowHold) -> None:
    """Once nothing is held any more, tell the payment whether it ended released or returned."""
    if _open_siblings(hold):
        return
    siblings = list(EscrowHold.objects.filter(payment_id=hold.payment_id))
    if any(each.status == HoldStatus.RELEASED for each in siblings):
        payments.mark_released(payment_id=hold.payment_id, payout=Money.zero(hold.currency), complete=True)
        return
    kept = total((each.money(each.platform_fee - each.platform_fee_refunded) for each in siblings), hold.currency)
    payments.mark_returned(payment_id=hold.payment_id, kept=kept)


def _open_siblings(hold: EscrowHold) -> bool:
    open_ = [HoldStatus.FUNDED, HoldStatus.FROZEN]
    return EscrowHold.objects.filter(payment_id=hold.payment_id, status__in=open_).exists()
