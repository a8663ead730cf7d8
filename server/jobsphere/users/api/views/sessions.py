"""Where one is signed in, and how to end it."""

from dataclasses import asdict
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.users import selectors, services
from jobsphere.users.api.serializers import LinkSerializer, SessionListSerializer, TicketSerializer
from jobsphere.users.api.views.base import SignInView, committed, device_of, session_of
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.views import ApiView


class SessionsView(ApiView):
    """One's own sign-ins."""

    access = SIGNED_IN

    @extend_schema(operation_id="auth_sessions_list", responses=SessionListSerializer)
    def get(self, request: Request) -> Response:
        """List where I am signed in."""
        rows = [{**asdict(each), "current": each.id == session_of(request)} for each in selectors.sessions(self.actor)]
        return Response(SessionListSerializer({"results": rows}).data)

    @extend_schema(operation_id="auth_sessions_destroy_others", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign out every device but this one: their tokens are dead at once."""
        current = session_of(request)
        return self.command(lambda: services.revoke_all_sessions(actor=self.actor, except_id=current), status=204)


class SessionView(ApiView):
    """One of one's own sign-ins."""

    access = SIGNED_IN

    @extend_schema(responses={204: None})
    def delete(self, request: Request, session_id: UUID) -> Response:
        """Sign out a device: its tokens are dead at once."""
        return self.command(lambda: services.revoke_session(actor=self.actor, session_id=session_id), status=204)


class NotMeView(SignInView):
    """The link in the letter about a new device."""

    @extend_schema(request=LinkSerializer, responses=TicketSerializer)
    def post(self, request: Request) -> Response:
        """End every session of the account, and send a code for a new password; the ticket goes with it."""
        token = self.validated(LinkSerializer)["token"]
        answer = committed(lambda: services.disown_session(token=token, device=device_of(request)))
        detail = "Every device was signed out. We have sent you a code: set a new password with it."
        return Response({"detail": detail, "ticket": answer.ticket})
