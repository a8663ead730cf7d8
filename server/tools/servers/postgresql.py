"""A PostgreSQL that lets us make databases."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import signal
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from tools.servers.common import Missing, Owner, Server, folder_of, free_port, owner_for, process

DEBIAN_PACKAGE = "postgresql"
OLDEST = 15
# Durability is worth nothing for data that lives for one run, and costs most of the time.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300")


@contextmanager
def from_environment() -> Iterator[Server]:
    """Step 1: the operator's own; used as it stands."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith(("postgres://", "postgresql://")):
        raise Missing("DATABASE_URL names none")
    yield Server(url, "DATABASE_URL")


@contextmanager
def already_running() -> Iterator[Server]:
    """Step 2: one that listens here. A database of our own is made in it, and dropped afterwards."""
    for user in dict.fromkeys((getpass.getuser(), "postgres")):
        for host in ("127.0.0.1", "/var/run/postgresql"):
            base = f"postgresql://{user}@{quote(host, safe='')}:5432"
            if _welcomes(base):
                with database_in(base) as url:
                    yield Server(url, f"the server on {host} port 5432, as user {user}")
                return
    raise Missing("none on port 5432 lets us make a database")


@contextmanager
def throw_away() -> Iterator[Server]:
    """Steps 3 and 4: one of our own, in a temporary folder."""
    binaries = binaries_of()
    owner = owner_for(refuses_root=True)
    with folder_of(owner) as folder:
        make_cluster(binaries, folder, owner)
        port = free_port()
        base = f"postgresql://postgres@127.0.0.1:{port}"
        with (
            process(
                command_for(binaries, folder, port),
                owner,
                folder / "log",
                answers=lambda: _welcomes(base),
                stop=signal.SIGINT,  # its "fast shutdown"
            ),
            database_in(base) as url,
        ):
            yield Server(url, f"a throw-away one on port {port}, run as {owner.name}")


def command_for(binaries: Path, folder: Path, port: int) -> list[str]:
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-p", str(port)]
    settings = (*FAST, "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}")
    return command + [part for setting in settings for part in ("-c", setting)]


def make_cluster(binaries: Path, folder: Path, owner: Owner) -> None:
    command = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "postgres"]
    command += ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **owner.as_process(),  # type: ignore[call-overload]
    )
    if done.returncode != 0:
        raise Missing(f"initdb failed: {done.stderr.strip().splitlines()[-1:]}")


def binaries_of() -> Path:
    """The newest PostgreSQL on the machine that is new enough."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    folders += [Path(found).parent for found in [shutil.which("postgres")] if found]
    able = [(_version(folder), folder) for folder in folders if (folder / "initdb").exists()]
    version, newest = max(able, default=(0, Path()))
    if version < OLDEST:
        raise Missing(f"no binaries of PostgreSQL {OLDEST} or newer on this machine")
    return newest


def _version(folder: Path) -> int:
    command = [str(folder / "postgres"), "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    number = re.search(r"\d+", done.stdout)
    return int(number.group()) if number else 0


def _welcomes(base: str) -> bool:
    """True when we may make databases there and it is new enough."""
    question = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    try:
        with psycopg.connect(f"{base}/postgres", connect_timeout=3) as connection:
            row = connection.execute(question).fetchone()
            return bool(row and row[0]) and connection.info.server_version >= OLDEST * 10_000
    except psycopg.Error:
        return False


@contextmanager
def database_in(base: str) -> Iterator[str]:
    """Make an empty database on a server (its URL without a database), and drop it afterwards."""
    name = f"jobsphere_{uuid.uuid4().hex[:10]}"
    _execute(base, sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'"), name)
    try:
        yield f"{base}/{name}"
    finally:
        # Test runs make more beside it (test_<name>, test_<name>_gw0 ...); a killed run leaves them.
        for leftover in _databases_like(base, name):
            _execute(base, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), leftover)


def _databases_like(base: str, name: str) -> list[str]:
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        query = "SELECT datname FROM pg_database WHERE strpos(datname, %s) > 0"
        return [row[0] for row in connection.execute(query, [name])]


def _execute(base: str, statement: sql.SQL, name: str) -> None:
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        connection.execute(statement.format(sql.Identifier(name)))
