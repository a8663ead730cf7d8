"""Devices on which a person has signed in before."""

from uuid import UUID

from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.users import tokens
from jobsphere.users.models import KnownDevice
from jobsphere.users.rules import credential_now
from jobsphere.users.types import Device


def remember_device(user_id: UUID, device: Device) -> tuple[UUID | None, bool]:
    """Keep the device as one of the person's; return its id, and whether it is new beside others that are known."""
    require_transaction()
    if not device.token:
        return None, False
    moment = credential_now()
    key = {"user_id": user_id, "token_fingerprint": tokens.fingerprint(device.token)}
    known = KnownDevice.objects.filter(**key).values_list("id", flat=True).first()
    if known:
        update_where(KnownDevice, {"pk": known}, last_used_at=moment, user_agent=device.user_agent[:255])
        return known, False
    is_first = not KnownDevice.objects.filter(user_id=user_id).exists()
    fresh = {"user_agent": device.user_agent[:255], "created_at": moment, "last_used_at": moment}
    row, made = KnownDevice.objects.get_or_create(**key, defaults=fresh)
    return row.id, made and not is_first


def forget_devices(user_id: UUID) -> None:
    """Treat every device of a person as a stranger's again."""
    KnownDevice.objects.filter(user_id=user_id).delete()
