"""What runs by the clock. Each in a transaction of its own, so one fault stops no other."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

import structlog

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.errors import Conflict
from jobsphere.outbox.subscriptions import periodic
from jobsphere.repeats import selectors, services

logger = structlog.get_logger(__name__)
ROUND = 200


@periodic(every=timedelta(minutes=15))
def make_occurrences() -> None:
    """Make and fund what is due of every series, ask refused cards again, and let go what is not paid in time."""
    _each(selectors.repeats_to_make(ROUND), lambda each: services.make_next(repeat_id=each))
    _each(selectors.occurrences_to_try(ROUND), lambda each: services.try_again(occurrence_id=each))
    _each(selectors.occurrences_to_give_up(ROUND), lambda each: services.give_up(occurrence_id=each))


def _each(subjects: Iterable[UUID], verb: Callable[[UUID], bool]) -> None:
    for subject_id in subjects:
        try:
            with edge_transaction():
                verb(subject_id)
        except Conflict as conflict:  # a person was faster; the next round looks again
            logger.info("repeats.timer.conflict", subject_id=str(subject_id), detail=conflict.detail)
        except Exception:
            logger.exception("repeats.timer.failed", subject_id=str(subject_id))
