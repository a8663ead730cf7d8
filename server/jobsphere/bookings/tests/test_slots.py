"""Which times are free: right across changes of the clocks, month ends and leap days, in three zones (ADR 0029)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsphere.bookings.rules.slots import (
    CELL,
    Hours,
    Special,
    SpecialKind,
    WeeklyRange,
    Wish,
    cells,
    claimed_cells,
    day_bounds,
    free_slots,
    is_free,
)

BERLIN, NEW_YORK, LORD_HOWE = (ZoneInfo(each) for each in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"))
ALWAYS = tuple(WeeklyRange(day, 0, 1440) for day in range(7))
LONG_AGO, FAR = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def wish(minutes: int = 60, *, before: int = 0, after: int = 0, step: int = 30) -> Wish:
    return Wish(minutes, before, after, step, LONG_AGO, FAR)


def slots(hours: Hours, day: date, wanted: Wish, busy: set[datetime] | None = None, last: date | None = None):
    since, until = day_bounds(hours.zone, day, last or day)
    return free_slots(hours, wanted, busy or set(), since=since, until=until)


def walls(hours: Hours, found: list[datetime]) -> list[str]:
    return [f"{each.astimezone(hours.zone):%H:%M}" for each in found]


@pytest.mark.parametrize(
    ("zone", "day", "wanted"),
    [
        # Spring: the clocks skip 2:00 to 3:00 (Lord Howe: 2:00 to 2:30), so an hour from 1:30 ends at 3:30.
        (BERLIN, date(2027, 3, 28), ["01:00", "01:30", "03:00"]),
        (NEW_YORK, date(2027, 3, 14), ["01:00", "01:30", "03:00"]),
        (LORD_HOWE, date(2027, 10, 3), ["01:00", "01:30", "02:30", "03:00"]),
        # Autumn: the clocks show the same hour (or half hour) twice, and both may be booked.
        (BERLIN, date(2026, 10, 25), ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00"]),
        (NEW_YORK, date(2026, 11, 1), ["01:00", "01:30", "01:00", "01:30", "02:00", "02:30", "03:00"]),
        (LORD_HOWE, date(2027, 4, 4), ["01:00", "01:30", "01:30", "02:00", "02:30", "03:00"]),
    ],
)
def test_a_day_on_which_the_clocks_change(zone, day, wanted):
    hours = Hours(zone, [WeeklyRange(day.weekday(), 60, 240)])
    assert walls(hours, slots(hours, day, wish())) == wanted


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, LORD_HOWE])
@pytest.mark.parametrize("day", [date(2028, 2, 28), date(2028, 2, 29), date(2026, 12, 31), date(2027, 4, 30)])
def test_leap_days_and_ends_of_months_are_days_like_others(zone, day):
    hours = Hours(zone, ALWAYS)
    found = slots(hours, day, wish(step=60), last=day + timedelta(days=1))
    assert len(found) == 48
    assert {each.astimezone(zone).date() for each in found} == {day, day + timedelta(days=1)}
    assert walls(hours, found)[0] == "00:00"


_ZONES = st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE])
_DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
_QUARTERS = st.integers(0, 95)


@st.composite
def _ranges(draw):
    starts = draw(_QUARTERS) * 15
    return WeeklyRange(draw(st.integers(0, 6)), starts, draw(st.integers(starts // 15 + 1, 96)) * 15)


@given(
    zone=_ZONES,
    day=_DAYS,
    weekly=st.lists(_ranges(), max_size=8),
    off=st.lists(st.tuples(_QUARTERS, st.integers(1, 96)), max_size=2),
    minutes=st.sampled_from([15, 45, 90, 240]),
    before=st.sampled_from([0, 15, 60]),
    after=st.sampled_from([0, 30]),
    step=st.sampled_from([15, 30, 60]),
    taken=st.lists(st.integers(-96, 192), max_size=5),
)
def test_every_moment_of_a_free_slot_is_in_the_hours_and_nobody_elses(
    zone, day, weekly, off, minutes, before, after, step, taken
):
    specials = [Special(SpecialKind.OFF, day, day, a * 15, b * 15) for a, b in off if a < b]
    hours = Hours(zone, weekly, specials)
    since, until = day_bounds(zone, day, day)
    busy = {since + CELL * each for each in taken}
    found = free_slots(hours, wish(minutes, before=before, after=after, step=step), busy, since=since, until=until)
    assert found == sorted(set(found))
    expected = []
    moment = since
    while moment < until:
        local = moment.astimezone(zone)
        inside = True
        for number in range(minutes // 5):  # minute by minute would say the same: hours are whole quarters
            at = (moment + timedelta(minutes=5 * number)).astimezone(zone)
            clock_minute = at.hour * 60 + at.minute
            open_ = any(w.weekday == at.weekday() and w.starts <= clock_minute < w.ends for w in weekly)
            shut = at.date() == day and any(s.starts <= clock_minute < s.ends for s in specials)
            inside = inside and open_ and not shut
        near = set(claimed_cells(moment, moment + timedelta(minutes=minutes), before=before, after=after))
        if inside and not near & busy and (local.hour * 60 + local.minute) % step == 0:
            expected.append(moment)
        moment += CELL
    assert found == expected


@given(zone=_ZONES, first=_DAYS, length=st.integers(0, 40))
def test_days_follow_each_other_without_a_gap(zone, first, length):
    last = first + timedelta(days=length)
    since, until = day_bounds(zone, first, last)
    assert since.astimezone(zone).date() == first
    assert (since - CELL).astimezone(zone).date() < first
    assert until.astimezone(zone).date() == last + timedelta(days=1)
    assert day_bounds(zone, last + timedelta(days=1), last + timedelta(days=1))[0] == until


@given(day=st.dates(date(2026, 1, 1), date(2027, 1, 1)), quarters=st.integers(1, 40), gap=st.integers(0, 8))
def test_two_bookings_share_no_cell_exactly_when_their_times_with_buffers_do_not_meet(day, quarters, gap):
    begin = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    end = begin + CELL * quarters
    one = set(claimed_cells(begin, end, before=15, after=30))
    later = end + CELL * gap
    other = set(claimed_cells(later, later + CELL, before=15, after=30))
    assert (not one & other) == (gap * 15 >= 45)


def test_extra_hours_open_a_day_and_a_day_off_wins_over_both():
    sunday = date(2026, 12, 6)
    extra = Special(SpecialKind.EXTRA, sunday, sunday, 600, 720)
    hours = Hours(BERLIN, [WeeklyRange(0, 480, 960)], [extra])
    assert walls(hours, slots(hours, sunday, wish())) == ["10:00", "10:30", "11:00"]
    shut = Hours(BERLIN, hours.weekly, [extra, Special(SpecialKind.OFF, sunday, sunday)])
    assert slots(shut, sunday, wish()) == []


def test_what_is_too_soon_or_too_far_is_not_free():
    hours = Hours(BERLIN, ALWAYS)
    noon = datetime(2026, 12, 7, 11, tzinfo=UTC)
    tight = Wish(60, 0, 0, 60, earliest=noon, latest=noon + timedelta(hours=1))
    assert [
        each for each in (noon - CELL * 4, noon, noon + CELL * 4, noon + CELL * 8) if is_free(hours, tight, set(), each)
    ] == [
        noon,
        noon + timedelta(hours=1),
    ]


def test_cells_start_at_whole_quarters():
    odd = datetime(2026, 12, 7, 11, 7, 31, tzinfo=UTC)
    assert [each.minute for each in cells(odd, odd + timedelta(minutes=20))] == [0, 15]
