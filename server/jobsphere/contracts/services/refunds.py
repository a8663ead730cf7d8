"""Refunds without cancelling: both parties agree, the contractor gives, or an administrator decides."""

from uuid import UUID

from django.db import IntegrityError

from jobsphere.audit import services as audit
from jobsphere.contracts import policies
from jobsphere.contracts.errors import RefundAlreadyRequested
from jobsphere.contracts.events import MilestoneRefunded, RefundAsked, RefundDeclined
from jobsphere.contracts.models import Contract, Milestone, RefundRequest
from jobsphere.contracts.rules.cancellation import Split, refund_part
from jobsphere.contracts.rules.lifecycles import REFUND_REQUEST, MilestoneStatus, RefundRequestStatus
from jobsphere.contracts.selectors.money import platform_fee_left
from jobsphere.contracts.services.cancellation import refund
from jobsphere.contracts.services.completion import drop_refund_request, require_reason
from jobsphere.contracts.services.turns import milestone_facts, record, settle, take_milestone, take_turn
from jobsphere.db.composed import get
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.escrow import selectors as holds
from jobsphere.escrow import services as escrow
from jobsphere.escrow.types import HoldView
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput, WrongStatus
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox


def refund_milestone(*, actor: Actor, milestone_id: UUID, reason: str, amount: Money | None = None) -> UUID:
    """Give some or all (no amount) of a milestone's money back: its contractor, or an administrator.

    While it is protected the platform fee goes back in proportion, and what is left is still released as before. Once
    it is released the fees give their shares as the offer has pinned, and the contractor theirs: from what they have,
    and what is missing they owe. Returns the contract's id.
    Raises NotFound, WrongParty, WrongStatus, ContractIsHeld, InvalidInput, PaymentIsDisputed.
    """
    require_transaction()
    milestone, contract, party = take_milestone(actor, milestone_id, "refund")
    require_reason(party, reason)
    give = _take_back if milestone.status == MilestoneStatus.RELEASED else _give_back
    give(milestone, contract, amount, actor=actor, party=party, reason=reason)
    return contract.pk


def request_refund(*, actor: Actor, milestone_id: UUID, reason: str, amount: Money | None = None) -> UUID:
    """Ask the contractor for some or all of a milestone's money; returns the request's id.

    Raises NotFound, WrongParty, WrongStatus, ContractIsHeld, InvalidInput, RefundAlreadyRequested.
    """
    require_transaction()
    milestone, contract, _ = take_milestone(actor, milestone_id, "request_refund")
    hold = _hold(milestone)
    wanted = _split(hold, _amount(hold, amount)).refund
    request = RefundRequest(milestone=milestone, amount=wanted.amount, currency=wanted.currency, reason=reason[:1000])
    try:
        with savepoint():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise RefundAlreadyRequested("There is an open request for this milestone; withdraw it first.") from error
    _record(actor, "ask", request)
    event = RefundAsked(**milestone_facts(milestone, contract), wanted=wanted, reason=reason)
    outbox.publish(event, actor=actor)
    return request.pk


def agree_to_refund(*, actor: Actor, request_id: UUID) -> UUID:
    """Agree: the money goes back at once. Returns the contract's id.

    Raises NotFound, WrongParty, WrongStatus, ContractIsHeld, and InvalidInput when less than that is left by now.
    """
    request, milestone, contract, party = _take_request(actor, request_id, "agree")
    wanted = Money(request.amount, request.currency)
    _give_back(milestone, contract, wanted, actor=actor, party=party, reason=request.reason)
    return contract.pk


def decline_refund(*, actor: Actor, request_id: UUID, reason: str = "") -> UUID:
    """Decline; the customer may ask again, or cancel by the policy. Returns the contract's id."""
    request, milestone, contract, _ = _take_request(actor, request_id, "decline")
    event = RefundDeclined(
        **milestone_facts(milestone, contract), wanted=Money(request.amount, request.currency), reason=reason
    )
    outbox.publish(event, actor=actor)
    return contract.pk


