"""Reads about people and sign-ins."""

from jobsphere.users.errors import TokenInvalid
from jobsphere.users.models import Session
from jobsphere.users.rules import credential_now
from jobsphere.users.tokens import read_access_token
from jobsphere.users.types import SignedIn


def signed_in(access_token: str) -> SignedIn:
    """Return who holds this token, with the roles and rights they hold now; one query.

    Raises TokenInvalid for a forged or expired token, a revoked session, and a person who was deactivated.
    """
    claims = read_access_token(access_token)
    session = (
        Session.objects.select_related("user")
        .filter(
            pk=claims.session_id,
            user_id=claims.user_id,
            revoked_at=None,
            expires_at__gt=credential_now(),
            user__is_active=True,
        )
        .first()
    )
    if session is None:
        raise TokenInvalid
    return SignedIn(session.user.actor(), session.id, session.authenticated_at)
