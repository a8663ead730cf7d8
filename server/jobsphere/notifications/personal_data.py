"""What notifications hold about a person: theirs, and their name in those of others."""

import json

from django.db.models import Q

from jobsphere.notifications.models import Device, Notification, NotificationPreference, NotificationSettings
from jobsphere.users.personal_data import Data, Subject, scrub, table


def export(subject: Subject) -> Data:
    """Return what the person was told, how they want to be told, and on which devices (not their keys)."""
    told = Notification.objects.filter(user_id=subject.id)
    chosen = NotificationPreference.objects.filter(user_id=subject.id)
    wanted = NotificationSettings.objects.filter(user_id=subject.id)
    devices = Device.objects.filter(user_id=subject.id)
    return {
        "notifications": table(told, "type", "title", "body", "link", "created_at", "read_at", "emailed_at"),
        "preferences": table(chosen, "type", "in_app", "email", "push"),
        "settings": table(wanted, "language", "time_zone", "quiet_from", "quiet_to", "digest"),
        "devices": table(devices, "kind", "name", "created_at", "last_sent_at"),
    }


def erase(subject: Subject) -> None:
    """Delete the person's own; in those of others a label takes the place of the name."""
    for model in (Notification, NotificationPreference, NotificationSettings, Device):
        model._default_manager.filter(user_id=subject.id).delete()
    scrub(Notification.objects.all(), ("title", "body"), subject)
    _scrub_params(subject)


def _scrub_params(subject: Subject) -> None:
    """Do it in the values as well; they are JSON, in which a name may be written with signs of escape."""
    found = Q()
    for trace in subject.traces:
        found |= Q(params__icontains=json.dumps(trace, ensure_ascii=False)[1:-1])
    if not subject.traces:
        return
    for row_id, params in Notification.objects.filter(found).values_list("pk", "params"):
        cleaned = json.dumps(_scrubbed(json.loads(params), subject), ensure_ascii=False)
        Notification.objects.filter(pk=row_id).update(params=cleaned)


def _scrubbed(value: object, subject: Subject) -> object:
    if isinstance(value, str):
        return subject.scrubbed(value)
    if isinstance(value, list):
        return [_scrubbed(each, subject) for each in value]
    if isinstance(value, dict):
        return {name: _scrubbed(each, subject) for name, each in value.items()}
    return value
