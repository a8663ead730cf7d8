"""Sockets follow their sessions: what ends a session ends its sockets at once, not when the token does."""

from jobsphere.outbox.subscriptions import listen
from jobsphere.realtime.services import check_sessions
from jobsphere.users.events import (
    FactorsChanged,
    PasswordReset,
    RightsChanged,
    TokenReuseDetected,
    UserChanged,
    UserDeactivated,
    UserEvent,
    UserSignedOut,
)


@listen(
    UserSignedOut,
    PasswordReset,
    UserDeactivated,
    TokenReuseDetected,
    FactorsChanged,
    RightsChanged,
    UserChanged,
)
def look_at_sockets(event: UserEvent) -> None:
    """Inline, because it costs no query and a thief's socket should not outlive the sign-out by a queue."""
    check_sessions(event.user_id)
