"""Verify an address; set a new password."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.kit.errors import InvalidInput
from jobsphere.users import passwords, selectors, services
from jobsphere.users.api import cookies
from jobsphere.users.api.serializers import (
    CodeSerializer,
    DetailSerializer,
    EmailSerializer,
    NewPasswordSerializer,
    PasswordChangeSerializer,
    PasswordResetSerializer,
    TicketSerializer,
)
from jobsphere.users.api.views.base import SignInView, committed, device_of, session_of
from jobsphere.users.api.views.sign_in import WORK
from jobsphere.users.errors import TokenInvalid
from jobsphere.users.rules import Client
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.views import ApiView

SENT = "If this address has an account that needs it, a code is on its way. It works for 10 minutes."


class VerifyEmailView(SignInView):
    """Prove an address."""

    @extend_schema(request=CodeSerializer, responses=DetailSerializer)
    def post(self, request: Request) -> Response:
        """Enter the code from the letter, or send the token of its link."""
        given = self.validated(CodeSerializer)
        committed(lambda: services.verify_email(**given))
        return Response({"detail": "Your address is verified."})


class ResendVerificationView(SignInView):
    """Another verification code."""

    @extend_schema(request=EmailSerializer, responses={202: TicketSerializer})
    def post(self, request: Request) -> Response:
        """Ask for another code; earlier codes stay good with their own tickets.

        429 with Retry-After: a letter was sent a moment ago; the wait grows with each letter.
        """
        email = self.validated(EmailSerializer)["email"]
        ticket = committed(lambda: services.resend_verification(email=email, device=device_of(request)))
        return Response({"detail": SENT, "ticket": ticket}, status=202)


class PasswordResetView(SignInView):
    """A forgotten password."""

    asks_for_work = True

    @extend_schema(request=EmailSerializer, responses={202: TicketSerializer, **WORK})
    def post(self, request: Request) -> Response:
        """Ask for a code. The answer is the same for every address."""
        email = self.validated(EmailSerializer)["email"]
        ticket = committed(lambda: services.request_password_reset(email=email, device=device_of(request)))
        return Response({"detail": SENT, "ticket": ticket}, status=202)


class PasswordResetConfirmView(SignInView):
    """A new password."""

    @extend_schema(request=NewPasswordSerializer, responses=PasswordResetSerializer)
    def post(self, request: Request) -> Response:
        """Set a new password with the code, or with the token of the letter's link. Every session ends."""
        given = self.validated(NewPasswordSerializer)
        email = services.address_asked_about(ticket=given.get("ticket", ""), token=given.get("token", ""))
        given["password_hash"] = passwords.hash_password(given.pop("password"), email=email)
        device = device_of(request)
        committed(lambda: services.reset_password(**given, device=device))
        body = {"detail": "Your new password is set. Every device was signed out; sign in again."}
        # The device is known from now on, whatever strangers do.
        if device.client == Client.MOBILE:
            return Response({**body, "device_token": device.token})
        response = Response(body)
        cookies.set_device_cookie(response, device.token)
        return response


class PasswordView(ApiView):
    """One's own password."""

    access = SIGNED_IN
    throttle_action = "sign-in"

    @extend_schema(request=PasswordChangeSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        """Set a new password. Every other session ends. 400 when the present password is wrong."""
        given = self.validated(PasswordChangeSerializer)
        me, session_id = selectors.account(self.actor), session_of(request)
        if session_id is None:
            raise TokenInvalid
        attempt = committed(lambda: services.begin_reauthentication_attempt(session_id=session_id))
        if not passwords.is_password_of(me.id, given["current_password"]):
            raise InvalidInput.at("/current_password", "wrong-password", "That is not your password.")
        hashed = passwords.hash_password(given["password"], name=me.name, email=me.email)

        def verb() -> None:
            services.give_back(attempt)
            services.change_password(actor=self.actor, password_hash=hashed, session_id=session_id)

        return self.command(verb, status=204)
