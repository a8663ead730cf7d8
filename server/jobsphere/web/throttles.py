"""Rate limits by action, for a person or (signed out) an address (R15).

They live in the cache: with more than one process that must be Redis. One counter a window, not a log of every
request: DRF's own throttle keeps (and pickles) a list as long as the limit, which cost more than a job list.
"""

from functools import cache as remember
from typing import Any

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from jobsphere.kit import clock
from jobsphere.web.access import actor_of


class ActionThrottle(SimpleRateThrottle):
    """One counter for each (action, person); a view names its action in `throttle_action`.

    The window begins with the first request and holds as many as the rate says.
    """

    def __init__(self) -> None:
        """The rate is known only with the view, so nothing to read yet."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request and say whether it is within the limit."""
        scope = scope_of(view, request.method)
        self.limit, self.window = parsed_rate(settings.THROTTLE_RATES[scope])
        actor = actor_of(request)
        self.key = f"throttle:{scope}:{actor.id or self.get_ident(request)}"
        try:
            return self._count() <= self.limit
        except RedisError:
            # While nobody can count, people go on; only guesses at passwords wait (503) until somebody can.
            if scope == "sign-in":
                raise
            return True

    def wait(self) -> float:
        """Return the seconds until the window ends."""
        now = clock.now().timestamp()
        passed = now - cache.get(f"{self.key}:began", now)
        return min(max(0.0, self.window - passed), self.window)

    def _count(self) -> int:
        try:
            return int(cache.incr(self.key))
        except ValueError:  # no window yet, or it has just ended
            if cache.add(self.key, 1, self.window):
                cache.set(f"{self.key}:began", clock.now().timestamp(), self.window)
                return 1
            return int(cache.incr(self.key))


def scope_of(view: Any, method: str | None) -> str:
    """Return the action that a request to a view counts as."""
    own = getattr(view, "write_throttle_action", None) if action_of(method) == "write" else None
    return own or getattr(view, "throttle_action", None) or action_of(method)


def action_of(method: str | None) -> str:
    """Return the action of a view that names none."""
    return "read" if method in ("GET", "HEAD", "OPTIONS") else "write"


@remember
def parsed_rate(rate: str) -> tuple[int, int]:
    """Return how many requests in how many seconds: "20/min" is (20, 60)."""
    number, period = rate.split("/")
    return int(number), {"s": 1, "m": 60, "h": 3600, "d": 86400}[period[0]]
