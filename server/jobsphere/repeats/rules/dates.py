"""The dates of a series, by the wall clock of its time zone (ADR 0034). Pure: no rows, no clock.

Every date is counted from the first one, never from the one before: a series of the 31st is on the 28th in February and
on the 31st again in March.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Every(StrEnum):
    """How often."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


_DAYS = {Every.WEEKLY: 7, Every.FORTNIGHTLY: 14}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a series takes place: from `first_day` on, at a minute of the local day."""

    every: Every
    first_day: date
    minute: int
    zone: ZoneInfo

    def day(self, number: int) -> date:
        """Return the local day of an occurrence; 0 is the first. A day that a month has not is its last one."""
        if self.every in _DAYS:
            return self.first_day + timedelta(days=_DAYS[self.every] * number)
        months = self.first_day.month - 1 + number
        year, month = self.first_day.year + months // 12, months % 12 + 1
        return date(year, month, min(self.first_day.day, monthrange(year, month)[1]))

    def starts_at(self, number: int) -> datetime:
        """Return the moment in UTC. A time that the clocks skip is as much later; one that they repeat is the first."""
        local = datetime.combine(self.day(number), time(self.minute // 60, self.minute % 60), self.zone)
        return local.astimezone(UTC)

    def number_after(self, moment: datetime, *, least: int = 0) -> int:
        """Return the first occurrence that starts after a moment, from `least` on."""
        number = max(least, self._number_near(moment))
        while self.starts_at(number) <= moment:
            number += 1
        return number

    def _number_near(self, moment: datetime) -> int:
        """Return a number that surely starts no later than the first one after the moment."""
        passed = (moment.astimezone(self.zone).date() - self.first_day).days
        longest = _DAYS.get(self.every, 31)
        return max(0, passed // longest - 1)


def rhythm_of(every: str, starts_at: datetime, zone: str) -> Rhythm:
    """Return the rhythm of a series whose first date is this moment."""
    local = starts_at.astimezone(ZoneInfo(zone))
    return Rhythm(Every(every), local.date(), local.hour * 60 + local.minute, ZoneInfo(zone))
