"""What the hub reads from the database, on threads of its own: few, so that a thousand reconnects queue up here."""

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from django.db import close_old_connections, connections

Result = TypeVar("Result")

#: Threads, and so connections to the database, of one process.
READERS = 4


class Readers:
    """A handful of threads for everything that waits for a database or the cache."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="realtime")

    async def ask(self, read: Callable[..., Result], *args: Any, **named: Any) -> Result:
        """Run a read on a thread and return its answer; raises what it raises."""
        loop = asyncio.get_running_loop()
        # With the ids of whoever asks, for the log and the trace.
        context = copy_context()
        return await loop.run_in_executor(self._threads, lambda: context.run(_fresh, read, *args, **named))

    def close(self) -> None:
        """Let the threads end, with their connections, once they have answered."""
        for _ in range(READERS):
            self._threads.submit(connections.close_all)
        self._threads.shutdown(wait=False)


def _fresh(read: Callable[..., Result], *args: Any, **named: Any) -> Result:
    close_old_connections()
    try:
        return read(*args, **named)
    finally:
        close_old_connections()


def chunks(items: Collection[str], size: int) -> list[list[str]]:
    """Return the items in lists of at most so many, in order."""
    all_of_them = list(items)
    return [all_of_them[start : start + size] for start in range(0, len(all_of_them), size)]
