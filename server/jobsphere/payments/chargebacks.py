"""What is learned of a chargeback, applied: its state, what it has moved, and who bears what is lost.

Whoever comes here waits in the order of every other verb: what the payment is for, then the payment, then the
chargeback. What the gateway moved only grows, so a report that knows of more is the newer one; of two that know of the
same the one further on is. That makes any order, repetition and loss of reports end the same.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F

from jobsphere.audit import services as audit
from jobsphere.db.composed import get, refresh
from jobsphere.db.guarded import update_where
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.types import AccountKey, AccountKind, Leg, account, credit, debit
from jobsphere.outbox import services as outbox
from jobsphere.payments import chargebacks_books as books
from jobsphere.payments import earnings, purposes
from jobsphere.payments.closing import close_if_returned
from jobsphere.payments.events import (
    ChargebackClosed,
    ChargebackEvent,
    ChargebackLost,
    ChargebackOpened,
    ChargebackReinstated,
    ChargebackWrittenOff,
    PaymentDisputed,
)
from jobsphere.payments.gateways.base import DisputeSnapshot, DisputeState
from jobsphere.payments.models import Chargeback, Payment, Refund
from jobsphere.payments.rules import (
    CHARGEBACK,
    CONTESTED,
    LOST_CHARGEBACKS,
    ChargebackStatus,
    RefundStatus,
)
from jobsphere.payments.starting import send_refund
from jobsphere.payments.states import tell

PAYEE = "payee"
_ACTIONS = {DisputeState.UNDER_REVIEW: "submit", DisputeState.WON: "win", DisputeState.LOST: "lose"}
_RANKS = {DisputeState.OPEN: 0, DisputeState.UNDER_REVIEW: 1, DisputeState.WON: 2, DisputeState.LOST: 2}


def learn(gateway: str, snapshot: DisputeSnapshot) -> None:
    """Apply what the gateway says of a chargeback; what we know already, or have passed, changes nothing."""
    payment = Payment.objects.filter(gateway=gateway, gateway_id=snapshot.payment_id).first()
    if payment is None or not snapshot.payment_id or snapshot.amount.currency != payment.currency:
        return
    if _is_known(gateway, snapshot):
        return
    queue_up(payment)
    row = _row(payment, gateway, snapshot)
    if _is_older(row, snapshot):
        return
    was = ChargebackStatus(row.status)
    _note(row, snapshot)
    _move_money(row, snapshot)
    if row.status in LOST_CHARGEBACKS:
        settle_loss(row, payment)
    _flag(payment)
    if row.status != was and row.status not in CONTESTED:
        _close(row, payment)


def queue_up(payment: Payment) -> None:
    """Wait for the verbs that are running on what the payment is for, and for those on the payment."""
    purposes.take_turn(payment.purpose_type, payment.purpose_id)
    Payment.objects.filter(pk=payment.pk).update(earned_amount=F("earned_amount"))
    refresh(payment)


def _row(payment: Payment, gateway: str, snapshot: DisputeSnapshot) -> Chargeback:
    """Return the row of this chargeback; who sees it first makes it, and tells others that it is there."""
    found = Chargeback.objects.filter(gateway=gateway, gateway_id=snapshot.gateway_id).first()
    if found:
        return found
    row = Chargeback.objects.create(
        payment=payment,
        gateway=gateway,
        gateway_id=snapshot.gateway_id,
        currency=payment.currency,
        amount=snapshot.amount.amount,
        inquiry=snapshot.inquiry,
        reason=snapshot.reason[:255],
        evidence_due_by=snapshot.evidence_due_by,
    )
    detail = {"chargeback": row.pk, "amount": snapshot.amount, "reason": snapshot.reason, "inquiry": snapshot.inquiry}
    audit.record(actor=SYSTEM, verb="chargeback.open", target_type="payment", target_id=payment.pk, detail=detail)
    publish(ChargebackOpened, row, payment, inquiry=row.inquiry, evidence_due_by=row.evidence_due_by)
    return row


def _is_known(gateway: str, snapshot: DisputeSnapshot) -> bool:
    """Say whether we have all of this already, so that nobody needs to wait."""
    row = Chargeback.objects.filter(gateway=gateway, gateway_id=snapshot.gateway_id).first()
    if row is None:
        return False
    told = (*_moved(snapshot), snapshot.fee.amount if snapshot.fee else 0, snapshot.amount.amount, snapshot.inquiry)
    if told != (row.taken, row.returned, row.fee, row.amount, row.inquiry):
        return False
    status = ChargebackStatus(row.status)
    decided = status in LOST_CHARGEBACKS if snapshot.status is DisputeState.LOST else status.value == snapshot.status
    return decided and row.standing.amount == (0 if status not in CONTESTED else row.standing.amount)


def _is_older(row: Chargeback, snapshot: DisputeSnapshot) -> bool:
    """Say whether a report was overtaken by one that we have applied before."""
    known = row.taken + row.returned
    told = sum(_moved(snapshot))
    if told != known:
        return told < known
    if row.inquiry != snapshot.inquiry:
        return snapshot.inquiry
    rank = {ChargebackStatus.OPEN: 0, ChargebackStatus.UNDER_REVIEW: 1}.get(ChargebackStatus(row.status), 2)
    return _RANKS[snapshot.status] < rank


def _moved(snapshot: DisputeSnapshot) -> tuple[int, int]:
    """Return what was taken and given back in all; a gateway that does not say takes only what is lost."""
    if snapshot.taken is None:
        return (snapshot.amount.amount if snapshot.status is DisputeState.LOST else 0), 0
    return snapshot.taken.amount, snapshot.returned.amount if snapshot.returned else 0


def _note(row: Chargeback, snapshot: DisputeSnapshot) -> None:
    """Write down what the gateway says, except for the money."""
    status = ChargebackStatus(row.status)
    step = CHARGEBACK.table.get((status, _ACTIONS.get(snapshot.status, "")))
    changes: dict[str, Any] = {
        "amount": snapshot.amount.amount,
        "inquiry": snapshot.inquiry,
        "reason": snapshot.reason[:255],
        "evidence_due_by": snapshot.evidence_due_by or row.evidence_due_by,
        "revision": row.revision + 1,
    }
    if snapshot.answered and row.evidence_sent_at is None:
        changes["evidence_sent_at"] = clock.now()
    if step:
        accepted = step.to is ChargebackStatus.LOST and row.accepting_at is not None
        changes["status"] = ChargebackStatus.ACCEPTED if accepted else step.to
        if step.to not in CONTESTED:
            changes["closed_at"] = clock.now()
    if not update_where(Chargeback, {"pk": row.pk, "revision": row.revision}, **changes):
        raise RuntimeError(f"chargeback {row.pk} was changed without its payment's turn")
    refresh(row)


def _move_money(row: Chargeback, snapshot: DisputeSnapshot) -> None:
    """Book what the gateway has moved since."""
    taken, returned = _moved(snapshot)
    fee = snapshot.fee.amount if snapshot.fee else 0
    if taken > row.taken:
        books.book_taken(row, row.money(taken - row.taken))
        _set(row, taken=taken)
    if fee != row.fee:
        books.book_fee(row, row.money(fee - row.fee))
        _set(row, fee=fee)
    if returned > row.returned:
        back = row.money(returned - row.returned)
        if back > row.standing:
            _regain(row, back - row.standing)
        books.book_returned(row, back)
        _set(row, returned=returned)


# --- What is lost


def settle_loss(row: Chargeback, payment: Payment) -> None:
    """Let those who bear it bear what stands on the chargeback's account, each as far as they can."""
    if not row.standing.amount:
        return
    _supersede_refunds(row, payment)
    if row.standing.amount and payment.applied_transfer_id:
        publish(ChargebackLost, row, payment, lost=row.standing)
        refresh(row)
        refresh(payment)
    _bear_unused(row, payment)
    if rest := row.standing.amount:
        lost = row.money(rest)
        books.book_lost(row, [debit(books.write_off(row.currency), lost)], lost, part="writeoff")
        _set(row, lost=row.lost + rest, written_off=row.written_off + rest)
        _tell_write_off(row, payment, lost)
    _pass_fee_on(row, payment)
    refresh(payment)
    close_if_returned(payment)


