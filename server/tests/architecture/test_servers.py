"""The servers for tests are found, started, separated and stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from redis import Redis
from redis.exceptions import RedisError

from tools import lint, services
from tools.servers import Missing, postgresql, redis
from tools.servers.common import Owner, owner_for, process

RUN = [sys.executable, "-m", "tools.services", "run", "--"]


def start(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUN, *command],
        cwd=lint.SERVER,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


def test_a_throw_away_postgresql_works_and_is_gone_afterwards():
    with postgresql.throw_away() as server, psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE probe (x int)")
        assert connection.execute("SELECT current_setting('fsync')").fetchone() == ("off",)
    assert not answers(server.url)


def test_a_throw_away_redis_works_and_is_gone_afterwards():
    with redis.throw_away() as server:
        client = Redis.from_url(server.url)
        assert client.set("probe", 1)
        assert Redis.from_url(server.more_urls[0]).get("probe") is None  # each worker has its own
    with pytest.raises(RedisError):
        client.ping()


def test_a_database_in_a_running_server_is_dropped_with_the_test_databases_beside_it():
    with postgresql.throw_away() as server:
        base = server.url.rpartition("/")[0]
        with postgresql.database_in(base) as url:
            name = url.rpartition("/")[2]
            postgresql._execute(base, sql.SQL("CREATE DATABASE {}"), f"test_{name}_gw0")
        assert postgresql._databases_like(base, name) == []
        assert answers(server.url)  # and nobody else's is


def test_the_environment_comes_first(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://someone@db.example/theirs")
    monkeypatch.setenv("REDIS_URL", "redis://cache.example/3")
    with services.servers(throw_away=False) as found:
        assert found.environment == {
            "DATABASE_URL": "postgres://someone@db.example/theirs",
            "REDIS_URL": "redis://cache.example/3",
        }


def test_a_sqlite_url_is_no_postgresql(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////tmp/x.sqlite3")
    with pytest.raises(Missing, match="names none"), postgresql.from_environment():
        pass


def test_a_command_gets_the_urls_and_its_status_comes_back():
    code = "import os, sys; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL']); sys.exit(7)"
    done = start([sys.executable, "-c", code], JOBSPHERE_SERVERS="throwaway")
    assert done.returncode == 7, done.stderr
    database, cache = done.stdout.split()
    assert database.startswith("postgresql://")
    assert cache.startswith("redis://")
    assert not answers(database)


def test_a_terminated_run_takes_its_servers_with_it(tmp_path: Path):
    url_file = tmp_path / "url"
    code = f"import os, time; open({str(url_file)!r}, 'w').write(os.environ['DATABASE_URL']); time.sleep(60)"
    environment = {**os.environ, "JOBSPHERE_SERVERS": "throwaway"}
    with subprocess.Popen([*RUN, sys.executable, "-c", code], cwd=lint.SERVER, env=environment) as child:
        wait_for(lambda: url_file.exists() and url_file.read_text())
        url = url_file.read_text()
        assert answers(url)
        child.send_signal(signal.SIGTERM)
        assert child.wait(30) == 143
    assert not answers(url)


def wait_for(condition, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def test_a_server_that_dies_at_once_says_why(tmp_path: Path):
    command = [sys.executable, "-c", "import sys; sys.exit('the disk is full')"]
    me = owner_for(refuses_root=False)
    with (
        pytest.raises(Missing, match="the disk is full"),
        process(command, me, tmp_path / "log", answers=lambda: False, stop=signal.SIGTERM),
    ):
        pass


def nowhere():
    raise Missing("no binaries")


def test_where_nothing_can_be_had_the_reasons_are_told():
    found = services.Servers()
    with ExitStack() as stack:
        assert services._climb(found, stack, "PostgreSQL", [nowhere, nowhere]) is None
    assert found.describe() == ["PostgreSQL: MISSING (no binaries; no binaries)"]
    assert found.environment == {}


def test_root_is_never_the_owner_of_a_server_that_refuses_it():
    owner = owner_for(refuses_root=True)
    assert owner.uid != 0
    assert isinstance(owner, Owner)
