"""What the hours above ask of a contract that is paid by the week: add one, bill it, hold disputed hours apart, stop.

Each takes the contract's turn; whether and when, and how much, the hours app decides (ADR 0033).
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from jobsphere.contracts.errors import NothingToComplete
from jobsphere.contracts.events import TimeDisputed
from jobsphere.contracts.models import Contract, Milestone, TimeEntry
from jobsphere.contracts.policies import refuse_while_held
from jobsphere.contracts.rules.lifecycles import (
    CUSTOMER,
    HELD_MILESTONES,
    SYSTEM,
    ContractStatus,
    MilestoneStatus,
)
from jobsphere.contracts.services.cancellation import refund
from jobsphere.contracts.services.completion import release
from jobsphere.contracts.services.funding import remove
from jobsphere.contracts.services.milestones import start, submit
from jobsphere.contracts.services.refunds import split_all, split_part
from jobsphere.contracts.services.turns import milestone_facts, record, settle, wait_for
from jobsphere.contracts.types import Handover
from jobsphere.db.composed import get
from jobsphere.db.guarded import update_where
from jobsphere.escrow import selectors as holds
from jobsphere.escrow import services as escrow
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM as THE_CLOCK
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import WrongStatus
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox


def take_weeks_turn(contract_id: UUID) -> bool:
    """Wait for the verbs that are running on the contract; says whether its money may move now."""
    contract = wait_for(contract_id)
    return contract.status == ContractStatus.ACTIVE and not contract.is_frozen


def add_week(*, contract_id: UUID, title: str, amount: Money, fund_by: date, due_on: date) -> UUID:
    """Add a week that the customer is asked to pay in, inside the contract's turn; returns its milestone."""
    contract = get(Contract, pk=contract_id)
    last = Milestone.objects.filter(offer_id=contract.offer_id).order_by("-position").values_list("position", flat=True)
    row = Milestone.objects.create(
        offer_id=contract.offer_id,
        contract=contract,
        position=last[0] + 1,
        title=title,
        due_on=due_on,
        fund_by=fund_by,
        amount=amount.amount,
        currency=amount.currency,
    )
    record(THE_CLOCK, "add", row, amount=amount)
    _count(contract)
    return row.pk


def start_week(*, actor: Actor, milestone_id: UUID) -> None:
    """Begin a week with its first hour, inside the turn of whoever logs it; one that has begun stays as it is.

    Raises WrongStatus when it is not paid in, or is over.
    """
    seen = get(Milestone, "contract", pk=milestone_id)
    assert seen.contract_id is not None, "a week belongs to a contract"
    contract = wait_for(seen.contract_id)
    row = get(Milestone, pk=milestone_id)
    if row.status == MilestoneStatus.FUNDED and contract.status == ContractStatus.ACTIVE:
        start(row, contract, actor=actor)
        settle(contract, actor=actor)
    elif row.status != MilestoneStatus.IN_PROGRESS:
        raise WrongStatus("log_time", row.status)


def bill_week(*, milestone_id: UUID, amount: Money, note: str) -> Money:
    """Close a week at what its hours cost, inside the contract's turn: the rest goes back with its fees, and what is
    left waits for the customer's answer, or for its release. Returns what is billed: less where money is gone.

    A week without hours goes back whole; one that was never paid in leaves the contract.
    """
    row = get(Milestone, "contract", pk=milestone_id)
    contract = _contract_of(row)
    billed = Money.zero(amount.currency)
    if row.status == MilestoneStatus.PENDING:
        remove(row, contract, actor=THE_CLOCK)
    elif row.status in HELD_MILESTONES:
        billed = _lower(row, contract, amount, note)
        if billed:
            if row.status == MilestoneStatus.FUNDED:
                start(row, contract, actor=THE_CLOCK)
            submit(row, contract, Handover(note), actor=THE_CLOCK)
    TimeEntry.objects.filter(milestone=row, billed_at=None).update(billed_at=clock.now())
    _count(contract)
    settle(contract, actor=THE_CLOCK)
    return billed


