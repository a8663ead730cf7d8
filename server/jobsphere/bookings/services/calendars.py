"""A contractor says when they work."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from jobsphere.audit.services import record
from jobsphere.bookings import policies
from jobsphere.bookings.models import Calendar, SpecialDay, WeeklyHours
from jobsphere.bookings.rules.checks import MOST_SPECIALS, check_settings, check_special, check_weekly
from jobsphere.bookings.rules.slots import Special, WeeklyRange
from jobsphere.bookings.rules.terms import CalendarSettings
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput


def save_calendar(*, actor: Actor, settings: CalendarSettings, weekly: Sequence[WeeklyRange]) -> UUID:
    """Set how one takes bookings, and the usual hours, as a whole; bookings stay. Raises InvalidInput."""
    require_transaction()
    check_settings(settings)
    check_weekly(weekly)
    calendar, _ = Calendar.objects.update_or_create(contractor_id=actor.known_id(), defaults=asdict(settings))
    WeeklyHours.objects.filter(calendar=calendar).delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(calendar=calendar, weekday=each.weekday, starts=each.starts, ends=each.ends) for each in weekly
    )
    detail = {"time_zone": settings.time_zone, "is_open": settings.is_open, "ranges": len(weekly)}
    record(actor=actor, verb="calendar.save", target_type="calendar", target_id=calendar.pk, detail=detail)
    return calendar.pk


def add_special(*, actor: Actor, special: Special, note: str = "") -> UUID:
    """Add days off, or extra hours; bookings stay. Raises InvalidInput, also before there is a calendar."""
    require_transaction()
    check_special(special, today=clock.now().date())
    calendar = policies.calendar_of(actor.known_id())
    if calendar is None:
        raise InvalidInput.at("/kind", "no-calendar", "Save your weekly hours first.")
    if SpecialDay.objects.filter(calendar=calendar, last_day__gte=clock.now().date()).count() >= MOST_SPECIALS:
        raise InvalidInput.at("/kind", "too-many", f"At most {MOST_SPECIALS} exceptions. Remove some first.")
    row = SpecialDay.objects.create(calendar=calendar, note=note.strip(), **asdict(special))
    detail = {"kind": str(special.kind), "first_day": special.first_day.isoformat()}
    record(actor=actor, verb="calendar.add_special", target_type="calendar", target_id=calendar.pk, detail=detail)
    return row.pk


def remove_special(*, actor: Actor, special_id: UUID) -> None:
    """Take days that differ out of the calendar; raises NotFound."""
    require_transaction()
    row = policies.get_special_for(actor, special_id)
    record(actor=actor, verb="calendar.remove_special", target_type="calendar", target_id=row.calendar_id)
    row.delete()
