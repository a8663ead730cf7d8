"""Devices and the link in a letter, over HTTP."""

from uuid import UUID

from django.http import HttpResponseBase, HttpResponseRedirect
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.notifications import selectors, services, unsubscribing
from jobsphere.notifications.api.serializers import (
    DevicesSerializer,
    NewDeviceSerializer,
    UnsubscribeQuerySerializer,
    UnsubscribeSerializer,
)
from jobsphere.notifications.push import fcm, vapid
from jobsphere.notifications.types import DeviceKind
from jobsphere.web.access import PUBLIC, SIGNED_IN
from jobsphere.web.json import JsonParser
from jobsphere.web.schema import problem_answer
from jobsphere.web.views import ApiView

#: The link of a letter that we did not send.
NO_LINK = problem_answer(404, "No such link")


class DevicesView(ApiView):
    """My devices."""

    access = SIGNED_IN

    @extend_schema(responses=DevicesSerializer)
    def get(self, request: Request) -> Response:
        """Show my devices, and what a browser needs to become one."""
        return Response(self._devices())

    @extend_schema(request=NewDeviceSerializer, responses=DevicesSerializer)
    def post(self, request: Request) -> Response:
        """Turn push messages on for a device; again is harmless."""
        given = self.validated(NewDeviceSerializer)
        kind = DeviceKind(given["kind"])
        address = {"token": given["token"]} if kind == DeviceKind.FCM else given["subscription"]
        return self.command(
            lambda: services.add_device(
                actor=self.actor, kind=kind, address=address, name=given["name"], session_id=self._session_id()
            ),
            render=lambda _: self._devices(),
            status=201,
        )

    def _devices(self) -> object:
        shown = selectors.devices(self.actor, session_id=self._session_id())
        data = {"devices": shown, "web_push_key": vapid.public_key(), "fcm": fcm.is_set_up()}
        return DevicesSerializer(data).data

    def _session_id(self) -> UUID | None:
        return getattr(self.request.auth, "session_id", None)


class DeviceView(ApiView):
    """One of my devices."""

    access = SIGNED_IN

    @extend_schema(responses={204: None})
    def delete(self, request: Request, device_id: UUID) -> Response:
        """Turn push messages off for a device."""
        return self.command(lambda: services.remove_device(actor=self.actor, device_id=device_id), status=204)


class UnsubscribeView(ApiView):
    """The link in a letter. Whoever holds it may use it: that is what mail programs do for their people (RFC 8058)."""

    access = PUBLIC
    # Not "sign-in": a mail provider posts for all of its people from a few addresses.
    throttle_action = "write"
    #: Mail programs post `List-Unsubscribe=One-Click` as a form.
    parser_classes = (JsonParser, FormParser, MultiPartParser)

    @extend_schema(parameters=[UnsubscribeQuerySerializer], responses={200: UnsubscribeSerializer, **NO_LINK})
    def get(self, request: Request) -> HttpResponseBase:
        """Say what the link would switch off, and change nothing: link checkers of mailboxes open every link."""
        token = self.queried(UnsubscribeQuerySerializer)["token"]
        if "text/html" in request.headers.get("Accept", ""):
            return HttpResponseRedirect(unsubscribing.page_url(token))
        return Response(UnsubscribeSerializer(selectors.unsubscribing(token)).data)

    @extend_schema(parameters=[UnsubscribeQuerySerializer], request=None, responses=UnsubscribeSerializer)
    def post(self, request: Request) -> Response:
        """Switch it off; again is harmless."""
        token = self.queried(UnsubscribeQuerySerializer)["token"]
        return self.command(
            lambda: services.unsubscribe(token=token),
            render=lambda _: UnsubscribeSerializer(selectors.unsubscribing(token)).data,
        )
