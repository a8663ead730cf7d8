"""Puts a backup back: looks at all of it first, then replaces the database, then writes the files that are missing."""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from jobsphere.backups import places, taking
from jobsphere.backups.engines import engine, sqlite
from jobsphere.backups.errors import BackupError, NotEmpty
from jobsphere.backups.types import Manifest
from jobsphere.files import inventory

Say = Callable[[str], None]


def put_back(name: str, *, replace: bool, say: Say = lambda _: None) -> Manifest:
    """Put a backup back; raises NotEmpty unless told to replace what is there, Damaged before anything is touched."""
    manifest = places.manifest(name)
    if manifest.engine != taking.engine_name():
        raise BackupError(f"{name} is of {manifest.engine}: set DATABASE_URL to such a database, or leave it out.")
    if not replace and not engine().is_empty():
        raise NotEmpty("There is a marketplace here already. Add --replace to lose it and have the backup instead.")
    say("Reading the whole backup before anything is changed")
    taking.verify(name, say)
    with places.scratch() as folder:
        dump = _fetched(manifest.database.name, folder / "dump")
        memories = {file: _fetched(part.name, folder / file) for file, part in manifest.gateways.items()}
        say("The database")
        engine().put_back(dump, expected=manifest.proof)
        for file, packed in memories.items():
            sqlite.copy_file(sqlite.unpacked(packed), settings.DATA_DIR / file)
    say(f"{_put_back_files(manifest)} files that were missing")
    return manifest


def _fetched(name: str, target: Path) -> Path:
    with places.reading(name) as content, target.open("wb") as out:
        shutil.copyfileobj(content, out, places.CHUNK)
    return target


def _put_back_files(manifest: Manifest) -> int:
    """Write what is not there; contents never change, so what is there is right."""
    written = 0
    for kept in manifest.files:
        content = inventory.Content(kept.store, kept.path)
        if not inventory.is_there(content):
            with places.scratch() as folder, _fetched(kept.copy, folder / "content").open("rb") as whole:
                inventory.put_back(content, whole)
            written += 1
    return written
