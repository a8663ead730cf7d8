"""Verbs of notifications: tell, read, choose."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from jobsphere.audit.services import record, to_json
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.notifications import selectors
from jobsphere.notifications.events import (
    AllNotificationsRead,
    NotificationCreated,
    NotificationRead,
    PreferencesChanged,
)
from jobsphere.notifications.models import Notification, NotificationPreference
from jobsphere.notifications.policies import get_notification_for
from jobsphere.notifications.rules import BODY_LENGTH, TITLE_LENGTH, check_choices
from jobsphere.notifications.tasks import send_alert
from jobsphere.notifications.types import NotificationType
from jobsphere.outbox.services import enqueue, publish


def notify(
    *,
    user_id: UUID,
    type: NotificationType,  # noqa: A002  the word of the wire
    title: str,
    body: str = "",
    link: str = "",
    metadata: Mapping[str, Any] | None = None,
    key: str = "",
) -> UUID | None:
    """Tell a person something, in the ways they chose; returns the notification's id, None when they chose none.

    For durable handlers of higher apps. `link` is a path of ours ("/contracts/…"). With `key` the same thing is told
    once: again returns the first one's id. Raises ValueError for a type that the catalogue does not have.
    """
    require_transaction()
    kind = NotificationType(type)
    if key and (told := Notification.objects.filter(user_id=user_id, key=key).first()):
        return told.id
    chosen = selectors.preference_of(user_id, kind)
    if not (chosen.in_app or chosen.email):
        return None
    row = Notification.objects.create(
        user_id=user_id,
        type=kind,
        title=shortened(" ".join(title.split()), TITLE_LENGTH),
        body=shortened(body, BODY_LENGTH),
        link=link,
        metadata=to_json(metadata or {}),
        key=key,
        in_app=chosen.in_app,
    )
    if chosen.email:
        enqueue(send_alert, row.id)
    if chosen.in_app:
        publish(NotificationCreated(notification_id=row.id, user_id=user_id, type=kind.value))
    return row.id


def mark_read(*, actor: Actor, notification_id: UUID) -> None:
    """Note that the actor has read one of theirs; again is harmless. Raises NotFound for anybody else's."""
    require_transaction()
    told = get_notification_for(actor, notification_id)
    if not update_where(Notification, {"pk": told.id, "read_at": None}, read_at=clock.now()):
        return
    record(actor=actor, verb="notification.read", target_type="notification", target_id=told.id)
    publish(NotificationRead(notification_id=told.id, user_id=actor.known_id()), actor=actor)


def mark_all_read(*, actor: Actor) -> int:
    """Note that the actor has read all of theirs; returns how many were unread."""
    require_transaction()
    count = selectors.notifications(actor, unread=True).update(read_at=clock.now())
    if count:
        detail = {"count": count}
        record(actor=actor, verb="notification.read_all", target_type="user", target_id=actor.id, detail=detail)
        publish(AllNotificationsRead(user_id=actor.known_id()), actor=actor)
    return count


def choose(*, actor: Actor, choices: Collection[tuple[NotificationType, bool, bool]]) -> None:
    """Keep the actor's (type, in_app, email) choices; types that are not named stay as they are.

    Raises InvalidInput for a type that is named twice or would hide what must be seen.
    """
    require_transaction()
    check_choices(choices)
    rows = [
        NotificationPreference(user_id=actor.known_id(), type=kind, in_app=in_app, email=email)
        for kind, in_app, email in choices
    ]
    NotificationPreference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "type"], update_fields=["in_app", "email"]
    )
    detail = {"types": [kind for kind, _, _ in choices]}
    record(actor=actor, verb="notification.choose", target_type="user", target_id=actor.id, detail=detail)
    publish(PreferencesChanged(user_id=actor.known_id()), actor=actor)


def shortened(text: str, length: int) -> str:
    """Cut a text that is too long, and show that it was cut."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
