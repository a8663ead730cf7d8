"""What runs by the clock. Each booking in a transaction of its own, so one fault stops no other."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

import structlog

from jobsphere.bookings import selectors, services
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.errors import Conflict
from jobsphere.outbox.subscriptions import periodic

logger = structlog.get_logger(__name__)
ROUND = 200


@periodic(every=timedelta(minutes=5))
def release_unpaid_bookings() -> None:
    """Give back the time that nobody has paid for."""
    _each(selectors.unpaid_bookings(ROUND), lambda each: services.release_unpaid(booking_id=each))


@periodic(every=timedelta(minutes=15))
def settle_absences() -> None:
    """End the contracts of which it was reported, and not contested, that somebody did not come."""
    _each(selectors.absences_to_settle(ROUND), lambda each: services.settle_no_show(booking_id=each))


def _each(subjects: Iterable[UUID], verb: Callable[[UUID], bool]) -> None:
    for subject_id in subjects:
        try:
            with edge_transaction():
                verb(subject_id)
        except Conflict as conflict:  # a person was faster, or staff hold the money; the next round looks again
            logger.info("bookings.timer.conflict", subject_id=str(subject_id), detail=conflict.detail)
        except Exception:
            logger.exception("bookings.timer.failed", subject_id=str(subject_id))
