"""Reads about people and sign-ins."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from jobsphere.db.composed import composed, first, in_lists
from jobsphere.db.periods import between, week_of
from jobsphere.db.rows import Rows, each
from jobsphere.kit.actor import ADMIN, CONTRACTOR, CUSTOMER, Actor, require_right
from jobsphere.kit.errors import NotFound
from jobsphere.users.errors import TokenInvalid
from jobsphere.users.models import Authenticator, Passkey, RecoveryCode, Session, SocialLogin, User
from jobsphere.users.places import place_of
from jobsphere.users.rules import Method, Right, credential_now
from jobsphere.users.tokens import read_access_token
from jobsphere.users.types import (
    Account,
    Contact,
    Device,
    FactorsView,
    PasskeyView,
    PeopleFilter,
    Person,
    PersonRecord,
    SessionView,
    SignedIn,
    SocialLoginView,
    WeekOfGrowth,
)

#: The address of the login stands in the address book as proven.
_PROOF = Exists(EmailAddress.objects.filter(user_id=OuterRef("pk"), email=OuterRef("email"), verified=True))

#: When the person last used any of their sessions.
_LAST_SEEN = Subquery(
    Session.objects.filter(user_id=OuterRef("pk")).order_by("-last_used_at").values("last_used_at")[:1]
)
_ROLE_FLAGS = {CUSTOMER: "is_customer", CONTRACTOR: "is_contractor", ADMIN: "is_superuser"}


def signed_in(access_token: str) -> SignedIn:
    """Return who holds this token, with the roles and rights they hold now; one query.

    Raises TokenInvalid for a forged or expired token, a revoked session, and a person who was deactivated.
    """
    claims = read_access_token(access_token)
    session = _open_session.one(session_id=claims.session_id, user_id=claims.user_id, now=credential_now())
    if session is None:
        raise TokenInvalid
    return SignedIn(session.user.actor(), session.id, session.authenticated_at)


def account(viewer: Actor) -> Account:
    """Return one's own account, as it is shown to oneself; one query."""
    person: Any = _with_proof.one(user_id=viewer.known_id())
    if person is None:
        raise NotFound("There is no such account.")
    return Account(
        id=person.id,
        name=person.name,
        email=person.email,
        email_verified=person.email_verified,
        phone=person.phone,
        roles=sorted(person.roles()),
        rights=sorted(person.rights),
        created_at=person.created_at,
    )


def sessions(viewer: Actor) -> list[SessionView]:
    """Return one's own open sessions, the latest used first; one query."""
    rows = _open_sessions().filter(user_id=viewer.known_id()).order_by("-last_used_at", "-pk")
    return [
        SessionView(
            id=row.id,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            expires_at=row.expires_at,
            authenticated_at=row.authenticated_at,
            user_agent=row.user_agent,
            address=row.address,
            place=place_of(row.address),
            client=row.client,
            method=row.method,
        )
        for row in rows
    ]


def factors(viewer: Actor) -> FactorsView:
    """Return what protects one's own account; four queries."""
    user_id = viewer.known_id()
    passkeys = [
        PasskeyView(
            id=row.id, name=row.name, synced=row.synced, created_at=row.created_at, last_used_at=row.last_used_at
        )
        for row in Passkey.objects.filter(user_id=user_id).order_by("pk")
    ]
    totp = Authenticator.objects.filter(user_id=user_id).exclude(confirmed_at=None).exists()
    return FactorsView(
        enabled=totp or bool(passkeys),
        totp=totp,
        recovery_codes_left=RecoveryCode.objects.filter(user_id=user_id, used_at=None).count(),
        has_password=User.objects.get(pk=user_id).has_usable_password(),
        passkeys=passkeys,
    )


def ways_to_confirm(viewer: Actor) -> list[Method]:
    """Return how a person can confirm who they are: by a second factor where they have one, else by password."""
    mine = factors(viewer)
    if not mine.enabled:
        return [Method.PASSWORD] if mine.has_password else []
    having = {Method.TOTP: mine.totp, Method.PASSKEY: mine.passkeys, Method.RECOVERY_CODE: mine.recovery_codes_left}
    return [method for method, held in having.items() if held]


def social_logins(viewer: Actor) -> list[SocialLoginView]:
    """Return one's own logins elsewhere."""
    return [
        SocialLoginView(
            provider=row.provider, email=row.email, created_at=row.created_at, last_used_at=row.last_used_at
        )
        for row in SocialLogin.objects.filter(user_id=viewer.known_id()).order_by("provider")
    ]


def has_proven_address(user_id: UUID) -> bool:
    """Say whether the person has shown that they read the letters to their address."""
    return User.objects.annotate(email_verified=_PROOF).filter(pk=user_id, email_verified=True).exists()


def devices_of(user_id: UUID, *, until: datetime, limit: int = 5) -> list[Device]:
    """Return from where a person had signed in until a moment, the latest first; for callers with a gate-keeper.

    Only what is still known: sign-ins that ended long ago are forgotten. One query.
    """
    rows = Session.objects.filter(user_id=user_id, created_at__lte=until).order_by("-created_at")[:limit]
    return [Device(user_agent=row.user_agent, address=row.address) for row in rows]


