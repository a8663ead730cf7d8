"""What a payer's bank takes: from what is still held first, then from those who got what was released."""

from uuid import UUID

from django.db.models import F

from jobsphere.db.transactions import require_transaction
from jobsphere.escrow import books
from jobsphere.escrow.acting import record, take, tell
from jobsphere.escrow.events import EscrowChargedBack, EscrowRestored
from jobsphere.escrow.models import EscrowHold, EscrowLoss
from jobsphere.escrow.rules import HoldStatus, TakenBack, split_refund
from jobsphere.escrow.services.settling import close_payment, kept_fee, recover
from jobsphere.escrow.types import Loss
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.money import Money
from jobsphere.ledger.types import credit
from jobsphere.payments import earnings
from jobsphere.payments import services as payments

_OPEN = (HoldStatus.FUNDED, HoldStatus.FROZEN)


def charge_back(*, chargeback_id: UUID, payment_id: UUID, amount: Money) -> tuple[Loss, ...]:
    """Let the holds of a payment bear what a bank has taken of it for good, as far as there is anything left.

    What is still held goes first: the payer has got it back from their bank. Then the fees and the payee of what was
    released give their shares by the pinned terms. Called by an inline listener of `chargeback.lost`.
    """
    require_transaction()
    payments.take_turn(payment_id=payment_id)
    losses: list[Loss] = []
    left = amount
    for hold in _in_order(payment_id):
        part = min(left, hold.money(hold.held + hold.platform_fee - hold.platform_fee_refunded))
        if part.amount:
            losses.append(_lose(hold, part, chargeback_id))
            left -= part
            close_payment(hold)
    return tuple(losses)


def restore(*, chargeback_id: UUID, amount: Money) -> Money:
    """Give back to those who bore it what a bank has given back after all; returns what found its way.

    What had been held, and has ended meanwhile, has nobody left to go to. Called by an inline listener of
    `chargeback.reinstated`.
    """
    require_transaction()
    left = amount
    rows = EscrowLoss.objects.filter(chargeback_id=chargeback_id, returned_at=None).select_related("hold")
    for loss in rows.order_by("-id"):
        hold = loss.hold
        payments.take_turn(payment_id=hold.payment_id)
        if loss.amount <= left.amount and hold.status != HoldStatus.REFUNDED:
            _return(hold, loss)
            left -= hold.money(loss.amount)
    return amount - left


def _in_order(payment_id: UUID) -> list[EscrowHold]:
    holds = EscrowHold.objects.filter(payment_id=payment_id).order_by("id")
    # The sort is stable: what is held first, then what was released, then fees that were kept.
    order = {HoldStatus.FUNDED: 0, HoldStatus.FROZEN: 0, HoldStatus.RELEASED: 1, HoldStatus.REFUNDED: 2}
    return sorted(holds, key=lambda hold: order[HoldStatus(hold.status)])


def _lose(hold: EscrowHold, amount: Money, chargeback_id: UUID) -> Loss:
    stood = hold.status
    was_open = stood in _OPEN
    parts = _shrink(hold, amount) if was_open else recover(hold, amount, charged_back=_more(amount))
    if was_open:
        legs = books.refund_legs(hold, parts.from_service_fee + parts.from_payee, parts.from_platform_fee)
    else:
        legs = books.recovery_legs(hold, parts)
    payments.bear_loss(chargeback_id=chargeback_id, legs=legs, amount=amount, part=f"hold:{hold.pk}")
    EscrowLoss.objects.create(
        hold=hold,
        chargeback_id=chargeback_id,
        amount=amount.amount,
        platform_fee=parts.from_platform_fee.amount,
        service_fee=parts.from_service_fee.amount,
        payout=parts.from_payee.amount,
    )
    taken = hold.money(0) if was_open else parts.from_payee
    closed = was_open and hold.status == HoldStatus.REFUNDED
    record(SYSTEM, "escrow.charge_back", hold, amount=amount, chargeback=chargeback_id, taken=taken)
    facts = {"chargeback_id": chargeback_id, "amount": amount, "taken_back": taken, "closed": closed}
    fees = {"from_platform_fee": parts.from_platform_fee, "from_service_fee": parts.from_service_fee}
    kept = kept_fee(hold) if closed else hold.money(0)
    tell(EscrowChargedBack, hold, SYSTEM, **facts, **fees, stood=str(stood), kept_fee=kept)
    return Loss(hold.milestone_id, amount, taken, books.owed_by_payee(hold), closed)


