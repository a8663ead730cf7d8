"""Access tokens (signed, short-lived) and refresh tokens (opaque, kept only as a hash)."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

import jwt
from django.conf import settings
from django.utils.crypto import salted_hmac

from jobsphere.users.errors import TokenInvalid
from jobsphere.users.rules import CODE_LENGTH, credential_now

ALGORITHM = "HS256"
AUDIENCE = "jobsphere:access"
#: Without letters and digits that look alike.
RECOVERY_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What a valid access token says; whether its session still lives is the database's to say."""

    user_id: UUID
    session_id: UUID


def derived_key(purpose: str) -> bytes:
    """Return the key of one purpose, derived from SECRET_KEY, so that no key serves two purposes."""
    return _derived_key(purpose, settings.SECRET_KEY)


@cache
def _derived_key(purpose: str, secret: str) -> bytes:
    return salted_hmac(f"jobsphere.users.{purpose}", "", secret=secret, algorithm="sha256").digest()


def sign_access_token(*, user_id: UUID, session_id: UUID, expires_at: datetime) -> str:
    """Return a signed access token (JWT, HS256) that names its session."""
    claims = {
        "sub": str(user_id),
        "sid": str(session_id),
        "aud": AUDIENCE,
        "iat": int(credential_now().timestamp()),
        "exp": int(expires_at.timestamp()),
    }
    return jwt.encode(claims, derived_key("access-token"), algorithm=ALGORITHM)


def read_access_token(token: str) -> AccessClaims:
    """Return what the token says; raises TokenInvalid when it is forged, expired or not an access token."""
    try:
        claims = jwt.decode(
            token,
            derived_key("access-token"),
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            options={"require": ["sub", "sid", "exp"]},
        )
        return AccessClaims(UUID(claims["sub"]), UUID(claims["sid"]))
    except (jwt.InvalidTokenError, ValueError) as error:
        raise TokenInvalid from error


def new_refresh_token(session_id: UUID) -> str:
    """Return an opaque token of this session: its id, 256 random bits, and our mark on both."""
    body = f"{session_id.hex}.{new_secret()}"
    return f"{body}.{_mark(body)}"


def successor_of(refresh_token: str) -> str:
    """Return the token that follows one of ours: always the same, so that two tabs that ask at once agree.

    Only we can make it, and what we keep of either is a hash.
    """
    session = refresh_token.partition(".")[0]
    secret = hmac.digest(derived_key("refresh-successor"), refresh_token.encode(), "sha256")
    body = f"{session}.{base64.urlsafe_b64encode(secret).rstrip(b'=').decode()}"
    return f"{body}.{_mark(body)}"


def session_of_refresh_token(token: str) -> UUID | None:
    """Return the session that a refresh token of ours belongs to, however old it is; None for any other text."""
    body, _, mark = token.rpartition(".")
    if not body or not hmac.compare_digest(mark.encode(), _mark(body).encode()):
        return None
    return UUID(body.partition(".")[0])


def _mark(body: str) -> str:
    return hmac.new(derived_key("refresh-token"), body.encode(), "sha256").hexdigest()


def new_secret() -> str:
    """Return 256 random bits as text."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}}"


def fingerprint(secret: str) -> str:
    """Return what we keep of a random secret; it has 256 bits, so a plain hash cannot be searched."""
    return hashlib.sha256(secret.encode()).hexdigest()


def code_fingerprint(code: str, *, code_id: UUID) -> str:
    """Return what we keep of a six-digit code: keyed and bound to its row, because a million guesses are few."""
    return hmac.new(derived_key("one-time-code"), f"{code_id}:{code}".encode(), "sha256").hexdigest()


def recovery_fingerprint(code: str, *, user_id: UUID) -> str:
    """Return what we keep of a recovery code: keyed, and bound to its owner."""
    return hmac.new(derived_key("recovery-code"), f"{user_id}:{code}".encode(), "sha256").hexdigest()


def new_recovery_code() -> str:
    """Return fifty random bits that a person can copy from paper: "k7rp2-m9xq4".

    There is always a digit in it, so that a log can tell it from two words.
    """
    while True:
        letters = "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(10))
        if not letters.isalpha():
            return f"{letters[:5]}-{letters[5:]}"


def clean_recovery_code(text: str) -> str:
    """Return a recovery code as we make them, however it was typed."""
    letters = "".join(letter for letter in text.lower() if letter in RECOVERY_ALPHABET)
    return f"{letters[:5]}-{letters[5:]}"


def derived_secret(ticket: str, purpose: str) -> str:
    """Return a secret that follows from a ticket and our key: it need not be kept, and its holder cannot make it."""
    made = hmac.digest(derived_key(purpose), ticket.encode(), "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def sign_link(purpose: str, subject: UUID, *, expires_at: datetime) -> str:
    """Return the token of a link in a letter that names one thing and ends by itself."""
    claims = {"sub": str(subject), "aud": f"jobsphere:{purpose}", "exp": int(expires_at.timestamp())}
    return jwt.encode(claims, derived_key(purpose), algorithm=ALGORITHM)


def read_link(purpose: str, token: str) -> UUID | None:
    """Return what the token of a link names; None when it is not ours, for something else, or over."""
    try:
        claims = jwt.decode(
            token,
            derived_key(purpose),
            algorithms=[ALGORITHM],
            audience=f"jobsphere:{purpose}",
            options={"require": ["sub", "exp"]},
        )
        return UUID(claims["sub"])
    except (jwt.InvalidTokenError, ValueError):
        return None
