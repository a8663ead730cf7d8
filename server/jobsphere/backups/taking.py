"""Takes a backup while the marketplace serves.

The database first, then the files: a content is there before a row names it, so every file of the snapshot is copied,
but those that were deleted in between. Contents never change, so each is copied once and shared by all backups.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from jobsphere.backups import places, rules
from jobsphere.backups.engines import engine, sqlite
from jobsphere.backups.types import Kept, Manifest, Part, Proof
from jobsphere.db.encryption import key_ring
from jobsphere.files import inventory
from jobsphere.kit import clock

logger = structlog.get_logger("jobsphere.backups")

#: Told of each step, for whoever waits for it.
Say = Callable[[str], None]


def take(say: Say = lambda _: None) -> Manifest:
    """Take a backup of the database, the files and the sandbox's memory; raises BackupError, StoreError.

    What is not finished has no manifest and counts for nothing.
    """
    moment = clock.machine_now()
    name = rules.name_of(moment)
    say(f"The database, as it is now ({name})")
    database, proof, gateways = _take_database(name)
    files = list(_take_files(say))
    manifest = Manifest(
        name=name,
        taken_at=moment.isoformat(),
        engine=engine_name(),
        migrations=_migrations(),
        database=database,
        proof=proof,
        gateways=gateways,
        files=files,
    )
    places.write_manifest(manifest)
    rows = sum(proof.rows.values())
    logger.info("backup.taken", backup=name, bytes=database.size, rows=rows, files=len(files), ledger=proof.ledger)
    return manifest


def verify(name: str, say: Say = lambda _: None) -> Manifest:
    """Read a backup to its last byte; raises Damaged for the first piece that is not what was written."""
    manifest = places.manifest(name)
    for part in (manifest.database, *manifest.gateways.values()):
        say(f"{part.name}: {part.size} bytes")
        places.verify(part)
    for number, kept in enumerate(manifest.files, start=1):
        with places.reading(kept.copy) as content:
            for _ in places.chunks_of(content):
                pass
        if number % 100 == 0:
            say(f"{number} of {len(manifest.files)} files")
    return manifest


def memories() -> list[Path]:
    """Return the files in which sandbox gateways remember; a real gateway remembers by itself."""
    return [path for name in settings.GATEWAYS if (path := settings.DATA_DIR / f"{name}.sqlite3").exists()]


def engine_name() -> str:
    """Return which engine's form the dump has: sqlite or postgresql."""
    return "sqlite" if engine() is sqlite else "postgresql"


def _take_database(name: str) -> tuple[Part, Proof, dict[str, Part]]:
    with places.scratch() as folder, engine().snapshot(folder, memories()) as snapshot:
        gateways = {}
        for memory in memories():
            copy = sqlite.Copied(folder / memory.name)
            gateways[memory.name] = places.write(f"{places.GATEWAYS}{name}.{memory.name}", copy.dump())
        database = places.write(f"{places.DATABASES}{name}", snapshot.dump())
        return database, snapshot.proof(), gateways


def _take_files(say: Say) -> Iterator[Kept]:
    seal, copied = key_ring().current, 0
    for folder in inventory.folders():
        there = {resting.path for resting in places.listed(f"{places.FILES}{folder}/")}
        for content in inventory.contents(folder):
            copy = f"{places.FILES}{content.path}.{seal}"
            if copy not in there and not _copied(content, copy):
                continue
            copied += copy not in there
            yield Kept(content.store, content.path, copy)
    say(f"{copied} new files")


def _copied(content: inventory.Content, copy: str) -> bool:
    """Copy a content; one that was deleted since it was listed is left out."""
    try:
        with inventory.open_raw(content) as raw:
            places.write(copy, places.chunks_of(raw))
    except FileNotFoundError:
        return False
    return True


def _migrations() -> dict[str, str]:
    """Return the newest migration of each app."""
    return dict(sorted(MigrationRecorder(connection).applied_migrations()))
