"""Which times of a contractor are free (ADR 0029). Pure: no rows, no clock.

Time is cut into cells of fifteen minutes of UTC. Every zone that is in use today is off by whole quarters of an hour,
so a cell never straddles a local quarter. A cell is open when the wall clock of the contractor's zone, at the moment
the cell starts, lies in their hours: one that the clocks skip has no cells, and one that they repeat has them twice.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import accumulate
from zoneinfo import ZoneInfo

CELL = timedelta(minutes=15)
CELL_MINUTES = 15
DAY_MINUTES = 24 * 60


class SpecialKind(StrEnum):
    """What is different on a day: no work, or work outside of the usual hours. No work wins."""

    OFF = "off"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class WeeklyRange:
    """Usual hours on a weekday (0 is Monday), in minutes of the local day; the end is not part of it."""

    weekday: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Special:
    """Days, both included, on which hours differ; in minutes of the local day."""

    kind: SpecialKind
    first_day: date
    last_day: date
    starts: int = 0
    ends: int = DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody works, by the wall clock of their zone."""

    zone: ZoneInfo
    weekly: Sequence[WeeklyRange]
    specials: Sequence[Special] = field(default=())

    def contains(self, moment: datetime) -> bool:
        """Say whether the wall clock lies in the hours at this moment."""
        local = moment.astimezone(self.zone)
        minute, day = local.hour * 60 + local.minute, local.date()
        today = [each for each in self.specials if each.first_day <= day <= each.last_day]
        if _covers((each for each in today if each.kind is SpecialKind.OFF), minute):
            return False
        usual = (each for each in self.weekly if each.weekday == day.weekday())
        return _covers(usual, minute) or _covers((each for each in today if each.kind is SpecialKind.EXTRA), minute)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: how long, with how much room around it, from when to when (minutes and UTC)."""

    minutes: int
    before: int
    after: int
    #: Slots start at whole multiples of this on the contractor's wall clock.
    step: int
    earliest: datetime
    latest: datetime


def _covers(ranges: Iterable[WeeklyRange | Special], minute: int) -> bool:
    return any(each.starts <= minute < each.ends for each in ranges)


def floor_to_cell(moment: datetime) -> datetime:
    """Return the start of the cell that the moment lies in."""
    whole = moment.astimezone(UTC).replace(second=0, microsecond=0)
    return whole - timedelta(minutes=whole.minute % CELL_MINUTES)


def cells(starts_at: datetime, ends_at: datetime) -> Iterator[datetime]:
    """Return the cells that a stretch of time touches, in order."""
    cell = floor_to_cell(starts_at)
    while cell < ends_at:
        yield cell
        cell += CELL


def claimed_cells(starts_at: datetime, ends_at: datetime, *, before: int, after: int) -> list[datetime]:
    """Return the cells that a booking takes, with its buffers (minutes)."""
    return list(cells(starts_at - timedelta(minutes=before), ends_at + timedelta(minutes=after)))


def free_slots(
    hours: Hours, wish: Wish, busy: Collection[datetime], *, since: datetime, until: datetime
) -> list[datetime]:
    """Return when a slot may start, from `since` to before `until`, in order.

    All of it lies in the hours; no cell of it, nor of the room around it, is busy.
    """
    margin = timedelta(minutes=wish.minutes + wish.before + wish.after) + CELL
    grid = list(cells(since - margin, until + margin))
    taken = busy if isinstance(busy, set | frozenset) else set(busy)
    closed = list(accumulate((not hours.contains(cell) for cell in grid), initial=0))
    full = list(accumulate((cell in taken for cell in grid), initial=0))
    length, before, after = (_cells_of(each) for each in (wish.minutes, wish.before, wish.after))
    found = []
    for index in range(before, len(grid) - length - after):
        start = grid[index]
        fits = since <= start < until and wish.earliest <= start <= wish.latest
        if not fits or closed[index] != closed[index + length] or full[index - before] != full[index + length + after]:
            continue
        local = start.astimezone(hours.zone)
        if (local.hour * 60 + local.minute) % wish.step == 0:
            found.append(start)
    return found


def is_free(hours: Hours, wish: Wish, busy: Collection[datetime], starts_at: datetime) -> bool:
    """Say whether exactly this slot may be booked."""
    return starts_at in free_slots(hours, wish, busy, since=starts_at, until=starts_at + CELL)


def day_bounds(zone: ZoneInfo, first: date, last: date) -> tuple[datetime, datetime]:
    """Return when these local days begin and end; midnight may not exist, then it is the next moment."""
    return _midnight(zone, first), _midnight(zone, last + timedelta(days=1))


def _midnight(zone: ZoneInfo, day: date) -> datetime:
    """Return the first moment of a local day: the first quarter of an hour whose wall clock shows that date."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC) - timedelta(hours=3)
    quarters = [floor_to_cell(start) + CELL * number for number in range(25)]
    return quarters[bisect_right(quarters, False, key=lambda each: each.astimezone(zone).date() >= day)]


def _cells_of(minutes: int) -> int:
    return -(-minutes // CELL_MINUTES)
