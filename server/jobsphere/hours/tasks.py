"""What runs by the clock. Each week, deal and timer in a transaction of its own, so one fault stops no other."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

import structlog

from jobsphere.db.transactions import edge_transaction
from jobsphere.hours import selectors, services
from jobsphere.kit.errors import Conflict
from jobsphere.outbox.subscriptions import periodic

logger = structlog.get_logger(__name__)
ROUND = 200


@periodic(every=timedelta(minutes=1))
def stop_timers() -> None:
    """Stop the timers whose week, or day, is over."""
    _each(selectors.timers_to_stop(ROUND), lambda each: services.stop_overdue_timer(timer_id=each))


@periodic(every=timedelta(minutes=5))
def turn_weeks() -> None:
    """Make the weeks that are missing, and close those whose time is over."""
    _each(selectors.deals_without_next_week(ROUND), lambda each: services.make_weeks(deal_id=each))
    _each(selectors.weeks_to_close(ROUND), lambda each: services.close_week(week_id=each))


def _each(subjects: Iterable[UUID], verb: Callable[[UUID], bool]) -> None:
    for subject_id in subjects:
        try:
            with edge_transaction():
                verb(subject_id)
        except Conflict as conflict:  # a person was faster, or staff hold the money; the next round looks again
            logger.info("hours.timer.conflict", subject_id=str(subject_id), detail=conflict.detail)
        except Exception:
            logger.exception("hours.timer.failed", subject_id=str(subject_id))
