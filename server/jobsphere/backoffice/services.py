"""Verbs of the back office. Most verbs of admins are the owning app's own; here stands what joins several of them."""

from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.contracts import services as contracts
from jobsphere.escrow import selectors as escrow
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.ledger.policies import require_finance
from jobsphere.outbox import services as outbox
from jobsphere.payments import services as payments
from jobsphere.payments import staff as payments_staff
from jobsphere.payments.types import OperationStatus


def release_held_money(*, actor: Actor, hold_id: UUID, reason: str) -> None:
    """Pay the contractor of a hold, less the service fee, as if the customer had approved the work (C5, R74).

    Goes through the contract, whose milestone and status follow. Raises Forbidden without the right "finance" or for a
    party of the contract, NotFound, WrongStatus for work that was not begun or is settled, ContractIsHeld.
    """
    require_finance(actor)
    hold = escrow.hold(hold_id)
    contracts.release_milestone(actor=actor, milestone_id=hold.milestone_id, reason=reason)


def refund_held_money(*, actor: Actor, hold_id: UUID, reason: str, amount: Money | None = None) -> None:
    """Give a hold's money back to the customer's card, all of it or a part; the platform fee gives its share.

    Raises like release_held_money, and InvalidInput for more than is held or another currency.
    """
    require_finance(actor)
    hold = escrow.hold(hold_id)
    contracts.refund_milestone(actor=actor, milestone_id=hold.milestone_id, reason=reason, amount=amount)


def freeze_held_money(*, actor: Actor, hold_id: UUID, reason: str) -> None:
    """Stop the money of a hold and of the rest of its contract, whose parts would else move on around it.

    Raises Forbidden without the right "finance" or for a party, NotFound, WrongStatus, HoldUnchanged when it is frozen.
    """
    require_finance(actor)
    contracts.hold_contract(actor=actor, contract_id=escrow.hold(hold_id).contract_id, reason=reason)


def unfreeze_held_money(*, actor: Actor, hold_id: UUID, reason: str) -> None:
    """Let the money of a hold and of its contract move again; raises like freeze_held_money."""
    require_finance(actor)
    contracts.resume_contract(actor=actor, contract_id=escrow.hold(hold_id).contract_id, reason=reason)


def retry_operation(*, actor: Actor, operation_id: UUID, reason: str) -> None:
    """Ask the gateway now: again for what was refused, at once for what waits for its turn. Nothing is done twice.

    Raises Forbidden without the right "finance", NotFound, WrongStatus when it is settled for good or under way.
    """
    operation = payments_staff.operation_for_staff(actor, operation_id)
    open_ = operation.status in (OperationStatus.PENDING, OperationStatus.UNKNOWN)
    retry = payments.hurry_operation if open_ else payments.retry_operation
    retry(actor=actor, operation_id=operation_id)
    _record(actor, "operation.retry_asked", "operation", operation_id, reason)


def retry_refund(*, actor: Actor, refund_id: UUID, reason: str) -> None:
    """Send a refund that failed once more; raises Forbidden without "finance", NotFound, WrongStatus."""
    payments.retry_refund(actor=actor, refund_id=refund_id)
    _record(actor, "refund.retry_asked", "refund", refund_id, reason)


def pay_refund_by_hand(*, actor: Actor, refund_id: UUID, reason: str) -> None:
    """Note that a refund that failed was paid in another way; raises Forbidden without "finance", NotFound,
    WrongStatus, PaymentIsDisputed.
    """
    payments.pay_refund_by_hand(actor=actor, refund_id=refund_id, reason=reason)
    _record(actor, "refund.paid_by_hand", "refund", refund_id, reason)


def replay_dead_letter(*, actor: Actor, letter_id: UUID, reason: str) -> None:
    """Run a task that was given up again; raises Forbidden without "operations", NotFound, AlreadySettled."""
    outbox.replay_dead_letter(letter_id, actor=actor)
    _record(actor, "dead_letter.replay", "dead-letter", letter_id, reason)


def drop_dead_letter(*, actor: Actor, letter_id: UUID, reason: str) -> None:
    """Give a task up for good; raises Forbidden without "operations", NotFound, AlreadySettled."""
    outbox.drop_dead_letter(letter_id, actor=actor)
    _record(actor, "dead_letter.drop", "dead-letter", letter_id, reason)


def _record(actor: Actor, verb: str, target_type: str, target_id: UUID, reason: str) -> None:
    audit.record(actor=actor, verb=verb, target_type=target_type, target_id=target_id, detail={"reason": reason})
