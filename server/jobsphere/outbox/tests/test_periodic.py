"""Periodic tasks: once a period whatever the number of workers, once after a long stop, never twice at a time."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jobsphere.kit import clock
from jobsphere.outbox import periodic as ticking
from jobsphere.outbox import queue, subscriptions
from jobsphere.outbox.models import DeadLetter, PeriodicRun
from jobsphere.outbox.worker import drain

pytestmark = pytest.mark.usefixtures("only_our_periodic_tasks", "db")

MINUTES = timedelta(minutes=5)


@pytest.fixture
def runs() -> list[str]:
    """The moments at which the periodic task of this test has run."""
    return []


@pytest.fixture
def every_five_minutes(runs: list[str], only_our_periodic_tasks: None) -> Callable[[], None]:
    @subscriptions.periodic(every=MINUTES, name="test.every_five_minutes")
    def task() -> None:
        runs.append(clock.now().isoformat())

    return task


@pytest.mark.usefixtures("every_five_minutes")
def test_it_runs_once_a_period_beginning_one_period_from_now(runs: list[str]) -> None:
    drain()
    assert runs == []
    for minute in range(1, 22):
        with clock.travel(timedelta(minutes=minute)):
            drain()
    assert len(runs) == 4


@pytest.mark.usefixtures("every_five_minutes")
def test_after_a_stop_of_a_day_it_runs_once_and_keeps_its_rhythm(runs: list[str]) -> None:
    drain()
    first = PeriodicRun.objects.get().next_run_at
    with clock.travel(timedelta(days=1, minutes=2)):
        drain()
        drain()
        assert len(runs) == 1
        following = PeriodicRun.objects.get().next_run_at
        assert clock.now() < following <= clock.now() + MINUTES
    assert (following - first) % MINUTES == timedelta(0)


@pytest.mark.usefixtures("every_five_minutes")
def test_where_the_clock_was_moved_before_the_first_start_it_is_due_at_once(runs: list[str]) -> None:
    with clock.travel(timedelta(days=8)):
        drain()
    assert len(runs) == 1


@pytest.mark.usefixtures("every_five_minutes")
def test_a_clock_that_is_moved_back_does_not_stop_it(runs: list[str]) -> None:
    with clock.travel(timedelta(days=8)):
        drain()
    drain()
    assert len(runs) == 2
    drain()
    assert len(runs) == 2


@pytest.mark.usefixtures("every_five_minutes")
def test_it_does_not_pile_up_while_no_worker_runs_it() -> None:
    for period in range(1, 6):
        with clock.travel(MINUTES * period):
            ticking.tick()
    assert DBTaskResult.objects.count() == 1


@pytest.mark.usefixtures("every_five_minutes")
def test_a_tick_with_nothing_due_is_one_query(django_assert_num_queries) -> None:
    ticking.tick()
    with django_assert_num_queries(1):
        assert ticking.tick() == 0


def test_one_that_fails_all_day_is_one_dead_letter() -> None:
    @subscriptions.periodic(every=timedelta(hours=1), name="test.fails")
    def fails() -> None:
        raise ValueError("the bank is closed")

    drain()
    for minute in range(0, 60 * 6, 10):
        with clock.travel(timedelta(minutes=minute)):
            drain()
    letter = DeadLetter.objects.get()
    assert letter.handler == "test.fails"
    assert letter.attempts > 3
    assert letter.last_failed_at > letter.first_failed_at


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("every_five_minutes")
def test_eight_ticks_at_once_queue_it_once() -> None:
    ticking.tick()
    together = threading.Barrier(8)
    queued: list[int] = []

    def tick() -> None:
        try:
            together.wait(10)
            queued.append(ticking.tick())
        finally:
            connections.close_all()

    for round_ in range(1, 4):
        with clock.travel(timedelta(minutes=6) * round_):
            threads = [threading.Thread(target=tick) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(30)
            held = queue.claim("test")
            assert held
            assert queue.claim("test") is None
            queue.mark_done(held)
    assert sum(queued) == 3
    assert DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL).count() == 3
