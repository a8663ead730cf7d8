"""PostgreSQL and Redis for tests and benchmarks, wherever they can be had.

The ladder, for each of the two:

1. `DATABASE_URL` / `REDIS_URL`, when set to one;
2. a server that already listens on this machine's standard port or socket and lets us make a database;
3. a throw-away one, started from the binaries on the machine in a temporary folder (PostgreSQL refuses to run as
   root, so it runs as another user then);
4. on Debian as root: the packages from apt, then a throw-away one;
5. nothing: `Missing` says why, and the caller says loudly what it did not run.

    with servers() as found:
        run(command, env={**os.environ, **found.environment})

    python -m tools.services run -- COMMAND...      # the same for any command
    python -m tools.services check                  # what would be used

`JOBSPHERE_SERVERS=throwaway` skips steps 1 and 2.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.servers import Missing, Server, apt, postgresql, redis

Step = Callable[[], AbstractContextManager[Server]]


@dataclass
class Servers:
    """What was found: the servers, and for what is missing the reasons."""

    postgresql: Server | None = None
    redis: Server | None = None
    missing: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make JobSphere use these servers."""
        variables = {}
        if self.postgresql:
            variables["DATABASE_URL"] = self.postgresql.url
        if self.redis:
            variables["REDIS_URL"] = self.redis.url
        return variables

    def describe(self) -> list[str]:
        """One line a server, for people."""
        found = [
            f"{name}: {server.origin}"
            for name, server in (("PostgreSQL", self.postgresql), ("Redis", self.redis))
            if server
        ]
        return found + [f"{name}: MISSING ({reason})" for name, reason in self.missing.items()]


@contextmanager
def servers(*, throw_away: bool | None = None) -> Iterator[Servers]:
    """Find or start both; stop and remove afterwards what was started or made for it."""
    if throw_away is None:
        throw_away = os.environ.get("JOBSPHERE_SERVERS") == "throwaway"
    found = Servers()
    with ExitStack() as stack:
        found.postgresql = _climb(found, stack, "PostgreSQL", _ladder(postgresql, throw_away=throw_away))
        found.redis = _climb(found, stack, "Redis", _ladder(redis, throw_away=throw_away))
        yield found


def _ladder(kind: Any, *, throw_away: bool) -> list[Step]:
    last: list[Step] = [kind.throw_away, lambda: _install_and_start(kind)]
    return last if throw_away else [kind.from_environment, kind.already_running, *last]


def _climb(found: Servers, stack: ExitStack, name: str, steps: list[Step]) -> Server | None:
    """Enter the first step that leads to a server; remember why each of the others did not."""
    reasons = []
    for step in steps:
        try:
            return stack.enter_context(step())
        except Missing as reason:
            reasons.append(str(reason))
    found.missing[name] = "; ".join(reasons)
    return None


def _install_and_start(kind: Any) -> AbstractContextManager[Server]:
    apt.install(kind.DEBIAN_PACKAGE)
    started: AbstractContextManager[Server] = kind.throw_away()
    return started


def main(arguments: list[str]) -> int:
    """The command line; see the module's docstring."""
    match arguments:
        case ["check"]:
            with servers() as found:
                print("\n".join(found.describe()))
            return 1 if found.missing else 0
        case ["run", "--", *command] if command:
            return _run(command)
    print("usage: python -m tools.services check | run -- COMMAND...", file=sys.stderr)
    return 2


def _run(command: list[str]) -> int:
    # A plain SIGTERM becomes an exit, so that what was started is stopped on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with servers() as found:
        print("\n".join(found.describe()), file=sys.stderr, flush=True)
        if found.missing:
            print(f"NOT RUN, because a server is missing: {' '.join(command)}", file=sys.stderr)
            return 3
        return run_child(command, {**os.environ, **found.environment})


def run_child(command: list[str], environment: dict[str, str], folder: Path | None = None) -> int:
    """Run a command to its end. Ctrl-C reaches it from the terminal; we wait for it to finish."""
    with subprocess.Popen(command, env=environment, cwd=folder) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue
            except SystemExit:
                child.terminate()
                raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
