"""What other apps may know of a person and of a sign-in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jobsphere.kit.actor import Actor
from jobsphere.users.rules import Right as Right


@dataclass(frozen=True, slots=True)
class Person:
    """A person as others see them."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Where letters to a person go; for senders only, never shown to other people."""

    id: UUID
    name: str
    email: str
    email_verified: bool


@dataclass(frozen=True, slots=True)
class Account:
    """A person as they see themselves."""

    id: UUID
    name: str
    email: str
    email_verified: bool
    phone: str
    roles: list[str]
    rights: list[str]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """A person as staff with the right "users" see them."""

    id: UUID
    name: str
    email: str
    email_verified: bool
    phone: str
    roles: list[str]
    rights: list[str]
    active: bool
    created_at: datetime
    deactivated_at: datetime | None
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """What a list of people is narrowed to; nothing given does not narrow. `search`: a part of name or address."""

    search: str = ""
    role: str = ""
    right: str = ""
    active: bool | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class WeekOfGrowth:
    """How many people joined in the week that begins on this Monday (UTC), in all and by role."""

    week: date
    people: int
    customers: int
    contractors: int


@dataclass(frozen=True, slots=True)
class Device:
    """Where a sign-in came from."""

    user_agent: str = ""
    address: str | None = None
    #: The secret that this device keeps, or will keep from now on (models.KnownDevice).
    token: str = ""
    #: "web": the refresh token lives in a cookie; "mobile": in the body.
    client: str = "mobile"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """One's own sign-in on some device."""

    id: UUID
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    authenticated_at: datetime
    user_agent: str
    address: str | None
    #: City and country where the operator has a list of them, else the range of the address.
    place: str
    client: str
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyView:
    """One's own passkey."""

    id: UUID
    name: str
    synced: bool
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorsView:
    """What protects one's own account beside the password."""

    enabled: bool
    totp: bool
    recovery_codes_left: int
    has_password: bool
    passkeys: list[PasskeyView]


@dataclass(frozen=True, slots=True)
class TotpSetup:
    """What an authenticator app must be told; shown once."""

    secret: str
    uri: str


@dataclass(frozen=True, slots=True)
class PasskeyChallenge:
    """What a browser hands to `navigator.credentials`, and the ticket to come back with."""

    ticket: str
    options: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What somebody shows to prove who they are: one of these."""

    password: str = ""
    code: str = ""
    recovery_code: str = ""
    credential: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialIdentity:
    """Who a provider says it is, after its signature was checked."""

    provider: str
    subject: str
    email: str
    #: The provider vouches for the address.
    email_verified: bool
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialLoginView:
    """One's own login elsewhere."""

    provider: str
    email: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who sent a request, and in which session. Stands in for Django's user where only identity counts."""

    actor: Actor
    session_id: UUID
    authenticated_at: datetime
    is_authenticated: bool = True

    @property
    def pk(self) -> UUID:
        return self.actor.known_id()


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What a client holds: an access token for each request, and a refresh token for the next pair."""

    user_id: UUID
    session_id: UUID
    access_token: str
    expires_at: datetime
    refresh_token: str
    refresh_expires_at: datetime
    client: str = "mobile"