def withdraw_refund_request(*, actor: Actor, request_id: UUID) -> UUID:
    """Take the wish back. Returns the contract's id."""
    return _take_request(actor, request_id, "withdraw")[2].pk


def split_all(milestone: Milestone) -> Split:
    """Say how all that is left of a protected milestone goes back; raises InvalidInput when there is nothing."""
    hold = _hold(milestone)
    return _split(hold, _amount(hold, None))


def split_part(milestone: Milestone, amount: Money) -> Split:
    """Say how a part of a protected milestone goes back; raises InvalidInput for more than there is."""
    hold = _hold(milestone)
    return _split(hold, _amount(hold, amount))


def _take_request(actor: Actor, request_id: UUID, action: str) -> tuple[RefundRequest, Milestone, Contract, str]:
    """Take a turn on the request's contract, and the step on the request."""
    require_transaction()
    seen = policies.get_refund_request_for(actor, request_id)
    contract_id = seen.milestone.contract_id
    assert contract_id is not None, "only a funded milestone has requests"
    contract, party = take_turn(actor, contract_id, action)
    request = get(RefundRequest, "milestone", pk=request_id)
    present = RefundRequestStatus(request.status)
    status = policies.require(REFUND_REQUEST, present, action, party)
    if not move(RefundRequest, request.pk, from_status=present, to_status=status, answered_at=clock.now()):
        raise WrongStatus(action, get(RefundRequest, pk=request_id).status)
    _record(actor, action, request)
    return request, request.milestone, contract, party


def _give_back(
    milestone: Milestone, contract: Contract, amount: Money | None, *, actor: Actor, party: str, reason: str
) -> None:
    hold = _hold(milestone)
    wanted = _amount(hold, amount)
    split = _split(hold, wanted)
    closes = not (split.payout or split.service_fee)
    refund(milestone, contract, split, closes=closes, actor=actor, party=party, reason=reason)
    drop_refund_request(milestone)
    settle(contract, actor=actor)


def _take_back(
    milestone: Milestone, contract: Contract, amount: Money | None, *, actor: Actor, party: str, reason: str
) -> None:
    """Give released money back; the milestone stays released, with a part refunded."""
    hold = _hold(milestone)
    wanted = _amount(hold, amount)
    recovery = escrow.take_back_released(actor=actor, hold_id=hold.id, reason=reason, amount=wanted)
    taken, owed = recovery.taken, recovery.owed
    record(actor, "refund", milestone, refunded=wanted, by=party, reason=reason, taken=taken, owed=owed)
    facts = milestone_facts(milestone, contract)
    event = MilestoneRefunded(**facts, refunded=wanted, closed=False, by=party, reason=reason, taken=taken, owed=owed)
    outbox.publish(event, actor=actor)


def _split(hold: HoldView, wanted: Money) -> Split:
    return refund_part(
        wanted,
        held=hold.held,
        platform_fee=platform_fee_left(hold),
        service_fee=hold.service_fee,
        fee_refundable=True,
    )


def _amount(hold: HoldView, amount: Money | None) -> Money:
    """Return what is to be refunded; raises InvalidInput for another currency or more than is left."""
    left = hold.refundable
    if amount is None and left.amount:
        return left
    if amount is None:
        raise InvalidInput.at("/amount", "nothing-left", "All of this milestone was refunded before.")
    if amount.currency != left.currency:
        raise InvalidInput.at("/amount/currency", "currency", f"This milestone is in {left.currency}.")
    if not 0 < amount.amount <= left.amount:
        raise InvalidInput.at("/amount/amount", "too-much", f"At most {left} of this milestone can be refunded.")
    return amount


def _hold(milestone: Milestone) -> HoldView:
    found = holds.hold_of_milestone(milestone.pk)
    assert found is not None, "a funded milestone has a hold"
    return found


def _record(actor: Actor, action: str, request: RefundRequest) -> None:
    audit.record(
        actor=actor,
        verb=f"refund_request.{action}",
        target_type="refund_request",
        target_id=request.pk,
        detail={"milestone_id": request.milestone_id, "amount": Money(request.amount, request.currency)},
    )
