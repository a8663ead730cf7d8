"""What hours cost: rounded once, for the week (ADR 0033). Pure."""

from jobsphere.kit.errors import FieldError
from jobsphere.kit.money import Money, smallest_step

HOUR = 60
#: A cap of a week, in minutes: an hour to all of it.
SHORTEST_CAP, LONGEST_CAP = HOUR, 7 * 24 * HOUR
MOST_WEEKS = 520


def cost(rate: Money, minutes: int) -> Money:
    """Return what so many minutes cost at a rate an hour, rounded half up to what cards can move; never negative."""
    step = smallest_step(rate.currency)
    whole = HOUR * step
    return Money((2 * rate.amount * minutes + whole) // (2 * whole) * step, rate.currency)


def billed(rate: Money, cap: int, worked: int) -> tuple[int, Money]:
    """Return how many of a week's minutes are billed, and what they cost; what is over the cap is only recorded."""
    minutes = min(worked, cap)
    return minutes, cost(rate, minutes)


def disputed(rate: Money, cap: int, worked: int, doubted: int) -> Money:
    """Return what is held apart when so many minutes of a week are doubted: what the week would have cost less.

    Hours over the cap take the place of doubted ones, so it may be nothing.
    """
    return billed(rate, cap, worked)[1] - billed(rate, cap, worked - doubted)[1]


def problems_of(rate: Money, cap: int, weeks: int | None) -> list[FieldError]:
    """Return what is wrong with the terms of an offer by the hour; empty when they are sound."""
    problems = []
    if rate.amount <= 0:
        problems.append(FieldError("/rate", "positive", "An hour costs more than nothing."))
    elif rate != rate.whole_steps():
        problems.append(FieldError("/rate", "step", "Cards cannot move this amount; leave the last digit 0."))
    if not SHORTEST_CAP <= cap <= LONGEST_CAP:
        problems.append(FieldError("/weekly_cap_minutes", "out-of-range", "A weekly cap has 1 to 168 hours."))
    if weeks is not None and not 1 <= weeks <= MOST_WEEKS:
        problems.append(FieldError("/weeks", "out-of-range", f"Say 1 to {MOST_WEEKS} weeks, or leave it open."))
    return problems
