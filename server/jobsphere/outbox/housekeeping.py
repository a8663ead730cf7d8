"""What the queue does for itself."""

from datetime import timedelta

from jobsphere.db.transactions import edge_transaction
from jobsphere.outbox import leases, queue
from jobsphere.outbox.models import DeadLetter
from jobsphere.outbox.queue import machine_now
from jobsphere.outbox.subscriptions import periodic

KEEP_SUCCEEDED = timedelta(days=3)
KEEP_FAILED = timedelta(days=30)
KEEP_SETTLED = timedelta(days=90)


@periodic(every=timedelta(hours=1))
def prune() -> None:
    """Delete task rows and settled dead letters that nobody will look for any more; open dead letters stay."""
    now = machine_now()
    queue.prune(succeeded_before=now - KEEP_SUCCEEDED, failed_before=now - KEEP_FAILED)
    leases.prune()
    with edge_transaction():
        DeadLetter.objects.exclude(replayed_at=None, dropped_at=None).filter(
            last_failed_at__lt=now - KEEP_SETTLED
        ).delete()
