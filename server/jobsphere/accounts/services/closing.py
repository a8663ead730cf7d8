"""Closing an account, coming back, and being forgotten."""

from uuid import UUID

from jobsphere.accounts import events, rules
from jobsphere.accounts.errors import AccountClosed, AccountInUse
from jobsphere.accounts.events import AccountErased, AccountRecovered
from jobsphere.accounts.letters import send_letter
from jobsphere.accounts.models import Closure
from jobsphere.accounts.rules import CLOSURE
from jobsphere.accounts.types import Closed, ClosureKind, ClosureStatus
from jobsphere.audit.services import record
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import NotFound
from jobsphere.outbox.services import enqueue, publish
from jobsphere.users import personal_data
from jobsphere.users.personal_data import Blocker
from jobsphere.users.services import close_account, give_back
from jobsphere.users.services.attempts import Attempt
from jobsphere.users.services.deactivation import reopen_account

_OPEN = [ClosureStatus.CLOSED, ClosureStatus.BLOCKED]


def deactivate(*, actor: Actor) -> Closed:
    """Close one's own account, to come back within half a year. Raises Forbidden for the last administrator."""
    return _close(actor, ClosureKind.DEACTIVATION)


def request_deletion(*, actor: Actor) -> Closed:
    """Close one's own account, to be erased after the grace period.

    Raises AccountInUse while money or work is under way, naming each, and Forbidden for the last administrator.
    """
    require_transaction()
    blockers = personal_data.blockers(personal_data.subject_of(actor.known_id()))
    if blockers:
        raise AccountInUse(
            " ".join(blocker.detail for blocker in blockers),
            blockers=[{"code": blocker.code, "detail": blocker.detail} for blocker in blockers],
        )
    return _close(actor, ClosureKind.DELETION)


def offer_way_back(user_id: UUID) -> None:
    """Raise AccountClosed for an account that its owner has closed and can open again; for who knows its password."""
    closure = _open_closure(user_id)
    if closure is not None:
        raise AccountClosed(
            f"You closed this account{_end_of(closure)}. Open it again and everything is where it was.",
            recover_url="/api/account/recover/",
            kind=closure.kind,
            until=closure.until.isoformat().replace("+00:00", "Z"),
        )


def keep_way_back(user_id: UUID) -> None:
    """Note that a person has closed their own account, unless that is noted already."""
    if _open_closure(user_id) is None:
        _note(user_id, ClosureKind.DEACTIVATION)


def recover(*, user_id: UUID, attempt: Attempt | None = None) -> None:
    """Open an account that its owner has closed; the password was just checked, and gives its attempt back.

    Raises NotFound when it was not closed by its owner, or too long ago.
    """
    require_transaction()
    closure = _open_closure(user_id)
    if closure is None:
        raise NotFound("This account cannot be opened any more, or not by you. Write to support.")
    give_back(attempt)
    _end(closure, "recover")
    reopen_account(user_id)
    record(actor=SYSTEM, verb="account.recover", target_type="user", target_id=user_id)
    publish(AccountRecovered(user_id=user_id))
    enqueue(send_letter, "recovered", user_id)


def erase(closure_id: UUID) -> list[Blocker]:
    """Forget the person of a deletion that is due, everywhere at once; or return what stands in the way now.

    For the clock. The books stay: payments, contracts and entries name somebody who is nobody any more.
    """
    require_transaction()
    closure = Closure.objects.get(pk=closure_id)
    if closure.status not in _OPEN:
        return []
    subject = personal_data.subject_of(closure.user_id)
    blockers = personal_data.blockers(subject)
    if blockers:
        _block(closure, [blocker.code for blocker in blockers])
        return blockers
    _end(closure, "erase")
    for holding in personal_data.holdings():
        holding.erase(subject)
    record(actor=SYSTEM, verb="account.erase", target_type="user", target_id=closure.user_id)
    publish(AccountErased(user_id=closure.user_id))
    return []


def _close(actor: Actor, kind: ClosureKind) -> Closed:
    require_transaction()
    # First the note: the fact that follows would else make one of its own.
    closed = _note(actor.known_id(), kind)
    close_account(actor=actor)
    return closed


def _note(user_id: UUID, kind: ClosureKind) -> Closed:
    actor = Actor(user_id)
    until = clock.now() + (rules.GRACE if kind is ClosureKind.DELETION else rules.RECOVERY)
    Closure.objects.create(user_id=user_id, kind=kind, status=ClosureStatus.CLOSED, until=until)
    record(actor=actor, verb=f"account.{kind}", target_type="user", target_id=user_id, detail={"until": until})
    publish(events.AccountClosed(user_id=user_id, kind=kind.value), actor=actor)
    enqueue(send_letter, kind.value, user_id)
    return Closed(until)


def _open_closure(user_id: UUID) -> Closure | None:
    """Return the closing that can be undone: within its time, or later while something keeps the erasure off."""
    rows = Closure.objects.filter(user_id=user_id)
    within = rows.filter(status__in=_OPEN, until__gt=clock.now()).first()
    return within or rows.filter(status=ClosureStatus.BLOCKED).first()


def _end_of(closure: Closure) -> str:
    return " and asked to be deleted" if closure.kind == ClosureKind.DELETION else ""


def _block(closure: Closure, codes: list[str]) -> None:
    """Keep the deletion for later; the person is told once for each new reason."""
    if closure.blocked_by == codes:
        return
    status = CLOSURE.next(ClosureStatus.CLOSED, "block")
    if move(Closure, closure.id, from_status=_OPEN, to_status=status, blocked_by=codes):
        detail = {"blockers": codes}
        record(actor=SYSTEM, verb="account.erase_blocked", target_type="user", target_id=closure.user_id, detail=detail)
        enqueue(send_letter, "blocked", closure.user_id)


def _end(closure: Closure, action: str) -> None:
    status = CLOSURE.next(ClosureStatus(closure.status), action)
    if not move(Closure, closure.id, from_status=closure.status, to_status=status, ended_at=clock.now()):
        raise NotFound("This account was opened or erased just now.")
