"""What the worker does for sign-in: letters with codes, and the clean-up."""

from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q

from jobsphere.db.transactions import edge_transaction
from jobsphere.outbox.subscriptions import job, periodic
from jobsphere.users import tokens
from jobsphere.users.letters import Letter, write_letter
from jobsphere.users.models import OneTimeCode, Session, User
from jobsphere.users.rules import CODES_KEPT, SESSIONS_KEPT, CodePurpose, credential_now


@job()
def send_code(code_id: str) -> None:
    """Make the code, keep its fingerprint, then send the letter.

    Repeated after a crash it makes another code, so at worst there are two letters and the later one counts.
    """
    with edge_transaction():
        letter = _letter_for(UUID(code_id))
    if letter:
        letter.send()


def _letter_for(code_id: UUID) -> Letter | None:
    """Return the letter that is owed, if anybody is registered there who needs it."""
    wish = OneTimeCode.objects.filter(pk=code_id, used_at=None, expires_at__gt=credential_now()).first()
    person = User.objects.by_email(wish.email) if wish else None
    if wish is None or person is None or not person.is_active:
        return None
    purpose = CodePurpose(wish.purpose)
    if purpose == CodePurpose.VERIFY_EMAIL and _is_verified(person):
        return None
    code = tokens.new_code()
    if purpose != CodePurpose.ALREADY_REGISTERED:
        kept = tokens.code_fingerprint(code, code_id=wish.id)
        OneTimeCode.objects.filter(pk=wish.pk).update(user=person, code_fingerprint=kept)
    return write_letter(purpose, to=person.email, name=person.name, code=code)


def _is_verified(person: User) -> bool:
    return EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()


@periodic(every=timedelta(hours=1))
def forget_old_credentials() -> None:
    """Delete codes after a day, and sessions a month after they ended."""
    moment = credential_now()
    with edge_transaction():
        OneTimeCode.objects.filter(expires_at__lt=moment - CODES_KEPT).delete()
        ended = Q(expires_at__lt=moment - SESSIONS_KEPT) | Q(revoked_at__lt=moment - SESSIONS_KEPT)
        Session.objects.filter(ended).delete()
