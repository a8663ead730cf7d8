"""What a plan costs when it changes in the middle of a period. Whole minor units; pure."""

from datetime import datetime, timedelta

from jobsphere.kit.money import Money
from jobsphere.plans.rules.dates import MONTHS, BillingCycle

MICROSECOND = timedelta(microseconds=1)


def unused_share(price: Money, *, starts_at: datetime, ends_at: datetime, at: datetime) -> Money:
    """Return what of a paid period lies after a moment, to the microsecond, rounded down to whole steps of a card.

    What is used is the rest, so both together are the price. A period to come is unused as a whole.
    """
    whole = ends_at - starts_at
    left = min(max(ends_at - at, timedelta(0)), whole)
    # Exact, and in integers: a price times a timedelta runs over the longest timedelta there can be.
    return Money(price.amount * (left // MICROSECOND) // (whole // MICROSECOND), price.currency).whole_steps()


def is_dearer(price: Money, every: BillingCycle, *, than: Money, than_every: BillingCycle) -> bool:
    """Say whether a plan costs more for the same time than another, and so holds at once."""
    return price.amount * MONTHS[than_every] > than.amount * MONTHS[every]
