"""What the clock does to conversations."""

from datetime import timedelta

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.messaging import services
from jobsphere.messaging.rules import KEEP_EARLIER
from jobsphere.outbox.subscriptions import periodic


@periodic(every=timedelta(days=1))
def forget_what_was_changed() -> None:
    """Delete earlier texts of messages, and files that were taken back, when no report will ask for them any more."""
    with edge_transaction():
        services.forget_earlier_texts(before=clock.now() - KEEP_EARLIER)
