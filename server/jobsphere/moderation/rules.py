"""Pure rules of moderation: the house rules, deadlines, what a verdict must say, and how often one may report."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.kit.lifecycle import Lifecycle, step
from jobsphere.moderation.types import (
    AppealStatus,
    CaseStatus,
    HouseRule,
    HouseRuleView,
    Measure,
    RestrictionStatus,
    Verdict,
)

WORDS_LENGTH = 2000
FACTS_LENGTH = 4000
TITLE_LENGTH = 200
MAX_DAYS = 730
#: Who has claimed a case and does nothing holds nobody up: after so long another may claim it.
CLAIM_HELD = timedelta(hours=24)
#: One person's reports that nobody has decided yet.
OPEN_REPORTS = 20
#: After so many plainly unfounded reports in the period, no more are taken until the oldest is out of it
#: (Digital Services Act, art. 23: whoever keeps sending them is paused, after a warning).
UNFOUNDED_REPORTS = 3
UNFOUNDED_PERIOD = timedelta(days=30)
#: A link in a letter opens the statement for so long.
LINK_LIFETIME = timedelta(days=365)

STAFF, CLOCK, PERSON = "staff", "system", "person"
_C, _R, _A = CaseStatus, RestrictionStatus, AppealStatus

CASE: Lifecycle[CaseStatus] = Lifecycle(
    {
        (_C.OPEN, "claim"): step(_C.CLAIMED, STAFF),
        (_C.CLAIMED, "release"): step(_C.OPEN, STAFF),
        (_C.CLAIMED, "decide"): step(_C.DECIDED, STAFF),
    }
)
RESTRICTION: Lifecycle[RestrictionStatus] = Lifecycle(
    {
        (_R.ACTIVE, "expire"): step(_R.EXPIRED, CLOCK),
        (_R.ACTIVE, "lift"): step(_R.LIFTED, STAFF),
    }
)
APPEAL: Lifecycle[AppealStatus] = Lifecycle(
    {
        (_A.OPEN, "uphold"): step(_A.UPHELD, STAFF),
        (_A.OPEN, "overturn"): step(_A.OVERTURNED, STAFF),
    }
)

HOUSE_RULES: dict[HouseRule, HouseRuleView] = {
    each.code: each
    for each in (
        HouseRuleView(
            HouseRule.RESPECT,
            "Treat people with respect",
            "No insults, threats, harassment or hatred, in messages, reviews or anywhere else.",
        ),
        HouseRuleView(
            HouseRule.HONESTY,
            "Be who you are, and mean what you say",
            "No false profiles, invented work, faked reviews or jobs that do not exist.",
        ),
        HouseRuleView(
            HouseRule.MONEY_INSIDE,
            "Pay and be paid here",
            "Money for work that was found here goes through JobSphere, where it is protected. Do not ask for"
            " payment in another way.",
        ),
        HouseRuleView(
            HouseRule.PRIVACY,
            "Keep what is private to yourself",
            "Do not publish other people's addresses, numbers, pictures or papers.",
        ),
        HouseRuleView(
            HouseRule.SPAM,
            "No advertising and no copies",
            "Do not send the same text to many, and do not advertise what is not offered here.",
        ),
        HouseRuleView(
            HouseRule.LAW,
            "Nothing illegal",
            "No offer, request or content that the law forbids where we operate.",
        ),
    )
}

#: What the person concerned can ask another to look at: all but a dismissal, of which they never hear.
APPEALABLE = frozenset(Measure) - {Measure.DISMISS}


def check_verdict(verdict: Verdict) -> None:
    """Raise InvalidInput that names what a statement of reasons would lack, or what contradicts the measure."""
    errors: list[FieldError] = []
    limits = verdict.measure in (Measure.RESTRICT, Measure.SUSPEND)
    if verdict.measure is Measure.DISMISS:
        if verdict.remove_content:
            errors.append(FieldError("/remove_content", "contradiction", "A dismissal removes nothing."))
    elif verdict.rule is None:
        errors.append(FieldError("/rule", "required", "Name the rule that this stands on."))
    if verdict.unfounded and verdict.measure is not Measure.DISMISS:
        errors.append(FieldError("/unfounded", "contradiction", "A report that led to something was not unfounded."))
    if verdict.measure is Measure.RESTRICT and not verdict.acts:
        errors.append(FieldError("/acts", "required", "Say what the person may not do."))
    if verdict.acts and verdict.measure is not Measure.RESTRICT:
        errors.append(FieldError("/acts", "contradiction", "Only a restriction names what the person may not do."))
    if verdict.days is not None and not limits:
        errors.append(FieldError("/days", "contradiction", "Only a restriction or a suspension has a period."))
    if verdict.days is not None and not 1 <= verdict.days <= MAX_DAYS:
        errors.append(
            FieldError("/days", "out-of-range", f"1 to {MAX_DAYS} days; leave it out to restrict until lifted.")
        )
    if errors:
        raise InvalidInput(errors)


def paused_until(unfounded: Sequence[datetime], moment: datetime) -> datetime | None:
    """Return until when a person cannot report, given when their unfounded reports were dismissed, newest first."""
    recent = [each for each in unfounded if each > moment - UNFOUNDED_PERIOD]
    return recent[UNFOUNDED_REPORTS - 1] + UNFOUNDED_PERIOD if len(recent) >= UNFOUNDED_REPORTS else None


def median(spans: Sequence[timedelta]) -> timedelta | None:
    """Return the middle of some spans of time; None when there are none."""
    ordered, half = sorted(spans), len(spans) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
