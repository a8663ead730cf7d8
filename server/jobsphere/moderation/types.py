"""What moderation shows, and what others tell it about their things."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID


class HouseRule(StrEnum):
    """What a report says was broken, and what a decision stands on; rules.HOUSE_RULES has the words of each."""

    RESPECT = "respect"
    HONESTY = "honesty"
    MONEY_INSIDE = "money_inside"
    PRIVACY = "privacy"
    SPAM = "spam"
    LAW = "law"


class CaseStatus(StrEnum):
    """Where the reports about one thing stand."""

    OPEN = "open"
    CLAIMED = "claimed"
    DECIDED = "decided"


class Measure(StrEnum):
    """What was decided about the person, from nothing to the closing of the account."""

    DISMISS = "dismiss"
    REMOVE = "remove"
    WARN = "warn"
    RESTRICT = "restrict"
    SUSPEND = "suspend"


class RestrictedAct(StrEnum):
    """What a restricted person may not do; what has begun, and their money, goes on."""

    POSTING = "posting"
    PROPOSING = "proposing"
    MESSAGING = "messaging"


class RestrictionStatus(StrEnum):
    """Whether a restriction holds, and how it ended."""

    ACTIVE = "active"
    EXPIRED = "expired"
    LIFTED = "lifted"


class AppealStatus(StrEnum):
    """What became of an appeal: the decision was upheld, or overturned."""

    OPEN = "open"
    UPHELD = "upheld"
    OVERTURNED = "overturned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A thing that can be reported, as its owner app describes it.

    `owner_id`: the person who answers for it. `snapshot`: its words as they are now, plain JSON, kept as evidence.
    """

    type: str
    id: UUID
    owner_id: UUID
    title: str
    link: str = ""
    snapshot: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BlockView:
    """A person whom the viewer has blocked."""

    person_id: UUID
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class HouseRuleView:
    """A rule of the house in words."""

    code: HouseRule
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What staff decide about a case. `days`: for how long; None until it is lifted.

    `remove_content`: the thing itself is to go, beside what else is decided. `unfounded`: with a dismissal, that the
    reports were plainly made without reason, which counts against reporters.
    """

    measure: Measure
    facts: str
    rule: HouseRule | None = None
    acts: frozenset[RestrictedAct] = frozenset()
    days: int | None = None
    remove_content: bool = False
    unfounded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One's own report and what became of it. `acted`: None while nobody has decided."""

    id: UUID
    subject_type: str
    subject_title: str
    rule: HouseRule
    words: str
    created_at: datetime
    answer_by: datetime
    decided_at: datetime | None
    acted: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealView:
    """An appeal as the person who made it sees it."""

    id: UUID
    status: AppealStatus
    words: str
    reasons: str
    created_at: datetime
    answer_by: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionView:
    """What a person may not do, and until when (None: until it is lifted)."""

    id: UUID
    status: RestrictionStatus
    acts: tuple[RestrictedAct, ...]
    suspends: bool
    until: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """A decision with its reasons, as the person concerned reads it. Who reported is never told."""

    id: UUID
    person_id: UUID
    measure: Measure
    subject_type: str
    subject_title: str
    content_removed: bool
    facts: str
    rule: HouseRuleView
    automated: bool
    decided_at: datetime
    restriction: RestrictionView | None
    appeal_until: datetime
    appeal: AppealView | None
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """What staff narrow the queue to; nothing given does not narrow. `mine`: claimed by the viewer."""

    status: str = ""
    subject_type: str = ""
    rule: str = ""
    person_id: UUID | None = None
    mine: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """A case in the queue."""

    id: UUID
    status: CaseStatus
    subject_type: str
    subject_id: UUID
    subject_title: str
    person_id: UUID
    person_name: str
    rules: tuple[HouseRule, ...]
    reports: int
    claimed_by_id: UUID | None
    claimed_by_name: str
    created_at: datetime
    answer_by: datetime
    decided_at: datetime | None
    measure: Measure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One report of a case: who says what, and how the thing looked then."""

    id: UUID
    reporter_id: UUID
    reporter_name: str
    rule: HouseRule
    words: str
    snapshot: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecord:
    """A decision as staff see it."""

    statement: StatementView | None
    id: UUID
    case_id: UUID
    measure: Measure
    facts: str
    rule: HouseRule | None
    decided_by_id: UUID
    decided_by_name: str
    decided_at: datetime
    unfounded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """All that staff need to decide. `now`: the thing as it stands today, None when it is gone."""

    case: CaseRecord
    link: str
    now: Mapping[str, Any] | None
    evidence: tuple[Evidence, ...]
    decision: DecisionRecord | None
    history: tuple[DecisionRecord, ...]
    reports_about: int
    reports_by: int
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRecord:
    """An appeal as staff see it, with the decision that it is about."""

    id: UUID
    status: AppealStatus
    person_id: UUID
    person_name: str
    case_id: UUID
    measure: Measure
    rule: HouseRule
    facts: str
    decided_by_id: UUID
    decided_by_name: str
    words: str
    reasons: str
    reviewer_name: str
    created_at: datetime
    answer_by: datetime
    decided_at: datetime | None
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an appeal gives back: the thing, and what was taken away of it; for the floor that can show it again."""

    subject_type: str
    subject_id: UUID
    removed: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekOfModeration:
    """A week (its Monday, UTC) in figures. `to_decision`: the median of the cases decided in it."""

    week: date
    reports: int
    decided: int
    to_decision: timedelta | None
    appeals: int
    overturned: int
