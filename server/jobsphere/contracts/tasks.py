"""What runs by the clock. Each offer and milestone in a transaction of its own, so one fault stops no other."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

import structlog

from jobsphere.contracts import selectors
from jobsphere.contracts.services import changing, expenses, funding, timers
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.errors import Conflict
from jobsphere.outbox.subscriptions import periodic

logger = structlog.get_logger(__name__)


@periodic(every=timedelta(minutes=1))
def expire_offers() -> None:
    """Expire the offers whose time has passed."""
    _each(selectors.offers_to_expire(), lambda each: timers.expire_offer(offer_id=each))


@periodic(every=timedelta(minutes=5))
def release_unanswered_milestones() -> None:
    """Remind of what will be released, and release what nobody answered."""
    _each(selectors.milestones_to_remind(), lambda each: timers.remind_of_release(milestone_id=each))
    _each(selectors.milestones_to_release(), lambda each: timers.release_unanswered(milestone_id=each))


@periodic(every=timedelta(minutes=5))
def expire_changes() -> None:
    """Expire the change orders that nobody answered, or paid, in time."""
    _each(selectors.changes_to_expire(), lambda each: changing.expire_change(order_id=each))


@periodic(every=timedelta(minutes=5))
def lapse_expenses() -> None:
    """Remind of claims that are about to lapse, and end those that nobody answered in time."""
    _each(selectors.expenses_to_remind(), lambda each: expenses.remind_of_expense(expense_id=each))
    _each(selectors.expenses_to_lapse(), lambda each: expenses.lapse_expense(expense_id=each))


@periodic(every=timedelta(minutes=30))
def remind_to_fund_milestones() -> None:
    """Remind customers of milestones whose day to be paid in is near."""
    _each(selectors.milestones_to_fund(), lambda each: funding.remind_to_fund(milestone_id=each))


def _each(subjects: Iterable[UUID], verb: Callable[[UUID], bool]) -> None:
    for subject_id in subjects:
        try:
            with edge_transaction():
                verb(subject_id)
        except Conflict as conflict:  # a person was faster; the next round looks again
            logger.info("contracts.timer.conflict", subject_id=str(subject_id), detail=conflict.detail)
        except Exception:
            logger.exception("contracts.timer.failed", subject_id=str(subject_id))
