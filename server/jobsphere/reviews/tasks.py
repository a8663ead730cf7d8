"""What runs by the clock: rounds whose time is over are shown."""

from datetime import timedelta

import structlog

from jobsphere.db.transactions import edge_transaction
from jobsphere.outbox.subscriptions import periodic
from jobsphere.reviews import selectors, services

logger = structlog.get_logger(__name__)
ROUND = 200


@periodic(every=timedelta(minutes=15))
def close_rounds() -> None:
    """Show what was written where the time is over; each round in a transaction of its own."""
    for round_id in selectors.rounds_to_close(ROUND):
        try:
            with edge_transaction():
                services.publish_round(round_id=round_id)
        except Exception:
            logger.exception("reviews.close.failed", round_id=str(round_id))
