"""Notifications over HTTP (R86, R89)."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.kit.words import LANGUAGES, Reader
from jobsphere.notifications import selectors, services
from jobsphere.notifications.api.serializers import (
    ChoicesSerializer,
    NotificationQuerySerializer,
    NotificationSerializer,
    PreferencesSerializer,
    ReadCountSerializer,
    SettingsInputSerializer,
    SettingsSerializer,
    UnreadCountSerializer,
    choice_of,
)
from jobsphere.notifications.policies import get_notification_for
from jobsphere.notifications.types import Digest, Settings
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.schema import PAGING, page_of
from jobsphere.web.views import ApiView


class ReaderView(ApiView):
    """A view whose words are in the language of who asks."""

    access = SIGNED_IN

    @property
    def reader(self) -> Reader:
        """Return how the actor reads; one query."""
        return selectors.settings_or_default(self.actor.known_id()).reader

    def shown(self, row: Model) -> Any:
        """Return one notification in words."""
        return NotificationSerializer(row, context={"reader": self.reader}).data


class NotificationsView(ReaderView):
    """What I was told."""

    @extend_schema(parameters=[NotificationQuerySerializer, *PAGING], responses=page_of(NotificationSerializer))
    def get(self, request: Request) -> Response:
        """List what I was told, the newest first; unread ones about one thing are one."""
        asked = self.queried(NotificationQuerySerializer)
        rows = selectors.notifications(self.actor, unread=asked["unread"], group=asked["group"])
        return self.paginated(rows, NotificationSerializer, reader=self.reader)


class UnreadCountView(ApiView):
    """The number on the bell."""

    access = SIGNED_IN

    @extend_schema(responses=UnreadCountSerializer)
    def get(self, request: Request) -> Response:
        """Count what I have not read."""
        return Response({"unread": selectors.unread_count(self.actor.known_id())})


class ReadView(ReaderView):
    """One notification."""

    @extend_schema(request=None, responses=NotificationSerializer)
    def post(self, request: Request, notification_id: UUID) -> Response:
        """Mark one as read."""
        return self.command(
            lambda: services.mark_read(actor=self.actor, notification_id=notification_id),
            render=lambda _: self.shown(get_notification_for(self.actor, notification_id)),
        )


class ReadAllView(ApiView):
    """All notifications."""

    access = SIGNED_IN

    @extend_schema(request=None, responses=ReadCountSerializer)
    def post(self, request: Request) -> Response:
        """Mark all as read."""
        return self.command(lambda: services.mark_all_read(actor=self.actor), render=lambda count: {"read": count})


class PreferencesView(ReaderView):
    """How I want to be told."""

    @extend_schema(responses=PreferencesSerializer)
    def get(self, request: Request) -> Response:
        """Show how each type reaches me."""
        return Response(self._preferences())

    @extend_schema(request=ChoicesSerializer, responses=PreferencesSerializer)
    def put(self, request: Request) -> Response:
        """Choose how the named types reach me."""
        choices = [choice_of(each) for each in self.validated(ChoicesSerializer)["preferences"]]
        return self.command(
            lambda: services.choose(actor=self.actor, choices=choices), render=lambda _: self._preferences()
        )

    def _preferences(self) -> object:
        return PreferencesSerializer({"preferences": selectors.preferences(self.actor, self.reader)}).data


class SettingsView(ApiView):
    """How I read, and when I want to be left alone."""

    access = SIGNED_IN

    @extend_schema(responses=SettingsSerializer)
    def get(self, request: Request) -> Response:
        """Show language, time zone, quiet hours and digest."""
        return Response(self._settings())

    @extend_schema(request=SettingsInputSerializer, responses=SettingsSerializer)
    def put(self, request: Request) -> Response:
        """Change them, all at once."""
        given = self.validated(SettingsInputSerializer)
        wanted = Settings(**{**given, "digest": Digest(given["digest"])})
        return self.command(lambda: services.set_up(actor=self.actor, wanted=wanted), render=lambda _: self._settings())

    def _settings(self) -> object:
        user_id = self.actor.known_id()
        found = selectors.settings_of(user_id)
        wanted = found or selectors.settings_by_default()
        languages = [{"code": code, "name": name} for code, name in LANGUAGES.items()]
        values = {name: getattr(wanted, name) for name in wanted.__slots__}
        return SettingsSerializer({**values, "chosen": found is not None, "languages": languages}).data
