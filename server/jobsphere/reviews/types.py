"""What the API and other apps see of reviews."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobsphere.reviews.rules import ReviewRole, ReviewStatus
from jobsphere.users.types import Person

__all__ = ["PublicReview", "ReviewRole", "ReviewStatus", "ReviewView", "RoundView", "Stars"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReview:
    """A published review as anybody reads it; the author's last name is one letter."""

    id: UUID
    author: str
    rating: int
    text: str
    published_at: datetime | None
    reply: str
    replied_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView(PublicReview):
    """A review as the two and staff see it."""

    status: ReviewStatus
    role: ReviewRole
    author_id: UUID
    subject_id: UUID
    created_at: datetime
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A finished contract to be reviewed, as one of the two sees it.

    `theirs` is None until all is shown; `they_wrote` never tells it before that, so that nobody answers in kind.
    """

    contract_id: UUID
    title: str
    other: Person | None
    role: ReviewRole
    closes_at: datetime
    published_at: datetime | None
    mine: ReviewView | None
    theirs: ReviewView | None
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stars:
    """How many published reviews give one, two … five stars."""

    average: float | None
    count: int
    stars: dict[str, int]
