"""One verb of a series at a time; and what every verb leaves behind: the audit entry and the event."""

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from jobsphere.audit.services import record
from jobsphere.db import guarded
from jobsphere.db.composed import get, refresh
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import WrongStatus
from jobsphere.kit.money import Money
from jobsphere.outbox.services import publish
from jobsphere.repeats.events import OccurrenceEvent, RepeatEvent
from jobsphere.repeats.models import Occurrence, Repeat
from jobsphere.repeats.rules.dates import Every, Rhythm
from jobsphere.repeats.rules.lifecycle import OCCURRENCE, REPEAT, OccurrenceStatus, RepeatStatus


def wait_for(repeat_id: UUID) -> Repeat:
    """Wait for the verbs that are running on this series, and return it as they left it.

    On PostgreSQL the update waits for the row; SQLite has one writer. What follows sees every earlier verb whole.
    """
    require_transaction()
    guarded.take_turn(Repeat, pk=repeat_id)
    return get(Repeat, pk=repeat_id)


def rhythm(row: Repeat) -> Rhythm:
    """Return when the series takes place."""
    return Rhythm(Every(row.every), row.first_day, row.minute, ZoneInfo(row.time_zone))


def length(row: Repeat) -> timedelta:
    """Return how long each occurrence lasts."""
    return timedelta(minutes=row.minutes)


def take_step(row: Repeat, action: str, party: str, **changes: Any) -> None:
    """Move the series along its table; raises WrongStatus."""
    to_status = REPEAT.next(RepeatStatus(row.status), action, party=party)
    if not move(Repeat, row.pk, from_status=row.status, to_status=to_status, **changes):
        raise WrongStatus(action, Repeat.objects.values_list("status", flat=True).get(pk=row.pk))
    refresh(row)


def take_occurrence_step(row: Occurrence, action: str, party: str, **changes: Any) -> None:
    """Move one date along its table; raises WrongStatus."""
    to_status = OCCURRENCE.next(OccurrenceStatus(row.status), action, party=party)
    if not move(Occurrence, row.pk, from_status=row.status, to_status=to_status, **changes):
        raise WrongStatus(action, Occurrence.objects.values_list("status", flat=True).get(pk=row.pk))
    refresh(row)


def tell(actor: Actor, row: Repeat, verb: str, event: type[RepeatEvent], *, by: str, **fields: Any) -> None:
    """Leave the audit entry of a verb, and publish what happened."""
    record(actor=actor, verb=f"repeat.{verb}", target_type="repeat", target_id=row.pk, detail={"by": by, **fields})
    publish(event(**_facts(row, by), **fields), actor=actor)


def tell_of(
    actor: Actor, row: Repeat, one: Occurrence, verb: str, event: type[OccurrenceEvent], *, by: str, **fields: Any
) -> None:
    """Leave the audit entry of what happened to one date, and publish it."""
    detail = {"by": by, "due_on": one.due_on.isoformat(), "offer_id": one.offer_id, **fields}
    record(actor=actor, verb=f"repeat.{verb}", target_type="repeat", target_id=row.pk, detail=detail)
    amount = Money(one.amount, row.currency)
    publish(
        event(**_facts(row, by), occurrence_id=one.pk, starts_at=one.starts_at, amount=amount, **fields), actor=actor
    )


def _facts(row: Repeat, by: str) -> dict[str, Any]:
    return {
        "repeat_id": row.pk,
        "customer_id": row.customer_id,
        "contractor_id": row.contractor_id,
        "title": row.title,
        "by": by,
    }
