"""One's own account and sessions."""

from dataclasses import asdict
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.users import passwords, selectors, services
from jobsphere.users.api.serializers import (
    AccountChangeSerializer,
    AccountSerializer,
    CloseAccountSerializer,
    SessionListSerializer,
)
from jobsphere.users.api.views.base import session_of
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.views import ApiView


class MeView(ApiView):
    """One's own account."""

    access = SIGNED_IN

    @extend_schema(responses=AccountSerializer)
    def get(self, request: Request) -> Response:
        """Show who I am here."""
        return Response(AccountSerializer(selectors.account(self.actor)).data)

    @extend_schema(request=AccountChangeSerializer, responses=AccountSerializer)
    def patch(self, request: Request) -> Response:
        """Change name or phone, or take on another role."""
        given = self.validated(AccountChangeSerializer)
        return self.command(
            lambda: services.update_account(actor=self.actor, **given),
            render=lambda _: AccountSerializer(selectors.account(self.actor)).data,
        )

    @extend_schema(request=CloseAccountSerializer, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Close my account: it cannot sign in any more, and every session ends. Deals and books stay."""
        given = self.validated(CloseAccountSerializer)
        passwords.confirm_password(self.actor.known_id(), given["password"])
        return self.command(lambda: services.close_account(actor=self.actor), status=204)


class SessionsView(ApiView):
    """One's own sign-ins."""

    access = SIGNED_IN

    @extend_schema(operation_id="auth_sessions_list", responses=SessionListSerializer)
    def get(self, request: Request) -> Response:
        """List where I am signed in."""
        rows = [{**asdict(each), "current": each.id == session_of(request)} for each in selectors.sessions(self.actor)]
        return Response(SessionListSerializer({"results": rows}).data)


class SessionView(ApiView):
    """One of one's own sign-ins."""

    access = SIGNED_IN

    @extend_schema(responses={204: None})
    def delete(self, request: Request, session_id: UUID) -> Response:
        """Sign out a device: its tokens are dead at once."""
        return self.command(lambda: services.revoke_session(actor=self.actor, session_id=session_id), status=204)
