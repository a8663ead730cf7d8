"""What a calendar and a package may say. Pure; raises InvalidInput that names every wrong field."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jobsphere.bookings.rules.slots import CELL_MINUTES, DAY_MINUTES, Special, WeeklyRange
from jobsphere.bookings.rules.terms import CalendarSettings, PackageDetails
from jobsphere.kit.errors import FieldError, InvalidInput

STEPS = (15, 30, 60)
LONGEST_BUFFER = 4 * 60
LONGEST_NOTICE_HOURS = 14 * 24
FARTHEST_DAYS = 365
LONGEST_PACKAGE = 12 * 60
LONGEST_WINDOW = 4 * 60
MOST_RANGES, MOST_SPECIALS, MOST_PACKAGES, MOST_EXTRAS = 56, 200, 20, 10
#: Days that may be asked for at once.
MOST_DAYS = 45


def zone_named(name: str) -> ZoneInfo:
    """Return a zone of the IANA database; raises InvalidInput for any other word."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput.at("/time_zone", "unknown", "Choose a time zone such as Europe/Berlin.") from error


def check_settings(settings: CalendarSettings) -> None:
    """Check the rules of a calendar."""
    zone_named(settings.time_zone)
    limits = (
        ("buffer_before", 0, LONGEST_BUFFER),
        ("buffer_after", 0, LONGEST_BUFFER),
        ("notice_hours", 0, LONGEST_NOTICE_HOURS),
        ("horizon_days", 1, FARTHEST_DAYS),
        ("arrival_minutes", 0, LONGEST_WINDOW),
    )
    errors = [
        FieldError(f"/{name}", "out-of-range", f"From {least} to {most}.")
        for name, least, most in limits
        if not least <= getattr(settings, name) <= most
    ]
    errors += [
        FieldError(f"/{name}", "step", f"Whole quarters of an hour: a multiple of {CELL_MINUTES}.")
        for name in ("buffer_before", "buffer_after", "arrival_minutes")
        if getattr(settings, name) % CELL_MINUTES
    ]
    if settings.step not in STEPS:
        errors.append(FieldError("/step", "invalid", "Slots start every 15, 30 or 60 minutes."))
    _refuse(errors)


def check_weekly(ranges: Sequence[WeeklyRange]) -> None:
    """Check the usual hours: quarters of an hour, in order, none over another."""
    if len(ranges) > MOST_RANGES:
        raise InvalidInput.at("/weekly", "too-many", f"At most {MOST_RANGES} ranges a week.")
    errors = []
    for index, each in enumerate(ranges):
        if not 0 <= each.weekday <= 6:
            errors.append(FieldError(f"/weekly/{index}/weekday", "out-of-range", "0 is Monday, 6 is Sunday."))
        errors += _range_problems(each.starts, each.ends, f"/weekly/{index}")
    in_order = sorted(enumerate(ranges), key=lambda pair: (pair[1].weekday, pair[1].starts))
    for (_, one), (index, other) in pairwise(in_order):
        if one.weekday == other.weekday and other.starts < one.ends:
            errors.append(FieldError(f"/weekly/{index}/starts", "overlap", "Two ranges of a day overlap. Join them."))
    _refuse(errors)


def check_special(special: Special, *, today: date) -> None:
    """Check days that differ."""
    errors = _range_problems(special.starts, special.ends, "")
    if special.last_day < special.first_day:
        errors.append(FieldError("/last_day", "order", "The last day is not before the first."))
    elif special.last_day - special.first_day > timedelta(days=FARTHEST_DAYS):
        errors.append(FieldError("/last_day", "too-long", f"At most {FARTHEST_DAYS} days at once."))
    if special.last_day < today - timedelta(days=1):
        errors.append(FieldError("/last_day", "past", "These days are over."))
    _refuse(errors)


def check_package(package: PackageDetails) -> None:
    """Check a package with its extras: quarters of an hour, one currency, words."""
    errors = []
    if not package.title.strip():
        errors.append(FieldError("/title", "blank", "Give it a name."))
    if not CELL_MINUTES <= package.minutes <= LONGEST_PACKAGE or package.minutes % CELL_MINUTES:
        errors.append(FieldError("/minutes", "out-of-range", "From 15 minutes to 12 hours, in quarters of an hour."))
    if len(package.extras) > MOST_EXTRAS:
        errors.append(FieldError("/extras", "too-many", f"At most {MOST_EXTRAS} extras."))
    for index, extra in enumerate(package.extras):
        if not extra.title.strip():
            errors.append(FieldError(f"/extras/{index}/title", "blank", "Give it a name."))
        if not 0 <= extra.minutes <= LONGEST_PACKAGE or extra.minutes % CELL_MINUTES:
            text = "Up to 12 hours, in quarters of an hour."
            errors.append(FieldError(f"/extras/{index}/minutes", "out-of-range", text))
        if extra.price.currency != package.price.currency:
            text = f"Use the currency of the package, {package.price.currency}."
            errors.append(FieldError(f"/extras/{index}/price", "currency", text))
    _refuse(errors)


def _range_problems(starts: int, ends: int, path: str) -> list[FieldError]:
    if not (0 <= starts < ends <= DAY_MINUTES):
        return [FieldError(f"{path}/ends", "order", "Hours end after they start, at midnight at the latest.")]
    if starts % CELL_MINUTES or ends % CELL_MINUTES:
        return [FieldError(f"{path}/starts", "step", f"Whole quarters of an hour: a multiple of {CELL_MINUTES}.")]
    return []


def _refuse(errors: list[FieldError]) -> None:
    if errors:
        raise InvalidInput(errors)
