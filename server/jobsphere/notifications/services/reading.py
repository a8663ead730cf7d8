"""The verbs of reading."""

from uuid import UUID

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.notifications import selectors
from jobsphere.notifications.events import AllNotificationsRead, NotificationRead
from jobsphere.notifications.models import Notification
from jobsphere.notifications.policies import get_notification_for
from jobsphere.outbox.services import publish


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


def read_group(*, user_id: UUID, group: str) -> None:
    """Note that a person has seen what a group of notifications is about, where it stands itself.

    For durable handlers of higher apps (a conversation was read). Nothing was decided, so it leaves no audit entry.
    """
    require_transaction()
    unread = Notification.objects.filter(user_id=user_id, group_key=group, in_app=True, read_at=None).first()
    if unread and update_where(Notification, {"pk": unread.pk, "read_at": None}, read_at=clock.now()):
        publish(NotificationRead(notification_id=unread.id, user_id=user_id))
