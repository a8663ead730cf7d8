"""What changes a contract or is paid besides it: change orders, tips and expenses."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobsphere.contracts.rules.changes import Change, ChangeOrderStatus
from jobsphere.contracts.rules.expenses import ExpenseStatus
from jobsphere.contracts.rules.tips import TipStatus
from jobsphere.files.types import FileView
from jobsphere.kit.money import Money


@dataclass(frozen=True, slots=True)
class ChangeOrderView:
    """What one side proposed to change of a contract, and what it means in money."""

    id: UUID
    contract_id: UUID
    status: ChangeOrderStatus
    #: The party: customer or contractor.
    proposed_by: str
    reason: str
    changes: tuple[Change, ...]
    pay: Money
    back: Money
    later: Money
    payment_id: UUID | None
    expires_at: datetime
    answer: str
    created_at: datetime
    closed_at: datetime | None
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TipView:
    """What the customer gave, or is about to give, on top."""

    id: UUID
    amount: Money
    message: str
    status: TipStatus
    payment_id: UUID | None
    paid_at: datetime | None
    #: What of it went back to the customer, or was taken by their bank; None while all of it stands.
    refunded: Money | None
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpenseView:
    """What the contractor laid out and claims back."""

    id: UUID
    amount: Money
    what: str
    spent_on: date
    status: ExpenseStatus
    receipts: tuple[FileView, ...]
    payment_id: UUID | None
    expires_at: datetime
    answer: str
    created_at: datetime
    paid_at: datetime | None
    #: What of it went back to the customer, or was taken by their bank; None while all of it stands.
    refunded: Money | None
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpensesView:
    """The most that may be claimed on a contract, what is left of it, and the claims, oldest first."""

    cap: Money
    left: Money
    claims: tuple[ExpenseView, ...]
