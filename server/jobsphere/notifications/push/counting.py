"""How many push messages a device has had of late."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings

from jobsphere.db.composed import first
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.notifications.models import Device

_WINDOW = timedelta(hours=1)


def take_turn(*, device_id: UUID, anyway: bool) -> bool:
    """Count a push message to a device before it is sent; say whether it is still within PUSH_PER_HOUR.

    `anyway`: it is sent beyond that, too.
    """
    require_transaction()
    now = clock.now()
    row = first(Device, pk=device_id)
    if row is None:
        return False
    fresh = row.window_began_at is None or now - row.window_began_at >= _WINDOW
    sent = 0 if fresh else row.sent_in_window
    if sent >= settings.PUSH_PER_HOUR and not anyway:
        return False
    began = now if fresh else row.window_began_at
    unchanged = {"pk": row.pk, "sent_in_window": row.sent_in_window, "window_began_at": row.window_began_at}
    changes = {"last_sent_at": now, "window_began_at": began, "sent_in_window": sent + 1}
    # A second worker that counts at the same moment looks again.
    return update_where(Device, unchanged, **changes) or take_turn(device_id=device_id, anyway=anyway)
