"""Where the story is played: a server that runs already, or a temporary one of its own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from django.conf import settings

from jobsphere.demo.story.people import StoryError

Environment = dict[str, str]
MANAGE = Path(settings.BASE_DIR) / "manage.py"


def answers(url: str) -> bool:
    """Say whether a JobSphere server answers there."""
    try:
        return httpx.get(f"{url}/health/ready", timeout=3).json()["status"] == "ok"
    except (httpx.HTTPError, ValueError, KeyError):
        return False


@contextmanager
def temporary_server() -> Iterator[tuple[str, Environment]]:
    """Run an empty marketplace on a free port; yields its address and environment, and leaves nothing behind.

    DATABASE_URL is honoured, so the same story plays on PostgreSQL; without it the database is a temporary file.
    """
    with tempfile.TemporaryDirectory(prefix="jobsphere-story-") as folder:
        port = free_port()
        address = f"http://localhost:{port}"
        environment = {**os.environ, "DATA_DIR": folder, "PORT": str(port), "PUBLIC_URL": address}
        with (Path(folder) / "server.log").open("w+") as log:
            server = subprocess.Popen(
                [sys.executable, str(MANAGE), "serve", "--no-demo"], env=environment, stdout=log, stderr=log
            )
            try:
                wait_until_ready(address, server, Path(log.name))
                yield address, environment
            finally:
                server.send_signal(signal.SIGINT)
                server.wait(timeout=60)


def make_admin(email: str, password: str, environment: Environment) -> None:
    """Make the administrator who reads the books at the end, as the operator of that server does."""
    command = [sys.executable, str(MANAGE), "make_admin", email, "--password", password, "--name", "Ada Admin"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def wait_until_ready(address: str, server: "subprocess.Popen[bytes]", log: Path, *, seconds: float = 120) -> None:
    """Wait for the server; raises StoryError with the end of its log when it does not come."""
    deadline = time.monotonic() + seconds
    while not answers(address):
        if server.poll() is not None or time.monotonic() > deadline:
            raise StoryError(f"The temporary server did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.2)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
