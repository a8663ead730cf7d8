"""Reads about notifications."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet

from jobsphere.db.composed import composed, first
from jobsphere.kit.actor import Actor
from jobsphere.kit.words import Reader
from jobsphere.mail.readers import asked_language, operators_reader
from jobsphere.notifications.models import Device, Notification, NotificationPreference, NotificationSettings
from jobsphere.notifications.rules import CATALOGUE
from jobsphere.notifications.types import (
    DeviceKind,
    DeviceView,
    Digest,
    NewsGroup,
    NotificationType,
    NotificationView,
    Preference,
    Settings,
    Unsubscribing,
)
from jobsphere.notifications.unsubscribing import ALL, opened
from jobsphere.notifications.wording import group_label, label_of, text_of


def notifications(viewer: Actor, *, unread: bool | None = None, group: str = "") -> "QuerySet[Notification]":
    """Return what the viewer was told, for the API to page; only unread, or read, or of one group, if asked."""
    rows = Notification.objects.filter(user_id=viewer.known_id(), in_app=True)
    if group:
        rows = rows.filter(type__in=[kind for kind, topic in CATALOGUE.items() if topic.group == group])
    return rows if unread is None else rows.filter(read_at__isnull=unread)


def unread_count(user_id: UUID) -> int:
    """Count what a person has not read; one query on an index of just these rows."""
    return _unread_count.one(user_id=user_id) or 0


@composed
def _unread_count(*, user_id: UUID) -> "QuerySet[Any]":
    rows = Notification.objects.filter(user_id=user_id, in_app=True, read_at=None).order_by()
    return rows.values("user_id").annotate(count=Count("pk")).values_list("count", flat=True)


def preferences(viewer: Actor, reader: Reader) -> list[Preference]:
    """Return how each type reaches the viewer, in the order of the catalogue; one query."""
    chosen = {row.type: row for row in NotificationPreference.objects.filter(user_id=viewer.known_id())}
    return [_preference(kind, chosen.get(kind), reader) for kind in CATALOGUE if _concerns(viewer, kind)]


def preference_of(user_id: UUID, kind: NotificationType) -> Preference:
    """Return how one type reaches a person; one query."""
    row = first(NotificationPreference, user_id=user_id, type=kind.value)
    return _preference(kind, row, operators_reader())


def settings_of(user_id: UUID) -> Settings | None:
    """Return what a person has set, or None; one query."""
    row = first(NotificationSettings, user_id=user_id)
    if row is None:
        return None
    return Settings(row.language, row.time_zone, row.quiet_from, row.quiet_to, Digest(row.digest))


def settings_or_default(user_id: UUID) -> Settings:
    """Return what a person has set, else what their browser asks for and the operator's time zone; one query."""
    return settings_of(user_id) or settings_by_default()


def settings_by_default() -> Settings:
    """Return what holds for somebody who has said nothing."""
    return Settings(asked_language(), operators_reader().time_zone)


def reader_for(user_id: UUID) -> Reader | None:
    """Return how a person reads; None when they have not said (mail.readers asks)."""
    found = settings_of(user_id)
    return found.reader if found else None


def devices(viewer: Actor, *, session_id: UUID | None = None) -> list[DeviceView]:
    """Return the viewer's devices, the newest first; one query. Their addresses stay where they are."""
    rows = Device.objects.filter(user_id=viewer.known_id()).order_by("-pk")
    return [
        DeviceView(
            id=row.id,
            kind=DeviceKind(row.kind),
            name=row.name,
            created_at=row.created_at,
            last_sent_at=row.last_sent_at,
            here=session_id is not None and row.session_id == session_id,
        )
        for row in rows
    ]


def unsubscribing(token: str) -> Unsubscribing:
    """Return what a link in a letter switches off; raises NotFound for one that is not ours."""
    link = opened(token)
    off = types_without_email(link.user_id)
    kinds = [kind for kind in CATALOGUE if link.scope in (ALL, kind.value) and not CATALOGUE[kind].required]
    label = "" if link.scope == ALL else label_of(kinds[0], settings_or_default(link.user_id).reader)
    return Unsubscribing(link.scope, label, settings.BRAND_NAME, all(kind.value in off for kind in kinds))


def view_of(row: Notification, reader: Reader) -> NotificationView:
    """Return one notification as this person reads it."""
    title, body = text_of(row, reader)
    return NotificationView(
        id=row.id,
        type=row.type,
        group=CATALOGUE[NotificationType(row.type)].group,
        title=title,
        body=body,
        link=row.link,
        count=row.count,
        metadata=row.metadata,
        read_at=row.read_at,
        created_at=row.created_at,
    )


def types_without_email(user_id: UUID) -> list[str]:
    """Return the types that a person does not want by e-mail; one query."""
    chosen = {row.type: row for row in NotificationPreference.objects.filter(user_id=user_id)}
    reader = operators_reader()
    return [kind.value for kind in CATALOGUE if not _preference(kind, chosen.get(kind), reader).email]


def _concerns(viewer: Actor, kind: NotificationType) -> bool:
    """Leave out what only staff are told."""
    return CATALOGUE[kind].group != NewsGroup.OPERATIONS or bool(viewer.rights) or viewer.is_admin


def _preference(kind: NotificationType, row: NotificationPreference | None, reader: Reader) -> Preference:
    topic = CATALOGUE[kind]
    in_app, email = (row.in_app, row.email) if row else (True, topic.email)
    push = topic.push if row is None or row.push is None else row.push
    return Preference(
        type=kind,
        group=topic.group,
        group_label=group_label(kind, reader),
        label=label_of(kind, reader),
        required=topic.required,
        in_app=in_app or topic.required,
        email=email or topic.required,
        push=push,
    )
