"""What runs by the clock. Each offer and milestone in a transaction of its own, so one fault stops no other."""

from datetime import timedelta

from jobsphere.contracts import selectors
from jobsphere.contracts.services import changing, expenses, funding, timers
from jobsphere.outbox.rounds import one_by_one
from jobsphere.outbox.subscriptions import periodic


@periodic(every=timedelta(minutes=1))
def expire_offers() -> None:
    """Expire the offers whose time has passed."""
    one_by_one(selectors.offers_to_expire(), lambda each: timers.expire_offer(offer_id=each))


@periodic(every=timedelta(minutes=5))
def release_unanswered_milestones() -> None:
    """Remind of what will be released, and release what nobody answered."""
    one_by_one(selectors.milestones_to_remind(), lambda each: timers.remind_of_release(milestone_id=each))
    one_by_one(selectors.milestones_to_release(), lambda each: timers.release_unanswered(milestone_id=each))


@periodic(every=timedelta(minutes=5))
def expire_changes() -> None:
    """Expire the change orders that nobody answered, or paid, in time."""
    one_by_one(selectors.changes_to_expire(), lambda each: changing.expire_change(order_id=each))


@periodic(every=timedelta(minutes=5))
def lapse_expenses() -> None:
    """Remind of claims that are about to lapse, and end those that nobody answered in time."""
    one_by_one(selectors.expenses_to_remind(), lambda each: expenses.remind_of_expense(expense_id=each))
    one_by_one(selectors.expenses_to_lapse(), lambda each: expenses.lapse_expense(expense_id=each))


@periodic(every=timedelta(minutes=30))
def remind_to_fund_milestones() -> None:
    """Remind customers of milestones whose day to be paid in is near."""
    one_by_one(selectors.milestones_to_fund(), lambda each: funding.remind_to_fund(milestone_id=each))
