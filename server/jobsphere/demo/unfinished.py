"""A city whose building was interrupted: half a year of half-told stories, which nobody should mistake for the demo.

A note in the data folder stands while the city is built. Who finds it at the next start throws the half city away.
"""

import sqlite3
from contextlib import closing
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


def begin() -> None:
    """Remember in which database the city is being built."""
    note().write_text(str(connection.settings_dict["NAME"]), encoding="utf-8")


def finish() -> None:
    """The city is whole."""
    note().unlink(missing_ok=True)


def discard() -> bool:
    """Throw a half-built city away; returns whether there was one. Raises Inhabited where that could lose something."""
    if not note().exists():
        return False
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
    finish()
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
