"""A real server process that is killed with SIGKILL and started again, and clients that do not give up on it."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx

from jobsphere.demo.story.host import answers, free_port
from jobsphere.kit import clock
from jobsphere.payments.gateways.sandbox import Controls, SandboxServer, SandboxState

SERVER = Path(__file__).resolve().parents[2]
#: Each start is this much later for the marketplace, so that nobody has to sit out the lease of a killed attempt.
LATER = timedelta(seconds=45)
#: Seconds that a start may take: the first one makes every table, and PostgreSQL on a busy machine takes its time.
LONGEST_START = 150
#: Imports everything once and forks a process for each start, so that a start takes no three seconds of imports.
_NURSERY = """
import os, sys, traceback
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
from datetime import timedelta
import django
django.setup()
import config.asgi, config.urls, jobsphere.backoffice.management.commands.serve
from django.core.management import call_command
from jobsphere.kit import clock

def live(offset, arguments):
    os.dup2(os.open("server.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
    os.dup2(1, 2)
    clock.set_offset(timedelta(seconds=float(offset)))
    try:
        call_command(*arguments)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0

for line in sys.stdin:
    verb, *rest = line.split()
    if verb == "start":
        child = os.fork()
        if not child:
            status = live(rest[0], rest[1:])
            sys.stdout.flush()
            os._exit(status)
        print(child, flush=True)
    else:
        if verb == "kill":
            os.kill(int(rest[0]), 9)
        print(os.waitstatus_to_exitcode(os.waitpid(int(rest[0]), 0)[1]), flush=True)
"""


@dataclass
class Blow:
    """When the server is killed: around the first request whose line begins with `at`."""

    at: str
    #: Before it is sent.
    before: bool = False
    #: So many seconds after it was sent; with `slow` the gateway takes its time over it.
    after: float | None = None
    slow: str = ""
    #: As soon as the gateway has carried out a request of ours that fits; then the next one, after the restart.
    lines: Sequence[str] = ()
    struck: int = field(default=0, init=False)


class Host:
    """One marketplace on a free port, with its data in a folder."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DATABASE_URL"))}
        self.environment = {**kept, "DATA_DIR": str(folder), "PORT": str(port), "PUBLIC_URL": self.url}
        if database_url:
            self.environment["DATABASE_URL"] = database_url
        self.kills = 0
        self.starts = 0
        state = SandboxState(folder / "sandbox.sqlite3", lambda: clock.now() + LATER * (self.starts - 1))
        self.gateway = Controls(SandboxServer(state, public_url=f"{self.url}/sandbox"))
        self._nursery = subprocess.Popen(
            [sys.executable, "-c", f"import os, sys; sys.path.insert(0, {str(SERVER)!r})\n{_NURSERY}"],
            cwd=folder,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._server = 0
        self._lock = threading.RLock()

    def start(self) -> None:
        """Start the server, a while later, and wait until it answers."""
        self.starts += 1
        self._server = self._ask("start", self._offset, "serve", "--no-demo")
        deadline = time.monotonic() + LONGEST_START
        while not answers(self.url):
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill the process on the spot; nothing of it runs any more when this returns."""
        with self._lock:
            if self._server:
                self._ask("kill", self._server)
                self._server = 0
                self.kills += 1

    def revive(self) -> None:
        """Start the server again if it is dead."""
        with self._lock:
            if not self._server:
                self.start()

    def manage(self, *arguments: str) -> int:
        """Run a management command on the same data; returns its exit code, and its words are in the log."""
        with self._lock:
            return self._ask("wait", self._ask("start", self._offset, *arguments))

    def log(self) -> str:
        """Return the end of what server and commands have said."""
        return (self.folder / "server.log").read_text()[-4000:]

    def close(self) -> None:
        """Leave nothing running."""
        self.kill()
        self._nursery.kill()
        self._nursery.wait()

    @property
    def _offset(self) -> float:
        return (LATER * (self.starts - 1)).total_seconds()

    def _ask(self, *words: object) -> int:
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(" ".join(map(str, words)) + "\n")
        self._nursery.stdin.flush()
        return int(self._nursery.stdout.readline() or -1)


class Stubborn(httpx.BaseTransport):
    """Sends what got no answer again, word by word and so with its Idempotency-Key; deals the blows on the way."""

    def __init__(self, host: Host, blows: Sequence[Blow]) -> None:
        self.host = host
        self.blows = list(blows)
        self._watchers: list[threading.Thread] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send until there is an answer."""
        self._strike(f"{request.method} {request.url.path}")
        for _ in range(6):
            try:
                with httpx.HTTPTransport() as line:
                    answer = line.handle_request(request)
                    return httpx.Response(answer.status_code, headers=answer.headers, content=answer.read())
            except httpx.TransportError:
                time.sleep(0.05)  # the process may be dying, not dead
                self.host.revive()
        raise AssertionError(f"no answer to {request.method} {request.url}")

    def finish(self) -> None:
        """Wait until every blow was dealt."""
        for watcher in self._watchers:
            watcher.join(timeout=30)
            assert not watcher.is_alive(), "a blow was never dealt"
        assert not self.blows, f"never reached: {self.blows}"
        self.host.revive()

    def _strike(self, line: str) -> None:
        blow = next((each for each in self.blows if line.startswith(each.at.split("*")[0]) and _ends(line, each)), None)
        if blow is None:
            return
        self.blows.remove(blow)
        if blow.slow:
            self.host.gateway.slow_down(0.3, blow.slow)
        if blow.before:
            self.host.kill()
        else:
            watcher = threading.Thread(target=self._watch, args=[blow, self._count(blow)], daemon=True)
            watcher.start()
            self._watchers.append(watcher)

    def _count(self, blow: Blow) -> list[int]:
        return [len(self.host.gateway.requests(line)) for line in blow.lines]

    def _watch(self, blow: Blow, before: list[int]) -> None:
        if blow.after is not None:
            time.sleep(blow.after)
            self.host.kill()
        for line, count in zip(blow.lines, before, strict=True):
            while len(self.host.gateway.requests(line)) == count:
                time.sleep(0.001)
            self.host.kill()
            self.host.revive()


def _ends(line: str, blow: Blow) -> bool:
    return "*" not in blow.at or line.endswith(blow.at.split("*")[1])
