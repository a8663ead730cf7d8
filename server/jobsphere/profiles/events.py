"""What happens to the papers of contractors."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class VerificationEvent(Event):
    """A fact about one paper; `kind` says what it proves."""

    aggregate: ClassVar[str] = "verification"
    verification_id: UUID
    person_id: UUID
    kind: str


@dataclass(frozen=True)
class VerificationSubmitted(VerificationEvent):
    """A contractor handed a paper in, for the first time or again."""

    name: ClassVar[str] = "verification.submitted"


@dataclass(frozen=True)
class VerificationDecided(VerificationEvent):
    """Staff approved or rejected a paper, or asked for more; `status` says which."""

    name: ClassVar[str] = "verification.decided"
    status: str


@dataclass(frozen=True)
class VerificationEnded(VerificationEvent):
    """A paper counts no more: its time is over, or its owner took it back."""

    name: ClassVar[str] = "verification.ended"
    status: str
