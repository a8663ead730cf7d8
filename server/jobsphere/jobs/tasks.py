"""What the clock does to jobs."""

from datetime import timedelta
from uuid import UUID

from jobsphere.db.transactions import edge_transaction
from jobsphere.jobs import selectors, services
from jobsphere.kit.actor import SYSTEM
from jobsphere.outbox.subscriptions import periodic


@periodic(every=timedelta(minutes=5))
def expire_jobs() -> None:
    """Close every open job whose time has passed, each in its own transaction."""
    for job_id in selectors.jobs_to_expire(SYSTEM):
        _expire(job_id)


def _expire(job_id: UUID) -> None:
    with edge_transaction():
        services.expire_job(job_id=job_id)
