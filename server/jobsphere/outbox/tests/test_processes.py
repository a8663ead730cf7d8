"""Real worker processes on the test's database, one of them killed in the middle of its work."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.ids import uuid7
from jobsphere.outbox import queue, services
from jobsphere.outbox.models import DeadLetter, WorkerLease
from jobsphere.outbox.tests import probes

TASKS = 200
PROGRAM = """
import django
django.setup()
import jobsphere.outbox.tests.probes
from django.core.management import call_command
call_command("worker", "--threads=2")
"""

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("table", "only_our_periodic_tasks")]


def database_url() -> str:
    """Return the address of the test's database."""
    entry = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{entry['NAME']}"
    secret = f":{entry['PASSWORD']}" if entry["PASSWORD"] else ""
    return f"postgres://{entry['USER']}{secret}@{entry['HOST']}:{entry['PORT'] or 5432}/{entry['NAME']}"


@contextmanager
def worker_process() -> Iterator[subprocess.Popen[bytes]]:
    """A worker that is ended, if it still runs, when the block is left."""
    environment = {**os.environ, "DATABASE_URL": database_url(), "LOG_LEVEL": "ERROR"}
    process = subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=Path(settings.BASE_DIR), env=environment)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def done() -> int:
    return DBTaskResult.objects.filter(task_path=queue.DELIVER, status=TaskResultStatus.SUCCESSFUL).count()


def wait_until(holds, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"waited in vain; {done()} tasks are done"
        time.sleep(0.05)


def test_two_workers_one_killed_midway_do_everything_effectively_once() -> None:
    with worker_process() as victim, worker_process() as survivor:
        wait_until(lambda: WorkerLease.objects.count() == 2, 60)
        with edge_transaction():
            for number in range(TASKS):
                services.publish(probes.Slow(uuid7(), number))
        wait_until(lambda: done() >= TASKS // 10, 60)
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
        assert done() < TASKS
        wait_until(lambda: done() == TASKS, 60)
        survivor.send_signal(signal.SIGTERM)
        assert survivor.wait(30) == 0
    assert sorted(probes.effects("on_slow")) == list(range(TASKS))
    assert DeadLetter.objects.count() == 0
    # The survivor gave its lease back; the victim could not.
    assert WorkerLease.objects.count() == 1


def test_a_worker_that_is_told_to_stop_finishes_what_it_has_in_hand() -> None:
    with edge_transaction():
        for number in range(40):
            services.publish(probes.Slow(uuid7(), number))
    with worker_process() as worker:
        wait_until(lambda: done() >= 3, 60)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    assert not DBTaskResult.objects.filter(task_path=queue.DELIVER, status=TaskResultStatus.RUNNING).exists()
    assert len(probes.effects("on_slow")) == done() < 40