def _shrink(hold: EscrowHold, amount: Money) -> TakenBack:
    """Take from what is held, and from the platform fee on it; a part leaves it as frozen as it is."""
    before = hold.money(hold.service_fee), hold.money(hold.payout)
    rest = split_refund(
        amount,
        held=hold.money(hold.held),
        service_fee=before[0],
        platform_fee=hold.money(hold.platform_fee - hold.platform_fee_refunded),
        platform_fee_refundable=True,
    )
    closed = not rest.held.amount
    take(
        hold,
        "charge_back",
        to=HoldStatus.REFUNDED if closed else HoldStatus(hold.status),
        held=rest.held.amount,
        service_fee=rest.service_fee.amount,
        payout=rest.payout.amount,
        refunded=_plus("refunded", amount),
        charged_back=_more(amount),
        platform_fee_refunded=_plus("platform_fee_refunded", rest.from_platform_fee),
        closed_at=clock.now() if closed else None,
    )
    return TakenBack(
        rest.from_platform_fee, before[0] - rest.service_fee, before[1] - rest.payout, rest.service_fee, rest.payout
    )


def _return(hold: EscrowHold, loss: EscrowLoss) -> None:
    """Undo one loss: into the hold while it is open, else to the fees and the payee."""
    amount, platform = hold.money(loss.amount), hold.money(loss.platform_fee)
    service, payout = hold.money(loss.service_fee), hold.money(loss.payout)
    legs = [credit(books.platform_fee(hold.currency), platform)]
    if hold.status in _OPEN:
        legs += [credit(books.held(hold), service + payout)]
    else:
        source = earnings.Source("loss", loss.pk, payment_id=hold.payment_id)
        legs += [
            credit(books.service_fee(hold.currency), service),
            *earnings.credit_legs(payee_id=hold.payee_id, amount=payout, source=source, at_once=True),
        ]
        payments.mark_released(payment_id=hold.payment_id, payout=payout, complete=False)
    take(
        hold,
        "restore",
        held=hold.held + (service + payout).amount,
        service_fee=hold.service_fee + service.amount,
        payout=hold.payout + payout.amount,
        refunded=_plus("refunded", -amount),
        charged_back=_more(-amount),
        platform_fee_refunded=_plus("platform_fee_refunded", -platform),
    )
    EscrowLoss.objects.filter(pk=loss.pk, returned_at=None).update(returned_at=clock.now())
    payments.return_loss(
        chargeback_id=loss.chargeback_id,
        legs=[leg for leg in legs if leg.amount],
        amount=amount,
        part=f"hold:{hold.pk}:{loss.pk}",
    )
    earnings.settle_receivable(payee_id=hold.payee_id, currency=hold.currency)
    record(SYSTEM, "escrow.restore", hold, amount=amount, chargeback=loss.chargeback_id)
    facts = {"chargeback_id": loss.chargeback_id, "amount": amount, "stands": str(hold.status)}
    tell(EscrowRestored, hold, SYSTEM, **facts, to_platform_fee=platform, to_service_fee=service)


def _more(amount: Money) -> F:
    return _plus("charged_back", amount)


def _plus(column: str, amount: Money) -> F:
    return F(column) + amount.amount  # type: ignore[return-value]  # an expression, which update() takes as F
