"""Periodic work of the ledger."""

from datetime import timedelta

from jobsphere.db.transactions import edge_transaction
from jobsphere.ledger import services
from jobsphere.outbox.subscriptions import periodic


@periodic(every=timedelta(minutes=10))
def take_snapshots() -> None:
    """Keep the sums of the platform's accounts short."""
    with edge_transaction():
        services.take_snapshots()
