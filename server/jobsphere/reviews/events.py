"""What happens to reviews. The words stay in the review."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class RoundOpened(Event):
    """The two of a finished contract may review each other."""

    name: ClassVar[str] = "review_round.opened"
    aggregate: ClassVar[str] = "contract"
    contract_id: UUID
    customer_id: UUID
    contractor_id: UUID
    title: str


@dataclass(frozen=True)
class ReviewEvent(Event):
    """What every event of one review carries; `role` is what the subject was."""

    aggregate: ClassVar[str] = "review"
    review_id: UUID
    contract_id: UUID
    author_id: UUID
    subject_id: UUID
    role: str


@dataclass(frozen=True)
class ReviewWritten(ReviewEvent):
    """Somebody wrote, or changed, a review that nobody can read yet."""

    name: ClassVar[str] = "review.written"


@dataclass(frozen=True)
class ReviewPublished(ReviewEvent):
    """Everybody can read it: both wrote, or the time was over."""

    name: ClassVar[str] = "review.published"
    rating: int


@dataclass(frozen=True)
class ReviewReplied(ReviewEvent):
    """Who was reviewed answered in public."""

    name: ClassVar[str] = "review.replied"


@dataclass(frozen=True)
class ReviewHidden(ReviewEvent):
    """Staff took it out of sight; its stars count no more."""

    name: ClassVar[str] = "review.hidden"


@dataclass(frozen=True)
class ReviewShown(ReviewEvent):
    """Staff put it back."""

    name: ClassVar[str] = "review.shown"
