"""The worker: effectively once, again later, dead, in order, and by the marketplace's clock."""

import threading
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connections
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.ids import uuid7
from jobsphere.outbox import leases, queue, runner, services
from jobsphere.outbox.errors import GiveUp
from jobsphere.outbox.models import DeadLetter, Turn, WorkerLease
from jobsphere.outbox.tests import probes
from jobsphere.outbox.tests.probes import Crash, Heard, HeardByMany, HeardInOrder
from jobsphere.outbox.worker import Worker, drain

pytestmark = [pytest.mark.usefixtures("table", "only_our_periodic_tasks")]
committed = pytest.mark.django_db(transaction=True)


def publish(*events: Heard | HeardByMany | HeardInOrder) -> None:
    with edge_transaction():
        for event in events:
            services.publish(event)


def statuses() -> list[str]:
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def test_every_subscriber_is_told_once() -> None:
    publish(HeardByMany(uuid7()))
    assert drain() == 3
    assert drain() == 0
    assert [len(probes.effects(f"{each}_of_many")) for each in ("first", "second", "third")] == [1, 1, 1]
    assert statuses() == [TaskResultStatus.SUCCESSFUL] * 3
    assert Turn.objects.count() == 0


def test_a_delivery_costs_the_worker_four_queries_and_the_handlers_own(django_assert_max_num_queries) -> None:
    publish(Heard(uuid7()))
    held = queue.claim("test")
    assert held
    # savepoint, event, handler's INSERT, completion, release
    with django_assert_max_num_queries(5):
        runner.run(held)
    assert probes.effects("on_heard") == [0]


def test_a_failed_delivery_keeps_nothing_and_is_tried_again_when_its_time_has_come() -> None:
    probes.surprises["on_heard"] = [ValueError("not yet")]
    publish(Heard(uuid7(), 5))
    assert drain() == 1
    assert probes.effects("on_heard") == []
    assert drain() == 0
    with clock.travel(timedelta(seconds=10)):
        assert drain() == 1
    assert probes.effects("on_heard") == [5]
    assert DeadLetter.objects.count() == 0


def test_the_last_failed_attempt_makes_a_dead_letter() -> None:
    probes.surprises["on_heard"] = [ValueError("one"), ValueError("two"), ValueError("three")]
    publish(Heard(uuid7(), 5))
    started = clock.now()
    for minute in range(5):
        with clock.travel(timedelta(minutes=minute)):
            drain()
    assert probes.calls["on_heard"] == 3
    assert probes.effects("on_heard") == []
    letter = DeadLetter.objects.get()
    assert (letter.handler, letter.attempts) == ("outbox.tests.probes.on_heard", 3)
    assert letter.error == "ValueError: three"
    assert "in on_heard" in letter.traceback
    assert letter.last_failed_at - letter.first_failed_at >= timedelta(minutes=2)
    assert letter.first_failed_at >= started
    assert statuses() == [TaskResultStatus.FAILED]


def test_a_failure_whose_text_the_database_cannot_store_is_noted_all_the_same() -> None:
    probes.surprises["on_heard"] = [GiveUp("bytes \0 in between")]
    publish(Heard(uuid7()))
    drain()
    assert DeadLetter.objects.get().error == "GiveUp: bytes \ufffd in between"


def test_giving_up_makes_a_dead_letter_at_once() -> None:
    services.enqueue(probes.hopeless)
    assert drain() == 1
    assert DeadLetter.objects.get().error == "GiveUp: no account of that name"


def test_postponing_counts_no_attempt() -> None:
    services.enqueue(probes.look_again)
    for minute in range(12):
        with clock.travel(timedelta(minutes=minute)):
            drain()
    assert probes.calls["look_again"] == 10
    assert len(probes.effects("found")) == 1
    assert len(DBTaskResult.objects.get().worker_ids) == 1
    assert DeadLetter.objects.count() == 0


def test_a_handler_that_no_code_knows_waits_for_the_code() -> None:
    publish(Heard(uuid7()))
    task = DBTaskResult.objects.get()
    task.args_kwargs["args"][0] = "somewhere.handlers.gone"
    task.save()
    drain()
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY
    assert task.exception_class_path == "LookupError"


def test_a_job_may_be_told_when_to_run() -> None:
    services.enqueue(probes.errand, "milk", 1, run_after=clock.now() + timedelta(days=3))
    assert drain() == 0
    with clock.travel(timedelta(days=3, seconds=1)):
        assert drain() == 1
    assert probes.effects("errand") == [1]


