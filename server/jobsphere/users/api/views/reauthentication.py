"""Step-up: confirm who one is, before something that cannot be taken back."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.users import passwords, selectors, services
from jobsphere.users.api.factor_serializers import (
    PasskeyOptionsSerializer,
    ReauthenticateSerializer,
    ReauthenticationSerializer,
    proof_of,
)
from jobsphere.users.api.views.base import committed, session_of
from jobsphere.users.errors import TokenInvalid
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.serializers import EmptySerializer
from jobsphere.web.views import ApiView


class ReauthenticateView(ApiView):
    """Confirm that it is still me."""

    access = SIGNED_IN
    throttle_action = "sign-in"

    @extend_schema(responses=ReauthenticationSerializer)
    def get(self, request: Request) -> Response:
        """Show how I can confirm, and until when nothing asks me to."""
        identity: Any = request.auth
        return self._answer(identity.authenticated_at + settings.RECENT_SIGN_IN)

    @extend_schema(request=ReauthenticateSerializer, responses=ReauthenticationSerializer)
    def post(self, request: Request) -> Response:
        """Confirm with one proof; who has a second factor confirms with that. Then send the refused request again."""
        given = self.validated(ReauthenticateSerializer)
        session_id = session_of(request)
        if session_id is None:
            raise TokenInvalid
        attempt = committed(lambda: services.begin_reauthentication_attempt(session_id=session_id))
        password = given.get("password", "")
        fits = bool(password) and passwords.is_password_of(self.actor.known_id(), password)
        until = committed(
            lambda: services.reauthenticate(
                actor=self.actor,
                session_id=session_id,
                proof=proof_of(given),
                ticket=given.get("ticket", ""),
                password_fits=fits,
                attempt=attempt,
            )
        )
        return self._answer(until)

    def _answer(self, until: datetime) -> Response:
        methods = selectors.ways_to_confirm(self.actor)
        return Response(ReauthenticationSerializer({"methods": methods, "recent_until": until}).data)


class ReauthenticateOptionsView(ApiView):
    """The challenge for a passkey."""

    access = SIGNED_IN
    throttle_action = "sign-in"

    @extend_schema(request=None, responses=PasskeyOptionsSerializer)
    def post(self, request: Request) -> Response:
        """Get what the browser needs to confirm with a passkey."""
        self.validated(EmptySerializer)
        return Response(asdict(committed(lambda: services.begin_passkey_reauthentication(actor=self.actor))))
