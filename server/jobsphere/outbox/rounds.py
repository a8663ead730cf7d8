"""What a periodic task does to each of many: one fault stops no other."""

from collections.abc import Callable, Iterable
from uuid import UUID

import structlog

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.errors import Conflict


def one_by_one(subjects: Iterable[UUID], verb: Callable[[UUID], bool]) -> None:
    """Do it to each in a transaction of its own; a fault is logged under the app whose task it is, and stops no other.

    A Conflict is none: a person was faster, or staff hold the money, and the next round looks again.
    """
    logger = structlog.get_logger(verb.__module__)
    app = verb.__module__.split(".")[1]
    for subject_id in subjects:
        try:
            with edge_transaction():
                verb(subject_id)
        except Conflict as conflict:
            logger.info(f"{app}.timer.conflict", subject_id=str(subject_id), detail=conflict.detail)
        except Exception:
            logger.exception(f"{app}.timer.failed", subject_id=str(subject_id))
