"""Where the socket is, and whether one is seen there."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.realtime import selectors, services
from jobsphere.realtime.api.serializers import PresenceSerializer, SocketSerializer
from jobsphere.realtime.serving import public_address
from jobsphere.web.access import PUBLIC, SIGNED_IN
from jobsphere.web.views import ApiView


class SocketView(ApiView):
    """The socket's address."""

    access = PUBLIC

    @extend_schema(responses=SocketSerializer)
    def get(self, request: Request) -> Response:
        """Tell where the socket is."""
        return Response({"url": public_address(request.get_host(), secure=request.is_secure())})


class PresenceView(ApiView):
    """My presence."""

    access = SIGNED_IN

    @extend_schema(responses=PresenceSerializer)
    def get(self, request: Request) -> Response:
        """Tell whether others see that I am here."""
        return Response({"shown": selectors.shows_presence(self.actor)})

    @extend_schema(request=PresenceSerializer, responses=PresenceSerializer)
    def put(self, request: Request) -> Response:
        """Choose whether others see that I am here."""
        shown = self.validated(PresenceSerializer)["shown"]
        return self.command(
            lambda: services.show_presence(actor=self.actor, shown=shown), render=lambda _: {"shown": shown}
        )
