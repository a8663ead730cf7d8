"""When people may say what of each other (R25, ADR 0025). Pure."""

from datetime import datetime
from enum import StrEnum

from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.kit.lifecycle import Lifecycle, step

TEXT_LENGTH = 2000
REPLY_LENGTH = 1000
FEWEST_STARS, MOST_STARS = 1, 5
#: So few stars need words: who gets them should learn why.
STARS_THAT_NEED_WORDS = 2

AUTHOR, SUBJECT, STAFF, SYSTEM = "author", "subject", "staff", "system"


class ReviewRole(StrEnum):
    """As what a person is reviewed."""

    CUSTOMER = "customer"
    CONTRACTOR = "contractor"


class ReviewStatus(StrEnum):
    """Who can read a review: its author alone, everybody, or staff and the two."""

    SEALED = "sealed"
    PUBLISHED = "published"
    HIDDEN = "hidden"


REVIEW = Lifecycle(
    {
        (ReviewStatus.SEALED, "edit"): step(ReviewStatus.SEALED, AUTHOR),
        (ReviewStatus.SEALED, "publish"): step(ReviewStatus.PUBLISHED, SYSTEM),
        (ReviewStatus.PUBLISHED, "reply"): step(ReviewStatus.PUBLISHED, SUBJECT),
        (ReviewStatus.PUBLISHED, "hide"): step(ReviewStatus.HIDDEN, STAFF),
        (ReviewStatus.HIDDEN, "show"): step(ReviewStatus.PUBLISHED, STAFF),
    }
)


def is_open(*, published_at: datetime | None, closes_at: datetime, now: datetime) -> bool:
    """Say whether the two may still write, or change what they wrote: nothing is read yet, and there is time."""
    return published_at is None and now < closes_at


def check_review(rating: int, text: str) -> str:
    """Return the text without the space around it; raises InvalidInput for stars that do not exist or lack words."""
    words = text.strip()
    errors = []
    if not FEWEST_STARS <= rating <= MOST_STARS:
        errors.append(FieldError("/rating", "out-of-range", f"Give {FEWEST_STARS} to {MOST_STARS} stars."))
    if len(words) > TEXT_LENGTH:
        errors.append(FieldError("/text", "too-long", f"At most {TEXT_LENGTH} characters."))
    if FEWEST_STARS <= rating <= STARS_THAT_NEED_WORDS and not words:
        errors.append(FieldError("/text", "required", "With one or two stars, say in a few words what went wrong."))
    if errors:
        raise InvalidInput(errors)
    return words


def check_words(text: str, pointer: str, most: int) -> str:
    """Return a reply or a reason without the space around it; raises InvalidInput for none or too much."""
    words = text.strip()
    if not words or len(words) > most:
        raise InvalidInput.at(pointer, "length", f"Write 1 to {most} characters.")
    return words


def shown_name(name: str) -> str:
    """Return how an author is named in public: "Casey Customer" is "Casey C."."""
    first, *rest = name.split() or [""]
    return f"{first} {rest[-1][0]}." if rest else first
