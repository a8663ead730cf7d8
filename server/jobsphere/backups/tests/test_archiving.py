"""What the clean-up takes out of sealed tables is put away first, read back, and can be read years later."""

import gzip
import json
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from jobsphere.accounts import cleaning
from jobsphere.accounts.errors import CleanUpFailed
from jobsphere.audit import services as audit
from jobsphere.backups import archiving, places, tasks
from jobsphere.db.retention import How, Rule, rules
from jobsphere.db.transactions import edge_transaction
from jobsphere.files.stores.base import StoreError
from jobsphere.files.stores.local import LocalStore
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.ids import uuid7

pytestmark = pytest.mark.django_db(transaction=True)

TRAIL = "audit_auditentry"


@pytest.fixture
def vault(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path
    entry = {**settings.STORAGES["local"], "OPTIONS": {"location": str(tmp_path / "vault")}}
    settings.STORAGES = {**settings.STORAGES, "backups": entry}
    settings.ARCHIVE_DAYS = 3650
    settings.RETENTION_DAYS = {**settings.RETENTION_DAYS, "audit": 365}
    return tmp_path / "vault"


def leave_old_entries(count: int, days: int = 400) -> None:
    with clock.travel(-timedelta(days=days)), edge_transaction():
        for number in range(count):
            audit.record(actor=SYSTEM, verb="trace", target_type="test", target_id=uuid7(), detail={"number": number})


def due_of(rule: Rule, moment: datetime) -> Any:
    assert rule.due
    return rule.due(moment)


def entries() -> list[dict]:
    rule = next(rule for rule in rules() if rule.table == TRAIL)
    return list(due_of(rule, clock.machine_now()).filter(verb="trace").order_by("pk").values())


def test_old_entries_are_put_away_as_they_were_and_then_removed(vault):
    leave_old_entries(3)
    before = entries()
    cleaning.clean_up(source="test")
    assert entries() == []
    (piece,) = archiving.pieces(TRAIL)
    kept = list(archiving.rows_of(piece))
    assert [row["id"] for row in kept] == [str(row["id"]) for row in before]
    assert [row["detail"] for row in kept] == [row["detail"] for row in before]
    assert set(kept[0]) == set(before[0])
    # It rests sealed, and the trail says where.
    assert b"trace" not in (vault / piece).read_bytes()
    rule = next(rule for rule in rules() if rule.table == TRAIL)
    told = due_of(rule, clock.machine_now() + timedelta(days=1)).filter(verb="retention.remove").values("detail")
    assert piece in [each["detail"].get("archived") for each in told]


def test_nothing_is_removed_that_could_not_be_put_away(vault, monkeypatch):
    leave_old_entries(2)
    before = entries()

    def full(self, name, content):
        raise StoreError("no room")

    monkeypatch.setattr(LocalStore, "save", full)
    with pytest.raises(CleanUpFailed):
        cleaning.clean_up(source="test")
    assert entries() == before
    assert len(before) == 2


def test_after_a_crash_between_putting_away_and_removing_the_same_piece_is_written_again(vault):
    leave_old_entries(2)
    rows = entries()
    archiving.keep(TRAIL, rows)
    cleaning.clean_up(source="test")
    assert entries() == []
    assert len(archiving.pieces(TRAIL)) == 1


def test_a_changed_piece_is_noticed_and_its_rows_are_not_believed(vault):
    leave_old_entries(1)
    cleaning.clean_up(source="test")
    (piece,) = archiving.pieces(TRAIL)
    file = vault / piece
    content = bytearray(file.read_bytes())
    content[-20] ^= 1
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("archive", stdout=StringIO())


def test_a_piece_of_another_content_under_the_same_name_is_noticed(vault):
    leave_old_entries(1)
    cleaning.clean_up(source="test")
    (piece,) = archiving.pieces(TRAIL)
    places.write(piece, [gzip.compress(b'{"verb": "another"}\n')])
    with pytest.raises(CommandError, match="not what was put away"):
        call_command("archive", stdout=StringIO())


def test_the_command_lists_pieces_and_prints_rows(vault):
    leave_old_entries(2)
    cleaning.clean_up(source="test")
    listed, shown = StringIO(), StringIO()
    call_command("archive", stdout=listed)
    assert "2 rows, every piece read to its end." in listed.getvalue()
    call_command("archive", table=TRAIL, show=True, stdout=shown)
    rows = [json.loads(line) for line in shown.getvalue().splitlines()]
    assert [row["detail"]["number"] for row in rows] == [0, 1]
    assert {row["table"] for row in rows} == {TRAIL}


def test_a_piece_goes_when_its_time_is_over_and_not_before(vault, settings):
    leave_old_entries(1, days=400)
    cleaning.clean_up(source="test")
    tasks.tidy_archive()
    assert len(archiving.pieces(TRAIL)) == 1
    settings.ARCHIVE_DAYS = 399
    tasks.tidy_archive()
    assert archiving.pieces(TRAIL) == []


def test_without_the_setting_nothing_is_put_away_and_rows_go_as_before(vault, settings):
    settings.ARCHIVE_DAYS = 0
    leave_old_entries(1)
    cleaning.clean_up(source="test")
    assert entries() == []
    assert archiving.pieces(TRAIL) == []


def test_every_sealed_table_whose_rows_go_can_be_put_away(vault):
    sealed = [rule for rule in rules() if rule.how == How.DELETE_SEALED]
    assert {rule.table for rule in sealed} == {TRAIL, "outbox_storedevent"}
    for rule in sealed:
        columns = {field.attname for field in due_of(rule, clock.machine_now()).model._meta.concrete_fields}
        assert {"id", "created_at"} <= columns
