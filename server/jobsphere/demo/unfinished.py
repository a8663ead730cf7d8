"""A city whose building was interrupted: half a year of half-told stories, which nobody should mistake for the demo.

A note in the data folder stands while the city is built, locked by the builder. Who finds it unlocked at the next start
throws the half city away.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from jobsphere.demo.logins import DOMAIN

NOTE = "demo-unfinished"


class Inhabited(RuntimeError):
    """The half-built city cannot be thrown away by itself: its message says why, and the remedy."""


def note() -> Path:
    """Return the file that says: being built."""
    return Path(settings.DATA_DIR) / NOTE


@contextmanager
def building() -> Iterator[None]:
    """Remember in which database the city is being built, until it is whole; a killed builder loses the lock."""
    with note().open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        file.write(str(connection.settings_dict["NAME"]))
        file.flush()
        yield
        note().unlink(missing_ok=True)


def under_way() -> bool:
    """Say whether another process is building at this moment."""
    with note().open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def discard() -> bool:
    """Throw a half-built city away; returns whether there was one. Raises Inhabited where that could lose something."""
    if not note().exists():
        return False
    if under_way():
        raise Inhabited(
            "Another start is building the demo city in this folder. Wait for it, or choose another DATA_DIR."
        )
    place = str(connection.settings_dict["NAME"])
    if note().read_text(encoding="utf-8") != place:
        return False  # it lies in another database
    remedy = f"Empty the database to build it again, or delete {note()} to keep it as it is."
    if connection.vendor != "sqlite":
        raise Inhabited(f"The demo city of {place} was interrupted while it was built. {remedy}")
    if strangers(Path(place)):
        raise Inhabited(f"The demo city was interrupted while it was built, and people have signed up since. {remedy}")
    connections.close_all()
    for file in (Path(place), Path(settings.DATA_DIR) / "sandbox.sqlite3"):
        for suffix in ("", "-wal", "-shm"):
            Path(f"{file}{suffix}").unlink(missing_ok=True)
    note().unlink()
    return True


def strangers(file: Path) -> int:
    """Return how many people live there who are not of the demo; the file may be half migrated, or not there yet."""
    if not file.exists():
        return 0
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'users_user'").fetchone():
            return 0
        query = "SELECT count(*) FROM users_user WHERE email NOT LIKE ?"
        return int(database.execute(query, (f"%@{DOMAIN}",)).fetchone()[0])
