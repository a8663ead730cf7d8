"""Who comes in: the origin of a page, the token in the first frame, and how often a person may say something."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import jwt
from django.conf import settings
from django.core.cache import cache

from jobsphere.realtime.commands import Command
from jobsphere.users.selectors import signed_in
from jobsphere.users.types import SignedIn
from jobsphere.web.throttles import parsed_rate

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Welcome:
    """Who holds a token, and when it ends (seconds of the machine's clock)."""

    identity: SignedIn
    expires_at: float


def identify(token: str) -> Welcome:
    """Return who holds this access token, by the same check as over HTTP; raises TokenInvalid."""
    identity = signed_in(token)
    # The signature has just been checked; what is left to learn is the end.
    claims = jwt.decode(token, options={"verify_signature": False})
    return Welcome(identity, float(claims["exp"]))


def is_welcome(headers: Headers) -> bool:
    """Say whether a page of this origin may open a socket: our own, or one that the operator named.

    Apps send no Origin. The token is in a frame, not in a cookie, so a foreign page could do nothing anyway; this
    keeps it from trying.
    """
    given = {name: value.decode("latin-1") for name, value in headers if name in (b"origin", b"host")}
    origin = given.get(b"origin")
    if origin is None or origin in {settings.PUBLIC_URL, *settings.CORS_ORIGINS}:
        return True
    page, ours = urlsplit(origin), urlsplit(f"//{given.get(b'host', '')}")
    # The socket may have a port of its own beside the page's.
    return page.hostname == ours.hostname and (page.port == ours.port or bool(settings.SOCKET_PORT))


def may_say(command: Command, user_id: str) -> bool:
    """Count a command of a person, on whichever of their sockets it came; False beyond its rate."""
    limit, window = parsed_rate(command.rate)
    key = f"socket:{command.name}:{user_id}"
    if cache.add(key, 1, window):
        return True
    try:
        return int(cache.incr(key)) <= limit
    except ValueError:  # the window has just ended
        return True
