"""Milestones, what is handed in for them, and their money."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jobsphere.contracts.rules.lifecycles import MilestoneStatus, RefundRequestStatus
from jobsphere.files.types import FileView
from jobsphere.kit.money import Money


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
class FeesView:
    """What becomes of an amount when it is released in full; for the contractor and for staff."""

    platform_fee: Money
    service_fee: Money
    payout: Money


@dataclass(frozen=True, slots=True)
class PinnedFeesView(FeesView):
    """The same of an offer, and why: whose plan or tier made it cheaper (ADR 0035); empty where the usual fees hold.

    Shares are basis points of both fees together.
    """

    reason: str = ""
    reason_name: str = ""
    share: int = 0
    usual_share: int = 0


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