def bear(row: Chargeback, legs: Sequence[Leg], amount: Money, *, part: str) -> None:
    """Book a part of the loss to those who bear it, and take it off what is left of the payment."""
    books.book_lost(row, legs, amount, part=part)
    _set(row, lost=row.lost + amount.amount)
    Payment.objects.filter(pk=row.payment_id).update(charged_back_amount=F("charged_back_amount") + amount.amount)


def _supersede_refunds(row: Chargeback, payment: Payment) -> None:
    """Refunds that failed are not sent again as far as the bank has given the money back itself."""
    for refund in payment.refunds.filter(status=RefundStatus.FAILED).order_by("id"):
        part = min(refund.total(), row.standing)
        if part.amount:
            _supersede(refund, part, row, books.contested(row))
            _set(row, lost=row.lost + part.amount)


def supersede_written_off(payment: Payment, refund: Refund) -> None:
    """A refund has failed after the same money was written off as lost twice: it was lost only once."""
    for row in payment.chargebacks.filter(written_off__gt=0).order_by("id"):
        part = min(refund.total(), row.money(row.written_off))
        if refund.status == RefundStatus.FAILED and part.amount:
            _set(row, revision=row.revision + 1)
            _supersede(refund, part, row, books.write_off(row.currency))
            _set(row, written_off=row.written_off - part.amount)


