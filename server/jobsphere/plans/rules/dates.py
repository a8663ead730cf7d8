"""When a plan's periods begin and end: counted from the first one, so the 31st is the 31st again (as ADR 0034)."""

from calendar import monthrange
from datetime import datetime
from enum import StrEnum


class BillingCycle(StrEnum):
    """How long a period is."""

    MONTH = "month"
    YEAR = "year"


#: How many months each is.
MONTHS = {BillingCycle.MONTH: 1, BillingCycle.YEAR: 12}


def months_after(first: datetime, months: int) -> datetime:
    """Return the same day and time so many months later; the last day of a month that has no such day."""
    count = first.year * 12 + first.month - 1 + months
    year, month = divmod(count, 12)
    return first.replace(year=year, month=month + 1, day=min(first.day, monthrange(year, month + 1)[1]))


def begins(first: datetime, every: BillingCycle, number: int) -> datetime:
    """Return when the period of that number (0: the first) begins, which is when the one before it ends."""
    return months_after(first, MONTHS[every] * number)
