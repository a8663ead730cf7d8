"""One-time codes: asked for alike for every address, tried a few times, used once."""

import hmac

from django.db.models import F

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import VISITOR
from jobsphere.kit.errors import FieldError
from jobsphere.outbox.services import enqueue
from jobsphere.users import tokens
from jobsphere.users.errors import CodeRefused
from jobsphere.users.models import OneTimeCode, User
from jobsphere.users.rules import (
    CODE_LIFETIME,
    LETTERS_PER_ADDRESS,
    LETTERS_PER_ASKER,
    LETTERS_PERIOD,
    CodePurpose,
    credential_now,
)
from jobsphere.users.tasks import send_code
from jobsphere.users.types import Device


def request_code(purpose: CodePurpose, *, email: str, device: Device) -> str:
    """Queue a letter with a code, if the address has an account that needs one; returns the ticket to try it with.

    Does the same work whether or not there is such an account. Over the hourly limits no letter goes out, and the
    ticket opens nothing.
    """
    require_transaction()
    ticket = tokens.new_secret()
    email = email.strip().lower()
    if _too_many_letters(purpose, email, device):
        return ticket
    wish = OneTimeCode.objects.create(
        purpose=purpose,
        email=email,
        address=device.address,
        ticket_fingerprint=tokens.fingerprint(ticket),
        created_at=credential_now(),
        expires_at=credential_now() + CODE_LIFETIME,
    )
    enqueue(send_code, wish.id)
    return ticket


def resend_verification(*, email: str, device: Device) -> str:
    """Send another verification code, if the address has an account that still needs it; returns the ticket."""
    record(actor=VISITOR, verb="email.request_code", target_type="user")
    return request_code(CodePurpose.VERIFY_EMAIL, email=email, device=device)


def use_code(purpose: CodePurpose, *, ticket: str, code: str) -> User | CodeRefused:
    """Return who proved to read the letters of their address.

    The attempt is counted before the code is looked at, so parallel guesses cannot outrun the limit; the refusal is
    returned, not raised, so that the count is kept.
    """
    require_transaction()
    ticket_fingerprint = tokens.fingerprint(ticket)
    alive = {
        "ticket_fingerprint": ticket_fingerprint,
        "purpose": purpose,
        "used_at": None,
        "attempts_left__gt": 0,
        "expires_at__gt": credential_now(),
    }
    if not update_where(OneTimeCode, alive, attempts_left=F("attempts_left") - 1):
        return _refused("This code is used, expired or not yours. Ask for a new one.")
    wish = OneTimeCode.objects.select_related("user").get(ticket_fingerprint=ticket_fingerprint)
    if wish.user is None or not wish.user.is_active or not _is_right(wish, code):
        return _refused("That is not the code. Look at the newest letter, or ask for another.")
    if not update_where(OneTimeCode, {"pk": wish.pk, "used_at": None}, used_at=credential_now()):
        return _refused("This code is used. Ask for a new one.")
    return wish.user


def _is_right(wish: OneTimeCode, code: str) -> bool:
    given = tokens.code_fingerprint(code, code_id=wish.id)
    return bool(wish.code_fingerprint) and hmac.compare_digest(given, wish.code_fingerprint)


def _refused(detail: str) -> CodeRefused:
    return CodeRefused([FieldError("/code", "code-refused", detail)])


def _too_many_letters(purpose: CodePurpose, email: str, device: Device) -> bool:
    lately = OneTimeCode.objects.filter(email=email, purpose=purpose, created_at__gt=credential_now() - LETTERS_PERIOD)
    askers = list(lately.values_list("address", flat=True)[:LETTERS_PER_ADDRESS])
    return len(askers) >= LETTERS_PER_ADDRESS or askers.count(device.address) >= LETTERS_PER_ASKER
