"""Jobs and proposals as other apps know them, and what people say to make them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.users.types import Person


class JobStatus(StrEnum):
    """Where a job stands (DESIGN §5)."""

    DRAFT = "draft"
    OPEN = "open"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    DISPUTED = "disputed"
    EXPIRED = "expired"


class ProposalStatus(StrEnum):
    """Where a proposal stands."""

    PENDING = "pending"
    SHORTLISTED = "shortlisted"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class PriceKind(StrEnum):
    """Whether an amount is for the whole work or for one hour of it."""

    FIXED = "fixed"
    HOURLY = "hourly"


class Visibility(StrEnum):
    """Who may find a job: everybody, or only its parties: a direct booking, or one that staff took out of sight."""

    PUBLIC = "public"
    PRIVATE = "private"
    HIDDEN = "hidden"


class RejectionReason(StrEnum):
    """Why a proposal was rejected."""

    DECLINED = "declined"
    JOB_FILLED = "job_filled"
    JOB_CANCELLED = "job_cancelled"


@dataclass(frozen=True, slots=True)
class Budget:
    """What the customer means to spend: a range for the whole work, or a range of hourly rates."""

    kind: PriceKind
    min: Money
    max: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDetails:
    """Everything a customer says of a job. A draft may leave all but the title out.

    `place` and rounded coordinates are public; `address` and exact coordinates are for the hired contractor only.
    """

    title: str
    description: str = ""
    category: str = ""
    skills: tuple[str, ...] = ()
    budget: Budget | None = None
    starts_on: date | None = None
    due_on: date | None = None
    place: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class ProposedMilestone:
    """One part of the work as the contractor proposes to split it."""

    title: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDetails:
    """Everything a contractor says in a proposal; milestones, if any, add up to the price."""

    price: Money
    price_kind: PriceKind = PriceKind.FIXED
    message: str
    estimated_days: int
    milestones: tuple[ProposedMilestone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFilters:
    """What somebody looks for; everything that is set must hold. Budgets are minor units of `currency`."""

    search: str = ""
    category: str = ""
    skills: tuple[str, ...] = ()
    budget_kind: PriceKind | None = None
    budget_min: int | None = None
    budget_max: int | None = None
    currency: str = ""
    due_from: date | None = None
    due_until: date | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None
    statuses: tuple[JobStatus, ...] = ()
    mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """A job as upper floors see it. `contractor_id` is who was hired."""

    id: UUID
    status: JobStatus
    visibility: Visibility
    customer_id: UUID
    contractor_id: UUID | None
    title: str
    description: str
    category: str
    budget: Budget | None
    currency: str
    starts_on: date | None
    due_on: date | None
    place: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A proposal as upper floors see it."""

    id: UUID
    job_id: UUID
    contractor_id: UUID
    status: ProposalStatus
    price: Money
    price_kind: PriceKind
    message: str
    estimated_days: int
    milestones: tuple[ProposedMilestone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """A job as staff see it."""

    id: UUID
    status: JobStatus
    visibility: str
    title: str
    description: str
    category: str
    customer: Person
    contractor: Person | None
    budget_kind: str
    budget_min: Money | None
    budget_max: Money | None
    place: str
    due_on: date | None
    proposal_count: int
    created_at: datetime
    published_at: datetime | None
    expires_at: datetime | None
    cancel_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffJobFilter:
    """What staff narrow the list of all jobs to; nothing given does not narrow. `search`: a part of the title."""

    status: str = ""
    visibility: str = ""
    customer_id: UUID | None = None
    contractor_id: UUID | None = None
    search: str = ""
    since: datetime | None = None
    until: datetime | None = None
