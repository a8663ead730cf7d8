"""Pure rules of papers: their lifecycle, which badge follows from which, when their owner is reminded."""

from collections.abc import Iterable
from datetime import date, timedelta

from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.kit.lifecycle import Lifecycle, step
from jobsphere.profiles.types import Badge, PaperDetails, VerificationKind, VerificationStatus

S = VerificationStatus
OWNER, STAFF, CLOCK = "contractor", "staff", "system"

VERIFICATION: Lifecycle[VerificationStatus] = Lifecycle(
    {
        (S.SUBMITTED, "approve"): step(S.APPROVED, STAFF),
        (S.SUBMITTED, "reject"): step(S.REJECTED, STAFF),
        (S.SUBMITTED, "ask_again"): step(S.MORE_NEEDED, STAFF),
        (S.SUBMITTED, "withdraw"): step(S.WITHDRAWN, OWNER),
        (S.MORE_NEEDED, "resubmit"): step(S.SUBMITTED, OWNER),
        (S.MORE_NEEDED, "withdraw"): step(S.WITHDRAWN, OWNER),
        (S.APPROVED, "reject"): step(S.REJECTED, STAFF),
        (S.APPROVED, "withdraw"): step(S.WITHDRAWN, OWNER),
        (S.APPROVED, "lapse"): step(S.LAPSED, CLOCK),
    }
)

BADGES = {
    VerificationKind.IDENTITY: Badge.IDENTITY_VERIFIED,
    VerificationKind.LICENCE: Badge.LICENSED,
    VerificationKind.INSURANCE: Badge.INSURED,
    VerificationKind.QUALIFICATION: Badge.QUALIFIED,
}
#: These end one day, so they say when.
EXPIRING = frozenset({VerificationKind.IDENTITY, VerificationKind.LICENCE, VerificationKind.INSURANCE})
#: Days before the end at which the owner is reminded.
REMINDERS = (30, 7, 1)
#: Papers that wait for staff at once, of one person.
MAX_WAITING = 8
MAX_FILES = 6


def check_paper(paper: PaperDetails, today: date) -> None:
    """Raise InvalidInput that names what is wrong with what a contractor says of a paper."""
    errors = []
    if not paper.file_ids:
        errors.append(FieldError("/file_ids", "required", "Upload the paper with purpose=document, and name it here."))
    if len(paper.file_ids) > MAX_FILES:
        errors.append(FieldError("/file_ids", "too-many", f"At most {MAX_FILES} files."))
    if paper.kind in EXPIRING and paper.expires_on is None:
        errors.append(FieldError("/expires_on", "required", "Say until when the paper is good; it stands on it."))
    if paper.expires_on is not None and paper.expires_on <= today:
        errors.append(FieldError("/expires_on", "expired", "This paper has run out. Send the new one."))
    if errors:
        raise InvalidInput(errors)


def badges(kinds: Iterable[str]) -> tuple[Badge, ...]:
    """Return the badges for the kinds of paper that are good now, in their order."""
    held = set(kinds)
    return tuple(badge for kind, badge in BADGES.items() if kind in held)


def is_good(status: str, expires_on: date | None, today: date) -> bool:
    """Say whether a paper counts: approved, and its last day is not over."""
    return status == S.APPROVED and (expires_on is None or expires_on >= today)


def reminder_due(expires_on: date, today: date, last: int | None) -> int | None:
    """Return the reminder (30, 7 or 1) that is due and was not sent, or None."""
    left = (expires_on - today) / timedelta(days=1)
    due = [days for days in REMINDERS if left <= days]
    nearest = min(due, default=None)
    return None if nearest is None or left < 0 or (last is not None and last <= nearest) else nearest


def words(kinds: Iterable[str]) -> str:
    """Return kinds of paper as a sentence has them: "identity and licence"."""
    *most, last = [str(kind) for kind in kinds] or [""]
    return f"{', '.join(most)} and {last}" if most else last