def test_a_task_that_was_enqueued_through_djangos_own_api_runs_too() -> None:
    from jobsphere.outbox.tasks import run_job

    run_job.enqueue("outbox.tests.probes.errand", ["milk", 9])
    assert drain() == 1
    assert probes.effects("errand") == [9]


@committed
def test_a_job_runs_outside_any_transaction() -> None:
    with edge_transaction():
        services.enqueue(probes.outside_transactions)
    assert drain() == 1
    assert len(probes.effects("outside_transactions")) == 1


@committed
def test_a_crash_inside_a_handler_keeps_nothing_and_the_task_is_recovered() -> None:
    probes.surprises["on_heard"] = [Crash()]
    publish(Heard(uuid7(), 1))
    with pytest.raises(Crash):
        drain()
    assert probes.effects("on_heard") == []
    assert statuses() == [TaskResultStatus.RUNNING]
    assert drain() == 0
    assert statuses() == [TaskResultStatus.READY]
    with clock.travel(timedelta(seconds=15)):
        assert drain() == 1
    assert probes.effects("on_heard") == [1]
    assert probes.calls["on_heard"] == 2


@committed
def test_a_crash_right_after_a_handlers_commit_does_not_run_it_again() -> None:
    def crash() -> None:
        raise Crash

    probes.after_commit["on_heard"] = crash
    publish(Heard(uuid7(), 1))
    with pytest.raises(Crash):
        drain()
    assert statuses() == [TaskResultStatus.SUCCESSFUL]
    with clock.travel(timedelta(hours=1)):
        assert drain() == 0
    assert probes.effects("on_heard") == [1]


@committed
def test_an_error_after_a_handlers_commit_does_not_run_it_again() -> None:
    def stumble() -> None:
        raise ValueError("the first gateway attempt failed")

    probes.after_commit["on_heard"] = stumble
    publish(Heard(uuid7(), 1))
    assert drain() == 1
    with clock.travel(timedelta(hours=1)):
        assert drain() == 0
    assert probes.effects("on_heard") == [1]
    assert DeadLetter.objects.count() == 0


@committed
def test_a_worker_whose_task_was_taken_over_keeps_nothing_of_what_it_did() -> None:
    publish(Heard(uuid7(), 1))
    zombie = queue.claim("a:1:dead")
    assert zombie
    runner.recover(zombie)
    with clock.travel(timedelta(seconds=15)):
        heir = queue.claim("b:2:alive")
        assert heir
        assert heir.attempt == 2
        runner.run(zombie)
        assert probes.effects("on_heard") == []
        runner.run(heir)
    assert probes.effects("on_heard") == [1]
    assert statuses() == [TaskResultStatus.SUCCESSFUL]


@committed
def test_a_task_that_kills_its_worker_each_time_becomes_a_dead_letter() -> None:
    probes.surprises["on_heard"] = [Crash(), Crash(), Crash()]
    publish(Heard(uuid7(), 1))
    for minute in range(3):
        with clock.travel(timedelta(minutes=minute)):
            drain_through_a_crash()
        # A recovered task comes back after a pause.
        with clock.travel(timedelta(minutes=minute, seconds=20)):
            drain_through_a_crash()
    with clock.travel(timedelta(minutes=9)):
        assert drain() == 0
    assert DeadLetter.objects.get().error.startswith("WorkerDied")
    assert probes.effects("on_heard") == []


def test_the_tasks_of_a_living_worker_are_left_alone() -> None:
    leases.renew("elsewhere:1:x")
    publish(Heard(uuid7()))
    assert queue.claim("elsewhere:1:x")
    assert leases.abandoned("me", set()) == []
    WorkerLease.objects.update(expires_at=queue.machine_now() - timedelta(seconds=1))
    assert len(leases.abandoned("me", set())) == 1


def test_moving_the_marketplaces_clock_ends_no_lease() -> None:
    leases.renew("elsewhere:1:x")
    publish(Heard(uuid7()))
    assert queue.claim("elsewhere:1:x")
    with clock.travel(timedelta(days=30)):
        assert leases.abandoned("me", set()) == []


def test_a_process_that_is_gone_is_known_at_once_on_its_own_machine() -> None:
    assert not leases.was_killed(leases.new_worker())
    assert leases.was_killed(f"{leases.machine()}:4194305:x")
    assert not leases.was_killed("another-machine:4194305:x")


