"""A Redis with empty databases for us."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from redis import Redis
from redis.exceptions import RedisError

from tools.servers.common import Missing, Server, folder_of, free_port, owner_for, process

DEBIAN_PACKAGE = "redis-server"
# One for each worker of a test run, because tests empty the cache.
DATABASES = 2
# A run that was killed leaves its claim behind for this long; seconds.
CLAIM_SECONDS = 3600


@contextmanager
def from_environment() -> Iterator[Server]:
    """Step 1: the operator's own; used as it stands."""
    url = os.environ.get("REDIS_URL", "")
    if not url:
        raise Missing("REDIS_URL is not set")
    yield Server(url, "REDIS_URL")


@contextmanager
def already_running() -> Iterator[Server]:
    """Step 2: one that listens here; empty numbered databases of it are claimed, and emptied afterwards."""
    if not _answers("127.0.0.1", 6379):
        raise Missing("none answers on port 6379")
    with Redis(host="127.0.0.1", port=6379) as registry, ExitStack() as stack:
        numbers = [stack.enter_context(_claimed_database(registry)) for _ in range(DATABASES)]
        url, *more = [f"redis://127.0.0.1:6379/{number}" for number in numbers]
        yield Server(url, f"the server on port 6379, databases {numbers}", tuple(more))


@contextmanager
def throw_away() -> Iterator[Server]:
    """Steps 3 and 4: one of our own that keeps nothing on disk."""
    binary = shutil.which("redis-server") or shutil.which("valkey-server")
    if binary is None:
        raise Missing("no redis-server on this machine")
    owner = owner_for(refuses_root=False)
    with folder_of(owner) as folder:
        port = free_port()
        options = {"port": str(port), "bind": "127.0.0.1", "save": "", "appendonly": "no", "dir": str(folder)}
        command = [binary] + [part for name, value in options.items() for part in (f"--{name}", value)]
        with process(command, owner, folder / "log", answers=lambda: _answers("127.0.0.1", port), stop=signal.SIGTERM):
            url, *more = [f"redis://127.0.0.1:{port}/{number}" for number in range(DATABASES)]
            yield Server(url, f"a throw-away one on port {port}", tuple(more))


def _answers(host: str, port: int) -> bool:
    try:
        with Redis(host=host, port=port, socket_timeout=3) as client:
            return bool(client.ping())
    except RedisError:
        return False


@contextmanager
def _claimed_database(registry: Redis) -> Iterator[int]:
    """Two runs at the same time must not empty each other's database; database 0 is left to its owner."""
    for number in range(15, 0, -1):
        with Redis(host="127.0.0.1", port=6379, db=number) as ours:
            if not (_is_empty(ours) and registry.set(_claim(number), "1", nx=True, ex=CLAIM_SECONDS)):
                continue
            try:
                yield number
            finally:
                ours.flushdb()
                registry.delete(_claim(number))
            return
    raise Missing("the one on port 6379 has too few empty databases")


def _is_empty(candidate: Redis) -> bool:
    try:
        return candidate.dbsize() == 0
    except RedisError:
        return False  # it is set up with fewer databases


def _claim(number: int) -> str:
    return f"jobsphere:tools:database:{number}"
