"""Verify an address; set a new password."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.users import passwords, services
from jobsphere.users.api.serializers import (
    CodeSerializer,
    DetailSerializer,
    EmailSerializer,
    NewPasswordSerializer,
    TicketSerializer,
)
from jobsphere.users.api.views.base import SignInView, committed, device_of

SENT = "If this address has an account that needs it, a code is on its way. It works for 15 minutes."


class VerifyEmailView(SignInView):
    """Prove an address."""

    @extend_schema(request=CodeSerializer, responses=DetailSerializer)
    def post(self, request: Request) -> Response:
        """Enter the code from the letter."""
        given = self.validated(CodeSerializer)
        committed(lambda: services.verify_email(**given))
        return Response({"detail": "Your address is verified."})


class ResendVerificationView(SignInView):
    """Another verification code."""

    @extend_schema(request=EmailSerializer, responses={202: TicketSerializer})
    def post(self, request: Request) -> Response:
        """Ask for another code; earlier codes stay good with their own tickets."""
        email = self.validated(EmailSerializer)["email"]
        ticket = committed(lambda: services.resend_verification(email=email, device=device_of(request)))
        return Response({"detail": SENT, "ticket": ticket}, status=202)


class PasswordResetView(SignInView):
    """A forgotten password."""

    @extend_schema(request=EmailSerializer, responses={202: TicketSerializer})
    def post(self, request: Request) -> Response:
        """Ask for a code. The answer is the same for every address."""
        email = self.validated(EmailSerializer)["email"]
        ticket = committed(lambda: services.request_password_reset(email=email, device=device_of(request)))
        return Response({"detail": SENT, "ticket": ticket}, status=202)


class PasswordResetConfirmView(SignInView):
    """A new password."""

    @extend_schema(request=NewPasswordSerializer, responses=DetailSerializer)
    def post(self, request: Request) -> Response:
        """Set a new password with the code. Every session of the account ends."""
        given = self.validated(NewPasswordSerializer)
        given["password_hash"] = passwords.hash_password(given.pop("password"))
        committed(lambda: services.reset_password(**given))
        return Response({"detail": "Your new password is set. Every device was signed out; sign in again."})
