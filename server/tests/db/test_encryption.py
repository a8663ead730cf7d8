"""Sealing: what rests in the database and on disk is unreadable, opens only in its place, and is rotated."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from config.encryption import encryption_keys
from jobsphere.db import encryption
from jobsphere.db.encryption import CannotUnseal, new_key, seal, unseal
from jobsphere.db.encryption_fields import EncryptedTextField, Sealed, sealed
from jobsphere.db.encryption_files import FRAME, opened, sealed_parts
from jobsphere.db.transactions import savepoint
from jobsphere.files import blobs
from jobsphere.files.models import StoredFile
from jobsphere.kit.ids import uuid7
from jobsphere.payments.models import GatewayEvent
from jobsphere.web.models import IdempotencyRecord

SECRET = "pi_123_secret_xyz"


def raw(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
        return [row[0] for row in cursor.fetchall()]


def stored_answer(**answer: object) -> IdempotencyRecord:
    return IdempotencyRecord.objects.create(actor_id=uuid7(), key="k", method="POST", path="/", answer=answer)


def stored_event(body: str = SECRET) -> GatewayEvent:
    return GatewayEvent.objects.create(
        gateway="sandbox", event_key=str(uuid7()), type="x", object_kind="payment", object_id="1", body=body,
        happened_at="2026-01-01T00:00:00Z",
    )  # fmt: skip


def document(owner, content: bytes) -> StoredFile:
    name = f"{os.urandom(16).hex()}.pdf"
    blobs.keep(name, content, sealed=True)
    return StoredFile.objects.create(
        owner_id=owner.id, purpose="document", filename=name, display_name="x.pdf", content_type="application/pdf",
        size=len(content), sha256="0" * 64,
    )  # fmt: skip


# Values


def test_a_sealed_text_opens_in_its_context_and_nowhere_else():
    box = seal(SECRET, context="totp.secret:1")
    assert SECRET not in box
    assert unseal(box, context="totp.secret:1") == SECRET
    with pytest.raises(CannotUnseal):
        unseal(box, context="totp.secret:2")


@pytest.mark.parametrize("damage", [lambda box: box[:-4] + "AAAA", lambda box: "e1." + box[-20:], lambda box: "clear"])
def test_a_damaged_or_unsealed_text_is_refused(damage):
    with pytest.raises(CannotUnseal):
        unseal(damage(seal(SECRET, context="x")), context="x")


def test_the_same_text_never_looks_the_same():
    assert seal(SECRET, context="x") != seal(SECRET, context="x")


def test_any_key_of_the_list_opens_and_a_missing_one_does_not(settings):
    box = seal(SECRET, context="x")
    settings.ENCRYPTION_KEYS = [new_key(), *settings.ENCRYPTION_KEYS]
    assert unseal(box, context="x") == SECRET
    settings.ENCRYPTION_KEYS = [new_key()]
    with pytest.raises(CannotUnseal, match="No key"):
        unseal(box, context="x")


@pytest.mark.parametrize("keys", [[], ["short"], ["not base64 at all!"]])
def test_no_key_or_a_bad_one_is_a_configuration_error(settings, keys):
    settings.ENCRYPTION_KEYS = keys
    with pytest.raises(ImproperlyConfigured):
        encryption.key_ring()


# Columns


@pytest.mark.django_db
def test_columns_rest_sealed_and_open_on_sight():
    record, event = stored_answer(client_secret=SECRET), stored_event()
    for table, column in (("web_idempotencyrecord", "answer"), ("payments_gatewayevent", "body")):
        [resting] = raw(table, column)
        assert resting.startswith("e1.")
        assert SECRET not in resting
    assert IdempotencyRecord.objects.get(pk=record.pk).answer == {"client_secret": SECRET}
    assert GatewayEvent.objects.get(pk=event.pk).body == SECRET


@pytest.mark.django_db
def test_a_value_that_is_moved_to_another_row_does_not_open():
    mine, other = stored_event(), stored_event("something else")
    [box] = GatewayEvent.objects.filter(pk=mine.pk).values_list("body", flat=True)
    assert isinstance(box, Sealed)
    GatewayEvent.objects.filter(pk=other.pk).update(body=box)
    with pytest.raises(CannotUnseal):
        GatewayEvent.objects.get(pk=other.pk).body  # noqa: B018  reading is what opens


@pytest.mark.django_db
def test_a_row_bound_column_is_never_written_in_clear():
    event = stored_event()
    with pytest.raises(TypeError, match="bound to its row"), savepoint():
        GatewayEvent.objects.filter(pk=event.pk).update(body="clear")
    GatewayEvent.objects.filter(pk=event.pk).update(body=sealed(GatewayEvent, "body", event.pk, "new"))
    assert GatewayEvent.objects.get(pk=event.pk).body == "new"
    with pytest.raises(Exception, match="Unsupported lookup"):
        GatewayEvent.objects.filter(body="new").exists()


def test_a_column_describes_itself_to_migrations():
    for bound in (True, False):
        _, _, args, options = EncryptedTextField(row_bound=bound).deconstruct()
        assert EncryptedTextField(*args, **options).row_bound is bound


# Files


@pytest.mark.parametrize("size", [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME])
def test_a_file_of_any_size_comes_back_whole(size):
    content = os.urandom(size)
    box = b"".join(sealed_parts([content[:100], content[100:]], context="f"))
    assert opened(io.BytesIO(box), context="f").read() == content


@pytest.mark.parametrize("change", ["cut", "swap", "empty", "other"])
def test_a_file_that_was_cut_or_reordered_does_not_open(change):
    parts = list(sealed_parts([os.urandom(2 * FRAME + 5)], context="f"))
    boxes = {
        "cut": parts[:-1],
        "swap": [parts[0], parts[2], parts[1], parts[3]],
        "empty": parts[:1],
        "other": parts,
    }
    with pytest.raises(CannotUnseal):
        opened(io.BytesIO(b"".join(boxes[change])), context="g" if change == "other" else "f").read()


@pytest.mark.django_db
def test_a_document_is_unreadable_on_disk_and_readable_by_its_owner(client_for, casey):
    text = b"%PDF-1.4 passport of Casey Customer " * 50 + b"%%EOF"
    upload = io.BytesIO(text)
    upload.name = "passport.pdf"
    client = client_for(casey)
    answer = client.post("/api/upload", {"file": upload, "purpose": "document"}, format="multipart")
    assert answer.status_code == 201, answer.json()
    stored = StoredFile.objects.get()
    with default_storage.open(blobs.path_of(stored.filename)) as resting:
        content = resting.read()
    assert content.startswith(b"JSE1")
    assert b"passport" not in content
    shown = client.get(answer.json()["url"])
    assert b"".join(shown.streaming_content) == text
    assert shown["Content-Length"] == str(len(text))


@pytest.mark.django_db
def test_nobody_uploads_an_export(client_for, casey):
    upload = io.BytesIO(b"%PDF-1.4 x\n%%EOF")
    upload.name = "x.pdf"
    answer = client_for(casey).post("/api/upload", {"file": upload, "purpose": "export"}, format="multipart")
    assert answer.status_code == 400
    assert not StoredFile.objects.exists()


# Rotation


@pytest.mark.django_db(transaction=True)
def test_rotation_seals_everything_again_and_the_old_key_can_go(settings, casey, capsys):
    for number in range(5):
        stored_event(f"{SECRET}{number}")
    record, paper = stored_answer(a=SECRET), document(casey, b"%PDF " + os.urandom(FRAME))
    before = blobs.read(paper.filename, sealed=True).read()
    new = new_key()
    settings.ENCRYPTION_KEYS = [new, *settings.ENCRYPTION_KEYS]
    call_command("rotate_keys", "--check")
    assert "7 values are sealed with an older key" in capsys.readouterr().out
    call_command("rotate_keys", "--batch", "2")
    assert "payments_gatewayevent.body: 4 of 5" in capsys.readouterr().out
    settings.ENCRYPTION_KEYS = [new]
    assert sorted(each.body for each in GatewayEvent.objects.all()) == [f"{SECRET}{n}" for n in range(5)]
    assert IdempotencyRecord.objects.get(pk=record.pk).answer == {"a": SECRET}
    assert blobs.read(paper.filename, sealed=True).read() == before


@pytest.mark.django_db(transaction=True)
def test_a_rotation_that_was_stopped_goes_on_where_it_was(settings):
    from jobsphere.db.encryption_rotation import stores

    for number in range(4):
        stored_event(str(number))
    old = settings.ENCRYPTION_KEYS
    settings.ENCRYPTION_KEYS = [new_key(), *old]
    store = next(each for each in stores() if each.name == "payments_gatewayevent.body")
    assert next(store.rotate(3)) == 3
    assert store.outdated() == 1
    assert list(store.rotate(3)) == [1]
    assert list(store.rotate(3)) == []


# Keys


def test_the_first_start_makes_a_key_that_only_its_owner_may_read(tmp_path: Path):
    first = encryption_keys(tmp_path, make=True)
    assert encryption_keys(tmp_path, make=True) == first
    assert (tmp_path / "encryption.key").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["encryption.key"]


def test_the_variable_or_its_file_wins_and_production_makes_none(tmp_path: Path, monkeypatch):
    one, two = new_key(), new_key()
    monkeypatch.setenv("ENCRYPTION_KEYS", f"{one},{two}")
    assert encryption_keys(tmp_path, make=True) == [one, two]
    monkeypatch.delenv("ENCRYPTION_KEYS")
    (tmp_path / "keys").write_text(f"{two}\n{one}\n")
    monkeypatch.setenv("ENCRYPTION_KEYS_FILE", str(tmp_path / "keys"))
    assert encryption_keys(tmp_path, make=False) == [two, one]
    monkeypatch.delenv("ENCRYPTION_KEYS_FILE")
    assert encryption_keys(tmp_path, make=False) == []


def test_the_command_is_called_as_people_write_it(tmp_path: Path):
    server = Path(__file__).resolve().parents[2]
    command = [sys.executable, "manage.py", "rotate-keys", "--new-key"]
    done = subprocess.run(command, cwd=server, capture_output=True, text=True, check=True)
    assert len(done.stdout.strip()) == 44