def give_week_back(*, actor: Actor, milestone_id: UUID, reason: str) -> None:
    """Take a week out that nobody has worked in, inside the contract's turn; what was paid for it goes back."""
    row = get(Milestone, "contract", pk=milestone_id)
    contract = _contract_of(row)
    if row.status == MilestoneStatus.PENDING:
        remove(row, contract, actor=actor)
    elif row.status in HELD_MILESTONES:
        refund(row, contract, split_all(row), closes=True, actor=actor, party=SYSTEM, reason=reason)
    _count(contract)
    settle(contract, actor=actor)


def dispute_week(
    *, actor: Actor, milestone_id: UUID, amount: Money, reason: str, title: str, entry_ids: Sequence[UUID]
) -> UUID:
    """Hold the disputed part of a week apart until people or staff settle it, and release the rest; inside the turn.

    Returns the milestone that waits: a part of its own, or the week itself where all of it is disputed. Raises
    WrongStatus when it is not under review any more, ContractIsHeld, NothingToComplete when nothing is left to dispute.
    """
    row = get(Milestone, "contract", pk=milestone_id)
    contract = _contract_of(row)
    refuse_while_held(contract)
    if row.status != MilestoneStatus.SUBMITTED or row.auto_release_at is None:
        raise WrongStatus("dispute", row.status)
    hold = holds.hold_of_milestone(row.pk)
    assert hold is not None, "a submitted milestone has a hold"
    left = hold.held + hold.platform_fee_left
    if not amount or not left:
        raise NothingToComplete("Nothing is billed for these hours, so there is nothing to hold apart.")
    waits = row
    if amount < left:
        waits = _part(row, contract, amount, title, actor)
        release(row, contract, action="release", actor=actor, party=CUSTOMER, reason="all but the disputed hours")
    elif not update_where(Milestone, {"pk": row.pk, "status": MilestoneStatus.SUBMITTED}, auto_release_at=None):
        raise WrongStatus("dispute", row.status)
    record(actor, "dispute", row, amount=amount, reason=reason, part=waits.pk, entries=len(entry_ids))
    event = TimeDisputed(**milestone_facts(waits, contract), week_id=row.pk, reason=reason)
    outbox.publish(event, actor=actor)
    settle(contract, actor=actor)
    return waits.pk


def _lower(row: Milestone, contract: Contract, amount: Money, note: str) -> Money:
    """Refund what a week costs less than was paid in for it; returns what is left of it."""
    hold = holds.hold_of_milestone(row.pk)
    assert hold is not None, "a paid week has a hold"
    left = hold.held + hold.platform_fee_left
    if amount >= left:
        return left
    back = left - amount
    split = split_part(row, back) if amount else split_all(row)
    refund(row, contract, split, closes=not amount, actor=THE_CLOCK, party=SYSTEM, reason=note)
    return amount


def _part(row: Milestone, contract: Contract, amount: Money, title: str, actor: Actor) -> Milestone:
    """Make a milestone of a part of a week, handed in with it, that waits for people and not for the clock."""
    assert row.hold_id is not None, "a submitted milestone has a hold"
    last = Milestone.objects.filter(offer_id=contract.offer_id).order_by("-position").values_list("position", flat=True)
    part = Milestone(
        offer_id=contract.offer_id,
        contract=contract,
        position=last[0] + 1,
        title=title[:200],
        due_on=row.due_on,
        amount=amount.amount,
        currency=amount.currency,
        status=MilestoneStatus.SUBMITTED,  # house: allow status: it is born as a part of what was handed in
        started_at=row.started_at,
        submitted_at=row.submitted_at,
    )
    hold = escrow.set_aside(actor=actor, hold_id=row.hold_id, milestone_id=part.pk, amount=amount)
    part.hold_id = hold.id
    part.save(force_insert=True)
    row.amount -= amount.amount
    Milestone.objects.filter(pk=row.pk).update(amount=row.amount)
    return part


def _contract_of(row: Milestone) -> Contract:
    assert row.contract_id is not None, "a week belongs to a contract"
    return get(Contract, "job", pk=row.contract_id)


def _count(contract: Contract) -> None:
    """Let the contract be worth what its weeks are."""
    open_ = Milestone.objects.filter(contract=contract).exclude(status=MilestoneStatus.REMOVED)
    Contract.objects.filter(pk=contract.pk).update(
        amount=sum(open_.values_list("amount", flat=True)) or contract.amount
    )
