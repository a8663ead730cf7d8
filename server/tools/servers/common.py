"""What every kind of server shares: a folder of its own, a free port, a process that ends with us."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# How long a server may take to answer after its start, and to stop after it was asked to; seconds.
START_SECONDS = 30
STOP_SECONDS = 15


class Missing(Exception):
    """This step of the ladder leads nowhere; the text says why."""


@dataclass(frozen=True)
class Server:
    """A server that can be used now. `more_urls`: further databases of it, for workers side by side."""

    url: str
    origin: str
    more_urls: tuple[str, ...] = ()


@dataclass(frozen=True)
class Owner:
    """The user that a throw-away server runs as."""

    name: str
    uid: int
    gid: int

    def as_process(self) -> dict[str, object]:
        """Arguments for subprocess that make a process run as this user."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def owner_for(*, refuses_root: bool) -> Owner:
    """The current user; or, where root will not do, an unprivileged one that every Unix has."""
    if not (refuses_root and os.geteuid() == 0):
        current = pwd.getpwuid(os.geteuid())
        return Owner(current.pw_name, current.pw_uid, current.pw_gid)
    for name in ("postgres", "nobody"):
        try:
            other = pwd.getpwnam(name)
        except KeyError:
            continue
        return Owner(other.pw_name, other.pw_uid, other.pw_gid)
    raise Missing("root may not run it, and there is no user `postgres` or `nobody`")


@contextmanager
def folder_of(owner: Owner) -> Iterator[Path]:
    """A temporary folder that belongs to the server's user; short, because it holds a socket."""
    # Not TMPDIR: it may be deep, or closed to the other user.
    path = Path(tempfile.mkdtemp(prefix="jobsphere-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            os.chown(path, owner.uid, owner.gid)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def process(
    command: list[str], owner: Owner, log: Path, *, answers: Callable[[], bool], stop: signal.Signals
) -> Iterator[None]:
    """Run a server until the block ends; raise Missing with its last words when it does not answer."""
    with log.open("wb") as output:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for us; we stop the server when we are done
            preexec_fn=die_with_parent,  # noqa: PLW1509  no threads run yet
            **owner.as_process(),  # type: ignore[call-overload]
        )
    try:
        _wait_until(answers, child, log)
        yield
    finally:
        _stop(child, stop)


def _wait_until(answers: Callable[[], bool], child: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and child.poll() is None:
        if answers():
            return
        time.sleep(0.05)
    tail = log.read_text(errors="replace").strip().splitlines()[-1:]
    raise Missing(f"a throw-away one did not start: {' '.join(tail) or 'it said nothing'}")


def _stop(child: subprocess.Popen[bytes], how: signal.Signals) -> None:
    child.send_signal(how)
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


# Loaded before any fork: nothing but one system call may happen between fork and exec.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Even a `kill -9` of the tests leaves no server behind (Linux)."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