def people(ids: Collection[UUID]) -> dict[UUID, Person]:
    """Return these people by id, as others see them; unknown ids are left out. One query."""
    return {user_id: Person(user_id, name) for user_id, name in names(ids).items()}


def names(ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of these people by id. One query."""
    return dict(in_lists(_names, ids=ids))


def find_person(*, user_id: UUID | None = None, email: str = "") -> Person | None:
    """Return an active person by id or by address, or None. Never tell a visitor whether an address was found."""
    wanted = {"pk": user_id} if user_id else {"email": email.strip().lower()}
    row = User.objects.filter(is_active=True, **wanted).values_list("id", "name").first()
    return Person(*row) if row else None


def anybody() -> bool:
    """Say whether there is a single login yet."""
    return User.objects.exists()


def actor_of(user_id: UUID) -> Actor | None:
    """Return an active person with the roles and rights they hold now, for handlers and timers; or None."""
    person = first(User, pk=user_id, is_active=True)
    return person.actor() if person else None


def actors_of_sessions(session_ids: Collection[UUID]) -> dict[UUID, Actor]:
    """Return who holds each of these sessions that still lives, with the roles and rights of now; one query."""
    rows = _open_sessions().select_related("user").filter(pk__in=session_ids)
    return {row.pk: row.user.actor() for row in rows}


def contact(user_id: UUID) -> Contact | None:
    """Return where letters to an active person go, or None."""
    person: Any = _reachable.one(user_id=user_id)
    return Contact(person.id, person.name, person.email, person.email_verified) if person else None


def holders_of(right: str) -> list[UUID]:
    """Return the active people who hold a right, administrators included, for alarms to staff."""
    staff = User.objects.filter(is_active=True).exclude(is_superuser=False, rights=[])
    return [each.id for each in staff if each.is_superuser or right in each.rights]


def is_staff(user_id: UUID) -> bool:
    """Say whether a person is an administrator or holds any right."""
    person = first(User, pk=user_id)
    return person is not None and (person.is_superuser or bool(person.rights))


def people_for_staff(viewer: Actor, wanted: PeopleFilter) -> Rows[PersonRecord]:
    """Return everybody who fits, closed accounts too; raises Forbidden without the right "users"."""
    require_right(viewer, Right.USERS)
    rows = User.objects.annotate(email_verified=_PROOF, last_seen_at=_LAST_SEEN)
    for word in wanted.search.split()[:8]:
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if wanted.role:
        rows = rows.filter(**{_ROLE_FLAGS[wanted.role]: True})
    if wanted.right:
        # The list is JSON on both engines, and a right is a plain word: its quoted text is found as it stands.
        rows = rows.annotate(rights_text=Cast("rights", TextField())).filter(rights_text__contains=f'"{wanted.right}"')
    if wanted.active is not None:
        rows = rows.filter(is_active=wanted.active)
    return Rows(rows.filter(between("created_at", wanted.since, wanted.until)), each(_record))


def person_for_staff(viewer: Actor, user_id: UUID) -> PersonRecord:
    """Return one person; raises Forbidden without the right "users", and NotFound."""
    found = next(iter(people_for_staff(viewer, PeopleFilter()).filter(pk=user_id)), None)
    if found is None:
        raise NotFound("There is no such person.")
    return found


def growth_by_week(viewer: Actor, since: datetime, until: datetime) -> list[WeekOfGrowth]:
    """Count who joined, by week; raises Forbidden without the right "finance". One query."""
    require_right(viewer, Right.FINANCE)
    rows = User.objects.filter(between("created_at", since, until)).annotate(week=week_of("created_at")).values("week")
    counted = rows.annotate(
        people=Count("pk"),
        customers=Count("pk", filter=Q(is_customer=True)),
        contractors=Count("pk", filter=Q(is_contractor=True)),
    ).order_by("week")
    return [WeekOfGrowth(row["week"], row["people"], row["customers"], row["contractors"]) for row in counted]


def _record(row: Any) -> PersonRecord:
    return PersonRecord(
        id=row.id,
        name=row.name,
        email=row.email,
        email_verified=row.email_verified,
        phone=row.phone,
        roles=sorted(row.roles()),
        rights=sorted(row.rights),
        active=row.is_active,
        created_at=row.created_at,
        deactivated_at=row.deactivated_at,
        last_seen_at=row.last_seen_at,
    )


@composed
def _open_session(*, session_id: UUID, user_id: UUID, now: datetime) -> "QuerySet[Session]":
    rows = Session.objects.filter(revoked_at=None, expires_at__gt=now, user__is_active=True)
    return rows.select_related("user").filter(pk=session_id, user_id=user_id)


@composed
def _with_proof(*, user_id: UUID) -> "QuerySet[User]":
    return User.objects.annotate(email_verified=_PROOF).filter(pk=user_id)


@composed
def _reachable(*, user_id: UUID) -> "QuerySet[User]":
    return User.objects.annotate(email_verified=_PROOF).filter(pk=user_id, is_active=True)


@composed
def _names(*, ids: list[UUID]) -> "QuerySet[Any]":
    return User.objects.filter(pk__in=ids).values_list("id", "name")


def _open_sessions() -> "QuerySet[Session]":
    return Session.objects.filter(revoked_at=None, expires_at__gt=credential_now(), user__is_active=True)
