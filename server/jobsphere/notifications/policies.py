"""A notification is for the person who was told, and nobody else."""

from uuid import UUID

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.notifications.models import Notification
from jobsphere.notifications.selectors import notifications


def get_notification_for(actor: Actor, notification_id: UUID) -> Notification:
    """Return one of the actor's own notifications; raises NotFound for anybody else's."""
    row = notifications(actor).filter(pk=notification_id).first()
    if row is None:
        raise NotFound("You have no such notification.")
    return row
