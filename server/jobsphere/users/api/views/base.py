"""What the views of sign-in share."""

import ipaddress
import re
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import DomainError
from jobsphere.users import human, passwords, selectors, services, tokens
from jobsphere.users.api import cookies
from jobsphere.users.api.serializers import SignInSerializer, TokensSerializer
from jobsphere.users.errors import WorkRequired
from jobsphere.users.rules import EASY_FAILURES, Client
from jobsphere.users.types import Device, SignedIn, TokenPair
from jobsphere.web.access import PUBLIC
from jobsphere.web.views import ApiView

Result = TypeVar("Result")

#: How a phone says that it has signed in here before; a browser does it by cookie.
DEVICE_HEADER = "X-Device-Token"
_TOKEN = re.compile(r"^[A-Za-z0-9_-]{43}$")


class SignInView(ApiView):
    """A view for people who are not signed in: no token is looked at, and the tightest throttle applies.

    It does not use `command()`: answers with tokens must never be stored beside an Idempotency-Key.
    """

    access = PUBLIC
    authentication_classes = ()
    throttle_action: ClassVar[str | None] = "sign-in"
    #: After failures from its address a client must show some work here, where the operator wants it.
    asks_for_work: ClassVar[bool] = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Ask for work before anything is looked at."""
        super().initial(request, *args, **kwargs)
        check = human.human_check() if self.asks_for_work else None
        if check is None or services.failures_from(device_of(request)) < EASY_FAILURES:
            return
        if not check.passes(request.headers.get(human.HEADER, "")):
            raise WorkRequired("Several tries went wrong here. Solve the challenge and try again.", **check.challenge())


def committed(verb: Callable[[], Result | DomainError]) -> Result:
    """Run a verb in the edge's transaction; a refusal that it returned is raised after what it wrote is kept."""
    with edge_transaction():
        outcome = verb()
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


def confirm_owner(request: Request, actor: Actor, password: str) -> None:
    """Make sure that the person at the keyboard is the owner; before any transaction, because Argon2 takes its time.

    Each try is counted before it is looked at, with those of a step-up in the same session. Raises InvalidInput at
    /password, and TooManyAttempts.
    """
    session_id = session_of(request)
    assert session_id is not None, "for people who are signed in"
    attempt = committed(lambda: services.begin_reauthentication_attempt(session_id=session_id))
    passwords.confirm_password(actor.known_id(), password)
    committed(lambda: services.give_back(attempt))


def device_of(request: Request, client: str = "") -> Device:
    """Return where a request comes from, as far as our own proxy saw it, and how it keeps its tokens."""
    try:
        address = str(ipaddress.ip_address(BaseThrottle().get_ident(request)))
    except ValueError:
        address = None
    token = cookies.device_cookie(request) or request.headers.get(DEVICE_HEADER, "")
    return Device(
        user_agent=request.headers.get("User-Agent", "")[:255],
        address=address,
        token=token if _TOKEN.match(token) else tokens.new_secret(),
        client=client or _client_of(request),
    )


def session_of(request: Request) -> UUID | None:
    """Return the session of the request's access token; None for a visitor."""
    return request.auth.session_id if isinstance(request.auth, SignedIn) else None


def signed_in_answer(pair: TokenPair, device: Device) -> Response:
    """Answer with the first tokens of a session, and whose they are."""
    body = {**_token_fields(pair, device), "user": selectors.account(Actor(pair.user_id))}
    return _with_cookies(Response(SignInSerializer(body).data), pair, device)


def refreshed_answer(pair: TokenPair, device: Device) -> Response:
    """Answer with the next tokens of a session."""
    return _with_cookies(Response(TokensSerializer(_token_fields(pair, device)).data), pair, device)


def _token_fields(pair: TokenPair, device: Device) -> dict[str, Any]:
    kept_by_client = {"refresh_token": pair.refresh_token, "device_token": device.token}
    return {
        "token_type": "Bearer",
        "access_token": pair.access_token,
        "expires_at": pair.expires_at,
        "refresh_expires_at": pair.refresh_expires_at,
        "session_id": pair.session_id,
        **(kept_by_client if pair.client == Client.MOBILE else {}),
    }


def _with_cookies(response: Response, pair: TokenPair, device: Device) -> Response:
    if pair.client == Client.WEB:
        cookies.set_refresh_cookie(response, pair.refresh_token)
        cookies.set_device_cookie(response, device.token)
    return response


def _client_of(request: Request) -> Client:
    """Return what the client says it is; who does not say is a browser if it behaves like one."""
    said = request.headers.get(cookies.CLIENT_HEADER, "")
    if said in set(Client):
        return Client(said)
    is_browser = "Origin" in request.headers or "Sec-Fetch-Site" in request.headers
    return Client.WEB if is_browser else Client.MOBILE
