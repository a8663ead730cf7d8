"""What follows from notifications and for them: live frames, devices that are signed out, and alarms about sign-in."""

from typing import Any
from uuid import UUID

from jobsphere.db.composed import first
from jobsphere.kit.words import Phrase
from jobsphere.mail.readers import asked_language, operators_reader
from jobsphere.notifications import selectors, services
from jobsphere.notifications.events import AllNotificationsRead, NotificationCreated, NotificationRead
from jobsphere.notifications.models import Notification, NotificationSettings
from jobsphere.outbox.subscriptions import listen, subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.realtime import frames
from jobsphere.realtime import services as realtime
from jobsphere.users.events import (
    FactorsChanged,
    PasswordReset,
    TokenReuseDetected,
    UserDeactivated,
    UserRegistered,
    UserSignedOut,
)

CREATED = frames.register(
    "notification.created",
    "News for the bell; `instead_of` is the older one that it takes the place of.",
    ("notification", "instead_of", "unread"),
)
READ = frames.register("notification.read", "One was read, in another window perhaps.", ("notification_id", "unread"))
ALL_READ = frames.register("notification.all_read", "All were read.", ("unread",))


@subscribe(NotificationCreated)
def show_live(event: NotificationCreated) -> None:
    """Show it in the person's open windows; what was read or folded meanwhile is not shown."""
    row = first(Notification, pk=event.notification_id, in_app=True, read_at=None)
    if row is None:
        return
    shown = selectors.view_of(row, selectors.settings_or_default(event.user_id).reader)
    notification = {
        "id": str(shown.id),
        "type": shown.type,
        "group": shown.group,
        "title": shown.title,
        "body": shown.body,
        "link": shown.link,
        "count": shown.count,
        "created_at": shown.created_at.isoformat(),
    }
    instead_of = str(event.instead_of) if event.instead_of else None
    _push(event.user_id, CREATED, notification=notification, instead_of=instead_of)


@subscribe(NotificationRead)
def show_read(event: NotificationRead) -> None:
    """The bell of the person's other windows counts one less."""
    _push(event.user_id, READ, notification_id=str(event.notification_id))


@subscribe(AllNotificationsRead)
def show_all_read(event: AllNotificationsRead) -> None:
    """The bell of the person's other windows is silent."""
    _push(event.user_id, ALL_READ)


def _push(user_id: UUID, frame: str, **payload: Any) -> None:
    data = {**payload, "unread": selectors.unread_count(user_id)}
    realtime.push(user_ids=[user_id], type=frame, payload=data)


@listen(UserRegistered)
def remember_language(event: UserRegistered) -> None:
    """Write to a new person in the language that their browser asks for, from the first letter on."""
    language, default = asked_language(), operators_reader()
    if language != default.language:
        NotificationSettings.objects.create(user_id=event.user_id, language=language, time_zone=default.time_zone)


@subscribe(UserSignedOut)
def silence_session(event: UserSignedOut) -> None:
    """Who signed out reads nothing more on that device."""
    services.forget_devices(user_id=event.user_id, session_id=event.session_id)


@subscribe(PasswordReset, UserDeactivated)
def silence_person(event: PasswordReset | UserDeactivated) -> None:
    """Every session is over; who comes back turns their devices on again."""
    services.forget_devices(user_id=event.user_id)


@subscribe(TokenReuseDetected)
def warn_of_copied_sign_in(event: TokenReuseDetected, meta: EventMeta) -> None:
    """Somebody may have a copy of what opens the account."""
    services.tell(user_id=event.user_id, message="account.security/token_reuse", key=f"security:{meta.id}")


@subscribe(FactorsChanged)
def warn_of_changed_factors(event: FactorsChanged, meta: EventMeta) -> None:
    """Say in the app and on the phone what a letter of its own says as well (users.letters)."""
    what = Phrase(f"factor.{event.what}")
    services.tell(
        user_id=event.user_id,
        message="account.security/factors",
        params={"what": what},
        key=f"security:{meta.id}",
        letter=False,
    )
