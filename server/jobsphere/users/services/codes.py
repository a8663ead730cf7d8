"""One-time codes: asked for alike for every address, tried a few times, used once."""

import hmac
from datetime import timedelta

from django.db.models import F

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import VISITOR
from jobsphere.kit.errors import FieldError
from jobsphere.outbox.services import enqueue
from jobsphere.users import tokens
from jobsphere.users.errors import CodeRefused, LetterTooSoon
from jobsphere.users.models import OneTimeCode, User
from jobsphere.users.rules import (
    CODE_LIFETIME,
    LETTERS_PER_ADDRESS,
    LETTERS_PERIOD,
    CodePurpose,
    credential_now,
    letter_wait,
)
from jobsphere.users.services.attempts import is_known_device
from jobsphere.users.tasks import send_code
from jobsphere.users.types import Device

_WRONG = "That is not the code. Look at the newest letter, or ask for another."


def request_code(purpose: CodePurpose, *, email: str, device: Device, patient: bool = False) -> str:
    """Queue a letter with a code, if the address has an account that needs one; returns the ticket to try it with.

    Does the same work whether or not there is such an account. Over the hourly limits no letter goes out and the
    ticket opens nothing. `patient`, for who only asks for a letter: raises LetterTooSoon instead, and also wants a
    growing wait between two letters, alike for every address.
    """
    require_transaction()
    ticket = tokens.new_secret()
    email = email.strip().lower()
    if wait := _wait_for_letter(purpose, email, device, growing=patient):
        if patient:
            seconds = int(wait.total_seconds()) + 1
            raise LetterTooSoon(
                f"A letter was sent a moment ago. Look for it, or ask again in {seconds} seconds.", retry_after=seconds
            )
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
    return request_code(CodePurpose.VERIFY_EMAIL, email=email, device=device, patient=True)


def use_code(purpose: CodePurpose, *, ticket: str, code: str) -> User | CodeRefused:
    """Return who proved to read the letters of their address. The refusal is returned, so that the attempt counts."""
    used = _use(purpose, ticket, code)
    if isinstance(used, CodeRefused):
        return used
    return used.user if used.user and used.user.is_active else _refused(_WRONG)


def use_code_for_address(purpose: CodePurpose, *, ticket: str, code: str) -> str | CodeRefused:
    """Return the address that somebody proved to read, whether or not it has an account."""
    used = _use(purpose, ticket, code)
    return used if isinstance(used, CodeRefused) else used.email


def _use(purpose: CodePurpose, ticket: str, code: str) -> OneTimeCode | CodeRefused:
    """Use a code up.

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
    if not _is_right(wish, code):
        return _refused(_WRONG)
    if not update_where(OneTimeCode, {"pk": wish.pk, "used_at": None}, used_at=credential_now()):
        return _refused("This code is used. Ask for a new one.")
    return wish


def use_link(purpose: CodePurpose, *, token: str) -> User | CodeRefused:
    """Return who followed the link of their letter; its 256 random bits need no ticket beside them."""
    require_transaction()
    alive = {
        "link_fingerprint": tokens.fingerprint(token),
        "purpose": purpose,
        "used_at": None,
        "expires_at__gt": credential_now(),
    }
    if not token or not update_where(OneTimeCode, alive, used_at=credential_now()):
        return _refused("This link is used or expired. Ask for a new letter.", "/token")
    wish = OneTimeCode.objects.select_related("user").get(link_fingerprint=alive["link_fingerprint"])
    if wish.user is None or not wish.user.is_active:
        return _refused("This link is used or expired. Ask for a new letter.", "/token")
    return wish.user


def address_asked_about(*, ticket: str = "", token: str = "") -> str:
    """Return the address that a ticket or a link is about, as the asker wrote it; "" when there is none.

    It tells nothing of accounts: the row is there for any address.
    """
    by = (
        {"ticket_fingerprint": tokens.fingerprint(ticket)}
        if ticket
        else {"link_fingerprint": tokens.fingerprint(token)}
    )
    return OneTimeCode.objects.filter(**by).values_list("email", flat=True).first() or ""


def _is_right(wish: OneTimeCode, code: str) -> bool:
    given = tokens.code_fingerprint(code, code_id=wish.id)
    return bool(wish.code_fingerprint) and hmac.compare_digest(given, wish.code_fingerprint)


def _refused(detail: str, pointer: str = "/code") -> CodeRefused:
    return CodeRefused([FieldError(pointer, "code-refused", detail)])


def _wait_for_letter(purpose: CodePurpose, email: str, device: Device, *, growing: bool) -> timedelta:
    """Return how long no further letter goes to this address, for all askers and for this one.

    What is on the list is the same whether the address has an account or not. A device on which its owner has signed
    in is not held up by what strangers asked for.
    """
    moment = credential_now()
    lately = OneTimeCode.objects.filter(email=email, purpose=purpose, created_at__gt=moment - LETTERS_PERIOD)
    sent = list(lately.order_by("-created_at").values_list("address", "created_at")[:LETTERS_PER_ADDRESS])
    if len(sent) >= LETTERS_PER_ADDRESS and not is_known_device(device, user__email=email):
        return sent[-1][1] + LETTERS_PERIOD - moment
    return letter_wait([at for address, at in sent if address == device.address], moment, growing=growing)
