"""Letters about an account, written by the worker, also to people who cannot sign in any more."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from jobsphere.accounts.models import Closure, EmailChange
from jobsphere.accounts.types import ChangeStatus
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.words import Wording
from jobsphere.mail.letters import Letter, compose
from jobsphere.mail.readers import reader_of
from jobsphere.outbox.subscriptions import job
from jobsphere.users import tokens
from jobsphere.users.personal_data import Subject, subject_of
from jobsphere.users.services.email_change import is_taken

WORDS = Wording(Path(__file__).parent / "words")


@job()
def send_letter(kind: str, user_id: str) -> None:
    """Write to the owner of an account, closed or not."""
    subject = subject_of(UUID(user_id))
    closure = Closure.objects.filter(user_id=subject.id).order_by("-pk").first()
    closure_letter(kind, subject, closure.until if closure else clock.now()).send()


@job()
def send_change_letters(change_id: str) -> None:
    """Make fresh codes, and write to both addresses; the newest letters count."""
    row = EmailChange.objects.filter(pk=UUID(change_id), status=ChangeStatus.PENDING).first()
    if row is None:
        return
    old, new, cancel = tokens.new_code(), tokens.new_code(), tokens.new_secret()
    taken = is_taken(row.new_email)
    with edge_transaction():
        update_where(
            EmailChange,
            {"pk": row.pk, "status": ChangeStatus.PENDING},
            old_code=tokens.code_fingerprint(old, code_id=row.id),
            # Nobody can prove an address that belongs to another account.
            new_code="" if taken else tokens.code_fingerprint(new, code_id=row.id),
            cancel_token=tokens.fingerprint(cancel),
        )
    subject = subject_of(row.user_id)
    to_old_address(subject, row.old_email, code=old, cancel=cancel).send()
    to_new_address(subject, row.new_email, code=new, taken=taken).send()


def closure_letter(kind: str, to: Subject, until: datetime) -> Letter:
    """Return the letter that says what became of an account."""
    return compose(WORDS, kind, to=to.email, reader=reader_of(to.id), name=to.name, until=until)


def to_old_address(who: Subject, address: str, *, code: str, cancel: str) -> Letter:
    """Return the letter with which the reader of the old address agrees, or stops it."""
    reader = reader_of(who.id)
    return compose(WORDS, "old_address", to=address, reader=reader, name=who.name, code=code, cancel=cancel)


def to_new_address(who: Subject, address: str, *, code: str, taken: bool) -> Letter:
    """Return the letter that proves the new address, or says that it is in use."""
    key = "address_taken" if taken else "new_address"
    return compose(WORDS, key, to=address, reader=reader_of(who.id), name=who.name, code=code)
