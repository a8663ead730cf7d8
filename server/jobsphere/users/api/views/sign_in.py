"""Register, sign in, refresh, sign out."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.kit.errors import SignInRequired
from jobsphere.users import passwords, services
from jobsphere.users.api import cookies
from jobsphere.users.api.serializers import (
    LoginSerializer,
    LogoutSerializer,
    RefreshSerializer,
    RegisterSerializer,
    SignInSerializer,
    TicketSerializer,
    TokensSerializer,
)
from jobsphere.users.api.views.base import (
    SignInView,
    committed,
    device_of,
    refreshed_answer,
    session_of,
    signed_in_answer,
)
from jobsphere.users.errors import RefreshRefused
from jobsphere.users.rules import Client
from jobsphere.web.access import PUBLIC
from jobsphere.web.schema import problem_answer
from jobsphere.web.views import ApiView

WRONG = problem_answer(401, "Wrong (we never say what), or `mfa-required` with the `ticket` of the next step")
UNVERIFIED = problem_answer(403, "The address must be verified first; `ticket` goes with the code that was sent")
DEAD = problem_answer(401, "The refresh token is used, expired, revoked or not ours; sign in again")
NO_TOKEN = problem_answer(401, "Neither an access token nor a refresh token came with the request")
FOREIGN = problem_answer(403, "The cookie came without `X-Client: web`, or from a page of another site")
WORK = problem_answer(428, "After failures: solve `challenge` and send it as X-Proof-Of-Work")


class RegisterView(SignInView):
    """Sign up."""

    asks_for_work = True

    @extend_schema(request=RegisterSerializer, responses={201: TicketSerializer, **WORK})
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

    asks_for_work = True

    @extend_schema(request=LoginSerializer, responses={200: SignInSerializer, **WRONG, **UNVERIFIED, **WORK})
    def post(self, request: Request) -> Response:
        """Open a session. 401 says neither whether the address is known nor what was wrong.

        A browser gets its refresh token as a cookie; with `client: "mobile"` it comes in the body.
        """
        given = self.validated(LoginSerializer)
        device = device_of(request, given.get("client", ""))
        attempt = committed(lambda: services.begin_sign_in_attempt(email=given["email"], device=device))
        user_id = passwords.verify_sign_in(given["email"], given["password"])
        pair = committed(lambda: services.sign_in(user_id=user_id, device=device, attempt=attempt))
        return signed_in_answer(pair, device)


class RefreshView(SignInView):
    """The next pair of tokens."""

    @extend_schema(request=RefreshSerializer, responses={200: TokensSerializer, **DEAD, **FOREIGN})
    def post(self, request: Request) -> Response:
        """Exchange a refresh token: the cookie's (with the header `X-Client: web`), or the body's.

        Each works once; one that comes again ends its session, because it was copied.
        """
        token = self.validated(RefreshSerializer).get("refresh_token", "")
        client = Client.MOBILE if token else Client.WEB
        token = token or cookies.refresh_cookie(request)
        if not token:
            raise RefreshRefused("There is no session here. Sign in.")
        device = device_of(request, client)
        pair = committed(lambda: services.refresh_session(refresh_token=token, device=device))
        return refreshed_answer(pair, device)

    def handle_exception(self, exc: Exception) -> Response:
        """Take away a cookie that opens nothing any more."""
        response = super().handle_exception(exc)
        if isinstance(exc, RefreshRefused):
            cookies.drop_refresh_cookie(response)
        return response


class LogoutView(ApiView):
    """Sign out."""

    access = PUBLIC
    throttle_action = "sign-in"

    @extend_schema(request=LogoutSerializer, responses={204: None, **NO_TOKEN, **FOREIGN})
    def post(self, request: Request) -> Response:
        """End the session of the access token, the cookie or the body's refresh token: its tokens are dead at once.

        `everywhere` ends all sessions of the person.
        """
        given = self.validated(LogoutSerializer)
        session_id = session_of(request)
        token = given.get("refresh_token", "") or ("" if session_id else cookies.refresh_cookie(request))
        if not session_id and not token:
            raise SignInRequired("Send the access token of the session that shall end, or its refresh token.")
        everywhere = given.get("everywhere", False)
        committed(lambda: services.sign_out(session_id=session_id, refresh_token=token, everywhere=everywhere))
        response = Response(status=204)
        cookies.drop_refresh_cookie(response)
        return response
