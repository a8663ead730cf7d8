"""The doctor tries things for real, and says what to do."""

import io
import json
import socket
from pathlib import Path

import pytest
from django.core.management import call_command

from jobsphere.backoffice import doctoring
from jobsphere.backups import places
from jobsphere.db.transactions import edge_transaction
from jobsphere.outbox.services import enqueue
from jobsphere.outbox.tests import probes
from jobsphere.outbox.worker import drain

pytestmark = pytest.mark.django_db(transaction=True)


def found(part: str) -> doctoring.Finding:
    return next(each for each in doctoring.examine() if each.part == part)


def told(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("doctor", *arguments, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    """Keep files and backups of these tests apart."""
    settings.DATA_DIR = tmp_path
    entries = {
        name: {**settings.STORAGES["local"], "OPTIONS": {"location": str(tmp_path / name)}}
        for name in ("default", "backups")
    }
    settings.STORAGES = {**settings.STORAGES, **entries}
    return tmp_path


def test_a_new_marketplace_is_well_and_nothing_of_the_looking_stays(folder: Path):
    code, words = told()
    assert code == 0, words
    assert [line.split()[1] for line in words.splitlines()] == list(doctoring.PARTS)
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_a_mail_server_that_is_not_there_is_named_and_the_rest_is_looked_at(settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
    settings.EMAIL_URL, settings.EMAIL_HOST = "smtp://127.0.0.1", "127.0.0.1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    code, words = told("--json")
    states = {each["part"]: each["state"] for each in json.loads(words)}
    assert (code, states["mail"], states["backups"]) == (1, "unwell", "remark")
    assert set(states) == set(doctoring.PARTS)


def test_a_file_store_that_takes_nothing_is_unwell(settings, tmp_path):
    (tmp_path / "a-file").write_text("in the way")
    entry = {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path / "a-file")}}
    settings.STORAGES = {**settings.STORAGES, "default": entry}
    assert found("files").state == "unwell"


def test_a_dead_letter_is_unwell_and_says_where_to_read_it():
    with edge_transaction():
        enqueue(probes.hopeless)
    drain()
    looked = found("worker")
    assert looked.state == "unwell"
    assert "dead_letters list" in looked.words


def test_backups_are_missed_where_they_must_be_there(settings):
    assert found("backups").state == "remark"
    settings.PRODUCTION = True
    assert found("backups").state == "unwell"


def test_backups_that_are_old_are_unwell(settings):
    places.write("manifests/20200101T000000Z", [b"old"])
    settings.BACKUP_DAILY = True
    assert "days old" in found("backups").words


def test_a_variable_that_nobody_reads_is_told_beside_the_one_that_was_meant(monkeypatch):
    monkeypatch.setenv("EMIAL_URL", "smtp://mail.example")
    assert doctoring.misspelt() == [("EMIAL_URL", "EMAIL_URL")]
    assert "EMAIL_URL" in found("settings").words


def test_no_secret_is_shown(monkeypatch, settings):
    monkeypatch.setenv("DATABASE_URL", "postgres://casey:hunter2@db/x")
    settings.ENVIRONMENT = {
        name: type(asked)(asked.default, "environment" if name == "DATABASE_URL" else asked.source)
        for name, asked in settings.ENVIRONMENT.items()
    }
    _, words = told("--variables")
    assert "hunter2" not in words
    assert settings.SECRET_KEY not in words
    assert "DATABASE_URL" in words


def test_what_production_would_refuse_is_named():
    code, words = told("--production")
    assert code == 1
    assert "SECRET_KEY" in words
    assert "PUBLIC_URL" in words
