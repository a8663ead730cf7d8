"""How many sockets there may be: as many as docs/realtime.md and docs/operations.md promise, and no more."""

import os
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from jobsphere.demo.story.host import free_port
from jobsphere.realtime import rules
from jobsphere.realtime.room import BESIDE
from jobsphere.realtime.rules import Close
from jobsphere.realtime.tests.conftest import Phone, Server
from jobsphere.users.services import open_session
from tests.realtime.processes import SERVER, patiently
from tools.generated import settings as variables

DOCS = SERVER.parent / "docs"
#: Sockets that the operator wants of one process; a hundred are opened faster than ten thousand.
WANTED = 100
HANDSHAKE = b"GET /ws/ HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" + (
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Alone:
    """A process of sockets alone, begun with as many open files as the system is told to give."""

    def __init__(self, folder: Path, soft: int, hard: int) -> None:
        self.port, self.log = free_port(), folder / "log"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        told = {"DATA_DIR": str(folder), "SOCKETS_PER_PROCESS": str(WANTED)}
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, str(SERVER / "manage.py"), "realtime", "--port", str(self.port)],
                env={**kept, **told},
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard)),  # noqa: PLW1509  one call
            )

    def knock(self, stack: ExitStack) -> int:
        """Open a socket that stays; returns 101, or the number with which it was closed at once."""
        line = stack.enter_context(socket.create_connection(("127.0.0.1", self.port), timeout=10))
        line.sendall(HANDSHAKE)
        said = b""
        while b"\r\n\r\n" not in said:
            said += line.recv(4096)
        assert said.startswith(b"HTTP/1.1 101"), said
        line.settimeout(0.05)
        try:
            frame = said.partition(b"\r\n\r\n")[2] or line.recv(4096)
        except TimeoutError:
            return 101
        return int.from_bytes(frame[2:4], "big")


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Callable[[int, int], Alone]]:
    """Return a function that starts a process with a soft and a hard limit of open files."""
    started: list[Alone] = []

    def start(soft: int, hard: int) -> Alone:
        started.append(Alone(tmp_path, soft, hard))
        patiently(lambda: socket.create_connection(("127.0.0.1", started[0].port)).close(), 60)
        return started[0]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()


@pytest.mark.parametrize(
    ("soft", "hard", "places"),
    [
        # As systemd starts a service: little, and leave to take more.
        pytest.param(WANTED // 2, WANTED + BESIDE, WANTED, id="takes what it needs"),
        # Less than was promised: who is too many is sent elsewhere, and does not wait at a closed door.
        pytest.param(BESIDE + 30, BESIDE + 30, 30, id="takes what it gets"),
    ],
)
def test_a_process_takes_as_many_sockets_as_it_has_places(
    alone: Callable[[int, int], Alone], soft: int, hard: int, places: int
) -> None:
    process = alone(soft, hard)
    with ExitStack() as stack:
        assert [process.knock(stack) for _ in range(places)] == [101] * places
        assert [process.knock(stack) for _ in range(3)] == [Close.TRY_LATER] * 3
    assert ("fewer sockets than SOCKETS_PER_PROCESS fit" in process.log.read_text()) == (places < WANTED)


@pytest.mark.django_db(transaction=True)
def test_a_person_has_so_many_sockets_in_each_process(server, casey, settings):
    settings.SOCKETS_PER_PERSON = 2
    other = Server().start()
    token = open_session(user_id=casey.id).access_token
    try:
        here = [Phone(server.url, token).come() for _ in range(2)]
        there = [Phone(other.url, token).come() for _ in range(2)]
        assert (server.sockets, other.sockets) == (2, 2)
        here.append(Phone(server.url, token).come())
        assert here[0].end() == Close.REPLACED
        for each in [*here[1:], *there]:
            each.say("ping")
            assert each.next()["type"] == "pong"
        for each in [*here, *there]:
            each.go()
    finally:
        other.stop()


def test_the_pages_tell_the_limits_that_hold() -> None:
    usual = variables.defaults()
    page = " ".join((DOCS / "realtime.md").read_text().split())
    told = [
        f"`authenticate` first, within {rules.GREETING} seconds",
        f"At most {rules.FRAME_SIZE // 1024} KB a frame, {rules.FRAMES_A_SECOND} frames a second "
        f"({rules.FRAMES_AT_ONCE} at once), {rules.TOPICS} topics, "
        f"{usual['SOCKETS_PER_PERSON']} sockets a person in each process (SOCKETS_PER_PERSON)",
        f"{int(usual['SOCKETS_PER_PROCESS']):,} sockets a process (SOCKETS_PER_PROCESS)",
        f"kept for a day and up to {rules.KEEP_FRAMES:,} frames",
        f"(up to {rules.SINCE})",
    ]
    assert [words for words in told if words not in page] == []
    row = re.search(r"\| `SOCKETS_PER_PROCESS`, `SOCKETS_PER_PERSON` \|.*\| (\d+), (\d+) \|", operations())
    assert row
    assert row.groups() == (usual["SOCKETS_PER_PROCESS"], usual["SOCKETS_PER_PERSON"])


def operations() -> str:
    return (DOCS / "operations.md").read_text()
