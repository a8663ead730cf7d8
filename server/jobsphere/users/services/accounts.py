"""Accounts: made, changed, closed."""

from collections.abc import Collection
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError

from jobsphere.audit.services import record
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit.actor import ADMIN, Actor
from jobsphere.kit.errors import InvalidInput, NotFound
from jobsphere.outbox.services import publish
from jobsphere.users.events import UserChanged, UserDeactivated, UserRegistered
from jobsphere.users.models import User
from jobsphere.users.rules import OPEN_ROLES, CodePurpose, SessionEnd, clean_name, credential_now
from jobsphere.users.services.codes import request_code
from jobsphere.users.services.rights import keep_an_administrator
from jobsphere.users.services.sessions import UNKNOWN_DEVICE, end_all_sessions
from jobsphere.users.types import Device


def register(
    *,
    name: str,
    email: str,
    password_hash: str,
    roles: Collection[str],
    agreed: Collection[str] = (),
    device: Device = UNKNOWN_DEVICE,
) -> str:
    """Make a login with its roles and send a code to the address; returns the code's ticket.

    `agreed` is what the person agreed to with it, as "terms:2026-11"; who keeps consents listens.

    The hash comes from `passwords.hash_password`. An address that has an account already gets a letter that says so,
    and the caller sees no difference. Raises InvalidInput for a role that nobody may give to themselves.
    """
    _check_roles(roles)
    email = email.strip().lower()
    person_id = create_person(name=name, email=email, password_hash=password_hash, roles=roles, agreed=agreed)
    purpose = CodePurpose.VERIFY_EMAIL if person_id else CodePurpose.ALREADY_REGISTERED
    return request_code(purpose, email=email, device=device)


def create_person(
    *,
    name: str,
    email: str,
    password_hash: str,
    roles: Collection[str],
    verified: bool = False,
    agreed: Collection[str] = (),
) -> UUID | None:
    """Make a login and return its id; None when the address has one already."""
    require_transaction()
    person = User(name=_checked_name(name), email=email.strip().lower(), password=password_hash)
    person.is_customer, person.is_contractor = (role in roles for role in OPEN_ROLES)
    try:
        with savepoint():
            person.save(force_insert=True)
    except IntegrityError:
        return None
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=verified)
    record(
        actor=person.actor(),
        verb="user.register",
        target_type="user",
        target_id=person.id,
        detail={"roles": sorted(roles)},
    )
    registered = UserRegistered(user_id=person.id, roles=tuple(sorted(roles)), agreed=tuple(sorted(agreed)))
    publish(registered, actor=person.actor())
    return person.id


def update_account(
    *, actor: Actor, name: str | None = None, phone: str | None = None, roles: Collection[str] | None = None
) -> None:
    """Change one's own name or phone, or take on another role (C9: one login may hold both).

    Raises InvalidInput at /roles for a role that is given up or not for the taking.
    """
    require_transaction()
    changes: dict[str, object] = {}
    if name is not None:
        changes["name"] = _checked_name(name)
    if phone is not None:
        changes["phone"] = phone
    if roles is not None:
        changes |= _added_roles(actor, roles)
    if not changes or not User.objects.filter(pk=actor.known_id(), is_active=True).update(**changes):
        return
    fields = tuple(sorted(changes))
    record(actor=actor, verb="user.update", target_type="user", target_id=actor.id, detail={"changed": fields})
    publish(UserChanged(user_id=actor.known_id(), changed=fields), actor=actor)


def close_account(*, actor: Actor) -> None:
    """Deactivate one's own login and end its sessions; what is owed and owned stays (C19).

    Raises LastAdministrator for the one without whom nobody could run the marketplace.
    """
    require_transaction()
    keep_an_administrator(actor.known_id())
    active = User.objects.filter(pk=actor.known_id(), is_active=True)
    if not active.update(is_active=False, deactivated_at=credential_now()):
        raise NotFound("There is no such account.")
    end_all_sessions(actor.known_id(), SessionEnd.DEACTIVATED)
    record(actor=actor, verb="user.deactivate", target_type="user", target_id=actor.id)
    publish(UserDeactivated(user_id=actor.known_id()), actor=actor)


def _checked_name(name: str) -> str:
    cleaned = clean_name(name)
    if not cleaned:
        raise InvalidInput.at("/name", "blank", "Give a name that can be read.")
    return cleaned


def _check_roles(roles: Collection[str]) -> None:
    if not roles or not set(roles) <= set(OPEN_ROLES):
        raise InvalidInput.at("/roles", "invalid", f"Choose from {', '.join(OPEN_ROLES)}.")


def _added_roles(actor: Actor, roles: Collection[str]) -> dict[str, object]:
    """Return the flags to set; roles are only ever added, because deals may hang on the ones that are held."""
    _check_roles(set(roles) - {ADMIN} if actor.is_admin else roles)
    if lost := sorted(actor.roles - set(roles) - {ADMIN}):
        raise InvalidInput.at("/roles", "role-kept", f"A role that you hold stays: {', '.join(lost)}.")
    return {f"is_{role}": True for role in sorted(set(roles) - actor.roles)}
