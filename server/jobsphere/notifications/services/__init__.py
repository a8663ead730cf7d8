"""Verbs of notifications: tell, read, choose, and which devices are pushed to."""

from jobsphere.notifications.services.choosing import choose, set_up, unsubscribe
from jobsphere.notifications.services.devices import add_device, forget_device, forget_devices, remove_device
from jobsphere.notifications.services.reading import mark_all_read, mark_read, read_group
from jobsphere.notifications.services.telling import tell

__all__ = [
    "add_device",
    "choose",
    "forget_device",
    "forget_devices",
    "mark_all_read",
    "mark_read",
    "read_group",
    "remove_device",
    "set_up",
    "tell",
    "unsubscribe",
]
