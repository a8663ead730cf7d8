"""Fixtures of the outbox's tests."""

from collections.abc import Iterator

import pytest

from jobsphere.outbox import subscriptions
from jobsphere.outbox.tests import probes


@pytest.fixture
def table(db: None) -> Iterator[None]:
    """The table that the probes leave their marks in, and probes without a past."""
    for memory in (probes.surprises, probes.calls, probes.after_commit):
        memory.clear()
    probes.make_table()
    yield
    probes.drop_table()


@pytest.fixture
def only_our_periodic_tasks() -> Iterator[None]:
    """Forget the periodic tasks of all apps, and afterwards those that the test has registered."""
    kept = dict(subscriptions._jobs)
    for each in subscriptions.periodic_jobs():
        del subscriptions._jobs[each.name]
    yield
    subscriptions._jobs.clear()
    subscriptions._jobs.update(kept)
