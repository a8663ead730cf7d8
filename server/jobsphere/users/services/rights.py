"""Rights of staff: granted and revoked by administrators, in full view of the audit trail.

There is always an administrator who can sign in: whoever takes one away, by any verb, calls `keep_an_administrator`.
"""

from uuid import UUID

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import ADMIN, Actor
from jobsphere.kit.errors import Conflict, Forbidden, InvalidInput, NotFound
from jobsphere.outbox.services import publish
from jobsphere.users.errors import LastAdministrator
from jobsphere.users.events import RightsChanged
from jobsphere.users.models import User
from jobsphere.users.rules import Right


def grant_right(*, actor: Actor, user_id: UUID, right: str) -> None:
    """Let a person do what the right allows, "admin" everything; twice is harmless.

    Raises Forbidden, NotFound or InvalidInput.
    """
    if right == ADMIN:
        make_admin(actor=actor, user_id=user_id)
    else:
        _change_rights(actor, user_id, right, granted=True)


def revoke_right(*, actor: Actor, user_id: UUID, right: str) -> None:
    """Take a right back, from the next request on.

    Raises Forbidden, NotFound, InvalidInput, and LastAdministrator.
    """
    if right == ADMIN:
        _unmake_admin(actor, user_id)
    else:
        _change_rights(actor, user_id, right, granted=False)


def keep_an_administrator(leaving: UUID) -> None:
    """Make sure that somebody else can run the marketplace when this person cannot; raises LastAdministrator.

    All administrators are locked in one order, so two who take each other's place come one after the other. (SQLite
    has one writer at a time.)
    """
    require_transaction()
    admins = User.objects.filter(is_superuser=True, is_active=True).order_by("pk")
    if list(admins.select_for_update().values_list("pk", flat=True)) == [leaving]:
        raise LastAdministrator("This is the only administrator. Make another one first.")


def make_admin(*, actor: Actor, user_id: UUID) -> None:
    """Make a person an administrator, who holds all rights; for administrators and the operator's command line."""
    _require_admin(actor)
    person = _person(user_id)
    if not update_where(User, {"pk": user_id, "is_superuser": False}, is_superuser=True, is_staff=True):
        return
    record(actor=actor, verb="user.make_admin", target_type="user", target_id=user_id)
    publish(RightsChanged(user_id=user_id, rights=tuple(person.rights)), actor=actor)


def _unmake_admin(actor: Actor, user_id: UUID) -> None:
    _require_admin(actor)
    person = _person(user_id)
    keep_an_administrator(user_id)
    if not update_where(User, {"pk": user_id, "is_superuser": True}, is_superuser=False, is_staff=False):
        return
    record(actor=actor, verb="user.unmake_admin", target_type="user", target_id=user_id)
    publish(RightsChanged(user_id=user_id, rights=tuple(person.rights)), actor=actor)


def _change_rights(actor: Actor, user_id: UUID, right: str, *, granted: bool) -> None:
    _require_admin(actor)
    if right not in set(Right):
        raise InvalidInput.at("/right", "invalid", f"Choose from {', '.join((*Right, ADMIN))}.")
    before = _person(user_id).rights
    after = sorted({*before, right} if granted else {*before} - {right})
    if after == sorted(before):
        return
    # Guarded by the list we read, so that two administrators do not undo each other.
    if not update_where(User, {"pk": user_id, "rights": before}, rights=after):
        raise Conflict("Somebody changed these rights just now. Look again.")
    verb = "right.grant" if granted else "right.revoke"
    record(actor=actor, verb=verb, target_type="user", target_id=user_id, detail={"right": right})
    publish(RightsChanged(user_id=user_id, rights=tuple(after)), actor=actor)


def _require_admin(actor: Actor) -> None:
    require_transaction()
    if not (actor.is_admin or actor.is_system):
        raise Forbidden("Only an administrator may do this.")


def _person(user_id: UUID) -> User:
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None:
        raise NotFound("There is no such person.")
    return person
