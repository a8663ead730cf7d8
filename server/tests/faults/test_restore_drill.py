"""The drill: back up under load, destroy everything, put it back; the books are the same to the last entry."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from jobsphere.demo.story import play
from jobsphere.demo.story.people import Person, StoryError
from jobsphere.files.tests.conftest import image
from tests.faults.server import Host

#: "20261121T134500Z  sqlite  812 rows, 0.3 MB packed, 3 files  ledger 0123456789abcdef"
LINE = re.compile(r"(\d{8}T\d{6}Z)  (\w+)  (\d+) rows, .* MB packed, (\d+) files  ledger ([0-9a-f]{16})")
PEOPLE_AT_ONCE = 3


@pytest.fixture
def host(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """A marketplace whose backups lie outside of its data."""
    monkeypatch.setenv("BACKUP_TO", f"file://{tmp_path / 'vault'}")
    for name in ("MONEY", "SIGN_IN", "READ", "WRITE"):
        monkeypatch.setenv(f"THROTTLE_{name}", "100000/min")
    (tmp_path / "data").mkdir()
    host = Host(tmp_path / "data", database_url)
    try:
        yield host
    finally:
        host.close()


@pytest.mark.timeout(400)
def test_what_was_backed_up_under_load_comes_back_to_the_last_entry(host: Host, database_url: str):
    host.start()
    picture = uploaded(host)
    with load(host):
        assert host.manage("backup") == 0, host.log()
    assert host.manage("backup", "--check", "latest") == 0, host.log()
    host.kill()
    taken = lines(host)[-1]
    assert host.manage("restore", "latest") != 0, "a marketplace that is there is not replaced by chance"
    assert "There is a marketplace here already" in host.log()
    destroy(host, database_url)
    assert host.manage("restore", "latest") == 0, host.log()
    assert host.manage("backup") == 0, host.log()
    again = lines(host)[-1]
    assert again[0] != taken[0]
    assert again[1:] == taken[1:]
    assert int(taken[2]) > 100
    host.start()
    assert httpx.get(f"{host.url}/api/files/{picture}").status_code == 200
    assert host.manage("reconcile") == 0, host.log()


def uploaded(host: Host) -> str:
    """A face that everybody may see; returns its name."""
    person = Person("Fay Face", host.url)
    person.register("fay@drill.example", play.PASSWORD, "customer")
    form = {"file": ("me.png", image(), "image/png")}
    headers = {"Authorization": f"Bearer {person.token}"}
    answer = person.http.post("/api/upload", data={"purpose": "avatar"}, files=form, headers=headers)
    answer.raise_for_status()
    return str(answer.json()["filename"])


class load:  # noqa: N801  reads as a sentence
    """People who play the whole story again and again, until the block ends; at least one of them came to its end."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.stop = threading.Event()
        self.ended = 0
        self.faults: list[str] = []
        self.threads = [threading.Thread(target=self._play) for _ in range(PEOPLE_AT_ONCE)]

    def __enter__(self) -> None:
        for thread in self.threads:
            thread.start()
        while not self.ended and not self.faults:
            self.stop.wait(0.1)

    def __exit__(self, *raised: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()
        assert not self.faults, self.faults[0]
        assert self.ended

    def _play(self) -> None:
        while not self.stop.is_set():
            try:
                play.play(self.host.url, lambda step, outcome: None)
                self.ended += 1
            except (StoryError, httpx.HTTPError) as error:
                self.faults.append(str(error))
                return


def lines(host: Host) -> list[tuple[str, ...]]:
    """What `backup` has said of each backup that it took or checked."""
    return [found.groups() for found in LINE.finditer(host.log())]


def destroy(host: Host, database_url: str) -> None:
    """Lose the disk, but for the keys that were kept elsewhere."""
    for path in sorted(host.folder.rglob("*"), reverse=True):
        if path.is_file() and path.name not in {"encryption.key", "server.log"}:
            path.unlink()
    if database_url:
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
