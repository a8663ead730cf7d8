"""What a dearer plan costs somebody who has one, and whether it holds at once."""

from datetime import datetime

from jobsphere.kit import clock
from jobsphere.kit.money import Money, total
from jobsphere.payments import routing
from jobsphere.plans.models import PlanVersion, Subscription
from jobsphere.plans.rules.amounts import is_dearer, unused_share
from jobsphere.plans.rules.dates import BillingCycle
from jobsphere.plans.rules.lifecycle import HOLDING


def credit_now(row: Subscription, at: datetime | None = None) -> Money | None:
    """Return the unused share of all that is paid, which a dearer plan costs less; None while nothing holds.

    Each period's own price counts, with what of it was itself a credit; what went back to a card does not.
    """
    now = at or clock.now()
    held = row.periods.filter(status__in=HOLDING, cut_at=None, ends_at__gt=now)
    shares = [
        unused_share(each.money(each.price - each.refunded), starts_at=each.starts_at, ends_at=each.ends_at, at=now)
        for each in held
    ]
    return total(shares, row.plan.currency) if shares else None


def holds_at_once(present: PlanVersion, wanted: PlanVersion, credit: Money) -> bool:
    """Say whether a plan takes the place of the present one now: it is dearer, and what is left to pay can be paid."""
    before, after = present.plan, wanted.plan
    if after.currency != before.currency:
        return False
    was, price = Money(present.price, before.currency), Money(wanted.price, after.currency)
    left = price - credit
    return (
        is_dearer(price, BillingCycle(after.every), than=was, than_every=BillingCycle(before.every))
        and left.amount > 0
        and routing.problem_with(left) is None
    )