def _supersede(refund: Refund, part: Money, row: Chargeback, to: AccountKey) -> None:
    books.book_superseded(refund, part, to, row)
    whole = part == refund.total()
    # A part of it is no refund any more: what is left may still be sent.
    changes: dict[str, Any] = {"status": RefundStatus.SUPERSEDED} if whole else {"amount": F("amount") - part.amount}
    if not update_where(Refund, {"pk": refund.pk, "status": RefundStatus.FAILED, "amount": refund.amount}, **changes):
        raise RuntimeError(f"refund {refund.pk} was changed without its payment's turn")
    refresh(refund)
    Payment.objects.filter(pk=refund.payment_id).update(
        refunding_amount=F("refunding_amount") - part.amount,
        charged_back_amount=F("charged_back_amount") + part.amount,
    )
    audit.record(
        actor=SYSTEM,
        verb="refund.supersede",
        target_type="payment",
        target_id=refund.payment_id,
        detail={"refund": refund.pk, "amount": part, "chargeback": row.pk},
    )


def _bear_unused(row: Chargeback, payment: Payment) -> None:
    """Money that serves no purpose, or none yet, was the payer's all along: it has gone back to them."""
    for kind in (AccountKind.PREPAID, AccountKind.UNAPPLIED):
        source = account(kind, row.currency, payment.pk)
        part = min(ledger.balance_of(source), row.standing)
        if part.amount:
            bear(row, [debit(source, part)], part, part=kind.value)


def _tell_write_off(row: Chargeback, payment: Payment, lost: Money) -> None:
    audit.record(
        actor=SYSTEM,
        verb="chargeback.write-off",
        target_type="payment",
        target_id=payment.pk,
        detail={"chargeback": row.pk, "amount": lost},
    )
    publish(ChargebackWrittenOff, row, payment, written_off=lost)


def _pass_fee_on(row: Chargeback, payment: Payment) -> None:
    """Let the payee bear the bank's fee, where the operator says so and the payee had begun to earn by the payment."""
    fee = row.money(row.fee - row.payee_fee)
    if settings.CHARGEBACK_FEE_BORNE_BY != PAYEE or payment.payee_id is None or fee.amount <= 0:
        return
    if payment.applied_transfer_id:
        legs = earnings.recover_legs(payee_id=payment.payee_id, amount=fee)
        books.book_fee_passed_on(row, legs, fee)
        _set(row, payee_fee=row.payee_fee + fee.amount)


# --- What comes back after all


