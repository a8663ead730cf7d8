"""What happens to accounts over time."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class ConsentRecorded(Event):
    """A person agreed to something, or took it back."""

    name: ClassVar[str] = "account.consent_recorded"
    aggregate: ClassVar[str] = "user"
    user_id: UUID
    kind: str
    version: str
    given: bool


@dataclass(frozen=True)
class AccountClosed(Event):
    """A person closed their account; `kind` says whether it will be erased."""

    name: ClassVar[str] = "account.closed"
    aggregate: ClassVar[str] = "user"
    user_id: UUID
    kind: str


@dataclass(frozen=True)
class AccountRecovered(Event):
    """A person came back."""

    name: ClassVar[str] = "account.recovered"
    aggregate: ClassVar[str] = "user"
    user_id: UUID


@dataclass(frozen=True)
class AccountErased(Event):
    """Nothing here names the person any more."""

    name: ClassVar[str] = "account.erased"
    aggregate: ClassVar[str] = "user"
    user_id: UUID


@dataclass(frozen=True)
class DataExportReady(Event):
    """A person's data can be taken away."""

    name: ClassVar[str] = "account.export_ready"
    aggregate: ClassVar[str] = "user"
    user_id: UUID
    export_id: UUID


@dataclass(frozen=True)
class EmailChangeCancelled(Event):
    """Whoever reads the old address stopped a change of address: perhaps somebody else had asked for it."""

    name: ClassVar[str] = "account.email_change_cancelled"
    aggregate: ClassVar[str] = "user"
    user_id: UUID
