"""What happens for the safety of people."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class PersonBlocked(Event):
    """Somebody wants nothing to do with a person any more; the person is never told."""

    name: ClassVar[str] = "person.blocked"
    aggregate: ClassVar[str] = "block"
    block_id: UUID
    blocker_id: UUID
    blocked_id: UUID


@dataclass(frozen=True)
class PersonUnblocked(Event):
    """Somebody has taken a block back."""

    name: ClassVar[str] = "person.unblocked"
    aggregate: ClassVar[str] = "block"
    block_id: UUID
    blocker_id: UUID
    blocked_id: UUID


@dataclass(frozen=True)
class ReportMade(Event):
    """Somebody reported a thing; `case_id` gathers what is said about it."""

    name: ClassVar[str] = "report.made"
    aggregate: ClassVar[str] = "case"
    case_id: UUID
    report_id: UUID
    reporter_id: UUID


@dataclass(frozen=True)
class CaseDecided(Event):
    """Staff have decided; the statement of reasons is the decision."""

    name: ClassVar[str] = "case.decided"
    aggregate: ClassVar[str] = "case"
    case_id: UUID
    decision_id: UUID
    person_id: UUID
    measure: str


@dataclass(frozen=True)
class RestrictionEnded(Event):
    """A person may do everything again; `how`: expired or lifted."""

    name: ClassVar[str] = "restriction.ended"
    aggregate: ClassVar[str] = "restriction"
    restriction_id: UUID
    person_id: UUID
    how: str


@dataclass(frozen=True)
class AppealMade(Event):
    """A person wants a decision looked at again."""

    name: ClassVar[str] = "appeal.made"
    aggregate: ClassVar[str] = "appeal"
    appeal_id: UUID
    decision_id: UUID
    person_id: UUID


@dataclass(frozen=True)
class AppealDecided(Event):
    """Another member of staff has upheld or overturned a decision."""

    name: ClassVar[str] = "appeal.decided"
    aggregate: ClassVar[str] = "appeal"
    appeal_id: UUID
    decision_id: UUID
    person_id: UUID
    status: str
