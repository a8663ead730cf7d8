"""The content of files: written, read, sealed, removed, wherever it lies (`stores`)."""

import os
from collections.abc import Iterator
from typing import IO, Any

from django.core.files.base import ContentFile, File

from jobsphere.db.encryption import FILE_HEAD, is_current
from jobsphere.db.encryption_files import opened, sealed_parts
from jobsphere.files import stores
from jobsphere.files.errors import NoRoom
from jobsphere.files.stores.base import NO_ROOM, Store
from jobsphere.kit.errors import Unavailable

CHUNK = 256 * 1024


def path_of(filename: str) -> str:
    """Return where a file lies; two letters make the folder, so that no folder grows without bound."""
    return f"{filename[:2]}/{filename}"


def keep(filename: str, content: bytes | IO[bytes], *, sealed: bool = False, store: str = "") -> None:
    """Write the content, sealed where it says so; raises NoRoom, or Unavailable when the storage cannot."""
    file = ContentFile(content) if isinstance(content, bytes) else File(content)
    try:
        stores.of(store or stores.current()).save(path_of(filename), SealedContent(file, filename) if sealed else file)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise NoRoom("There is no room for files now. Nothing was kept; please try again later.") from error
        raise Unavailable("The file could not be stored. Please try again.") from error


def read(filename: str, *, sealed: bool = False, store: str = "") -> IO[Any]:
    """Open the content; raises Unavailable when the storage cannot."""
    try:
        raw = raw_of(filename, store=store)
    except OSError as error:
        raise Unavailable("The file cannot be read now. Please try again.") from error
    return opened(raw, context=context_of(filename)) if sealed else raw


def raw_of(filename: str, *, store: str = "") -> IO[Any]:
    """Open the content as it rests: where it should lie, else in any other store, as while files are moved.

    Raises FileNotFoundError, OSError.
    """
    expected = store or stores.current()
    places = [expected, *(name for name in stores.configured() if name != expected)]
    for place in places[:-1]:
        try:
            raw: IO[Any] = stores.of(place).open(path_of(filename))
        except FileNotFoundError:
            continue
        return raw
    last: IO[Any] = stores.of(places[-1]).open(path_of(filename))
    return last


def is_outdated(filename: str, *, store: str = "") -> bool:
    """Say whether a sealed content names another key than the current one; a content that is gone is not."""
    try:
        with raw_of(filename, store=store) as raw:
            return not is_current(raw.read(FILE_HEAD))
    except FileNotFoundError:
        return False


def seal_again(filename: str, *, store: str = "") -> None:
    """Write a sealed content anew with the current key: beside the old one, then in its place."""
    place = stores.of(store or stores.current())
    fresh = f"{path_of(filename)}.rotating"
    place.delete(fresh)
    with read(filename, sealed=True, store=store) as content:
        place.save(fresh, SealedContent(File(content), filename))
    _put_in_place(place, fresh, path_of(filename))


def _put_in_place(place: Store, fresh: str, name: str) -> None:
    """Rename where the storage is a folder; elsewhere write over, which replaces a content as a whole."""
    try:
        os.replace(place.path(fresh), place.path(name))
    except NotImplementedError:
        with place.open(fresh) as sealed:
            place.save(name, sealed)
        place.delete(fresh)


def context_of(filename: str) -> str:
    """Return what a sealed content is bound to: a copy under another name does not open."""
    return f"file:{filename}"


class SealedContent(File):
    """A file that is written sealed."""

    def __init__(self, file: File, filename: str) -> None:
        super().__init__(file.file, name=filename)
        self.content = file
        self.context = context_of(filename)

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        return sealed_parts(_chunks(self.content), context=self.context)


def _chunks(file: File) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def discard(filename: str, *, store: str = "") -> None:
    """Remove the content from one store, or from wherever it lies; harmless when it is gone already."""
    for place in [store] if store else stores.configured():
        stores.of(place).delete(path_of(filename))
