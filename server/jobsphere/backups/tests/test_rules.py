"""Which backups stay."""

from datetime import UTC, datetime, timedelta

from jobsphere.backups.rules import is_name, moment_of, name_of, to_keep

KEEP = {"daily": 7, "weekly": 5, "monthly": 12}
NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


def days(number: int) -> list[str]:
    return [name_of(NOON - timedelta(days=day)) for day in range(number)]


def test_a_name_is_its_moment():
    assert moment_of(name_of(NOON)) == NOON
    assert is_name(name_of(NOON))
    assert not is_name("../../etc/passwd")


def test_two_years_of_days_leave_a_week_of_days_five_weeks_and_twelve_months():
    kept = to_keep(days(730), KEEP)
    assert set(days(7)) <= kept
    assert name_of(datetime(2025, 4, 30, 12, tzinfo=UTC)) in kept
    assert name_of(datetime(2025, 3, 31, 12, tzinfo=UTC)) not in kept
    # The week of the 29th ends in the seven days; eleven months before this one.
    weeks = {name_of(NOON - timedelta(days=back)) for back in (9, 16, 23)}
    assert weeks <= kept
    assert len(kept) == 7 + 3 + 11


def test_several_a_day_leave_the_newest():
    morning, evening = name_of(NOON - timedelta(hours=6)), name_of(NOON)
    assert to_keep([morning, evening], KEEP) == {evening}


def test_after_a_pause_nothing_falls_for_want_of_newer_ones():
    old = days(3)
    assert to_keep(old, {"daily": 7, "weekly": 0, "monthly": 0}) == set(old)


def test_the_newest_stays_whatever_is_asked():
    assert to_keep(days(3), {"daily": 0, "weekly": 0, "monthly": 0}) == {days(1)[0]}
