"""What the worker does for sign-in: letters with codes, and notices."""

from uuid import UUID

from allauth.account.models import EmailAddress

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.words import Phrase
from jobsphere.mail.letters import Letter
from jobsphere.mail.readers import reader_of
from jobsphere.outbox.subscriptions import job
from jobsphere.users import tokens
from jobsphere.users.letters import has_link, write_letter, write_new_device_letter, write_notice
from jobsphere.users.models import OneTimeCode, Session, User
from jobsphere.users.places import place_of
from jobsphere.users.rules import (
    NOT_ME_LIFETIME,
    CodePurpose,
    Notice,
    clean_name,
    credential_now,
)


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
    if wish is None or (person is not None and not person.is_active):
        return None
    purpose = CodePurpose(wish.purpose)
    if purpose == CodePurpose.LINK_SOCIAL:  # it proves an address, not an account
        return _letter_with_code(wish, person, person.name if person else Phrase("nobody.welcome"))
    if person is None:
        return None
    if purpose == CodePurpose.VERIFY_EMAIL and _is_verified(person):
        return None
    return _letter_with_code(wish, person, person.name)


def _letter_with_code(wish: OneTimeCode, person: User | None, name: str | Phrase) -> Letter:
    purpose = CodePurpose(wish.purpose)
    code, token = tokens.new_code(), tokens.new_secret() if has_link(purpose) else ""
    if purpose != CodePurpose.ALREADY_REGISTERED:
        kept = tokens.code_fingerprint(code, code_id=wish.id)
        link = tokens.fingerprint(token) if token else ""
        OneTimeCode.objects.filter(pk=wish.pk).update(user=person, code_fingerprint=kept, link_fingerprint=link)
    reader = reader_of(person.id if person else None)
    return write_letter(purpose, to=wish.email, name=name, reader=reader, code=code, token=token)


@job()
def send_new_device_letter(session_id: str) -> None:
    """Tell a person about a sign-in on a new device, with a link that undoes it."""
    session = Session.objects.select_related("user").filter(pk=session_id, user__is_active=True).first()
    if session is None:
        return
    expires_at = credential_now() + NOT_ME_LIFETIME
    write_new_device_letter(
        to=session.user.email,
        name=session.user.name,
        reader=reader_of(session.user_id),
        device=clean_name(session.user_agent),
        place=place_of(session.address),
        when=session.created_at,
        token=tokens.sign_link("not-me", session.id, expires_at=expires_at),
    ).send()


@job()
def send_notice(user_id: str, notice: str) -> None:
    """Tell a person that their credentials changed."""
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person:
        write_notice(Notice(notice), to=person.email, name=person.name, reader=reader_of(person.id)).send()


def _is_verified(person: User) -> bool:
    return EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()
