"""Sessions: opened at sign-in, rotated at each refresh, revoked for good (docs/adr/0003)."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from jobsphere.users import tokens
from jobsphere.users.models import RefreshToken, Session
from jobsphere.users.rules import credential_now
from jobsphere.users.types import Device, TokenPair


def open_session(*, user_id: UUID, device: Device = Device()) -> TokenPair:  # noqa: B008  frozen
    """Open a session for a person who has just proved who they are, and return its first pair of tokens."""
    moment = credential_now()
    with transaction.atomic():
        session = Session.objects.create(
            user_id=user_id,
            authenticated_at=moment,
            last_used_at=moment,
            expires_at=moment + settings.REFRESH_TOKEN_LIFETIME,
            user_agent=device.user_agent[:255],
            address=device.address,
        )
        return issue_tokens(session)


def issue_tokens(session: Session) -> TokenPair:
    """Return a fresh access token and the next link of the session's chain of refresh tokens."""
    secret = tokens.new_secret()
    RefreshToken.objects.create(session=session, fingerprint=tokens.fingerprint(secret))
    expires_at = min(credential_now() + settings.ACCESS_TOKEN_LIFETIME, session.expires_at)
    return TokenPair(
        user_id=session.user_id,
        session_id=session.id,
        access_token=tokens.sign_access_token(user_id=session.user_id, session_id=session.id, expires_at=expires_at),
        expires_at=expires_at,
        refresh_token=secret,
        refresh_expires_at=session.expires_at,
    )
