"""How the queue stands, for the metrics, and whether anybody works on it."""

from collections.abc import Iterator

from jobsphere.outbox import selectors
from jobsphere.watch import checks, figures
from jobsphere.watch.figures import Figure

NAMES = {
    "jobsphere_queue_tasks": "Tasks of the queue: due, scheduled, running.",
    "jobsphere_queue_oldest_due_seconds": "How long the task that waits longest has been due.",
    "jobsphere_dead_letters": "Tasks that were given up and that nobody has settled.",
    "jobsphere_workers": "Workers that have said lately that they are alive.",
}


def read() -> Iterator[Figure]:
    """Yield the figures; four queries over what is open."""
    health = selectors.queue_health()
    for state, number in (("due", health.due), ("scheduled", health.scheduled), ("running", health.running)):
        yield Figure("jobsphere_queue_tasks", number, {"state": state})
    yield Figure("jobsphere_queue_oldest_due_seconds", health.oldest_due.total_seconds())
    yield Figure("jobsphere_dead_letters", health.dead_letters)
    yield Figure("jobsphere_workers", selectors.living_workers())


figures.register("outbox", read, NAMES)
checks.register("worker", lambda: selectors.living_workers() > 0, vital=False)
