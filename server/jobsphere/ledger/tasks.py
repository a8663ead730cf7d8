"""Periodic work of the ledger."""

from datetime import timedelta

import structlog

from jobsphere.db.transactions import edge_transaction
from jobsphere.ledger import services
from jobsphere.outbox.subscriptions import periodic

logger = structlog.get_logger("jobsphere.ledger")


@periodic(every=timedelta(minutes=10))
def take_snapshots() -> None:
    """Keep the sums of the platform's accounts short."""
    with edge_transaction():
        services.take_snapshots()


@periodic(every=timedelta(hours=1))
def seal_days() -> None:
    """Seal every day that is over: a day's statement is there an hour after midnight (UTC) at the latest."""
    while True:
        with edge_transaction():
            sealed = services.seal_next_day()
        if sealed is None:
            return
        # The log is a second place: whoever keeps it can prove all the books before it.
        logger.info("day sealed", day=str(sealed.day), transfers=sealed.transfers, seal=sealed.seal)
