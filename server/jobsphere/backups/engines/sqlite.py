"""SQLite: copied page by page through its own backup interface, which is safe beside readers and writers."""

import gzip
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from jobsphere.backups import proofs
from jobsphere.backups.errors import BackupError, Damaged
from jobsphere.backups.types import Proof

_PIECE = 1024 * 1024
#: How long a writer is waited for, in seconds.
PATIENCE = 60.0


@dataclass(frozen=True)
class Copied:
    """A copy of the database file, which nobody writes to."""

    path: Path

    def dump(self) -> Iterator[bytes]:
        """Return the file, compressed."""
        packed = self.path.with_suffix(".gz")
        with self.path.open("rb") as plain, gzip.open(packed, "wb", compresslevel=6) as out:
            shutil.copyfileobj(plain, out, _PIECE)
        with packed.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece

    def proof(self) -> Proof:
        """Count and hash in the copy."""
        return proof_of(self.path)


@contextmanager
def snapshot(folder: Path, memories: Sequence[Path]) -> Iterator[Copied]:
    """Copy the database and the memories of sandbox gateways into the folder.

    With memories the one write lock is held meanwhile: nobody is asked for anything before the intent is committed, so
    the copies know of the same payments.
    """
    copy = folder / "database.sqlite3"
    with closing(sqlite3.connect(database(), timeout=PATIENCE, isolation_level=None)) as guard:
        guard.execute("BEGIN IMMEDIATE" if memories else "BEGIN")
        copy_file(database(), copy)
        for memory in memories:
            copy_file(memory, folder / memory.name)
        guard.execute("ROLLBACK")
    yield Copied(copy)


def copy_file(source: Path, target: Path) -> None:
    """Copy one database into another, whoever uses them; what the target held is gone."""
    with closing(sqlite3.connect(source, timeout=PATIENCE)) as from_, closing(_connect(target)) as to:
        from_.backup(to)


def unpacked(dump: Path) -> Path:
    """Unpack what `Copied.dump` has packed, beside it; returns the database file."""
    plain = dump.with_name(f"{dump.name}.plain")
    with gzip.open(dump, "rb") as packed, plain.open("wb") as out:
        shutil.copyfileobj(packed, out, _PIECE)
    return plain


def is_empty() -> bool:
    """Look for people."""
    path = database()
    if not path.exists():
        return True
    with closing(sqlite3.connect(path, timeout=PATIENCE)) as there:
        known = there.execute("SELECT 1 FROM sqlite_master WHERE name = 'users_user'").fetchone()
        return not known or not there.execute("SELECT 1 FROM users_user LIMIT 1").fetchone()


def put_back(dump: Path, *, expected: Proof) -> None:
    """Unpack beside it, look whether it is whole and what it should be, and only then touch what is there."""
    plain = unpacked(dump)
    _look_whole(plain)
    if wrong := proofs.differences(expected, proof_of(plain)):
        raise Damaged(f"The backup does not hold what it should: {'; '.join(wrong[:5])}. Nothing was changed.")
    connection.close()
    database().parent.mkdir(parents=True, exist_ok=True)
    try:
        copy_file(plain, database())
    except sqlite3.OperationalError as error:
        raise BackupError(f"The database is in use ({error}): stop the marketplace, and run this again.") from error


def proof_of(path: Path) -> Proof:
    """Return what a database file holds."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as there:

        def rows(query: str) -> Iterable[tuple[Any, ...]]:
            return there.execute(query)

        known = {name for (name,) in there.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return proofs.prove(rows, [table for table in proofs.tables() if table in known])


def database() -> Path:
    """Return the file of the marketplace; raises BackupError for one in memory."""
    name = str(connection.settings_dict["NAME"])
    if not name or ":memory:" in name or "mode=memory" in name:
        raise BackupError("A database in memory cannot be backed up.")
    return Path(name)


def _connect(path: Path) -> sqlite3.Connection:
    there = sqlite3.connect(path, timeout=PATIENCE)
    path.chmod(0o600)
    return there


def _look_whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as there:
        said = [word for (word,) in there.execute("PRAGMA integrity_check")]
    if said != ["ok"]:
        raise Damaged(f"The backup's database is damaged: {said[0]}. Nothing was changed.")
