"""What accounts show to the person they belong to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from jobsphere.users.personal_data import Blocker


class ConsentKind(StrEnum):
    """What a person agrees to."""

    TERMS = "terms"
    PRIVACY = "privacy"
    MARKETING = "marketing"


class ClosureKind(StrEnum):
    """Closed to come back to, or to be erased after the grace period."""

    DEACTIVATION = "deactivation"
    DELETION = "deletion"


class ClosureStatus(StrEnum):
    """What became of a closed account."""

    CLOSED = "closed"
    BLOCKED = "blocked"
    RECOVERED = "recovered"
    ERASED = "erased"


class ChangeStatus(StrEnum):
    """Where a change of the e-mail address stands."""

    PENDING = "pending"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class ExportStatus(StrEnum):
    """Where a data export stands."""

    QUEUED = "queued"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class ConsentView:
    """What a person said last about one thing."""

    kind: str
    version: str
    given: bool
    source: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ExportView:
    """A data export; `done` of `total` parts are built."""

    id: UUID
    status: str
    done: int
    total: int
    size: int
    url: str
    expires_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class EmailChangeView:
    """A change of address that is under way."""

    id: UUID
    new_email: str
    old_confirmed: bool
    new_confirmed: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AccountState:
    """What a person can do about their account, and what speaks against deleting it now."""

    blockers: tuple[Blocker, ...]
    consents: tuple[ConsentView, ...]
    email_change: EmailChangeView | None
    recover_days: int
    grace_days: int


@dataclass(frozen=True, slots=True)
class Closed:
    """An account that was closed, and until when it can be opened again."""

    until: datetime


@dataclass(frozen=True, slots=True)
class TableRetention:
    """How long one table is kept, why, and what the last clean-up did to it."""

    table: str
    how: str
    #: None where it has no period of its own.
    days: int | None
    #: The name of the period in RETENTION_DAYS.
    period: str
    why: str
    #: The table that it follows, or the task that cleans it.
    by: str
    cleaned_at: datetime | None = None
    removed: int = 0
    unfinished: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class CleanUpView:
    """One run of the clean-up; `finished_at` is None while it goes on, or when it was killed."""

    id: UUID
    source: str
    began_at: datetime
    finished_at: datetime | None
    removed: int
    tables: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """What staff see of it."""

    tables: tuple[TableRetention, ...]
    runs: tuple[CleanUpView, ...]
