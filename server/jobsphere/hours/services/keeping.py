"""Into which week time falls, and whether the week takes it: what contracts asks before it writes an entry."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from jobsphere.contracts.selectors.weeks import weeks_of
from jobsphere.contracts.services.weeks import start_week
from jobsphere.contracts.timekeeping import Keeper, Span
from jobsphere.contracts.types import MilestoneStatus
from jobsphere.hours.errors import HoursEnded, WeekClosed, WeekUnfunded
from jobsphere.hours.models import HourlyDeal, Week
from jobsphere.hours.rules.lifecycle import WeekStatus
from jobsphere.hours.rules.weeks import whole_minutes
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput

_WORKABLE = (MilestoneStatus.FUNDED, MilestoneStatus.IN_PROGRESS)


def place(actor: Actor, contract_id: UUID, hired_at: datetime, span: Span) -> Sequence[Span]:
    """Cut time at the borders of weeks, and say which milestone each part belongs to; begins weeks with their first
    hour. Seconds are cut off.

    Raises InvalidInput, HoursEnded, WeekClosed, WeekUnfunded.
    """
    deal = HourlyDeal.objects.get(contract_id=contract_id)
    starts_at, ends_at = whole_minutes(span.starts_at, span.ends_at)
    if ends_at <= starts_at:
        raise InvalidInput.at("/ended_at", "order", "Log at least a minute; the end is after the start.")
    if ends_at > clock.now():
        raise InvalidInput.at("/ended_at", "future", "Log time that has passed.")
    if starts_at < hired_at.replace(second=0, microsecond=0):
        raise InvalidInput.at("/started_at", "too-early", "The contract began after that.")
    if deal.ended_at is not None and ends_at > deal.ended_at:
        raise HoursEnded("The hours were ended before that. Time until then can be logged until its week closes.")
    weeks = list(Week.objects.filter(deal=deal, starts_at__lt=ends_at, ends_at__gt=starts_at).order_by("starts_at"))
    parts = [
        replace(
            span,
            starts_at=max(starts_at, week.starts_at),
            ends_at=min(ends_at, week.ends_at),
            milestone_id=week.milestone_id,
        )
        for week in weeks
    ]
    if sum((part.ends_at - part.starts_at for part in parts), timedelta()) != ends_at - starts_at:
        raise WeekUnfunded("There is no week for all of that time: it lies outside of what was agreed.")
    _require_paid(weeks)
    for week in weeks:
        _require_open(week, even_late=actor.is_system)
        start_week(actor=actor, milestone_id=week.milestone_id)
    return parts


def require_open(milestone_id: UUID) -> None:
    """Raise WeekClosed when the week of an entry takes no changes any more."""
    _require_open(Week.objects.get(milestone_id=milestone_id))


def open_week_at(deal: HourlyDeal, moment: datetime) -> Week:
    """Return the week in which a moment lies, where time can be logged; raises HoursEnded, WeekClosed, WeekUnfunded."""
    if deal.ended_at is not None:
        raise HoursEnded("The hours were ended; no new ones are taken.")
    week = Week.objects.filter(deal=deal, starts_at__lte=moment, ends_at__gt=moment).first()
    if week is None:
        raise WeekUnfunded("There is no week to work in just now: all that were agreed on are over.")
    _require_open(week)
    _require_paid([week])
    return week


def _require_open(week: Week, *, even_late: bool = False) -> None:
    """Raise WeekClosed; `even_late`: the clock stops a timer just before it closes the week, however late it is."""
    if week.status != WeekStatus.OPEN or (week.closes_at <= clock.now() and not even_late):
        raise WeekClosed(f"The week of {week.starts_on:%d %B %Y} is closed. Its hours stay as they are.")


def _require_paid(weeks: Sequence[Week]) -> None:
    money = weeks_of(week.milestone_id for week in weeks)
    for week in weeks:
        if week.status == WeekStatus.OPEN and money[week.milestone_id].status not in _WORKABLE:
            raise WeekUnfunded(
                f"The customer has not paid the week of {week.starts_on:%d %B %Y} in, so its hours would not be"
                " protected. Ask them to; then log your time."
            )


#: What contracts asks about the time of contracts by the hour.
KEEPER = Keeper(place=place, require_open=require_open)
