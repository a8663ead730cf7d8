"""How a database is copied while people write to it, and put back: one module for each engine."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from django.db import connection

from jobsphere.backups.engines import postgresql, sqlite
from jobsphere.backups.types import Proof


class Snapshot(Protocol):
    """The database at one moment."""

    def dump(self) -> Iterator[bytes]:
        """Return all of it, in the engine's own form."""
        ...

    def proof(self) -> Proof:
        """Return what it holds."""
        ...


class Engine(Protocol):
    """What is asked of an engine's module."""

    def snapshot(self, folder: Path, memories: Sequence[Path]) -> AbstractContextManager[Snapshot]:
        """Open a snapshot, and copy the memories of sandbox gateways, as they fit to it, into the folder."""
        ...

    def is_empty(self) -> bool:
        """Say whether nobody has signed up yet, or there are no tables at all."""
        ...

    def put_back(self, dump: Path, *, expected: Proof) -> None:
        """Replace what is there by a dump; raises BackupError, and Damaged when it does not hold what was expected."""
        ...


def engine() -> Engine:
    """Return the engine of the database that is configured."""
    return sqlite if connection.vendor == "sqlite" else postgresql
