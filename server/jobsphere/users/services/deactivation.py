"""Accounts that their owner has closed: who may open them again, and the opening."""

from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.outbox.services import publish
from jobsphere.users import closing
from jobsphere.users.errors import SignInFailed
from jobsphere.users.events import UserReactivated
from jobsphere.users.models import User


def closed_account(email: str, password: str) -> UUID:
    """Return whose closed account this is; raises SignInFailed alike for anything else, after the same work."""
    person = User.objects.by_email(email)
    if person is None or not person.has_usable_password():
        make_password(password)
        raise _failed()
    if not check_password(password, person.password) or person.is_active:
        raise _failed()
    return person.id


def reopen_account(user_id: UUID) -> bool:
    """Let a person who had closed their account sign in again; False when it is open.

    Raises what keeps it closed against the person's will (closing.py).
    """
    require_transaction()
    closing.refuse_closed(user_id)
    if not update_where(User, {"pk": user_id, "is_active": False}, is_active=True, deactivated_at=None):
        return False
    actor = User.objects.get(pk=user_id).actor()
    record(actor=actor, verb="user.recover", target_type="user", target_id=user_id)
    publish(UserReactivated(user_id=user_id), actor=actor)
    return True


def _failed() -> SignInFailed:
    return SignInFailed("The e-mail address or the password is not right, or there is no closed account to open.")
