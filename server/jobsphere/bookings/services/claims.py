"""Time is taken and given back; the database lets nobody take a cell twice (ADR 0029)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from jobsphere.audit.services import record
from jobsphere.bookings.errors import SlotTaken
from jobsphere.bookings.events import BookingEvent
from jobsphere.bookings.models import Booking, SlotClaim
from jobsphere.bookings.rules.slots import claimed_cells
from jobsphere.db.transactions import savepoint
from jobsphere.kit.actor import Actor
from jobsphere.outbox.services import publish

TAKEN = "Somebody else has just booked this time. Choose another one; nothing was paid."


def cells_of(row: Booking, starts_at: datetime, ends_at: datetime) -> list[datetime]:
    """Return the cells that the booking takes at that time, with its own buffers, in order."""
    return claimed_cells(starts_at, ends_at, before=row.buffer_before, after=row.buffer_after)


def claim(row: Booking, cells: Iterable[datetime]) -> None:
    """Take cells for a booking, those that it has not yet; raises SlotTaken when one of them is somebody else's.

    In the order of time, so that two who want the same cells queue up at the first of them and never at each other's.
    """
    mine = set(SlotClaim.objects.filter(booking=row).values_list("cell", flat=True))
    wanted = [cell for cell in cells if cell not in mine]
    try:
        with savepoint():
            SlotClaim.objects.bulk_create(
                SlotClaim(booking=row, contractor_id=row.contractor_id, cell=cell) for cell in wanted
            )
    except IntegrityError as error:
        raise SlotTaken(TAKEN) from error


def keep_only(row: Booking, cells: Iterable[datetime]) -> None:
    """Give back every cell of the booking but these."""
    SlotClaim.objects.filter(booking=row).exclude(cell__in=list(cells)).delete()


def tell(actor: Actor, row: Booking, verb: str, event: type[BookingEvent], *, by: str, **fields: Any) -> None:
    """Leave the audit entry of a verb, and publish what happened."""
    record(
        actor=actor,
        verb=f"booking.{verb}",
        target_type="booking",
        target_id=row.pk,
        detail={"by": by, "contract_id": row.contract_id, "starts_at": row.starts_at.isoformat()},
    )
    publish(
        event(
            booking_id=row.pk,
            offer_id=row.offer_id,
            contract_id=row.contract_id,
            customer_id=row.customer_id,
            contractor_id=row.contractor_id,
            title=row.title,
            starts_at=row.starts_at,
            time_zone=row.time_zone,
            by=by,
            **fields,
        ),
        actor=actor,
    )
