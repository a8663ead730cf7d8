"""Contracts, and the marketplace in numbers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobsphere.contracts.rules.cancellation import CancellationPolicy, Split
from jobsphere.contracts.rules.lifecycles import ContractStatus
from jobsphere.contracts.rules.terms import FundingShape
from jobsphere.contracts.types.extras import ChangeOrderView, ExpensesView, TipView
from jobsphere.contracts.types.milestones import FeesView, MilestoneView
from jobsphere.contracts.types.time import TimeTotals
from jobsphere.kit.money import Money
from jobsphere.users.types import Person


@dataclass(frozen=True, slots=True)
class MoneySummary:
    """A contract's money: funded = protected + released + refunded + kept_fee, each with the platform fee in it.

    `fees` are what the released part has borne and `expected` what the protected part will; for the contractor
    and for staff. `charged_back` is the part of `refunded` that the customer's bank took.
    """

    funded: Money
    protected: Money
    released: Money
    refunded: Money
    kept_fee: Money
    charged_back: Money
    on_hold: bool
    #: What the customer has still to pay in; no part of `funded`.
    unfunded: Money
    fees: FeesView | None
    expected: FeesView | None


@dataclass(frozen=True, slots=True)
class ContractView:
    """A contract as its viewer sees it.

    `change_order` is the open one, on its own page. `if_cancelled`: what cancelling now would do, for whoever may; else
    None.
    """

    id: UUID
    status: ContractStatus
    offer_id: UUID
    job_id: UUID
    payment_id: UUID
    customer: Person
    contractor: Person
    title: str
    amount: Money
    funding: FundingShape
    cancellation_policy: CancellationPolicy
    cancellation_summary: str
    milestones: tuple[MilestoneView, ...]
    money: MoneySummary
    time: TimeTotals | None
    if_cancelled: Split | None
    change_order: ChangeOrderView | None
    #: On its own page only.
    tips: tuple[TipView, ...]
    expenses: ExpensesView | None
    conversation_id: UUID | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    cancelled_at: datetime | None
    cancelled_by: str
    cancel_reason: str
    held_at: datetime | None
    hold_reason: str
    #: Since when the customer's bank has been contesting the payment; None: it does not.
    disputed_at: datetime | None
    #: What a chargeback means for the contract, in words; empty when there was none.
    dispute_notice: str
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarketplaceNumbers:
    """The marketplace in four numbers: contractors with a public profile, open jobs, contracts that were completed, and
    the money that is held at this moment (in the marketplace's own currency).
    """

    contractors: int
    open_jobs: int
    completed: int
    protected: Money
