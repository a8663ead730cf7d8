"""Rate limits by action, for a person or (signed out) an address (R15).

They live in the cache: with more than one process that must be Redis.
"""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from jobsphere.web.access import actor_of


class ActionThrottle(SimpleRateThrottle):
    """One counter for each (action, person); a view names its action in `throttle_action`."""

    cache_format = "throttle_%(scope)s_%(ident)s"

    def __init__(self) -> None:
        """The rate is known only with the view, so nothing to read yet."""

    def allow_request(self, request: Request, view: Any) -> bool:
        self.scope = getattr(view, "throttle_action", None) or (
            "read" if request.method in ("GET", "HEAD", "OPTIONS") else "write"
        )
        self.rate = settings.THROTTLE_RATES[self.scope]
        self.num_requests, self.duration = self.parse_rate(self.rate)
        return super().allow_request(request, view)

    def get_cache_key(self, request: Request, view: Any) -> str:
        actor = actor_of(request)
        ident = str(actor.id) if actor.id else self.get_ident(request)
        return f"throttle_{self.scope}_{ident}"
