"""Weeks by the wall clock of a contract's zone (ADR 0033). Pure: no rows, no clock.

A week runs from Monday 00:00 to the next Monday 00:00 local time, so one with a change of the clocks has an hour more
or less. All arithmetic is on moments in UTC; local time only says where a day or a week begins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jobsphere.kit.errors import InvalidInput

WEEK = timedelta(days=7)
#: Until noon of the Monday after it, by the wall clock, a week's hours may be put right; then its statement is made.
NOON = time(12)
#: A forgotten timer stops after so long; one entry is no longer either.
LONGEST_RUN = timedelta(hours=24)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class WeekBounds:
    """When a week starts, ends, and closes, in UTC."""

    starts_on: date
    starts_at: datetime
    ends_at: datetime
    closes_at: datetime


def zone_named(name: str) -> ZoneInfo:
    """Return a zone of the IANA database; raises InvalidInput."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput.at("/time_zone", "unknown", "Choose a time zone such as Europe/Berlin.") from error


def monday_of(moment: datetime, zone: ZoneInfo) -> date:
    """Return the Monday of the local week in which a moment lies."""
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def bounds_of(monday: date, zone: ZoneInfo) -> WeekBounds:
    """Return the bounds of the local week that begins on a Monday."""
    following = monday + WEEK
    return WeekBounds(monday, _at(monday, time(), zone), _at(following, time(), zone), _at(following, NOON, zone))


def whole_minutes(starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    """Return a stretch of time with the seconds cut off both ends, so that stretches that touch still touch."""
    return tuple(each.astimezone(UTC).replace(second=0, microsecond=0) for each in (starts_at, ends_at))  # type: ignore[return-value]


def minutes_by_day(spans: Iterable[tuple[datetime, datetime]], zone: ZoneInfo) -> dict[date, int]:
    """Return how many minutes of these stretches fall on each local day; one over midnight counts on both."""
    found: dict[date, int] = {}
    for starts_at, ends_at in spans:
        at = starts_at
        while at < ends_at:
            day = at.astimezone(zone).date()
            until = min(ends_at, _at(day + timedelta(days=1), time(), zone))
            found[day] = found.get(day, 0) + (until - at) // _MINUTE
            at = until
    return found


def _at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Return the moment of a local time; one that the clocks skip is the moment of the change."""
    return datetime.combine(day, hour, zone).astimezone(UTC)
