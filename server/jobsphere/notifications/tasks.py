"""What the worker does for notifications: letters, push messages, digests (R86, R87). Each is tried on its own."""

from datetime import timedelta
from uuid import UUID

import structlog

from jobsphere.db.composed import first
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.mail import mailbox
from jobsphere.notifications import letters, selectors
from jobsphere.notifications.models import Device, Notification, NotificationSettings
from jobsphere.notifications.push import fcm, web_push
from jobsphere.notifications.push.counting import take_turn
from jobsphere.notifications.push.errors import Busy, Gone
from jobsphere.notifications.rules import CATALOGUE, FOLDED_KEPT, PUSH_LIFETIME, digest_due, quiet_until
from jobsphere.notifications.types import DeviceKind, Digest, NotificationType, PushMessage, Settings
from jobsphere.notifications.wording import text_of
from jobsphere.outbox.errors import Postpone
from jobsphere.outbox.services import enqueue
from jobsphere.outbox.subscriptions import job, periodic
from jobsphere.outbox.types import Retry
from jobsphere.users.selectors import contact, names

logger = structlog.get_logger("jobsphere.notifications")

#: Weekly ones are looked for a little longer back, should the worker have slept on a Monday.
_SPAN = {Digest.DAILY: timedelta(days=2), Digest.WEEKLY: timedelta(days=9)}


@job()
def send_alert(notification_id: str) -> None:
    """Send the letter once, unless the person has read it in the app meanwhile, or wants it in their digest.

    Only to a proven address: what people do here must not fill the mailbox of somebody who never signed up. A crash
    between sending and noting it may send it twice, with the same Message-ID.
    """
    told = first(Notification, pk=UUID(notification_id), emailed_at=None, read_at=None, folded=False)
    person = contact(told.user_id) if told else None
    if told is None or person is None or not person.email_verified:
        return
    wanted = selectors.settings_or_default(told.user_id)
    kind = NotificationType(told.type)
    if not CATALOGUE[kind].required:
        if wanted.digest != Digest.OFF or not selectors.preference_of(told.user_id, kind).email:
            return
        _wait_for_the_end_of_quiet_hours(wanted)
    letters.alert(told, person, wanted).send()
    with edge_transaction():
        update_where(Notification, {"pk": told.pk}, emailed_at=clock.now())


@job(retry=Retry(attempts=10))
def push_to(notification_id: str, device_id: str) -> None:
    """Send one push message to one device, unless it was read meanwhile or comes too late to matter."""
    told = first(Notification, pk=UUID(notification_id), read_at=None, folded=False)
    device = first(Device, pk=UUID(device_id))
    # A device that has changed hands since is another person's.
    if told is None or device is None or device.user_id != told.user_id:
        return
    if clock.now() - told.created_at > PUSH_LIFETIME:
        return
    topic = CATALOGUE[NotificationType(told.type)]
    wanted = selectors.settings_or_default(told.user_id)
    if not topic.required:
        _wait_for_the_end_of_quiet_hours(wanted)
    with edge_transaction():
        counted = take_turn(device_id=device.id, anyway=topic.required)
    if not counted:
        logger.info("push message left out, the device has had many", device_id=str(device.id))
        return
    _send_push(device, _message(told, wanted, urgent=topic.urgent))


def _wait_for_the_end_of_quiet_hours(wanted: Settings) -> None:
    now = clock.now()
    until = quiet_until(now, wanted.time_zone, wanted.quiet_from, wanted.quiet_to)
    if until is not None:
        raise Postpone(until - now)


def _message(told: Notification, wanted: Settings, *, urgent: bool) -> PushMessage:
    title, body = text_of(told, wanted.reader)
    unread = selectors.unread_count(told.user_id)
    return PushMessage(told.id, title, body, told.link, told.group_key or str(told.id), urgent, unread)


def _send_push(device: Device, message: PushMessage) -> None:
    if mailbox.is_kept():
        name = names([device.user_id]).get(device.user_id, "")
        mailbox.keep_push(
            to=f"{name} ({device.name or device.kind})",
            title=message.title,
            text=message.body,
            payload=message.to_json(),
        )
    try:
        if device.kind == DeviceKind.FCM:
            fcm.send(device.address["token"], message)
        else:
            web_push.send(device.address, message)
    except Busy as busy:
        raise Postpone(busy.delay) from busy
    except Gone as gone:
        logger.info("device forgotten", device_id=str(device.id), why=str(gone))
        with edge_transaction():
            Device.objects.filter(pk=device.pk).delete()


@periodic(every=timedelta(minutes=15))
def write_digests() -> None:
    """Queue the digest of everybody whose day, or week, has come round on their own clock."""
    now = clock.now()
    for row in NotificationSettings.objects.exclude(digest=Digest.OFF).order_by("pk").iterator():
        if digest_due(now, row.time_zone, Digest(row.digest), row.digested_at):
            with edge_transaction():
                if update_where(NotificationSettings, {"pk": row.pk, "digested_at": row.digested_at}, digested_at=now):
                    enqueue(send_digest, row.user_id)


@job()
def send_digest(user_id: str) -> None:
    """Send what is unread and wanted by e-mail in one letter; nothing, when there is nothing."""
    person = contact(UUID(user_id))
    wanted = selectors.settings_of(UUID(user_id))
    if person is None or not person.email_verified or wanted is None or wanted.digest == Digest.OFF:
        return
    rows = _undigested(person.id, wanted.digest)
    if not rows:
        return
    now = clock.now()
    letters.digest(rows, person, wanted, now).send()
    with edge_transaction():
        Notification.objects.filter(pk__in=[row.pk for row in rows]).update(emailed_at=now)


def _undigested(user_id: UUID, digest: Digest) -> list[Notification]:
    rows = Notification.objects.filter(
        user_id=user_id,
        read_at=None,
        emailed_at=None,
        by_email=True,
        folded=False,
        created_at__gt=clock.now() - _SPAN[digest],
    )
    return list(rows.exclude(type__in=selectors.types_without_email(user_id)).order_by("-pk")[:500])


@periodic(every=timedelta(hours=24))
def forget_folded() -> None:
    """Delete what newer ones have taken the place of, after a month."""
    with edge_transaction():
        Notification.objects.filter(folded=True, created_at__lt=clock.now() - FOLDED_KEPT).delete()
