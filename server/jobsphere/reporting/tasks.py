"""What runs by the clock."""

from datetime import timedelta

from jobsphere.db.transactions import edge_transaction
from jobsphere.outbox.subscriptions import periodic
from jobsphere.reporting import services


@periodic(every=timedelta(hours=24))
def ask_for_tax_details() -> None:
    """Ask contractors for what a report of theirs lacks."""
    with edge_transaction():
        services.ask_sellers()
