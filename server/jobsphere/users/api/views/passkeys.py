"""Passkeys: made, named, removed, and used to sign in."""

from dataclasses import asdict
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.users import selectors, services
from jobsphere.users.api.factor_serializers import (
    NewPasskeySerializer,
    PasskeyListSerializer,
    PasskeyMadeSerializer,
    PasskeyNameSerializer,
    PasskeyOptionsSerializer,
    PasskeySignInSerializer,
)
from jobsphere.users.api.serializers import SignInSerializer
from jobsphere.users.api.views.base import SignInView, committed, device_of, signed_in_answer
from jobsphere.users.api.views.mfa import FactorView
from jobsphere.web.access import SIGNED_IN, recent
from jobsphere.web.serializers import EmptySerializer
from jobsphere.web.views import ApiView


class PasskeyOptionsView(FactorView):
    """The challenge for a new passkey."""

    @extend_schema(request=None, responses=PasskeyOptionsSerializer)
    def post(self, request: Request) -> Response:
        """Get what the browser needs to make a passkey."""
        self.validated(EmptySerializer)
        return Response(asdict(committed(lambda: services.begin_passkey(actor=self.actor))))


class PasskeysView(ApiView):
    """One's own passkeys."""

    access = SIGNED_IN
    write_access = recent()

    @extend_schema(operation_id="auth_mfa_passkeys_list", responses=PasskeyListSerializer)
    def get(self, request: Request) -> Response:
        """List my passkeys."""
        rows = [asdict(each) for each in selectors.factors(self.actor).passkeys]
        return Response(PasskeyListSerializer({"results": rows}).data)

    @extend_schema(request=NewPasskeySerializer, responses={201: PasskeyMadeSerializer})
    def post(self, request: Request) -> Response:
        """Keep the passkey that the browser made. Recovery codes are shown now and never again."""
        given = self.validated(NewPasskeySerializer)
        made = committed(lambda: services.add_passkey(actor=self.actor, **given))
        return Response({"id": made[0], "recovery_codes": made[1]}, status=201)


class PasskeyView(ApiView):
    """One of one's own passkeys."""

    access = recent()

    @extend_schema(request=PasskeyNameSerializer, responses={204: None})
    def patch(self, request: Request, passkey_id: UUID) -> Response:
        """Give it another name."""
        name = self.validated(PasskeyNameSerializer)["name"]
        return self.command(
            lambda: services.rename_passkey(actor=self.actor, passkey_id=passkey_id, name=name), status=204
        )

    @extend_schema(responses={204: None})
    def delete(self, request: Request, passkey_id: UUID) -> Response:
        """Forget it; with the last second factor the recovery codes go too."""
        return self.command(lambda: services.remove_passkey(actor=self.actor, passkey_id=passkey_id), status=204)


class PasskeySignInOptionsView(SignInView):
    """The challenge for a sign-in without a password."""

    @extend_schema(request=None, responses=PasskeyOptionsSerializer)
    def post(self, request: Request) -> Response:
        """Get what the browser needs to let me choose one of my passkeys; the same for everybody."""
        self.validated(EmptySerializer)
        return Response(asdict(committed(services.begin_passkey_sign_in)))


class PasskeySignInView(SignInView):
    """A sign-in without a password."""

    @extend_schema(request=PasskeySignInSerializer, responses=SignInSerializer)
    def post(self, request: Request) -> Response:
        """Open a session with a passkey alone; it is two factors in one, so no second step follows."""
        given = self.validated(PasskeySignInSerializer)
        device = device_of(request, given.pop("client", ""))
        pair = committed(lambda: services.sign_in_with_passkey(**given, device=device))
        return signed_in_answer(pair, device)
