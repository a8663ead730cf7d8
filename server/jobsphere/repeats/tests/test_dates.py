"""The dates of a series: month ends, leap days, and clocks that skip and repeat hours."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from jobsphere.repeats.rules.dates import Every, Rhythm, rhythm_of


def rhythm(every: Every, first: date, hour: int = 9, zone: str = "Europe/London", minute: int = 0) -> Rhythm:
    return Rhythm(every, first, hour * 60 + minute, ZoneInfo(zone))


def days(timing: Rhythm, count: int) -> list[str]:
    return [timing.day(number).isoformat() for number in range(count)]


def test_the_31st_is_the_last_day_of_short_months_and_the_31st_again():
    found = days(rhythm(Every.MONTHLY, date(2027, 1, 31)), 5)
    assert found == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]


def test_a_leap_day_is_the_28th_in_other_years_and_the_29th_again():
    timing = rhythm(Every.MONTHLY, date(2028, 2, 29))
    assert [timing.day(number).isoformat() for number in (0, 1, 12, 48)] == [
        "2028-02-29",
        "2028-03-29",
        "2029-02-28",
        "2032-02-29",
    ]


def test_weeks_and_fortnights_are_counted_from_the_first():
    assert days(rhythm(Every.WEEKLY, date(2026, 12, 28)), 3) == ["2026-12-28", "2027-01-04", "2027-01-11"]
    assert days(rhythm(Every.FORTNIGHTLY, date(2028, 2, 21)), 3) == ["2028-02-21", "2028-03-06", "2028-03-20"]


@pytest.mark.parametrize(
    ("zone", "first", "hour"),
    [
        ("Europe/London", date(2027, 3, 21), 9),
        ("America/New_York", date(2027, 3, 7), 9),
        ("Asia/Kolkata", date(2027, 3, 7), 9),
    ],
)
def test_the_wall_clock_stays_when_the_offset_changes(zone, first, hour):
    timing = rhythm(Every.WEEKLY, first, hour, zone)
    moments = [timing.starts_at(number) for number in range(40)]
    assert {moment.astimezone(ZoneInfo(zone)).hour for moment in moments} == {9}
    steps = {second - one for one, second in pairwise(moments)}
    week = timedelta(days=7)
    expected = {week} if zone == "Asia/Kolkata" else {week, week - timedelta(hours=1), week + timedelta(hours=1)}
    assert steps == expected


@pytest.mark.parametrize(
    ("zone", "day", "skipped", "really"),
    [
        ("Europe/London", date(2027, 3, 28), (1, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        ("America/New_York", date(2027, 3, 14), (2, 30), datetime(2027, 3, 14, 7, 30, tzinfo=UTC)),
        # Half an hour is skipped here.
        ("Australia/Lord_Howe", date(2027, 10, 3), (2, 15), datetime(2027, 10, 2, 15, 45, tzinfo=UTC)),
    ],
)
def test_a_time_that_the_clocks_skip_is_as_much_later(zone, day, skipped, really):
    assert rhythm(Every.WEEKLY, day, skipped[0], zone, skipped[1]).starts_at(0) == really


def test_a_time_that_the_clocks_repeat_is_the_first_one():
    timing = rhythm(Every.WEEKLY, date(2027, 10, 31), 1, "Europe/London", 30)
    assert timing.starts_at(0) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("every", list(Every))
def test_the_next_one_after_a_moment_is_the_first_that_starts_after_it(every):
    timing = rhythm(every, date(2026, 1, 31))
    for number in range(60):
        start = timing.starts_at(number)
        assert timing.number_after(start - timedelta(seconds=1)) == number
        assert timing.number_after(start) == number + 1
        assert timing.number_after(start, least=number + 5) == number + 5


def test_a_rhythm_is_read_off_the_first_moment_by_the_wall_clock():
    timing = rhythm_of("monthly", datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "Europe/Berlin")
    assert (timing.first_day, timing.minute) == (date(2027, 1, 1), 30)
