"""Proving an address, and a new password for who forgot theirs: both by a letter that was sent there."""

from uuid import UUID

from allauth.account.models import EmailAddress

from jobsphere.audit.services import record
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import VISITOR, Actor
from jobsphere.outbox.services import publish
from jobsphere.users.errors import CodeRefused
from jobsphere.users.events import EmailVerified, PasswordReset
from jobsphere.users.models import User
from jobsphere.users.rules import CodePurpose, Notice, SessionEnd
from jobsphere.users.selectors import has_proven_address
from jobsphere.users.services.attempts import forget_failures
from jobsphere.users.services.codes import request_code, use_code, use_link
from jobsphere.users.services.devices import remember_device
from jobsphere.users.services.factors import forget_factors, tell_about_factors
from jobsphere.users.services.sessions import UNKNOWN_DEVICE, end_all_sessions
from jobsphere.users.types import Device


def verify_email(*, ticket: str = "", code: str = "", token: str = "") -> CodeRefused | None:
    """Mark the address as the person's own, by ticket and code or by the token of the link.

    The refusal is returned, not raised, so that the attempt counts.
    """
    person = _reader_of(CodePurpose.VERIFY_EMAIL, ticket, code, token)
    if isinstance(person, CodeRefused):
        return person
    mark_verified(person)
    return None


def request_password_reset(*, email: str, device: Device) -> str:
    """Send a code for a new password, if the address has an account; returns the ticket to use it with."""
    record(actor=VISITOR, verb="password.request_reset", target_type="user")
    return request_code(CodePurpose.RESET_PASSWORD, email=email, device=device, patient=True)


def reset_password(
    *, password_hash: str, ticket: str = "", code: str = "", token: str = "", device: Device = UNKNOWN_DEVICE
) -> CodeRefused | None:
    """Set a new password and end every session: whoever had the old one is out at once.

    The letter came to the address, so this proves the address too; it ends the wait that strangers' failures caused,
    and this device is known from now on. The refusal is returned, so that the attempt counts.
    """
    person = _reader_of(CodePurpose.RESET_PASSWORD, ticket, code, token)
    if isinstance(person, CodeRefused):
        return person
    if not has_proven_address(person.id):  # somebody else may have signed up with it, and left a way in
        forget_factors(person.id)
    User.objects.filter(pk=person.pk).update(password=password_hash)
    end_all_sessions(person.id, SessionEnd.PASSWORD_RESET)
    forget_failures(user_id=person.id, email=person.email)
    remember_device(person.id, device)
    record(actor=person.actor(), verb="password.reset", target_type="user", target_id=person.id)
    publish(PasswordReset(user_id=person.id), actor=person.actor())
    tell_about_factors(person.actor(), Notice.PASSWORD_CHANGED)
    mark_verified(person)
    return None


def change_password(*, actor: Actor, password_hash: str, session_id: UUID | None) -> None:
    """Set a new password for who has just shown the old one; every other session ends."""
    require_transaction()
    User.objects.filter(pk=actor.known_id()).update(password=password_hash)
    end_all_sessions(actor.known_id(), SessionEnd.PASSWORD_CHANGED, except_id=session_id)
    tell_about_factors(actor, Notice.PASSWORD_CHANGED)


def mark_verified(person: User) -> None:
    """Note that the person reads the letters to their address."""
    unproven = EmailAddress.objects.filter(user=person, email=person.email, verified=False)
    if unproven.update(verified=True):
        record(actor=person.actor(), verb="email.verify", target_type="user", target_id=person.id)
        publish(EmailVerified(user_id=person.id), actor=person.actor())


def _reader_of(purpose: CodePurpose, ticket: str, code: str, token: str) -> User | CodeRefused:
    return use_link(purpose, token=token) if token else use_code(purpose, ticket=ticket, code=code)
