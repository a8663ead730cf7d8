"""The verbs of the ledger: post a transfer, correct one, take snapshots.

`post` leaves no audit entry of its own: it is always part of a verb that does (an escrow's funding, a payout).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.ledger import policies, selectors, snapshots, statements
from jobsphere.ledger.drafts import Draft, draft
from jobsphere.ledger.errors import InsufficientBalance, InvalidTransferError, TransferReferenceReused
from jobsphere.ledger.types import Leg, PostedLeg, PostedTransfer

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
    wanted = draft(legs)
    _require_texts(code, reference, source_type)
    now = clock.now()
    situation = _look(code, reference, wanted, now)
    if situation.transfer_id:
        return _replay(situation.transfer_id, wanted)
    _require_money(wanted, situation)
    movements = statements.move_balances(wanted.tracked)
    if len(movements) != len(wanted.tracked):
        raise RuntimeError("a locked account changed under its lock")
    transfer_id = uuid7()
    statements.insert_entries(transfer_id, wanted, movements, now)
    statements.seal(transfer_id, wanted, now, code, reference, source_type, str(source_id), memo)
    legs_posted = _posted_legs(wanted, movements)
    return PostedTransfer(
        transfer_id, code, reference, wanted.currency, source_type, str(source_id), memo, now, legs_posted
    )


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


def _look(code: str, reference: str, wanted: Draft, now: datetime) -> statements.Situation:
    """Find the transfer, or lock its accounts, opening those that are missing."""
    situation = statements.look_and_lock(code, reference, wanted)
    missing = [leg for leg in wanted.legs if leg.account_id not in situation.balances]
    if situation.transfer_id or not missing:
        return situation
    if not statements.open_accounts(missing, now):
        return statements.look_and_lock(code, reference, wanted)
    opened = {leg.account_id: 0 if leg.tracked else None for leg in missing}
    return replace(situation, balances={**situation.balances, **opened})


def _require_money(wanted: Draft, situation: statements.Situation) -> None:
    """Refuse a transfer that a limited account cannot bear, before anything is written."""
    for leg in wanted.tracked:
        nature, before = leg.key.nature, leg.key.natural(situation.balances[leg.account_id] or 0)
        change = leg.key.natural(leg.amount)
        if not nature.may_go_negative and (before + change).amount < 0:
            raise InsufficientBalance(available=before, needed=-change)


def _replay(transfer_id: UUID, wanted: Draft) -> PostedTransfer:
    there = selectors.get_transfer(transfer_id)
    if {leg.account: leg.amount.amount for leg in there.legs} != wanted.amounts():
        raise TransferReferenceReused(
            f"'{there.code}' for {there.reference} is already in the books with other amounts.",
            transfer_id=str(transfer_id),
        )
    return replace(there, replayed=True)


def _posted_legs(wanted: Draft, movements: dict[UUID, statements.Movement]) -> tuple[PostedLeg, ...]:
    return tuple(
        PostedLeg(leg.key, leg.money, leg.key.natural(movements[leg.account_id].balance) if leg.tracked else None)
        for leg in wanted.legs
    )


def _require_texts(code: str, reference: str, source_type: str) -> None:
    if not (code and reference and source_type):
        raise InvalidTransferError("a transfer needs a code, a reference and a source")
