"""The worker: threads that run what is due, and a keeper that renews the lease and starts what is periodic.

`Worker(threads=2).start()` embeds it in a server process, `manage.py worker` is a process of its own, and `drain()`
runs what is due in the calling thread and returns.
"""

import random
import threading
import time
from collections.abc import Callable, Collection
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection, connections

from jobsphere.outbox import leases, periodic, queue, runner
from jobsphere.outbox.bell import bell

logger = structlog.get_logger("jobsphere.outbox")

#: Seconds between two looks of an idle thread, and between two ticks of the keeper.
POLL = (0.2, 0.5)
TICK = 1.0
#: Seconds to wait after the database did not answer.
OUTAGE_PAUSE = 2.0


def drain(max_seconds: float = 120.0, *, without: Collection[str] = ()) -> int:
    """Run everything that is due by the marketplace's clock until nothing is; returns how many tasks ran.

    Periodic tasks named in `without` are left for another time. Raises TimeoutError when the queue is still not idle
    after `max_seconds`.
    """
    worker = leases.new_worker()
    deadline = time.monotonic() + max_seconds
    leases.renew(worker, lasting=timedelta(seconds=max_seconds) + leases.LEASE)
    try:
        _recover_abandoned(worker, set())
        periodic.tick(without)
        ran = 0
        while held := queue.claim(worker):
            runner.run(held)
            ran += 1
            if time.monotonic() > deadline:
                raise TimeoutError(f"the queue is not idle after {max_seconds} s and {ran} tasks")
        return ran
    finally:
        leases.end(worker)


def _recover_abandoned(worker: str, in_hand: set[UUID]) -> None:
    for claim in leases.abandoned(worker, in_hand):
        runner.recover(claim)


class Worker:
    """Runs tasks on `threads` threads until it is stopped; on SQLite, which has one writer, on one."""

    def __init__(self, *, threads: int = 1, when_renewed: Callable[[], object] | None = None) -> None:
        self._when_renewed = when_renewed or (lambda: None)
        self.name = leases.new_worker()
        self.threads = threads if connection.features.has_select_for_update_skip_locked else 1
        self._stopping = threading.Event()
        self._alive = threading.Event()
        self._in_hand: set[UUID] = set()
        self._running: list[threading.Thread] = []

    def start(self) -> None:
        """Start the threads and return."""
        loops: list[Callable[[], None]] = [self._keep, *[self._work] * self.threads]
        self._running = [
            threading.Thread(target=self._supervise, args=[loop], name=f"worker-{number}", daemon=True)
            for number, loop in enumerate(loops)
        ]
        for thread in self._running:
            thread.start()
        logger.info("worker started", worker=self.name, threads=self.threads)

    def stop(self, timeout: float = 30.0) -> bool:
        """Finish the tasks in hand and stop; False when they were not finished within `timeout` seconds."""
        self._stopping.set()
        bell.ring()
        deadline = time.monotonic() + timeout
        for thread in self._running:
            thread.join(max(0.0, deadline - time.monotonic()))
        stopped = not any(thread.is_alive() for thread in self._running)
        logger.info("worker stopped", worker=self.name, clean=stopped)
        return stopped

    def _supervise(self, loop: Callable[[], None]) -> None:
        """Go on with a loop after the database was away, and close the thread's connection in the end."""
        try:
            while not self._stopping.is_set():
                try:
                    loop()
                except DatabaseError as error:
                    logger.warning("the database did not answer", error=type(error).__name__)
                    connections.close_all()
                    self._stopping.wait(OUTAGE_PAUSE)
                except Exception as error:
                    logger.exception("the worker stumbled", error=type(error).__name__)
                    self._stopping.wait(OUTAGE_PAUSE)
        finally:
            connections.close_all()

    def _work(self) -> None:
        """Run what is due; when nothing is, wait for the bell or the next look."""
        self._alive.wait(OUTAGE_PAUSE)
        while self._alive.is_set() and not self._stopping.is_set():
            heard = bell.rings
            held = queue.claim(self.name)
            if held is None:
                close_old_connections()
                bell.wait(heard, random.uniform(*POLL))
                continue
            self._in_hand.add(held.id)
            try:
                runner.run(held)
            finally:
                self._in_hand.discard(held.id)

    def _keep(self) -> None:
        """Renew the lease, recover the tasks of dead workers, start periodic tasks; end the lease at the end."""
        next_beat = 0.0
        while not self._stopping.is_set():
            close_old_connections()
            if time.monotonic() >= next_beat:
                leases.renew(self.name)
                self._alive.set()
                self._when_renewed()
                _recover_abandoned(self.name, self._in_hand.copy())
                next_beat = time.monotonic() + leases.BEAT.total_seconds()
            periodic.tick()
            self._stopping.wait(TICK)
        self._end_lease()

    def _end_lease(self) -> None:
        """Give the lease back once the tasks in hand are finished."""
        while self._in_hand:
            time.sleep(0.02)
        leases.end(self.name)
