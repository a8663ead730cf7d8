"""What a change order may say, and what it means in money (ADR 0030). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from jobsphere.contracts.rules.lifecycles import CUSTOMER, HELD_MILESTONES, SYSTEM, MilestoneStatus
from jobsphere.contracts.rules.terms import FundingShape
from jobsphere.kit.errors import FieldError
from jobsphere.kit.lifecycle import Lifecycle, step
from jobsphere.kit.money import Money, total

#: How long the other side has to answer, and then the customer to pay.
TIME_TO_ANSWER = timedelta(days=7)
TIME_TO_PAY = timedelta(days=7)
MAX_CHANGES = 20
PROPOSER = "proposer"
ANSWERER = "answerer"


class ChangeOrderStatus(StrEnum):
    """Where a change order stands. Nothing of the contract changes before it is applied."""

    PROPOSED = "proposed"
    #: Both sides agree, and the customer has still to pay the difference.
    AGREED = "agreed"
    APPLIED = "applied"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


_S = ChangeOrderStatus
CHANGE_ORDER = Lifecycle(
    {
        (_S.PROPOSED, "accept"): step(_S.AGREED, ANSWERER),
        (_S.PROPOSED, "decline"): step(_S.DECLINED, ANSWERER),
        (_S.PROPOSED, "withdraw"): step(_S.WITHDRAWN, PROPOSER, SYSTEM),
        (_S.PROPOSED, "expire"): step(_S.EXPIRED, SYSTEM),
        (_S.AGREED, "fund"): step(_S.AGREED, CUSTOMER),
        (_S.AGREED, "apply"): step(_S.APPLIED, SYSTEM),
        # Until it is paid either may still think better of it.
        (_S.AGREED, "withdraw"): step(_S.WITHDRAWN, PROPOSER, ANSWERER, SYSTEM),
        (_S.AGREED, "expire"): step(_S.EXPIRED, SYSTEM),
    }
)
#: A contract has at most one of these; the database refuses a second.
OPEN_CHANGE_ORDERS = (ChangeOrderStatus.PROPOSED, ChangeOrderStatus.AGREED)


class ChangeKind(StrEnum):
    """What one line of a change order does."""

    PRICE = "price"
    ADD = "add"
    REMOVE = "remove"
    DATE = "date"
    #: Another cap on expenses; it moves no money.
    EXPENSES = "expenses"


@dataclass(frozen=True, slots=True)
class Change:
    """One line; `was` is what the milestone was worth when it was proposed, filled in by us."""

    kind: ChangeKind
    milestone_id: UUID | None = None
    title: str = ""
    amount: Money | None = None
    due_on: date | None = None
    was: Money | None = None
    was_due_on: date | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {
            "kind": self.kind.value,
            "milestone_id": str(self.milestone_id) if self.milestone_id else None,
            "title": self.title,
            "amount": self.amount.to_json() if self.amount else None,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "was": self.was.to_json() if self.was else None,
            "was_due_on": self.was_due_on.isoformat() if self.was_due_on else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read the stored form back."""
        return cls(
            kind=ChangeKind(data["kind"]),
            milestone_id=UUID(data["milestone_id"]) if data["milestone_id"] else None,
            title=data["title"],
            amount=Money.from_json(data["amount"]) if data["amount"] else None,
            due_on=date.fromisoformat(data["due_on"]) if data["due_on"] else None,
            was=Money.from_json(data["was"]) if data["was"] else None,
            was_due_on=date.fromisoformat(data["was_due_on"]) if data["was_due_on"] else None,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A milestone as a change order sees it: `worth` is its price, less what was refunded of it."""

    id: UUID
    title: str
    status: MilestoneStatus
    worth: Money
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change order means in money: paid and given back when it is applied, and paid in later."""

    pay: Money
    back: Money
    later: Money


def problems_of(changes: Sequence[Change], parts: Mapping[UUID, Part], cap: Money) -> list[FieldError]:
    """Return what is wrong with the lines, with pointers into the body; empty when they can be applied now.

    `cap` is the contract's on expenses, in its currency.
    """
    if not 1 <= len(changes) <= MAX_CHANGES:
        return [FieldError("/changes", "count", f"A change order has 1 to {MAX_CHANGES} changes.")]
    found = [problem for index, each in enumerate(changes) if (problem := _problem(each, index, parts, cap))]
    moving = [each.milestone_id for each in changes if each.kind in (ChangeKind.PRICE, ChangeKind.REMOVE)]
    if sum(each.kind is ChangeKind.EXPENSES for each in changes) > 1:
        found.append(FieldError("/changes", "twice", "Change the cap on expenses once."))
    if len(moving) != len(set(moving)):
        found.append(FieldError("/changes", "twice", "Change the money of each milestone once."))
    return found


def _problem(change: Change, index: int, parts: Mapping[UUID, Part], cap: Money) -> FieldError | None:
    at = f"/changes/{index}"
    if change.amount is not None and change.amount.currency != cap.currency:
        return FieldError(f"{at}/amount/currency", "currency", f"This contract is in {cap.currency}.")
    if change.kind is ChangeKind.EXPENSES:
        return _problem_with_cap(change, cap, at)
    if change.kind is ChangeKind.ADD:
        if change.amount is None:
            return FieldError(f"{at}/amount", "required", "Say what the new milestone costs.")
        return None if change.title.strip() else FieldError(f"{at}/title", "required", "Say what is done by then.")
    part = parts.get(change.milestone_id) if change.milestone_id else None
    if part is None or part.status not in (MilestoneStatus.PENDING, *HELD_MILESTONES):
        return FieldError(f"{at}/milestone_id", "closed", "This contract has no such open milestone.")
    return _problem_with(change, part, at)


def _problem_with_cap(change: Change, cap: Money, at: str) -> FieldError | None:
    if change.amount is None:
        return FieldError(f"{at}/amount", "required", "Say the new cap.")
    if change.amount.amount <= cap.amount:
        return FieldError(f"{at}/amount", "not-raised", f"Up to {cap} may be claimed already. Say a higher cap.")
    if change.was is not None and change.was != cap:
        return FieldError(at, "stale", "The cap on expenses has changed since this was proposed.")
    return None


def _problem_with(change: Change, part: Part, at: str) -> FieldError | None:
    if change.kind is ChangeKind.REMOVE and part.status not in (MilestoneStatus.PENDING, MilestoneStatus.FUNDED):
        return FieldError(at, "started", f"“{part.title}” was started. Agree on a refund, or on a lower price.")
    if change.kind is ChangeKind.PRICE:
        if change.amount is None:
            return FieldError(f"{at}/amount", "required", "Say the new price.")
        if change.amount == part.worth:
            return FieldError(f"{at}/amount", "same", f"“{part.title}” costs that already.")
    if change.kind is ChangeKind.DATE and change.due_on is None:
        return FieldError(f"{at}/due_on", "required", "Say the new date.")
    if change.was is not None and change.was != part.worth:
        return FieldError(at, "stale", f"“{part.title}” has changed since this was proposed.")
    return None


def effect_of(changes: Sequence[Change], parts: Mapping[UUID, Part], shape: FundingShape, currency: str) -> Effect:
    """Return what sound lines mean in money. Payments and refunds are never netted: they are different payments."""
    pay: list[Money] = []
    back: list[Money] = []
    later: list[Money] = []
    for each in changes:
        part = parts.get(each.milestone_id) if each.milestone_id else None
        if each.kind is ChangeKind.ADD and each.amount:
            (pay if shape is FundingShape.UPFRONT else later).append(each.amount)
        elif part and part.status is MilestoneStatus.PENDING and each.kind is ChangeKind.PRICE and each.amount:
            later.append(each.amount - part.worth)
        elif part and part.status is MilestoneStatus.PENDING and each.kind is ChangeKind.REMOVE:
            later.append(-part.worth)
        elif part and each.kind is ChangeKind.REMOVE:
            back.append(part.worth)
        elif part and each.kind is ChangeKind.PRICE and each.amount:
            difference = each.amount - part.worth
            (pay if difference.amount > 0 else back).append(Money(abs(difference.amount), currency))
    return Effect(total(pay, currency), total(back, currency), total(later, currency))
