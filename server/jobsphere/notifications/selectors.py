"""Reads about notifications."""

from uuid import UUID

from django.db.models import QuerySet

from jobsphere.kit.actor import Actor
from jobsphere.notifications.models import Notification, NotificationPreference
from jobsphere.notifications.rules import CATALOGUE, preference
from jobsphere.notifications.types import NotificationType, NotificationView, Preference


def notifications(viewer: Actor, *, unread: bool | None = None) -> "QuerySet[Notification]":
    """Return what the viewer was told, for the API to page; only unread, or only read, ones if asked."""
    rows = Notification.objects.filter(user_id=viewer.known_id(), in_app=True)
    return rows if unread is None else rows.filter(read_at__isnull=unread)


def unread_count(viewer: Actor) -> int:
    """Count what the viewer has not read; one query on an index of just these rows."""
    return notifications(viewer, unread=True).count()


def preferences(viewer: Actor) -> list[Preference]:
    """Return how each type reaches the viewer, in the order of the catalogue; one query."""
    rows = NotificationPreference.objects.filter(user_id=viewer.known_id())
    chosen = {row.type: (row.in_app, row.email) for row in rows}
    return [preference(kind, chosen.get(kind)) for kind in CATALOGUE]


def preference_of(user_id: UUID, kind: NotificationType) -> Preference:
    """Return how one type reaches a person; one query."""
    row = NotificationPreference.objects.filter(user_id=user_id, type=kind).first()
    return preference(kind, (row.in_app, row.email) if row else None)


def view_of(row: Notification) -> NotificationView:
    """Return one notification as it is shown."""
    return NotificationView(row.id, row.type, row.title, row.body, row.link, row.metadata, row.read_at, row.created_at)
