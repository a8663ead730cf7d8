"""Retention (R103, R107): what lower floors keep for a while and have no clock of their own to throw away."""

from datetime import timedelta

from jobsphere.db.transactions import edge_transaction
from jobsphere.outbox.subscriptions import periodic
from jobsphere.web import idempotency


@periodic(every=timedelta(hours=1))
def forget_old_answers() -> None:
    """Throw stored answers to Idempotency-Keys away once nobody can mean them any more."""
    with edge_transaction():
        idempotency.purge_expired()
