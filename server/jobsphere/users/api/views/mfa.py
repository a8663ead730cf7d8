"""Second factors: an authenticator app, recovery codes, and the second step of a sign-in."""

from dataclasses import asdict

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.users import selectors, services, totp
from jobsphere.users.api.factor_serializers import (
    FactorsSerializer,
    PasskeyOptionsSerializer,
    RecoveryCodesSerializer,
    SecondFactorSerializer,
    TicketOnlySerializer,
    TotpCodeSerializer,
    TotpSetupSerializer,
    proof_of,
)
from jobsphere.users.api.serializers import SignInSerializer
from jobsphere.users.api.views.base import SignInView, committed, device_of, signed_in_answer
from jobsphere.web.access import SIGNED_IN, recent
from jobsphere.web.serializers import EmptySerializer
from jobsphere.web.views import ApiView


class FactorsView(ApiView):
    """What protects one's own account."""

    access = SIGNED_IN

    @extend_schema(responses=FactorsSerializer)
    def get(self, request: Request) -> Response:
        """Show my second factors and how many recovery codes are left."""
        return Response(FactorsSerializer(asdict(selectors.factors(self.actor))).data)


class SecondFactorView(SignInView):
    """The second step of a sign-in."""

    @extend_schema(request=SecondFactorSerializer, responses=SignInSerializer)
    def post(self, request: Request) -> Response:
        """Finish a sign-in that answered `mfa-required`. Five tries a ticket, and a limit for each account."""
        given = self.validated(SecondFactorSerializer)
        device = device_of(request, given.get("client", ""))
        proof = proof_of(given)
        pair = committed(lambda: services.verify_second_factor(ticket=given["ticket"], proof=proof, device=device))
        return signed_in_answer(pair, device)


class SecondFactorPasskeyView(SignInView):
    """A passkey as the second step."""

    @extend_schema(request=TicketOnlySerializer, responses=PasskeyOptionsSerializer)
    def post(self, request: Request) -> Response:
        """Get what the browser needs to use a passkey for this step."""
        ticket = self.validated(TicketOnlySerializer)["ticket"]
        options = committed(lambda: services.begin_passkey_as_second_factor(ticket=ticket))
        return Response({"ticket": ticket, "options": options})


class FactorView(ApiView):
    """Base: what changes the factors of an account asks for a recent proof of identity, and is never stored."""

    access = recent()
    throttle_action = "sign-in"


class TotpView(FactorView):
    """The authenticator app."""

    @extend_schema(request=None, responses=TotpSetupSerializer)
    def post(self, request: Request) -> Response:
        """Get a QR code for an authenticator app; it counts once its digits were confirmed."""
        self.validated(EmptySerializer)
        made = committed(lambda: services.begin_totp(actor=self.actor))
        return Response({"secret": made.secret, "otpauth_uri": made.uri, "qr_svg": totp.qr_svg(made.uri)})

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        """Remove the authenticator app; with the last second factor the recovery codes go too."""
        return self.command(lambda: services.remove_totp(actor=self.actor), status=204)


class TotpConfirmView(FactorView):
    """The first digits of an authenticator app."""

    @extend_schema(request=TotpCodeSerializer, responses=RecoveryCodesSerializer)
    def post(self, request: Request) -> Response:
        """Put the app in force. Recovery codes are shown now and never again."""
        code = self.validated(TotpCodeSerializer)["code"]
        made = committed(lambda: services.confirm_totp(actor=self.actor, code=code))
        return Response({"recovery_codes": made})


class RecoveryCodesView(FactorView):
    """Codes on paper."""

    @extend_schema(request=None, responses=RecoveryCodesSerializer)
    def post(self, request: Request) -> Response:
        """Make ten new ones, shown now and never again; the old ones are void."""
        self.validated(EmptySerializer)
        return Response({"recovery_codes": committed(lambda: services.renew_recovery_codes(actor=self.actor))})
