"""PostgreSQL: its own pg_dump and pg_restore, on a snapshot that our proof is taken from, too."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import psycopg
from django.db import connection

from jobsphere.backups import proofs
from jobsphere.backups.engines.sqlite import copy_file
from jobsphere.backups.errors import BackupError, Damaged
from jobsphere.backups.types import Proof
from jobsphere.payments.selectors import INTENTS_TABLE

_PIECE = 1024 * 1024
#: Where Debian keeps the programs of each version.
_DEBIAN = Path("/usr/lib/postgresql")
_LONGEST_WAIT = "SET lock_timeout = '60s'"
#: Everything of ours in the schema, so that a dump finds an empty one. Extensions stay.
_EMPTY = """
DO $$ DECLARE each record; BEGIN
  FOR each IN SELECT c.oid::regclass AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  LOOP EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', each.name); END LOOP;
  FOR each IN SELECT c.oid::regclass AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S'
  LOOP EXECUTE format('DROP SEQUENCE IF EXISTS %s CASCADE', each.name); END LOOP;
  FOR each IN SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', each.name); END LOOP;
END $$"""


@dataclass(frozen=True)
class Shared:
    """A snapshot that pg_dump reads, too, by its name."""

    session: psycopg.Connection
    name: str

    def dump(self) -> Iterator[bytes]:
        """Return PostgreSQL's own archive, compressed."""
        arguments = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments", f"--snapshot={self.name}"]
        command = [program("pg_dump"), *arguments]
        with subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            assert running.stdout
            assert running.stderr
            while piece := running.stdout.read(_PIECE):
                yield piece
            words = running.stderr.read().decode(errors="replace")
        if running.returncode:
            raise BackupError(f"pg_dump: {words.strip()[-500:]}")

    def proof(self) -> Proof:
        """Count and hash in the same snapshot."""
        return _proof(self.session)


@contextmanager
def snapshot(folder: Path, memories: Sequence[Path]) -> Iterator[Shared]:
    """Export a snapshot, and copy the memories of sandbox gateways while no intent can be written."""
    with _session() as session:
        session.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with _no_intents() if memories else nullcontext():
            (name,) = cast(tuple[str], session.execute("SELECT pg_export_snapshot()").fetchone())
            for memory in memories:
                copy_file(memory, folder / memory.name)
        yield Shared(session, name)
        session.rollback()


@contextmanager
def _no_intents() -> Iterator[None]:
    with _session() as guard:
        guard.execute(_LONGEST_WAIT)
        guard.execute(f"LOCK TABLE {INTENTS_TABLE} IN EXCLUSIVE MODE")
        yield
        guard.rollback()


def is_empty() -> bool:
    """Look for people."""
    with _session() as session:
        (known,) = cast(tuple[Any], session.execute("SELECT to_regclass('public.users_user')").fetchone())
        return known is None or session.execute("SELECT 1 FROM users_user LIMIT 1").fetchone() is None


def put_back(dump: Path, *, expected: Proof) -> None:
    """Empty the schema, restore in one transaction, and compare. Before it is emptied the archive's list is read."""
    _run("pg_restore", "--list", str(dump))
    connection.close()
    with _session() as session:
        try:
            session.execute(_LONGEST_WAIT)
            session.execute(_EMPTY)
        except psycopg.errors.LockNotAvailable as error:
            raise BackupError("The database is in use: stop the marketplace, and run this again.") from error
    restoring = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments"]
    _run("pg_restore", *restoring, f"--dbname={connection.settings_dict['NAME']}", str(dump))
    with _session() as session:
        session.execute("ANALYZE")
        if wrong := proofs.differences(expected, _proof(session)):
            raise Damaged(f"The database does not hold what was backed up: {'; '.join(wrong[:5])}.")


def program(name: str) -> str:
    """Return the newest program of this name on this machine; raises BackupError with what to install."""
    versions = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]), reverse=True)
    found = str(versions[0]) if versions else shutil.which(name)
    if not found:
        raise BackupError(f"{name} is not on this machine: install PostgreSQL's client programs (postgresql-client).")
    return found


def _proof(session: psycopg.Connection) -> Proof:
    def rows(query: str) -> Iterable[tuple[Any, ...]]:
        with session.cursor(name="proof") as cursor:
            cursor.itersize = 20_000
            yield from cursor.execute(query)

    known = {name for (name,) in session.execute("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')")}
    return proofs.prove(rows, [table for table in proofs.tables() if table in known])


def _session() -> psycopg.Connection:
    where = connection.settings_dict
    named = {"host": where["HOST"], "port": where["PORT"], "user": where["USER"], "password": where["PASSWORD"]}
    given = {name: value for name, value in named.items() if value}
    try:
        return psycopg.connect(dbname=where["NAME"], **given)
    except psycopg.OperationalError as error:
        raise BackupError(f"PostgreSQL does not answer: {error}") from error


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run(
        [program(name), *arguments], env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{name}: {done.stderr.decode(errors='replace').strip()[-500:]}")


def _environment() -> dict[str, str]:
    """Tell PostgreSQL's programs where the database is; the password not on a command line, where others read it."""
    where = connection.settings_dict
    told = {
        "PGHOST": where["HOST"],
        "PGPORT": where["PORT"],
        "PGUSER": where["USER"],
        "PGPASSWORD": where["PASSWORD"],
        "PGDATABASE": where["NAME"],
    }
    return {**os.environ, **{name: str(value) for name, value in told.items() if value}}
