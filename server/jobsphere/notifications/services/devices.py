"""The verbs of devices: turned on, turned off, forgotten."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jobsphere.audit.services import record
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.notifications.models import Device
from jobsphere.notifications.push.addresses import check_address
from jobsphere.notifications.rules import DEVICES_OF_ONE
from jobsphere.notifications.types import DeviceKind


def add_device(
    *, actor: Actor, kind: DeviceKind, address: Mapping[str, Any], name: str, session_id: UUID | None
) -> UUID:
    """Let us push to a device of the actor; whoever had it before has it no more. Again keeps it. Returns its id.

    Raises InvalidInput for an address that push may not be sent to.
    """
    require_transaction()
    check_address(kind, address)
    fingerprint = _fingerprint(kind, address)
    mine = Device.objects.filter(fingerprint=fingerprint, user_id=actor.known_id()).first()
    if mine:
        mine.address, mine.name, mine.session_id = dict(address), name, session_id
        mine.save(update_fields=["address", "name", "session_id"])
        return mine.id
    Device.objects.filter(fingerprint=fingerprint).delete()
    row = Device(
        user_id=actor.known_id(),
        kind=kind,
        address=dict(address),
        fingerprint=fingerprint,
        name=name,
        session_id=session_id,
    )
    row.save(force_insert=True)
    _keep_the_newest(actor.known_id())
    record(actor=actor, verb="notification.device_added", target_type="device", target_id=row.id)
    return row.id


def remove_device(*, actor: Actor, device_id: UUID) -> None:
    """Push to this device no more. Raises NotFound for anybody else's."""
    require_transaction()
    deleted, _ = Device.objects.filter(pk=device_id, user_id=actor.known_id()).delete()
    if not deleted:
        raise NotFound("You have no such device.")
    record(actor=actor, verb="notification.device_removed", target_type="device", target_id=device_id)


def forget_device(*, device_id: UUID) -> None:
    """Forget a device that its service does not know any more."""
    require_transaction()
    Device.objects.filter(pk=device_id).delete()


def forget_devices(*, user_id: UUID, session_id: UUID | None = None) -> None:
    """Forget the devices of a person, or of one session of theirs: who signed out reads no more there."""
    require_transaction()
    rows = Device.objects.filter(user_id=user_id)
    (rows.filter(session_id=session_id) if session_id else rows).delete()


def _keep_the_newest(user_id: UUID) -> None:
    rows = Device.objects.filter(user_id=user_id).order_by("-pk")
    Device.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[DEVICES_OF_ONE:])).delete()


def _fingerprint(kind: DeviceKind, address: Mapping[str, Any]) -> str:
    which = address["token"] if kind == DeviceKind.FCM else address["endpoint"]
    return hashlib.sha256(json.dumps([kind, which]).encode()).hexdigest()