def _regain(row: Chargeback, amount: Money) -> None:
    """Undo a loss: those who bore it get it back, first of all the marketplace what it had written off."""
    payment, before = row.payment, row.standing
    part = min(amount, row.money(row.written_off))
    if part.amount:
        books.book_regained(row, [credit(books.write_off(row.currency), part)], part, part="writeoff")
        _set(row, lost=row.lost - part.amount, written_off=row.written_off - part.amount)
    if left := (amount - part).amount:
        publish(ChargebackReinstated, row, payment, back=row.money(left))
        refresh(row)
    missing = amount - (row.standing - before)
    if missing.amount > 0:
        # Nobody can be given it any more (the contract has ended, and its money went elsewhere): finance decides.
        books.book_regained(row, [credit(books.write_off(row.currency), missing)], missing, part="kept")
        _set(row, lost=row.lost - missing.amount)
        Payment.objects.filter(pk=payment.pk).update(charged_back_amount=F("charged_back_amount") - missing.amount)
        _tell_write_off(row, payment, -missing)


def give_back_loss(row: Chargeback, legs: Sequence[Leg], amount: Money, *, part: str) -> None:
    """Book a part of what was lost back to those who bore it."""
    books.book_regained(row, legs, amount, part=part)
    _set(row, lost=row.lost - amount.amount)
    Payment.objects.filter(pk=row.payment_id).update(charged_back_amount=F("charged_back_amount") - amount.amount)


# --- Telling


def _flag(payment: Payment) -> None:
    """Flag the payment while a bank contests it, and tell others when that changes."""
    contested = payment.chargebacks.filter(status__in=CONTESTED, inquiry=False)
    is_open = contested.exists()
    if not update_where(Payment, {"pk": payment.pk, "disputed": not is_open}, disputed=is_open):
        return
    refresh(payment)
    last = payment.chargebacks.order_by("id").last()
    tell(PaymentDisputed, payment, open=is_open, reason=last.reason if last else "")


def _close(row: Chargeback, payment: Payment) -> None:
    won = row.status == ChargebackStatus.WON
    audit.record(
        actor=SYSTEM,
        verb=f"chargeback.{'win' if won else 'lose'}",
        target_type="payment",
        target_id=payment.pk,
        detail={"chargeback": row.pk, "amount": row.money(row.amount), "inquiry": row.inquiry},
    )
    publish(ChargebackClosed, row, payment, won=won, inquiry=row.inquiry, payee_fee=row.money(row.payee_fee))
    if not payment.disputed:
        _resume_refunds(payment)


def _resume_refunds(payment: Payment) -> None:
    """Send refunds again that the gateway refused only because the payment was contested."""
    refused = payment.refunds.filter(status=RefundStatus.FAILED, failure_code="disputed")
    for refund in refused.order_by("id"):
        again = {"status": RefundStatus.REQUESTED, "round": refund.round + 1, "gateway_id": "", "failure_code": ""}
        if update_where(Refund, {"pk": refund.pk, "status": RefundStatus.FAILED}, **again):
            refresh(refund)
            send_refund(refund, payment)


def net_failed_refund(refund_id: UUID) -> None:
    """Give up a refund that failed when its money was lost to a bank, and written off as lost twice."""
    refund = get(Refund, "payment", pk=refund_id)
    payment = refund.payment
    if not payment.chargebacks.filter(written_off__gt=0).exists():
        return
    queue_up(payment)
    refresh(refund)
    supersede_written_off(payment, refund)
    refresh(payment)
    close_if_returned(payment)


def publish(kind: type[ChargebackEvent], row: Chargeback, payment: Payment, **fields: Any) -> None:
    """Publish a chargeback event with what all of them carry."""
    outbox.publish(
        kind(
            payment_id=payment.pk,
            payer_id=payment.payer_id,
            payee_id=payment.payee_id,
            purpose_type=payment.purpose_type,
            purpose_id=payment.purpose_id,
            amount=payment.money(payment.amount),
            chargeback_id=row.pk,
            disputed=row.money(row.amount),
            reason=row.reason,
            **fields,
        )
    )


def get_row(chargeback_id: UUID) -> Chargeback:
    """Return a chargeback with its payment; for verbs in the turn of that payment."""
    return get(Chargeback, "payment", pk=chargeback_id)


def _set(row: Chargeback, **changes: Any) -> None:
    """Change numbers of a row whose payment's turn is ours."""
    Chargeback.objects.filter(pk=row.pk).update(**changes)
    refresh(row)
