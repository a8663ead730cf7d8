"""Register, sign in, refresh, sign out."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import SignInRequired
from jobsphere.users import passwords, selectors, services
from jobsphere.users.api.serializers import (
    LoginSerializer,
    LogoutSerializer,
    RefreshSerializer,
    RegisterSerializer,
    SignInSerializer,
    TicketSerializer,
    TokensSerializer,
)
from jobsphere.users.api.views.base import SignInView, committed, device_of, session_of
from jobsphere.users.types import TokenPair
from jobsphere.web.access import PUBLIC
from jobsphere.web.schema import problem_answer
from jobsphere.web.views import ApiView

WRONG = problem_answer(401, "The address or the password is not right; we never say which")
UNVERIFIED = problem_answer(403, "The address must be verified first; `ticket` goes with the code that was sent")
DEAD = problem_answer(401, "The refresh token is used, expired, revoked or not ours; sign in again")
NO_TOKEN = problem_answer(401, "Neither an access token nor a refresh token came with the request")


class RegisterView(SignInView):
    """Sign up."""

    @extend_schema(request=RegisterSerializer, responses={201: TicketSerializer})
    def post(self, request: Request) -> Response:
        """Make a login. The answer is the same for an address that has one already; its owner gets a letter."""
        wanted = self.validated(RegisterSerializer)
        password = wanted.pop("password")
        wanted["password_hash"] = passwords.hash_password(password, name=wanted["name"], email=wanted["email"])
        ticket = committed(lambda: services.register(**wanted, device=device_of(request)))
        detail = "Welcome. You can sign in now; we have sent a code to your address, to verify it."
        return Response({"detail": detail, "ticket": ticket}, status=201)


class LoginView(SignInView):
    """Sign in."""

    @extend_schema(request=LoginSerializer, responses={200: SignInSerializer, **WRONG, **UNVERIFIED})
    def post(self, request: Request) -> Response:
        """Open a session. 401 says neither whether the address is known nor what was wrong."""
        given = self.validated(LoginSerializer)
        user_id = passwords.verify_sign_in(given["email"], given["password"])
        pair = committed(lambda: services.sign_in(user_id=user_id, device=device_of(request)))
        return Response(SignInSerializer({**token_fields(pair), "user": selectors.account(Actor(user_id))}).data)


class RefreshView(SignInView):
    """The next pair of tokens."""

    @extend_schema(request=RefreshSerializer, responses={200: TokensSerializer, **DEAD})
    def post(self, request: Request) -> Response:
        """Exchange a refresh token. Each works once; one that comes again ends its session, because it was copied."""
        token = self.validated(RefreshSerializer)["refresh_token"]
        pair = committed(lambda: services.refresh_session(refresh_token=token))
        return Response(TokensSerializer(token_fields(pair)).data)


class LogoutView(ApiView):
    """Sign out."""

    access = PUBLIC
    throttle_action = "sign-in"

    @extend_schema(request=LogoutSerializer, responses={204: None, **NO_TOKEN})
    def post(self, request: Request) -> Response:
        """End the session of the access token, or of the refresh token in the body: all its tokens are dead at once."""
        refresh_token = self.validated(LogoutSerializer).get("refresh_token", "")
        session_id = session_of(request)
        if not session_id and not refresh_token:
            raise SignInRequired("Send the access token of the session that shall end, or its refresh token.")
        committed(lambda: services.sign_out(session_id=session_id, refresh_token=refresh_token))
        return Response(status=204)


def token_fields(pair: TokenPair) -> dict[str, Any]:
    """Return a pair as it is answered."""
    return {
        "token_type": "Bearer",
        "access_token": pair.access_token,
        "expires_at": pair.expires_at,
        "refresh_token": pair.refresh_token,
        "refresh_expires_at": pair.refresh_expires_at,
        "session_id": pair.session_id,
    }
