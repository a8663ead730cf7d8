"""How long what people were told is kept."""

from jobsphere.db.retention import Rule, delete, follow
from jobsphere.notifications.models import Notification

RULES: list[Rule] = [
    delete(Notification, days="notifications", why="News; what it was about is still there."),
    *follow(
        "notifications_notificationpreference",
        "notifications_notificationsettings",
        "notifications_device",
        of="users_user",
        why="How and where somebody wants to be told; goes when they take it back, or leave.",
    ),
]
