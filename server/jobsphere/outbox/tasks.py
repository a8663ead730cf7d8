"""The two Django tasks that everything in our queue is a call of; the first argument names the function.

They are complete by themselves, so any worker of the Tasks API can run them. Ours (runner.py) does more: it completes
a delivery in the handler's own transaction, retries, and keeps dead letters. What follows the arguments ties a task to
the request that caused it (`watch.context`).
"""

from typing import Any
from uuid import UUID

from django_tasks import task

from jobsphere.db.transactions import edge_transaction
from jobsphere.outbox import delivery
from jobsphere.outbox.subscriptions import job_named


@task()
def deliver(handler: str, event_id: str, request_id: str = "", user_id: str = "", traceparent: str = "") -> None:
    """Tell one subscriber of one event, in a transaction of its own."""
    with edge_transaction():
        delivery.hand_over(handler, UUID(event_id))


@task()
def run_job(handler: str, args: list[Any], request_id: str = "", user_id: str = "", traceparent: str = "") -> None:
    """Run a job or periodic task, which opens its own transactions."""
    job_named(handler).function(*args)
