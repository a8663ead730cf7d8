"""What happens to notifications."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class NotificationCreated(Event):
    """A person was told something that shows in the app; real time pushes it from here."""

    name: ClassVar[str] = "notification.created"
    aggregate: ClassVar[str] = "notification"
    notification_id: UUID
    user_id: UUID
    type: str
    #: The unread one of its group whose place it has taken.
    instead_of: UUID | None = None


@dataclass(frozen=True)
class NotificationRead(Event):
    """A person has read one."""

    name: ClassVar[str] = "notification.read"
    aggregate: ClassVar[str] = "notification"
    notification_id: UUID
    user_id: UUID


@dataclass(frozen=True)
class AllNotificationsRead(Event):
    """A person has read them all."""

    name: ClassVar[str] = "notification.all_read"
    aggregate: ClassVar[str] = "user"
    user_id: UUID


@dataclass(frozen=True)
class PreferencesChanged(Event):
    """A person chose how to be told."""

    name: ClassVar[str] = "notification.preferences_changed"
    aggregate: ClassVar[str] = "user"
    user_id: UUID
