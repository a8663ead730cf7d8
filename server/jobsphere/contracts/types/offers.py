"""Offers, bookings and what is repeated, as others know them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobsphere.contracts.rules.cancellation import CancellationPolicy
from jobsphere.contracts.rules.lifecycles import ContractStatus, OfferStatus
from jobsphere.contracts.rules.terms import FundingShape, Slot
from jobsphere.contracts.types.milestones import MilestoneView, PinnedFeesView
from jobsphere.kit.money import Money
from jobsphere.payments.types import PaymentView
from jobsphere.users.types import Person


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
    #: What the contractor may claim as expenses on top of the amount; None where the offer says nothing of them.
    expense_cap: Money | None
    milestones: tuple[MilestoneView, ...]
    message: str
    expires_at: datetime
    sent_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    is_booking: bool
    cancellation_policy: CancellationPolicy
    cancellation_summary: str
    fees: PinnedFeesView | None
    payment: PaymentView | None
    closed_reason: str
    closed_at: datetime | None
    created_at: datetime
    allowed_actions: tuple[str, ...]
