"""What other apps may know of profiles, and what a person says of themselves."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from jobsphere.files.types import FileView
from jobsphere.kit.money import Money


class CategoryKind(StrEnum):
    """Where the work is done: at the customer's place, or anywhere."""

    LOCAL = "local"
    FREELANCE = "freelance"


@dataclass(frozen=True, slots=True)
class TaxonomyRow:
    """A group, which has no parent, or a category of one."""

    id: UUID
    parent_id: UUID | None
    slug: str
    name: str
    kind: str


class VerificationKind(StrEnum):
    """What a paper proves."""

    IDENTITY = "identity"
    LICENCE = "licence"
    INSURANCE = "insurance"
    QUALIFICATION = "qualification"


class VerificationStatus(StrEnum):
    """Where a paper stands with staff."""

    SUBMITTED = "submitted"
    MORE_NEEDED = "more_needed"
    APPROVED = "approved"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Badge(StrEnum):
    """What a public profile may say, because staff have seen a paper that is still good."""

    IDENTITY_VERIFIED = "identity_verified"
    LICENSED = "licensed"
    INSURED = "insured"
    QUALIFIED = "qualified"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDetails:
    """What a contractor says of a paper; the paper itself is in the files."""

    kind: VerificationKind
    number: str
    issuer: str
    expires_on: date | None
    file_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationView:
    """A paper as its owner and staff see it."""

    id: UUID
    person_id: UUID
    person_name: str
    kind: VerificationKind
    status: VerificationStatus
    number: str
    issuer: str
    expires_on: date | None
    reason: str
    files: tuple[FileView, ...]
    created_at: datetime
    decided_at: datetime | None
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A category of the taxonomy."""

    id: UUID
    slug: str
    name: str
    kind: CategoryKind


@dataclass(frozen=True, slots=True)
class SkillView:
    """A skill of the taxonomy."""

    id: UUID
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class ContractorView:
    """A contractor as other apps need to know them; the id is the person's."""

    id: UUID
    name: str
    headline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDetails:
    """Everything a customer says of themselves; what is left out is empty."""

    bio: str = ""
    company: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorDetails:
    """Everything a contractor says of themselves; skills and categories are slugs of the taxonomy."""

    headline: str = ""
    bio: str = ""
    skills: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    hourly_rate: Money | None = None
    fixed_from: Money | None = None
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    radius_km: int | None = None
    languages: tuple[str, ...] = ()
    years_of_experience: int | None = None
    availability: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioDetails:
    """One finished piece of work."""

    title: str
    description: str = ""
    url: str = ""
    completed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorFilters:
    """What a visitor looks for; everything that is set must hold."""

    search: str = ""
    category: str = ""
    skills: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    radius_km: float | None = None
    price_min: int | None = None
    price_max: int | None = None
    currency: str = ""
    #: Stars, 1 to 5; who has no review yet does not fit.
    rating_min: float | None = None
