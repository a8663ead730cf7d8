"""The verbs of the ledger: post a transfer, correct one, take snapshots, seal a day.

`post` leaves no audit entry of its own: it is always part of a verb that does (an escrow's funding, a payout).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.ids import uuid7
from jobsphere.ledger import booking, policies, selectors, snapshots, statements
from jobsphere.ledger.drafts import Draft, draft
from jobsphere.ledger.errors import InsufficientBalance, InvalidTransferError, TransferReferenceReused
from jobsphere.ledger.orders import Order, Outcome, Verdict
from jobsphere.ledger.types import Leg, PostedLeg, PostedTransfer, StatementView

CORRECTION = "ledger.correct"


def post(
    *,
    code: str,
    reference: str,
    legs: Iterable[Leg],
    source_type: str,
    source_id: UUID | str,
    memo: str = "",
) -> PostedTransfer:
    """Post a transfer: all of its legs, or nothing. Needs an open transaction.

    `code` says what happened ("escrow.fund"), `reference` which one; together they are the business key. Posting the
    same key with the same legs again returns the transfer that is there (`replayed`); two at once wait for each other.
    Legs are merged per account, zero legs are left out, and accounts are made on first use.

    Raises InsufficientBalance when a limited account would fall below zero, and TransferReferenceReused when the key
    was posted with other legs; neither has changed anything. Raises InvalidTransferError for legs that are no
    transfer, and NoTransactionError outside a transaction.
    """
    require_transaction()
    _require_texts(code, reference, source_type)
    order = Order(uuid7(), clock.now(), code, reference, source_type, str(source_id), memo, draft(legs))
    outcome = booking.book(order)
    if outcome.verdict is Verdict.MISSING:
        booking.open_accounts(order, outcome.missing)
        outcome = booking.book(order)
    match outcome:
        case Outcome(Verdict.POSTED):
            return _posted(order, outcome)
        case Outcome(Verdict.KNOWN, known=UUID() as known):
            return _replay(known, order.draft)
        case Outcome(Verdict.SHORT):
            raise _insufficient(order.draft, outcome)
    raise RuntimeError(f"booking ended as {outcome}")


def correct(*, actor: Actor, transfer_id: UUID, memo: str) -> PostedTransfer:
    """Take a transfer back by posting its mirror image; `memo` says why. It can be taken back once.

    Only for the system, and for people with the right "finance" or the admin role (Forbidden); raises NotFound for an
    unknown transfer and InsufficientBalance when the money has moved on.
    """
    policies.require_finance(actor)
    original = selectors.get_transfer(transfer_id)
    correction = post(
        code=CORRECTION,
        reference=str(transfer_id),
        legs=[Leg(leg.account, -leg.amount) for leg in original.legs],
        source_type="transfer",
        source_id=transfer_id,
        memo=memo,
    )
    if not correction.replayed:
        audit.record(
            actor=actor,
            verb=CORRECTION,
            target_type="transfer",
            target_id=transfer_id,
            detail={"correction": str(correction.id), "memo": memo},
        )
    return correction


def take_snapshots(*, at_least: int = snapshots.AT_LEAST, margin: timedelta = snapshots.MARGIN) -> int:
    """Sum up what untracked accounts have gathered since their last snapshot; return how many snapshots were taken.

    An account with fewer than `at_least` new entries is left for later, and entries that are younger than `margin`, or
    than the oldest running transaction, are left for the next time (snapshots.py says why).
    """
    require_transaction()
    return snapshots.take(at_least=at_least, margin=margin)


def seal_next_day() -> StatementView | None:
    """Seal the oldest day that is over and not sealed yet; None when there is none. One transaction a day.

    From then on the database refuses transfers dated before its end.
    """
    require_transaction()
    day = statements.next_day()
    if day is None or not statements.is_over(day):
        return None
    sealed = statements.seal(day)
    audit.record(
        actor=SYSTEM,
        verb="ledger.seal_day",
        target_type="daily-statement",
        target_id=sealed.pk,
        detail={"day": day, "number": sealed.number, "transfers": sealed.transfers, "seal": sealed.seal},
    )
    return selectors.view_of_statement(sealed)


def _insufficient(wanted: Draft, outcome: Outcome) -> InsufficientBalance:
    """Name the first account that lacks the money."""
    leg, balance = next(
        (leg, balance)
        for leg, balance in zip(wanted.legs, outcome.balances, strict=True)
        if balance is not None and leg.overdraws(balance)
    )
    return InsufficientBalance(available=leg.key.natural(balance), needed=-leg.key.natural(leg.amount))


def _replay(transfer_id: UUID, wanted: Draft) -> PostedTransfer:
    there = selectors.get_transfer(transfer_id)
    if {leg.account: leg.amount.amount for leg in there.legs} != wanted.amounts():
        raise TransferReferenceReused(
            f"'{there.code}' for {there.reference} is already in the books with other amounts.",
            transfer_id=str(transfer_id),
        )
    return replace(there, replayed=True)


def _posted(order: Order, outcome: Outcome) -> PostedTransfer:
    return PostedTransfer(
        id=order.transfer_id,
        code=order.code,
        reference=order.reference,
        currency=order.draft.currency,
        source_type=order.source_type,
        source_id=order.source_id,
        memo=order.memo,
        posted_at=outcome.posted_at or order.posted_at,
        legs=tuple(
            PostedLeg(leg.key, leg.money, None if balance is None else leg.key.natural(balance))
            for leg, balance in zip(order.draft.legs, outcome.balances, strict=True)
        ),
    )


def _require_texts(code: str, reference: str, source_type: str) -> None:
    if not (code and reference and source_type):
        raise InvalidTransferError("a transfer needs a code, a reference and a source")
