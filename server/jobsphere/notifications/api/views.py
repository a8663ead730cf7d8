"""Notifications over HTTP (R86, R89)."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.notifications import selectors, services
from jobsphere.notifications.api.serializers import (
    ChoicesSerializer,
    NotificationQuerySerializer,
    NotificationSerializer,
    PreferencesSerializer,
    ReadCountSerializer,
    UnreadCountSerializer,
)
from jobsphere.notifications.policies import get_notification_for
from jobsphere.notifications.types import NotificationType
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.schema import PAGING, page_of
from jobsphere.web.views import ApiView


class NotificationsView(ApiView):
    """What I was told."""

    access = SIGNED_IN

    @extend_schema(parameters=[NotificationQuerySerializer, *PAGING], responses=page_of(NotificationSerializer))
    def get(self, request: Request) -> Response:
        """List what I was told, the newest first."""
        unread = self.queried(NotificationQuerySerializer)["unread"]
        return self.paginated(selectors.notifications(self.actor, unread=unread), NotificationSerializer)


class UnreadCountView(ApiView):
    """The number on the bell."""

    access = SIGNED_IN

    @extend_schema(responses=UnreadCountSerializer)
    def get(self, request: Request) -> Response:
        """Count what I have not read."""
        return Response({"unread": selectors.unread_count(self.actor)})


class ReadView(ApiView):
    """One notification."""

    access = SIGNED_IN

    @extend_schema(request=None, responses=NotificationSerializer)
    def post(self, request: Request, notification_id: UUID) -> Response:
        """Mark one as read."""
        return self.command(
            lambda: services.mark_read(actor=self.actor, notification_id=notification_id),
            render=lambda _: NotificationSerializer(get_notification_for(self.actor, notification_id)).data,
        )


class ReadAllView(ApiView):
    """All notifications."""

    access = SIGNED_IN

    @extend_schema(request=None, responses=ReadCountSerializer)
    def post(self, request: Request) -> Response:
        """Mark all as read."""
        return self.command(lambda: services.mark_all_read(actor=self.actor), render=lambda count: {"read": count})


class PreferencesView(ApiView):
    """How I want to be told."""

    access = SIGNED_IN

    @extend_schema(responses=PreferencesSerializer)
    def get(self, request: Request) -> Response:
        """Show how each type reaches me."""
        return Response(self._shown())

    @extend_schema(request=ChoicesSerializer, responses=PreferencesSerializer)
    def put(self, request: Request) -> Response:
        """Choose how the named types reach me."""
        given = self.validated(ChoicesSerializer)["preferences"]
        choices = [(NotificationType(each["type"]), each["in_app"], each["email"]) for each in given]
        return self.command(lambda: services.choose(actor=self.actor, choices=choices), render=lambda _: self._shown())

    def _shown(self) -> object:
        return PreferencesSerializer({"preferences": selectors.preferences(self.actor)}).data
