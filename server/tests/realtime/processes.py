"""Real processes on the test's own database: a worker and two servers of sockets, which may be killed at any moment."""

import os
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

from jobsphere.demo.story.host import free_port

SERVER = Path(__file__).resolve().parents[2]
#: Imports everything once and forks a process for each start, so that a start takes no three seconds of imports.
_NURSERY = """
import os, sys, traceback
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
import config.sockets, uvicorn.protocols.websockets.websockets_sansio_impl
from django.core.management import call_command

def live(arguments):
    os.dup2(os.open("processes.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
    os.dup2(1, 2)
    try:
        call_command(*arguments)
    except BaseException:
        traceback.print_exc()
    os._exit(0)

for line in sys.stdin:
    verb, *rest = line.split()
    if verb == "start":
        child = os.fork()
        if not child:
            live(rest)
        print(child, flush=True)
    else:
        os.kill(int(rest[0]), 9)
        os.waitpid(int(rest[0]), 0)
        print(0, flush=True)
"""


def database_url() -> str:
    """Return the database of this test as a variable for another process."""
    entry = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{entry['NAME']}"
    login = f"{entry['USER']}:{entry['PASSWORD']}" if entry["PASSWORD"] else entry["USER"]
    return f"postgres://{login}@{entry['HOST'] or 'localhost'}:{entry['PORT'] or 5432}/{entry['NAME']}"


class Processes:
    """What is alive, by name: "worker", "sockets-0", "sockets-1"."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DATABASE_URL"))}
        environment = {**kept, "DATA_DIR": str(folder), "DATABASE_URL": database_url(), "REDIS_URL": settings.REDIS_URL}
        self._nursery = subprocess.Popen(
            [sys.executable, "-c", f"import os, sys; sys.path.insert(0, {str(SERVER)!r})\n{_NURSERY}"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.ports = [free_port(), free_port()]
        self._alive: dict[str, int] = {}
        self.kills = 0

    def start(self, name: str) -> None:
        kind, _, number = name.partition("-")
        words = ["worker"] if kind == "worker" else ["realtime", "--port", str(self.ports[int(number)])]
        self._alive[name] = self._ask("start", *words)

    def kill(self, name: str) -> None:
        """Kill a process on the spot, as a machine does that loses its power."""
        if process := self._alive.pop(name, None):
            self._ask("kill", process)
            self.kills += 1

    def log(self) -> str:
        return (self.folder / "processes.log").read_text()[-4000:]

    def close(self) -> None:
        for name in tuple(self._alive):
            self.kill(name)
        self._nursery.kill()
        self._nursery.wait()

    def _ask(self, *words: object) -> int:
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write(" ".join(map(str, words)) + "\n")
        self._nursery.stdin.flush()
        return int(self._nursery.stdout.readline() or -1)


def patiently(attempt, seconds: float = 20):
    """Try until it works: a process that has just been started does not answer yet."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return attempt()
        except (OSError, AssertionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
