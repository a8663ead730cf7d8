"""What accounts do about what happens to logins; both inline, so they are as sure as the fact itself."""

from jobsphere.accounts.services.closing import keep_way_back
from jobsphere.accounts.services.consents import record_sign_up
from jobsphere.outbox.subscriptions import listen
from jobsphere.outbox.types import EventMeta
from jobsphere.users.events import UserDeactivated, UserRegistered


@listen(UserRegistered)
def keep_what_was_agreed_to(event: UserRegistered) -> None:
    """Keep the consents of the sign-up form."""
    record_sign_up(user_id=event.user_id, agreed=event.agreed)


@listen(UserDeactivated)
def let_owners_come_back(event: UserDeactivated, meta: EventMeta) -> None:
    """Whoever closes their own account can open it again, by whichever door they left."""
    if meta.actor_id == event.user_id:
        keep_way_back(event.user_id)
