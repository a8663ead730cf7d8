"""Real threads with real connections, let go at the same moment."""

import threading
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import connection, connections

#: How often a race is run. SQLite has one writer at a time: who is first is all that differs, and that is soon seen.
ROUNDS = 20 if connection.vendor == "postgresql" else 6


def race(*runners: Callable[[], Any]) -> list[Any]:
    """Run everything at once and return what each gave, in order; what one raises is raised here."""
    gate = threading.Barrier(len(runners))
    results: list[Any] = [None] * len(runners)
    faults: list[BaseException] = []

    def run(lane: int, runner: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=30)
            results[lane] = runner()
        except BaseException as fault:  # noqa: BLE001  raised again below, in the test's own thread
            faults.append(fault)
        finally:
            connections.close_all()

    cache.clear()  # each round has the whole rate limit
    threads = [threading.Thread(target=run, args=(lane, runner)) for lane, runner in enumerate(runners)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    if faults:
        raise faults[0]
    return results
