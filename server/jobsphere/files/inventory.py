"""Everything that rests in the stores, as it rests: for copies of the whole (backups)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.base import File

from jobsphere.files import stores
from jobsphere.files.sweeping import FOLDERS

#: Contents that are just being written.
_UNFINISHED = (".part", ".rotating")


@dataclass(frozen=True, slots=True)
class Content:
    """One content: which store it lies in, and where there."""

    store: str
    path: str


def folders() -> tuple[str, ...]:
    """Return the folders that contents lie in, in every store."""
    return FOLDERS


def contents(folder: str) -> Iterator[Content]:
    """Return what rests in a folder of every store that is configured; raises StoreError."""
    for name in stores.configured():
        for resting in stores.of(name).listed(f"{folder}/"):
            if not resting.path.endswith(_UNFINISHED):
                yield Content(name, resting.path)


def is_there(content: Content) -> bool:
    """Say whether it rests where it should; a store without settings holds nothing for us."""
    return content.store in stores.configured() and stores.of(content.store).exists(content.path)


def open_raw(content: Content) -> IO[Any]:
    """Open it as it rests, sealed if it is; raises FileNotFoundError, OSError."""
    raw: IO[Any] = stores.of(content.store).open(content.path)
    return raw


def put_back(content: Content, raw: IO[bytes]) -> None:
    """Write it as it rested: into its own store, or the current one when that has no settings any more."""
    store = content.store if content.store in stores.configured() else stores.current()
    stores.of(store).save(content.path, File(raw, name=content.path))
