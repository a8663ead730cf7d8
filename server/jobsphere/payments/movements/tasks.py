"""Periodic work on movements."""

from datetime import timedelta

import structlog

from jobsphere.outbox.subscriptions import periodic
from jobsphere.payments.movements import importing

logger = structlog.get_logger("jobsphere.payments")


@periodic(every=timedelta(hours=1))
def import_movements() -> None:
    """Fetch and book what has moved our balances since the last time."""
    _fetch(importing.OVERLAP)


@periodic(every=timedelta(days=1))
def import_late_movements() -> None:
    """Look back further once a day, for what a gateway has listed very late."""
    _fetch(importing.NIGHTLY_OVERLAP)


def _fetch(overlap: timedelta) -> None:
    """A gateway that is away is asked again next time, from where we are: nobody need look at a dead letter for it."""
    try:
        importing.fetch_and_book(overlap=overlap)
    except importing.FetchError as error:
        logger.warning("gateway movements not fetched", error=str(error))