def test_an_aggregates_events_are_seen_in_order_though_the_first_fails() -> None:
    mine, other = uuid7(), uuid7()
    probes.surprises["in_order"] = [ValueError("not yet")]
    publish(HeardInOrder(mine, 1), HeardInOrder(mine, 2), HeardInOrder(mine, 3), HeardInOrder(other, 4))
    drain()
    assert probes.effects("in_order") == [4]
    assert probes.calls["in_order"] == 2
    with clock.travel(timedelta(seconds=20)):
        drain()
    assert probes.effects("in_order") == [4, 1, 2, 3]
    assert Turn.objects.count() == 0


def test_a_dead_letter_holds_its_aggregate_back_until_it_is_dropped() -> None:
    mine = uuid7()
    probes.surprises["in_order"] = [ValueError("never")] * 3
    publish(HeardInOrder(mine, 1), HeardInOrder(mine, 2))
    for minute in range(5):
        with clock.travel(timedelta(minutes=minute)):
            drain()
    assert probes.effects("in_order") == []
    with edge_transaction():
        services.drop_dead_letter(DeadLetter.objects.get().id, actor=SYSTEM)
    drain()
    assert probes.effects("in_order") == [2]


def test_a_replayed_dead_letter_goes_before_the_events_behind_it() -> None:
    mine = uuid7()
    probes.surprises["in_order"] = [ValueError("not yet")] * 3
    publish(HeardInOrder(mine, 1), HeardInOrder(mine, 2))
    for minute in range(5):
        with clock.travel(timedelta(minutes=minute)):
            drain()
    with edge_transaction():
        services.replay_dead_letter(DeadLetter.objects.get().id, actor=SYSTEM)
    with clock.travel(timedelta(minutes=10)):
        drain()
    assert probes.effects("in_order") == [1, 2]


@committed
def test_four_threads_keep_the_order_of_each_aggregate() -> None:
    aggregates = [uuid7() for _ in range(3)]
    for number in range(60):
        publish(HeardInOrder(aggregates[number % 3], number))
    worker = Worker(threads=4)
    worker.start()
    try:
        wait_until(lambda: len(probes.effects("in_order")) == 60, seconds=30)
    finally:
        assert worker.stop(timeout=10)
    seen = probes.effects("in_order")
    for first in range(3):
        assert [number for number in seen if number % 3 == first] == list(range(first, 60, 3))
    assert Turn.objects.count() == 0


def test_draining_says_so_when_the_queue_does_not_become_idle() -> None:
    for number in range(3):
        services.enqueue(probes.errand, "milk", number)
    with pytest.raises(TimeoutError):
        drain(max_seconds=0)
    assert len(probes.effects("errand")) == 1


@committed
def test_an_embedded_worker_reacts_to_a_commit_within_a_moment_and_stops_cleanly() -> None:
    worker = Worker(threads=2)
    worker.start()
    try:
        wait_until(lambda: WorkerLease.objects.count() == 1)
        time.sleep(0.1)
        delays = []
        for number in range(5):
            before = time.monotonic()
            publish(Heard(uuid7(), number))
            wait_until(lambda n=number: len(probes.effects("on_heard")) == n + 1, pause=0.002)
            delays.append(time.monotonic() - before)
        assert sorted(delays)[2] < 0.15, delays
    finally:
        assert worker.stop(timeout=10)
    assert WorkerLease.objects.count() == 0
    assert statuses() == [TaskResultStatus.SUCCESSFUL] * 5


@committed
def test_stopping_waits_for_the_task_in_hand() -> None:
    worker = Worker()
    worker.start()
    with edge_transaction():
        services.publish(probes.Slow(uuid7(), 1))
    wait_until(lambda: TaskResultStatus.RUNNING in statuses() or TaskResultStatus.SUCCESSFUL in statuses(), pause=0.001)
    assert worker.stop(timeout=10)
    assert statuses() == [TaskResultStatus.SUCCESSFUL]


@committed
def test_claims_of_many_threads_never_meet() -> None:
    with edge_transaction():
        for number in range(40):
            services.enqueue(probes.errand, "milk", number)
    claimed: list[object] = []

    def work(name: str) -> None:
        try:
            while held := queue.claim(name):
                claimed.append(held.id)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[f"w{number}"]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(claimed) == len(set(claimed)) == 40


def drain_through_a_crash() -> None:
    with suppress(Crash):
        drain()


def wait_until(holds, seconds: float = 10, pause: float = 0.02) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(pause)
