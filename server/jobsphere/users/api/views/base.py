"""What the views of sign-in share."""

import ipaddress
from collections.abc import Callable
from typing import ClassVar, TypeVar
from uuid import UUID

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.errors import DomainError
from jobsphere.users.types import Device, SignedIn
from jobsphere.web.access import PUBLIC
from jobsphere.web.views import ApiView

Result = TypeVar("Result")


class SignInView(ApiView):
    """A view for people who are not signed in: no token is looked at, and the tightest throttle applies.

    It does not use `command()`: answers with tokens must never be stored beside an Idempotency-Key.
    """

    access = PUBLIC
    authentication_classes = ()
    throttle_action: ClassVar[str | None] = "sign-in"


def committed(verb: Callable[[], Result | DomainError]) -> Result:
    """Run a verb in the edge's transaction; a refusal that it returned is raised after what it wrote is kept."""
    with edge_transaction():
        outcome = verb()
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


def device_of(request: Request) -> Device:
    """Return where a request comes from, as far as our own proxy saw it."""
    try:
        address = str(ipaddress.ip_address(BaseThrottle().get_ident(request)))
    except ValueError:
        address = None
    return Device(user_agent=request.headers.get("User-Agent", "")[:255], address=address)


def session_of(request: Request) -> UUID | None:
    """Return the session of the request's access token; None for a visitor."""
    return request.auth.session_id if isinstance(request.auth, SignedIn) else None
