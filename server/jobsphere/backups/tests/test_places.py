"""What is written opens again, or says that it does not; what no backup needs goes. In a folder and in a bucket."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from jobsphere.backups import keeping, places, restoring, rules, tasks
from jobsphere.backups.errors import BackupError, Damaged
from jobsphere.backups.types import Kept, Manifest, Part, Proof
from jobsphere.db.encryption import new_key
from jobsphere.files.tests.clouds import s3_entry, s3_server
from jobsphere.kit import clock

CONTENT = [b"casey" * 1000, b"pat" * 500_000]


@pytest.fixture(scope="module")
def bucket():
    with s3_server() as address:
        yield s3_entry(address)


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path
    entry = {**settings.STORAGES["local"], "OPTIONS": {"location": str(tmp_path / "vault")}}
    settings.STORAGES = {**settings.STORAGES, "backups": entry}
    return tmp_path / "vault"


@pytest.fixture(params=["folder", "bucket"])
def place(request, settings, folder, bucket) -> str:
    if request.param == "bucket":
        settings.STORAGES = {**settings.STORAGES, "backups": bucket}
    return str(request.param)


def manifest(name: str, *copies: str, engine: str = "sqlite") -> Manifest:
    database = places.write(f"{places.DATABASES}{name}", CONTENT)
    files = [Kept("local", copy.removeprefix(places.FILES), copy) for copy in copies]
    made = Manifest(name, clock.machine_now().isoformat(), engine, {}, database, Proof({}, ""), files=files)
    places.write_manifest(made)
    return made


def test_what_is_written_reads_the_same_and_rests_sealed(place):
    part = places.write("databases/one", CONTENT)
    assert part.size == len(b"".join(CONTENT))
    with places.reading("databases/one") as content:
        assert content.read() == b"".join(CONTENT)
    with places.place().open("databases/one") as raw:
        assert b"casey" not in raw.read()
    places.verify(part)


def test_backups_are_listed_once_they_are_finished(place):
    first, second = (rules.name_of(clock.machine_now() + timedelta(days=day)) for day in (0, 1))
    places.write(f"{places.DATABASES}{second}", CONTENT)
    made = manifest(first)
    assert places.names() == [first]
    assert places.manifest(first) == made
    assert places.chosen("latest") == first


def test_a_changed_byte_another_name_or_a_lost_end_is_noticed(folder):
    part = places.write("databases/one", CONTENT)
    path = folder / "databases/one"
    whole = path.read_bytes()
    for spoilt in (whole[:-1], whole[:40] + bytes([whole[40] ^ 1]) + whole[41:], b"", whole[: len(whole) // 2]):
        path.write_bytes(spoilt)
        with pytest.raises(Damaged):
            places.verify(part)
    (folder / "databases/two").write_bytes(whole)
    with pytest.raises(Damaged):
        places.verify(Part("databases/two", part.size, part.sha256))
    path.unlink()
    with pytest.raises(Damaged, match="not there"):
        places.verify(part)


def test_another_key_does_not_open_it_and_says_so(folder, settings):
    part = places.write("databases/one", CONTENT)
    settings.ENCRYPTION_KEYS = [new_key()]
    with pytest.raises(Damaged, match="No key of ENCRYPTION_KEYS"):
        places.verify(part)


def test_a_name_that_is_none_is_refused_before_anything_is_read(folder):
    with pytest.raises(BackupError, match="no name of a backup"):
        places.manifest("../manifests/x")
    with pytest.raises(BackupError, match="no backup"):
        places.chosen("latest")


def aged(path: Path) -> None:
    long_ago = (clock.machine_now() - keeping.GRACE * 2).timestamp()
    os.utime(path, (long_ago, long_ago))


def test_tidying_leaves_what_the_kept_backups_need(folder, settings):
    settings.BACKUP_KEEP = {"daily": 1, "weekly": 0, "monthly": 0}
    old, new = (rules.name_of(clock.machine_now() - timedelta(days=back)) for back in (3, 0))
    for copy in ("files/ab/both.k", "files/ab/old.k", "files/ab/new.k", "files/ab/young.k"):
        places.write(copy, CONTENT)
    manifest(old, "files/ab/both.k", "files/ab/old.k")
    manifest(new, "files/ab/both.k", "files/ab/new.k")
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "young.k":
            aged(path)
    assert keeping.tidy() == [old]
    assert places.names() == [new]
    left = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert left == {
        f"manifests/{new}",
        f"databases/{new}",
        "files/ab/both.k",
        "files/ab/new.k",
        "files/ab/young.k",
    }


def test_nothing_is_removed_while_a_kept_backup_cannot_be_read(folder, settings):
    settings.BACKUP_KEEP = {"daily": 1, "weekly": 0, "monthly": 0}
    old, new = (rules.name_of(clock.machine_now() - timedelta(days=back)) for back in (3, 0))
    manifest(old)
    manifest(new)
    (folder / "manifests" / new).write_bytes(b"garbage")
    before = sorted(path.name for path in folder.rglob("*"))
    with pytest.raises(Damaged):
        keeping.tidy()
    assert sorted(path.name for path in folder.rglob("*")) == before


@pytest.mark.django_db
def test_a_dump_of_the_other_engine_is_refused(folder):
    name = rules.name_of(clock.machine_now())
    manifest(name, engine="oracle")
    with pytest.raises(BackupError, match="is of oracle"):
        restoring.put_back(name, replace=True)


def test_the_clock_takes_none_where_it_is_off_or_a_young_one_is_there(folder, settings):
    settings.BACKUP_DAILY = False
    tasks.back_up()
    assert places.names() == []
    settings.BACKUP_DAILY = True
    name = manifest(rules.name_of(clock.machine_now() - timedelta(hours=3))).name
    tasks.back_up()
    assert places.names() == [name]
