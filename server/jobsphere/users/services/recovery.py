"""Proving an address, and a new password for who forgot theirs: both by a code that was sent there."""

from allauth.account.models import EmailAddress

from jobsphere.audit.services import record
from jobsphere.kit.actor import VISITOR
from jobsphere.outbox.services import publish
from jobsphere.users.errors import CodeRefused
from jobsphere.users.events import EmailVerified, PasswordReset
from jobsphere.users.models import User
from jobsphere.users.rules import CodePurpose, SessionEnd
from jobsphere.users.services.codes import request_code, use_code
from jobsphere.users.services.sessions import end_all_sessions
from jobsphere.users.types import Device


def verify_email(*, ticket: str, code: str) -> CodeRefused | None:
    """Mark the address as the person's own. The refusal is returned, not raised, so that the attempt counts."""
    person = use_code(CodePurpose.VERIFY_EMAIL, ticket=ticket, code=code)
    if isinstance(person, CodeRefused):
        return person
    _mark_verified(person)
    return None


def request_password_reset(*, email: str, device: Device) -> str:
    """Send a code for a new password, if the address has an account; returns the ticket to use it with."""
    record(actor=VISITOR, verb="password.request_reset", target_type="user")
    return request_code(CodePurpose.RESET_PASSWORD, email=email, device=device)


def reset_password(*, ticket: str, code: str, password_hash: str) -> CodeRefused | None:
    """Set a new password and end every session: whoever had the old one is out at once.

    The code came to the address, so this proves the address too. The refusal is returned, so that the attempt counts.
    """
    person = use_code(CodePurpose.RESET_PASSWORD, ticket=ticket, code=code)
    if isinstance(person, CodeRefused):
        return person
    User.objects.filter(pk=person.pk).update(password=password_hash)
    end_all_sessions(person.id, SessionEnd.PASSWORD_RESET)
    record(actor=person.actor(), verb="password.reset", target_type="user", target_id=person.id)
    publish(PasswordReset(user_id=person.id), actor=person.actor())
    _mark_verified(person)
    return None


def _mark_verified(person: User) -> None:
    unproven = EmailAddress.objects.filter(user=person, email=person.email, verified=False)
    if unproven.update(verified=True):
        record(actor=person.actor(), verb="email.verify", target_type="user", target_id=person.id)
        publish(EmailVerified(user_id=person.id), actor=person.actor())
