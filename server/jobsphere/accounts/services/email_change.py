"""A new e-mail address: proven at both ends, and stopped by whoever reads the old one."""

import hmac
from uuid import UUID

from django.db.models import F

from jobsphere.accounts import rules
from jobsphere.accounts.errors import EmailChangeRefused
from jobsphere.accounts.events import EmailChangeCancelled
from jobsphere.accounts.letters import send_change_letters
from jobsphere.accounts.models import EmailChange
from jobsphere.accounts.types import ChangeStatus
from jobsphere.audit.services import record
from jobsphere.db.composed import refresh
from jobsphere.db.guarded import move, update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import VISITOR, Actor
from jobsphere.kit.errors import FieldError, InvalidInput, NotFound
from jobsphere.outbox.services import enqueue, publish
from jobsphere.users import personal_data, tokens
from jobsphere.users.services.email_change import credential_now, replace_address


def request_email_change(*, actor: Actor, new_email: str) -> UUID:
    """Begin to change one's address; a letter with a code goes to both. The password was just checked.

    A change that is under way is replaced. Whether the new address has an account is told to nobody but its reader.
    """
    require_transaction()
    new_email, old_email = new_email.strip().lower(), personal_data.subject_of(actor.known_id()).email
    if new_email == old_email:
        raise InvalidInput.at("/email", "same", "This is your address already.")
    for row in EmailChange.objects.filter(user_id=actor.known_id(), status=ChangeStatus.PENDING):
        move(EmailChange, row.id, from_status=ChangeStatus.PENDING, to_status=ChangeStatus.CANCELLED)
    row = EmailChange.objects.create(
        user_id=actor.known_id(),
        status=ChangeStatus.PENDING,
        old_email=old_email,
        new_email=new_email,
        expires_at=credential_now() + rules.EMAIL_CHANGE,
    )
    record(actor=actor, verb="email.request_change", target_type="user", target_id=actor.id)
    enqueue(send_change_letters, row.id)
    return row.id


def confirm_email_change(*, actor: Actor, code: str) -> bool | EmailChangeRefused:
    """Take a code from either letter; True when both are there and the address has changed (sign in again then).

    A refusal is returned, not raised, so that the attempt counts.
    """
    require_transaction()
    row = EmailChange.objects.filter(user_id=actor.known_id(), status=ChangeStatus.PENDING).first()
    if row is None or row.expires_at <= credential_now():
        return _refused("There is no change of address under way, or it is too old. Begin a new one.")
    if not update_where(EmailChange, {"pk": row.pk, "attempts_left__gt": 0}, attempts_left=F("attempts_left") - 1):
        return _refused("This change was tried too often. Begin a new one.")
    side = _side_of(row, code)
    if side is None:
        return _refused("This code does not fit. Use the newest letters.")
    confirmed = {f"{side}_confirmed_at": credential_now()}
    update_where(EmailChange, {"pk": row.pk, "status": ChangeStatus.PENDING}, **confirmed)
    refresh(row)
    if row.old_confirmed_at is None or row.new_confirmed_at is None:
        return False
    return _finish(actor, row)


def cancel_email_change(*, token: str) -> None:
    """Stop a change by the link in the letter to the old address; raises NotFound for a link that is used or wrong."""
    require_transaction()
    row = EmailChange.objects.filter(cancel_token=tokens.fingerprint(token), status=ChangeStatus.PENDING).first()
    if row is None or not move(EmailChange, row.id, from_status=ChangeStatus.PENDING, to_status=ChangeStatus.CANCELLED):
        raise NotFound("There is nothing to cancel: the change is done, cancelled or too old.")
    record(actor=VISITOR, verb="email.cancel_change", target_type="user", target_id=row.user_id)
    publish(EmailChangeCancelled(user_id=row.user_id))


def _finish(actor: Actor, row: EmailChange) -> bool | EmailChangeRefused:
    if not replace_address(actor=actor, user_id=row.user_id, old=row.old_email, new=row.new_email):
        move(EmailChange, row.id, from_status=ChangeStatus.PENDING, to_status=ChangeStatus.CANCELLED)
        return _refused("The address cannot be used. Choose another one.")
    move(EmailChange, row.id, from_status=ChangeStatus.PENDING, to_status=ChangeStatus.DONE)
    return True


def _side_of(row: EmailChange, code: str) -> str | None:
    given = tokens.code_fingerprint(code, code_id=row.id)
    kept = {"old": row.old_code, "new": row.new_code}
    return next((side for side, known in kept.items() if known and hmac.compare_digest(given, known)), None)


def _refused(detail: str) -> EmailChangeRefused:
    return EmailChangeRefused([FieldError("/code", "code-refused", detail)])
