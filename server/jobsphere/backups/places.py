"""Where backups lie (BACKUP_TO): a folder or a bucket, through the same storage classes as files.

databases/<name>           the dump, sealed          manifests/<name>    what belongs together, written last
gateways/<name>.<file>     memories of the sandbox   files/ab/<file>.<key id>   each content once, for all backups
"""

import gzip
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages

from jobsphere.backups import rules
from jobsphere.backups.errors import BackupError, Damaged
from jobsphere.backups.types import FORMAT, Manifest, Part
from jobsphere.db.encryption import CannotUnseal
from jobsphere.db.encryption_files import opened, sealed_parts
from jobsphere.files.stores.base import Resting, Store

MANIFESTS, DATABASES, GATEWAYS, FILES = "manifests/", "databases/", "gateways/", "files/"
CHUNK = 1024 * 1024


def place() -> Store:
    """Return the store of backups."""
    return cast(Store, storages["backups"])


def names() -> list[str]:
    """Return the finished backups, oldest first."""
    found = (resting.path.removeprefix(MANIFESTS) for resting in place().listed(MANIFESTS))
    return sorted(name for name in found if rules.is_name(name))


def newest() -> datetime | None:
    """Return when the newest finished backup was taken; None where there is none."""
    found = names()
    return rules.moment_of(found[-1]) if found else None


def chosen(name: str) -> str:
    """Return the name that a person means, `latest` for the newest; raises BackupError where there is none."""
    if name != "latest":
        return name
    found = names()
    if not found:
        raise BackupError("There is no backup in BACKUP_TO.")
    return found[-1]


def listed(prefix: str) -> Iterator[Resting]:
    """Return what lies under a prefix; raises StoreError."""
    return place().listed(prefix)


def discard(path: str) -> None:
    """Remove what lies there."""
    place().delete(path)


def write(name: str, chunks: Iterable[bytes]) -> Part:
    """Seal the content on its way; returns what it was before. It is whole, or not there."""
    digest, size = hashlib.sha256(), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            yield chunk

    with scratch() as folder:
        sealed = folder / "sealed"
        with sealed.open("wb") as file:
            file.writelines(sealed_parts(counted(), context=_context(name)))
        with sealed.open("rb") as whole:
            place().save(name, File(whole, name=name))
    return Part(name, size, digest.hexdigest())


@contextmanager
def reading(name: str) -> Iterator[IO[bytes]]:
    """Open the content of a sealed piece; raises Damaged when it does not open, or is not there."""
    try:
        with opened(place().open(name), context=_context(name)) as content:
            yield content
    except FileNotFoundError as error:
        raise Damaged(f"{name} is not there.") from error
    except CannotUnseal as error:
        raise Damaged(f"{name}: {error}") from error


def verify(part: Part) -> None:
    """Read a piece to its end; raises Damaged unless it is what was written."""
    digest, size = hashlib.sha256(), 0
    with reading(part.name) as content:
        for chunk in chunks_of(content):
            digest.update(chunk)
            size += len(chunk)
    if (size, digest.hexdigest()) != (part.size, part.sha256):
        raise Damaged(f"{part.name} is not what was written.")


def write_manifest(manifest: Manifest) -> None:
    """Finish a backup."""
    write(f"{MANIFESTS}{manifest.name}", [gzip.compress(json.dumps(manifest.as_json()).encode())])


def manifest(name: str) -> Manifest:
    """Return what a backup says of itself; raises Damaged, and BackupError for one of a newer form."""
    if not rules.is_name(name):
        raise BackupError(f"{name!r} is no name of a backup; `manage.py backup --list` shows them.")
    with reading(f"{MANIFESTS}{name}") as content:
        found = json.loads(gzip.decompress(content.read()))
    if found["format"] > FORMAT:
        raise BackupError(f"{name} was written by a newer JobSphere: use that one to put it back.")
    return Manifest.from_json(found)


def chunks_of(content: IO[Any]) -> Iterator[bytes]:
    """Return a content in pieces."""
    while chunk := content.read(CHUNK):
        yield chunk


@contextmanager
def scratch() -> Iterator[Path]:
    """Lend a folder that only we can read, on the disk of the data, and empty it afterwards."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=settings.DATA_DIR) as folder:
        yield Path(folder)


def _context(name: str) -> str:
    return f"backup:{name}"
