"""Offers, contracts and milestones as other apps and the API know them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobsphere.contracts.rules.cancellation import CancellationPolicy, Split, WorkStage
from jobsphere.contracts.rules.changes import Change, ChangeKind, ChangeOrderStatus
from jobsphere.contracts.rules.expenses import ExpenseStatus
from jobsphere.contracts.rules.lifecycles import (
    ContractStatus,
    MilestoneStatus,
    OfferStatus,
    RefundRequestStatus,
)
from jobsphere.contracts.rules.terms import Funding, FundingShape, MilestoneTerms, OfferTerms, Slot
from jobsphere.contracts.rules.tips import TipStatus
from jobsphere.files.types import FileView
from jobsphere.kit.money import Money
from jobsphere.payments.types import PaymentView
from jobsphere.users.types import Person

__all__ = [
    "BookingDetails",
    "CancellationPolicy",
    "Change",
    "ChangeKind",
    "ChangeOrderStatus",
    "ChangeOrderView",
    "ContractStatus",
    "ContractView",
    "DeliverableView",
    "ExpenseStatus",
    "ExpenseView",
    "ExpensesView",
    "FeesView",
    "Funding",
    "FundingShape",
    "Handover",
    "LoggedTime",
    "MilestoneChange",
    "MilestoneMoney",
    "MilestoneStatus",
    "MilestoneTerms",
    "MilestoneView",
    "MoneySummary",
    "OfferStatus",
    "OfferTerms",
    "OfferView",
    "RefundRequestStatus",
    "RefundRequestView",
    "Repeatable",
    "Slot",
    "SlotDeal",
    "SlotStep",
    "Split",
    "TimeDetails",
    "TimeEntryView",
    "TimeTotals",
    "TipStatus",
    "TipView",
    "WeekMoney",
    "WorkStage",
]


@dataclass(frozen=True, slots=True)
class BookingDetails:
    """What a booking says of the work, since it has no posted job; the slot is in the OfferTerms."""

    title: str
    description: str = ""
    category: str = ""
    place: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Repeatable:
    """An offer as a series sees it that repeats it. `whole`: it is paid at once."""

    offer_id: UUID
    customer_id: UUID
    contractor_id: UUID
    title: str
    price: Money
    status: OfferStatus
    whole: bool
    slot: Slot | None


@dataclass(frozen=True, slots=True)
class Handover:
    """What the contractor hands in: a note, links, and ids of files they uploaded."""

    note: str = ""
    links: tuple[str, ...] = ()
    file_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class MilestoneChange:
    """What a customer changes of a milestone before work starts; None leaves it as it is."""

    id: UUID
    title: str | None = None
    description: str | None = None
    due_on: date | None = None
    clear_due_on: bool = False


@dataclass(frozen=True, slots=True)
class SlotStep:
    """What a customer gets back who cancels a booked slot before `until` (None: from then on)."""

    until: datetime | None
    refund: Money
    earned_percent: int


@dataclass(frozen=True, slots=True)
class SlotDeal:
    """Where the contract of a booked slot stands. `started`: work was begun."""

    status: ContractStatus
    is_frozen: bool
    started: bool


@dataclass(frozen=True, slots=True)
class FeesView:
    """What becomes of an amount when it is released in full; for the contractor and for staff."""

    platform_fee: Money
    service_fee: Money
    payout: Money


@dataclass(frozen=True, slots=True)
class MilestoneMoney:
    """What became of a milestone's amount: amount = protected + released + refunded + kept_fee.

    All include the platform fee. `kept_fee` is the platform fee on a refunded part that the cancellation policy does
    not give back. `charged_back` is the part of `refunded` that the customer's bank took. `fees` (for the contractor
    and staff) are what is, or will be, taken from the rest.
    """

    protected: Money
    released: Money
    refunded: Money
    kept_fee: Money
    charged_back: Money
    on_hold: bool
    fees: FeesView | None


@dataclass(frozen=True, slots=True)
class RefundRequestView:
    """A customer's wish to have money of a milestone back."""

    id: UUID
    milestone_id: UUID
    amount: Money
    reason: str
    status: RefundRequestStatus
    created_at: datetime
    answered_at: datetime | None
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """One part of an offer or contract. `money` is empty until it is funded."""

    id: UUID
    contract_id: UUID | None
    position: int
    title: str
    description: str
    due_on: date | None
    #: By when the customer is asked to have paid it in.
    fund_by: date | None
    amount: Money
    status: MilestoneStatus
    started_at: datetime | None
    submitted_at: datetime | None
    auto_release_at: datetime | None
    closed_at: datetime | None
    money: MilestoneMoney | None
    #: The latest payment that was begun for it alone; for the customer and for staff.
    payment_id: UUID | None
    refund_request: RefundRequestView | None
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer as its viewer sees it: `payment` for the customer, `fees` for the contractor; staff see both."""

    id: UUID
    status: OfferStatus
    job_id: UUID
    proposal_id: UUID | None
    contract_id: UUID | None
    customer: Person
    contractor: Person
    title: str
    description: str
    place: str
    amount: Money
    funding: FundingShape
    #: What is reserved now and taken when it is accepted; the rest is paid in before its work starts.
    due_now: Money
    milestones: tuple[MilestoneView, ...]
    message: str
    expires_at: datetime
    sent_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    is_booking: bool
    cancellation_policy: CancellationPolicy
    cancellation_summary: str
    fees: FeesView | None
    payment: PaymentView | None
    closed_reason: str
    closed_at: datetime | None
    created_at: datetime
    allowed_actions: tuple[str, ...]


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
class TimeTotals:
    """Logged time in minutes (R55)."""

    minutes: int
    billed_minutes: int
    by_milestone: Mapping[str, int]


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
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpensesView:
    """The most that may be claimed on a contract, what is left of it, and the claims, oldest first."""

    cap: Money
    left: Money
    claims: tuple[ExpenseView, ...]


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
class DeliverableView:
    """What was handed in, and the customer's answer: empty, "changes_requested" or "approved"."""

    id: UUID
    milestone_id: UUID
    note: str
    links: tuple[str, ...]
    files: tuple[FileView, ...]
    answer: str
    feedback: str
    answered_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TimeDetails:
    """Time worked, as its contractor says it: a start and an end, or a number of minutes."""

    milestone_id: UUID | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    minutes: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LoggedTime:
    """Time in a week that is paid by the hour."""

    id: UUID
    milestone_id: UUID
    starts_at: datetime
    ends_at: datetime
    minutes: int
    note: str


@dataclass(frozen=True, slots=True)
class WeekMoney:
    """Where the money of a week, or of its disputed part, stands."""

    status: MilestoneStatus
    amount: Money
    auto_release_at: datetime | None


@dataclass(frozen=True, slots=True)
class TimeEntryView:
    """Time worked."""

    id: UUID
    contract_id: UUID
    milestone_id: UUID | None
    started_at: datetime | None
    ended_at: datetime | None
    minutes: int
    note: str
    billed_at: datetime | None
    created_at: datetime
    files: tuple[FileView, ...]
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
