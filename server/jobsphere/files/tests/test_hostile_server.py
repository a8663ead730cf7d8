"""Hostile requests to a real server: what a test client cannot send. Its memory and its disk stay bounded."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.db import connection

from jobsphere.files.models import StoredFile
from jobsphere.files.tests.conftest import PDF
from jobsphere.files.tests.hostile import every_case
from jobsphere.users.services import open_session

pytestmark = pytest.mark.django_db(transaction=True)

SERVER = Path(settings.BASE_DIR)
#: What the process may take besides what it had before the first upload: two pictures of 32 million pixels at a time.
MEMORY = 700 * 1024 * 1024


@dataclass
class Host:
    """A server process on the test's own database."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]
    token: str

    def peak(self) -> int:
        """Return the most memory that the process has held, in bytes."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))

    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]

    def post(self, body: bytes | Iterator[bytes], **headers: str) -> httpx.Response:
        given = {"Authorization": f"Bearer {self.token}", "Content-Type": "multipart/form-data; boundary=B", **headers}
        return httpx.post(f"{self.url}/api/upload", content=body, headers=given, timeout=60)


def form(content: bytes, name: str = "x.pdf", field: str = "file") -> bytes:
    head = f'--B\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode()
    return head + content + b"\r\n"


END = b"--B--\r\n"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def host(casey, tmp_path) -> Iterator[Host]:
    port, data = free_port(), tmp_path / "data"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
        "DATA_DIR": str(data),
        "UPLOAD_DIR": str(tmp_path / "upload"),
        "DATABASE_URL": _database_url(),
        "THROTTLE_WRITE": "100000/min",
        "UPLOADS_A_DAY": "100000",
        "TMPDIR": str(tmp_path / "temporary"),
        "ENCRYPTION_KEYS": ",".join(settings.ENCRYPTION_KEYS),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    (tmp_path / "temporary").mkdir()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "config.wsgi:application"]
    with subprocess.Popen(command, cwd=SERVER, env=environment, start_new_session=True) as process:
        found = Host(f"http://127.0.0.1:{port}", tmp_path, process, open_session(user_id=casey.known_id()).access_token)
        try:
            _wait(found)
            found.process = _Worker(process)  # type: ignore[assignment]
            yield found
        finally:
            os.killpg(process.pid, signal.SIGKILL)


class _Worker:
    """The child of granian that answers requests: the one whose memory counts."""

    def __init__(self, parent: subprocess.Popen[bytes]) -> None:
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
        self.pid = max(map(int, children), default=parent.pid)


def _database_url() -> str:
    entry = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{entry['NAME']}"
    return f"postgres://{entry['USER']}:{entry['PASSWORD']}@{entry['HOST']}:{entry['PORT']}/{entry['NAME']}"


def _wait(host: Host) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{host.url}/health/live", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError("the server did not come up")


def test_bodies_that_no_client_sends_are_answered_and_leave_nothing(host):
    before = set(host.files())
    large = form(PDF + b"\0" * 11_534_336) + END
    wanted = {
        "eleven megabytes": (host.post(large), 413),
        "eleven megabytes, unannounced": (host.post(iter([large[:9_000_000], large[9_000_000:]])), (400, 411, 413)),
        "nothing": (host.post(b""), 400),
        "no boundary": (host.post(form(PDF) + END, **{"Content-Type": "multipart/form-data"}), 400),
        "another boundary": (host.post(form(PDF) + END, **{"Content-Type": "multipart/form-data; boundary=C"}), 400),
        "a boundary of a kilobyte": (
            host.post(form(PDF) + END, **{"Content-Type": f"multipart/form-data; boundary={'x' * 1000}"}),
            (400, 415),
        ),
        "no file": (host.post(b'--B\r\nContent-Disposition: form-data; name="purpose"\r\n\r\navatar\r\n' + END), 400),
        "two files": (host.post(form(PDF) + form(PDF, "y.pdf") + END), 400),
        "the same file under another name, too": (host.post(form(PDF) + form(PDF, field="other") + END), 400),
        "a thousand fields": (host.post(b"".join(form(b"x", field=f"f{n}") for n in range(1000)) + END), 400),
        "a form in a form": (host.post(form((form(PDF) + END).replace(b"--B", b"--C"), "x.html") + END), 400),
        "text": (host.post(b"hello", **{"Content-Type": "text/plain"}), 415),
        "json": (host.post(b'{"file": "x"}', **{"Content-Type": "application/json"}), 415),
        "a field of three megabytes": (
            host.post(
                b'--B\r\nContent-Disposition: form-data; name="purpose"\r\n\r\n' + b"x" * 3_000_000 + b"\r\n" + END
            ),
            (400, 413),
        ),
    }
    for name, (answer, status) in wanted.items():
        allowed = status if isinstance(status, tuple) else (status,)
        assert answer.status_code in allowed, (name, answer.status_code, answer.text[:300])
        assert answer.headers["content-type"].startswith("application/problem+json"), name
    assert not StoredFile.objects.exists()
    assert [path for path in set(host.files()) - before if "upload" in path.parts] == []


def test_a_stream_without_end_is_cut_off(host):
    sent, began = 0, time.monotonic()
    head = (
        f"POST /api/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {host.token}\r\n"
        "Content-Type: multipart/form-data; boundary=B\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", int(host.url.rpartition(":")[2])), timeout=10) as wire:
        wire.sendall(head.encode())
        first = form(b"%PDF-1.7 ").removesuffix(b"\r\n")
        wire.sendall(f"{len(first):x}\r\n".encode() + first + b"\r\n")
        try:
            while sent < 200_000_000 and time.monotonic() - began < 30:
                wire.sendall(piece)
                sent += 0x10000
        except OSError:
            pass
    assert not StoredFile.objects.exists()
    assert host.post(form(PDF) + END).status_code == 201
    assert sum(path.stat().st_size for path in host.files() if "temporary" in path.parts) < 20_000_000


def test_bombs_at_the_same_time_stay_within_the_memory(host):
    assert host.post(form(PDF) + END).status_code == 201
    before = host.peak()
    bombs = [case for case in every_case() if case.name.startswith(("bomb", "archive", "cut"))]
    contents = [case.make() for case in bombs]
    answers: list[int] = []

    def send(mine: list[bytes]) -> None:
        answers.extend(host.post(form(each, "x.png") + END).status_code for each in mine)

    threads = [threading.Thread(target=send, args=(contents[start::4],)) for start in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(answers) == len(contents)
    assert set(answers) <= {201, 400}
    assert host.peak() - before < MEMORY
    assert host.post(form(PDF) + END).status_code == 201
