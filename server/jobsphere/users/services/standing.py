"""Closing somebody else's account, and opening it again: for staff, with a reason that the audit trail keeps."""

from uuid import UUID

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor, require_right
from jobsphere.kit.errors import Conflict, Forbidden, NotFound
from jobsphere.outbox.services import publish
from jobsphere.users import closing
from jobsphere.users.events import UserDeactivated, UserReactivated
from jobsphere.users.models import User
from jobsphere.users.rules import Right, SessionEnd, credential_now
from jobsphere.users.services.rights import keep_an_administrator
from jobsphere.users.services.sessions import end_all_sessions


def deactivate_person(*, actor: Actor, user_id: UUID, reason: str) -> None:
    """Close a person's account and end their sessions at once; what they owe and own stays (C19).

    Raises Forbidden without the right "users", for one's own account, and for staff unless one is an administrator;
    NotFound; Conflict when it is closed already; LastAdministrator.
    """
    _require_power_over(actor, user_id)
    keep_an_administrator(user_id)
    if not update_where(User, {"pk": user_id, "is_active": True}, is_active=False, deactivated_at=credential_now()):
        raise Conflict("This account is closed already.")
    end_all_sessions(user_id, SessionEnd.DEACTIVATED)
    record(actor=actor, verb="user.deactivate", target_type="user", target_id=user_id, detail={"reason": reason})
    publish(UserDeactivated(user_id=user_id), actor=actor)


def reactivate_person(*, actor: Actor, user_id: UUID, reason: str) -> None:
    """Let a person sign in again; raises like deactivate_person, Conflict when the account is open.

    Raises what keeps it closed (closing.py): that must be undone where it was done.
    """
    _require_power_over(actor, user_id)
    closing.refuse_closed(user_id)
    if not update_where(User, {"pk": user_id, "is_active": False}, is_active=True, deactivated_at=None):
        raise Conflict("This account is open already.")
    record(actor=actor, verb="user.reactivate", target_type="user", target_id=user_id, detail={"reason": reason})
    publish(UserReactivated(user_id=user_id), actor=actor)


def _require_power_over(actor: Actor, user_id: UUID) -> None:
    """Nobody locks themselves out here, and staff cannot get rid of those who watch over them."""
    require_transaction()
    require_right(actor, Right.USERS)
    person = User.objects.filter(pk=user_id).first()
    if person is None:
        raise NotFound("There is no such person.")
    if user_id == actor.id:
        raise Forbidden("You cannot do this to your own account; DELETE /api/auth/me/ closes it.")
    if (person.is_superuser or person.rights) and not (actor.is_admin or actor.is_system):
        raise Forbidden("Only an administrator may close or open the account of staff.")
