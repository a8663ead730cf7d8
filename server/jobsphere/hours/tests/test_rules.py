"""Weeks by the wall clock of three zones, and amounts that are rounded once."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobsphere.hours.rules.billing import billed, cost, disputed, problems_of
from jobsphere.hours.rules.weeks import WEEK, bounds_of, minutes_by_day, monday_of, whole_minutes, zone_named
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import Money
from tests.marketplace import usd

NEW, OLD = datetime(2026, 1, 1), datetime(2036, 1, 1)  # noqa: DTZ001  hypothesis adds the zone
BERLIN, NEW_YORK, LORD_HOWE = (ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"))


@pytest.mark.parametrize(
    ("zone", "monday", "hours"),
    [
        (BERLIN, date(2027, 3, 22), 167),
        (BERLIN, date(2027, 10, 25), 169),
        (NEW_YORK, date(2027, 3, 8), 167),
        (NEW_YORK, date(2027, 11, 1), 169),
        # Half an hour is enough for Lord Howe, and it is autumn there in April.
        (LORD_HOWE, date(2027, 3, 29), 168.5),
        (LORD_HOWE, date(2027, 9, 27), 167.5),
        (BERLIN, date(2028, 2, 28), 168),
    ],
)
def test_a_week_has_the_hours_that_the_wall_clock_gives_it(zone: ZoneInfo, monday: date, hours: float):
    bounds = bounds_of(monday, zone)
    assert (bounds.ends_at - bounds.starts_at) / timedelta(hours=1) == hours
    assert bounds.starts_at.astimezone(zone).isoformat()[:16] == f"{monday}T00:00"
    assert bounds.closes_at.astimezone(zone).isoformat()[11:16] == "12:00"
    assert bounds.ends_at == bounds_of(monday + WEEK, zone).starts_at


@pytest.mark.parametrize(
    ("zone", "starts_at", "ends_at", "expected"),
    [
        # The night of the change has 23 hours in spring and 25 in autumn: what was worked is what is counted.
        (BERLIN, "2027-03-27T22:00+01:00", "2027-03-28T08:00+02:00", {27: 120, 28: 420}),
        (BERLIN, "2027-10-30T22:00+02:00", "2027-10-31T08:00+01:00", {30: 120, 31: 540}),
        (NEW_YORK, "2027-03-13T22:00-05:00", "2027-03-14T04:00-04:00", {13: 120, 14: 180}),
        (NEW_YORK, "2027-11-07T00:30-04:00", "2027-11-07T03:00-05:00", {7: 210}),
        (LORD_HOWE, "2027-04-03T23:00+11:00", "2027-04-04T03:00+10:30", {3: 60, 4: 210}),
        # Over a leap day.
        (BERLIN, "2028-02-28T23:00+01:00", "2028-03-01T01:00+01:00", {28: 60, 29: 1440, 1: 60}),
    ],
)
def test_minutes_fall_on_the_local_days_on_which_they_were_worked(
    zone: ZoneInfo, starts_at: str, ends_at: str, expected: dict[int, int]
):
    span = (datetime.fromisoformat(starts_at).astimezone(UTC), datetime.fromisoformat(ends_at).astimezone(UTC))
    found = minutes_by_day([span], zone)
    assert {day.day: minutes for day, minutes in found.items()} == expected
    assert sum(found.values()) == (span[1] - span[0]) / timedelta(minutes=1)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    zone=st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE]),
    at=st.datetimes(NEW, OLD, timezones=st.just(UTC)),
    minutes=st.integers(1, 3000),
)
def test_no_minute_is_lost_or_counted_twice(zone: ZoneInfo, at: datetime, minutes: int):
    starts_at, ends_at = whole_minutes(at, at + timedelta(minutes=minutes))
    assert sum(minutes_by_day([(starts_at, ends_at)], zone).values()) == minutes
    bounds = bounds_of(monday_of(at, zone), zone)
    assert bounds.starts_at <= at < bounds.ends_at < bounds.closes_at


money = st.sampled_from(["USD", "JPY", "KWD"]).flatmap(
    lambda currency: st.integers(1, 50_000).map(lambda units: Money(units * (10 if currency == "KWD" else 1), currency))
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(rate=money, cap=st.integers(60, 6000), entries=st.lists(st.integers(1, 600), max_size=12), data=st.data())
def test_an_amount_is_rounded_once_for_the_week(rate: Money, cap: int, entries: list[int], data: st.DataObject):
    worked = sum(entries)
    minutes, amount = billed(rate, cap, worked)
    step = 10 if rate.currency == "KWD" else 1
    exact = Fraction(rate.amount * min(worked, cap), 60)
    # However many entries it was: off by at most half of what can be moved, and never more than the cap.
    assert abs(amount.amount - exact) <= Fraction(step, 2)
    assert amount.amount % step == 0
    assert minutes <= cap
    assert amount <= cost(rate, cap)
    # What is disputed and the rest are the whole, to the unit.
    doubted = data.draw(st.integers(0, worked))
    apart = disputed(rate, cap, worked, doubted)
    assert Money.zero(rate.currency) <= apart <= amount
    assert apart + billed(rate, cap, worked - doubted)[1] == amount


def test_terms_that_cannot_be():
    assert problems_of(usd(60_00), 600, None) == []
    found = [each.pointer for each in problems_of(usd(0), 30, 0)]
    assert found == ["/rate", "/weekly_cap_minutes", "/weeks"]
    assert [each.pointer for each in problems_of(Money(1001, "KWD"), 600, None)] == ["/rate"]
    with pytest.raises(InvalidInput):
        zone_named("Mars/Olympus")
