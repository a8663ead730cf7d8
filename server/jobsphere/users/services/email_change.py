"""The last step of an e-mail change: both addresses have been proven (accounts), and the login takes the new one."""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit.actor import Actor
from jobsphere.outbox.services import publish
from jobsphere.users.events import UserChanged
from jobsphere.users.models import User
from jobsphere.users.rules import SessionEnd
from jobsphere.users.rules import credential_now as credential_now  # the clock of credentials, for accounts
from jobsphere.users.services.sessions import end_all_sessions


def is_taken(email: str) -> bool:
    """Say whether a login has this address. Never tell whoever asks: write to the address instead."""
    return User.objects.filter(email=email).exists()


def replace_address(*, actor: Actor, user_id: UUID, old: str, new: str) -> bool:
    """Give the login its new address and end all its sessions; False when the address was taken meanwhile."""
    require_transaction()
    try:
        with savepoint():
            if not update_where(User, {"pk": user_id, "email": old, "is_active": True}, email=new):
                return False
    except IntegrityError:
        return False
    EmailAddress.objects.filter(user_id=user_id).delete()
    EmailAddress.objects.create(user_id=user_id, email=new, primary=True, verified=True)
    end_all_sessions(user_id, SessionEnd.REVOKED)
    record(actor=actor, verb="email.change", target_type="user", target_id=user_id)
    publish(UserChanged(user_id=user_id, changed=("email",)), actor=actor)
    return True
