"""The verb that tells a person something, in the ways they chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.audit.services import to_json
from jobsphere.db import hot
from jobsphere.db.composed import composed, first
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.mail.readers import operators_reader
from jobsphere.notifications import selectors
from jobsphere.notifications.events import NotificationCreated
from jobsphere.notifications.links import link_to
from jobsphere.notifications.models import Device, Notification
from jobsphere.notifications.rules import type_of
from jobsphere.notifications.tasks import push_to, send_alert
from jobsphere.notifications.types import Preference
from jobsphere.notifications.wording import check_message, packed, worded
from jobsphere.outbox.services import enqueue, publish


@dataclass(frozen=True, slots=True)
class _Place:
    """How many a new row stands for, and the row whose place it takes."""

    count: int = 1
    instead_of: UUID | None = None


def tell(
    *,
    user_id: UUID,
    message: str,
    params: Mapping[str, Any] | None = None,
    key: str = "",
    group: str = "",
    metadata: Mapping[str, Any] | None = None,
    letter: bool = True,
) -> UUID | None:
    """Tell a person something, in the ways they chose; returns the notification's id, None when they chose none.

    For durable handlers of higher apps. `message` names words of the catalogue ("offer.expired/contractor"), `params`
    the values and ids that they and the link want: texts, Money, moments, Phrases, lists of these. With `key` the
    same thing is told once: again returns the first one's id. What is unread with the same `group` folds into this one.
    `letter`: False where a letter of its own is written. Raises ValueError for what the catalogue does not have.
    """
    require_transaction()
    values = params or {}
    kind = type_of(message)
    check_message(message, values)
    if key and (told := first(Notification, user_id=user_id, key=key)):
        return told.id
    chosen = selectors.preference_of(user_id, kind)
    by_email = chosen.email and letter
    if not (chosen.in_app or by_email or chosen.push):
        return None
    place = _fold(user_id, group) if group and chosen.in_app else _Place()
    title, body = worded(message, values, operators_reader(), place.count)
    row = Notification(
        user_id=user_id,
        type=kind,
        message=message,
        params=packed(values),
        title=title,
        body=body,
        link=link_to(message, values, place.count),
        metadata=to_json(metadata or {}),
        key=key,
        group_key=group,
        count=place.count,
        in_app=chosen.in_app,
        by_email=by_email,
    )
    hot.insert(row)
    _send(row, chosen)
    if chosen.in_app:
        event = NotificationCreated(
            notification_id=row.id, user_id=user_id, type=kind.value, instead_of=place.instead_of
        )
        publish(event)
    return row.id


def _send(row: Notification, chosen: Preference) -> None:
    """Queue the letter, and a push message for each device: each with its own attempts."""
    if row.by_email:
        enqueue(send_alert, row.id)
    if chosen.push:
        for device_id in _devices_of(user_id=row.user_id):
            enqueue(push_to, row.id, device_id)


@composed
def _devices_of(*, user_id: UUID) -> "QuerySet[Any]":
    return Device.objects.filter(user_id=user_id).order_by("pk").values_list("pk", flat=True)


def _fold(user_id: UUID, group: str) -> _Place:
    """Take the unread one of this group out of the list; a second teller at the same moment looks again."""
    for _ in range(3):
        unread = first(Notification, user_id=user_id, group_key=group, in_app=True, read_at=None)
        if unread is None:
            return _Place()
        still = {"pk": unread.pk, "in_app": True, "read_at": None}
        if update_where(Notification, still, in_app=False, folded=True):
            return _Place(unread.count + 1, unread.id)
    return _Place()
