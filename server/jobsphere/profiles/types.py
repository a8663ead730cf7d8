"""What other apps may know of profiles, and what a person says of themselves."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from jobsphere.kit.money import Money


class CategoryKind(StrEnum):
    """Where the work is done: at the customer's place, or anywhere."""

    LOCAL = "local"
    FREELANCE = "freelance"


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
