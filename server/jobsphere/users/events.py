"""What happens to people, for whoever is on a higher floor."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class UserEvent(Event):
    """A fact about one person."""

    aggregate: ClassVar[str] = "user"
    user_id: UUID


@dataclass(frozen=True)
class UserRegistered(UserEvent):
    """A login was made; `agreed` names what the form showed, as "terms:2026-11"."""

    name: ClassVar[str] = "user.registered"
    roles: tuple[str, ...]
    agreed: tuple[str, ...] = ()


@dataclass(frozen=True)
class UserSignedIn(UserEvent):
    """A person proved who they are and has a new session."""

    name: ClassVar[str] = "user.signed_in"
    session_id: UUID
    method: str
    new_device: bool


@dataclass(frozen=True)
class UserSignedOut(UserEvent):
    """A session ended, by its owner or for a reason of ours (rules.SessionEnd)."""

    name: ClassVar[str] = "user.signed_out"
    session_id: UUID
    reason: str


@dataclass(frozen=True)
class FactorsChanged(UserEvent):
    """A password, a second factor or a login elsewhere came or went; `what` says which (rules.Notice)."""

    name: ClassVar[str] = "user.factors_changed"
    what: str


@dataclass(frozen=True)
class TokenReuseDetected(UserEvent):
    """A refresh token came a second time: somebody has a copy. The session is revoked."""

    name: ClassVar[str] = "user.token_reuse_detected"
    session_id: UUID


@dataclass(frozen=True)
class UserChanged(UserEvent):
    """Name, phone or roles changed; `changed` names the fields."""

    name: ClassVar[str] = "user.changed"
    changed: tuple[str, ...]


@dataclass(frozen=True)
class EmailVerified(UserEvent):
    """The person has shown that they read the letters to their address."""

    name: ClassVar[str] = "user.email_verified"


@dataclass(frozen=True)
class PasswordReset(UserEvent):
    """A new password was set by code; every session is revoked."""

    name: ClassVar[str] = "user.password_reset"


@dataclass(frozen=True)
class UserDeactivated(UserEvent):
    """The person, or staff, closed the account; every session is revoked. What they owe and own stays."""

    name: ClassVar[str] = "user.deactivated"


@dataclass(frozen=True)
class UserReactivated(UserEvent):
    """Staff opened a closed account again."""

    name: ClassVar[str] = "user.reactivated"


@dataclass(frozen=True)
class RightsChanged(UserEvent):
    """An administrator granted or revoked a right, or made the person an administrator."""

    name: ClassVar[str] = "user.rights_changed"
    rights: tuple[str, ...]
