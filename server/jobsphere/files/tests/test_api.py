"""Upload, read, delete over HTTP; attaching to records (R91-R94)."""

import io
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from jobsphere.audit.models import AuditEntry
from jobsphere.db.transactions import edge_transaction
from jobsphere.files import access, selectors, services
from jobsphere.files.models import StoredFile
from jobsphere.files.tests.conftest import DOCX, PDF, image, photo_with_gps
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.ids import uuid7
from jobsphere.outbox.models import StoredEvent

pytestmark = pytest.mark.django_db(transaction=True)

RECORD = "test-record"


@pytest.fixture
def readers():
    """People who may read every record of our test type."""
    allowed: set[UUID | None] = set()
    access.register(RECORD, lambda actor, target_id: actor.id in allowed)
    yield allowed
    access.register(RECORD, lambda actor, target_id: False)


def upload(client: APIClient, content: bytes = PDF, name: str = "plan.pdf", **fields):
    return client.post("/api/upload", {"file": SimpleUploadedFile(name, content), **fields}, format="multipart")


def attached(actor: Actor, file_id: UUID, target: UUID) -> bool:
    """Say whether the file could be attached; a refusal names it."""
    try:
        with edge_transaction():
            services.attach(actor=actor, file_ids=[file_id], to_type=RECORD, to_id=target)
    except InvalidInput as error:
        return error.errors[0].pointer != "/file_ids/0"
    return True


def stored_on_disk(storage) -> list[str]:
    return sorted(path.name for path in storage.rglob("*.*"))


def test_a_file_is_stored_under_an_unguessable_name_and_read_back(client_for, casey, storage):
    client = client_for(casey)
    answer = upload(client)
    body = answer.json()
    assert answer.status_code == 201
    assert (body["display_name"], body["content_type"], body["size"]) == ("plan.pdf", "application/pdf", len(PDF))
    assert len(body["filename"]) == 36
    assert stored_on_disk(storage) == [body["filename"]]
    read = client.get(body["url"])
    assert b"".join(read.streaming_content) == PDF
    assert read["X-Content-Type-Options"] == "nosniff"
    assert read["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert "sandbox" in read["Content-Security-Policy"]
    assert read["Cache-Control"] == "private, no-store"


def test_uploading_and_deleting_leave_audit_entries_and_events(client_for, casey):
    client = client_for(casey)
    body = upload(client).json()
    client.delete(body["url"])
    assert list(AuditEntry.objects.order_by("id").values_list("verb", flat=True)) == ["file.upload", "file.delete"]
    assert list(StoredEvent.objects.values_list("name", flat=True)) == ["file.uploaded", "file.deleted"]


def test_a_photo_is_kept_without_what_the_camera_noted(client_for, casey):
    client = client_for(casey)
    body = upload(client, photo_with_gps(), "garden.jpeg").json()
    kept = b"".join(client.get(body["url"]).streaming_content)
    assert b"SECRET" not in kept
    assert (body["width"], body["height"], body["display_name"]) == (40, 60, "garden.jpg")


def test_an_attachment_is_for_its_owner_and_administrators_alone(client_for, casey, omar, ada):
    url = upload(client_for(casey)).json()["url"]
    assert client_for(omar).get(url).status_code == 404
    assert client_for(None).get(url).status_code == 404
    assert client_for(ada).get(url).status_code == 200


@pytest.mark.parametrize("purpose", ["avatar", "portfolio"])
def test_pictures_of_profiles_are_for_everybody(client_for, pat, purpose):
    url = upload(client_for(pat), image("PNG"), "me.png", purpose=purpose).json()["url"]
    read = client_for(None).get(url, HTTP_ACCEPT="image/webp,image/png")
    assert read.status_code == 200
    assert read["Content-Type"] == "image/png"
    assert read["Content-Disposition"].startswith("inline")
    assert "immutable" in read["Cache-Control"]


@pytest.mark.parametrize(
    "content,fields,status,code",
    [
        (b"MZ" + b"\0" * 100, {}, 400, "file-refused"),
        (b"", {}, 400, "invalid-input"),
        (PDF, {"purpose": "avatar"}, 400, "file-refused"),
        (PDF, {"purpose": "mischief"}, 400, "invalid-input"),
        (PDF, {"owner": "somebody"}, 400, "invalid-input"),
    ],
)
def test_a_bad_upload_is_refused_and_nothing_is_kept(client_for, casey, storage, content, fields, status, code):
    answer = upload(client_for(casey), content, **fields)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert stored_on_disk(storage) == []
    assert not StoredFile.objects.exists()


def test_a_form_without_a_file_is_told_which_field_is_missing(client_for, casey):
    answer = client_for(casey).post("/api/upload", {"purpose": "avatar"}, format="multipart")
    assert answer.json()["errors"][0]["pointer"] == "/file"


def test_json_is_not_a_form(client_for, casey):
    assert client_for(casey).post("/api/upload", {"file": "x"}, format="json").status_code == 415


def test_a_file_over_the_limit_is_refused_by_its_announced_length(client_for, casey, storage, settings):
    settings.MAX_FILE_SIZE = 1000
    answer = upload(client_for(casey), PDF + b"\0" * 200_000)
    assert (answer.status_code, answer.json()["code"], answer.json()["max_size"]) == (413, "file-too-large", 1000)
    assert stored_on_disk(storage) == []


def test_a_file_over_the_limit_is_refused_while_it_streams(client_for, casey, storage, settings):
    settings.MAX_FILE_SIZE = 1000
    answer = upload(client_for(casey), PDF + b"\0" * 2000)
    assert answer.status_code == 413
    assert not StoredFile.objects.exists()
    assert stored_on_disk(storage) == []


def test_a_visitor_cannot_upload(client_for, storage):
    assert upload(client_for(None)).status_code == 401
    assert stored_on_disk(storage) == []


def test_the_owner_deletes_and_the_content_follows(client_for, casey, storage, run_worker):
    client = client_for(casey)
    url = upload(client).json()["url"]
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404
    run_worker()
    assert stored_on_disk(storage) == []
    assert client.delete(url).status_code == 404


def test_nobody_else_deletes_and_the_file_stays(client_for, casey, pat, omar, storage):
    private = upload(client_for(casey)).json()["url"]
    public = upload(client_for(pat), image("PNG"), purpose="portfolio").json()["url"]
    assert client_for(omar).delete(private).status_code == 404
    assert client_for(omar).delete(public).status_code == 403
    assert client_for(None).delete(public).status_code == 401
    assert len(stored_on_disk(storage)) == 2
    assert StoredFile.objects.filter(deleted_at=None).count() == 2


def test_readers_of_a_record_read_its_files_and_strangers_do_not(client_for, casey, pat, omar, readers):
    file = upload(client_for(casey), DOCX, "offer.docx").json()
    target = uuid7()
    readers.add(pat.id)
    assert client_for(pat).get(file["url"]).status_code == 404
    with edge_transaction():
        services.attach(actor=casey, file_ids=[UUID(file["id"])], to_type=RECORD, to_id=target)
    assert client_for(pat).get(file["url"]).status_code == 200
    assert client_for(omar).get(file["url"]).status_code == 404
    assert [each.filename for each in selectors.files_for(RECORD, [target])[target]] == [file["filename"]]


def test_a_file_of_a_record_cannot_be_deleted(client_for, casey, readers):
    client = client_for(casey)
    file = upload(client).json()
    with edge_transaction():
        services.attach(actor=casey, file_ids=[UUID(file["id"])], to_type=RECORD, to_id=uuid7())
    refused = client.delete(file["url"])
    assert (refused.status_code, refused.json()["code"]) == (409, "file-in-use")
    assert client.get(file["url"]).status_code == 200


def test_attaching_is_for_ones_own_files_once(client_for, casey, pat, readers):
    file_id = UUID(upload(client_for(casey)).json()["id"])
    first, second = uuid7(), uuid7()
    for actor, target, taken in (
        (pat, first, False),
        (casey, first, True),
        (casey, first, True),
        (casey, second, False),
    ):
        assert attached(actor, file_id, target) is taken
    row = StoredFile.objects.get()
    assert (row.target_type, row.target_id) == (RECORD, first)
    assert AuditEntry.objects.filter(verb="file.attach").count() == 1


def test_query_counts_are_pinned(client_for, casey, readers, django_assert_num_queries):
    client = client_for(casey)
    files = [upload(client).json() for _ in range(3)]
    with django_assert_num_queries(2):
        assert client.get(files[0]["url"]).status_code == 200
    target = uuid7()
    with edge_transaction():
        services.attach(actor=casey, file_ids=[UUID(each["id"]) for each in files], to_type=RECORD, to_id=target)
    with django_assert_num_queries(1):
        assert len(selectors.files_for(RECORD, [target, uuid7()])[target]) == 3


def test_two_forms_with_the_same_name_do_not_meet(client_for, casey, storage):
    client = client_for(casey)
    assert len({upload(client, name="same.pdf").json()["filename"] for _ in range(3)}) == 3
    assert len(stored_on_disk(storage)) == 3


def test_a_broken_form_is_a_problem_and_not_a_crash(client_for, casey):
    client = client_for(casey)
    answer = client.generic("POST", "/api/upload", io.BytesIO(b"garbage").read(), content_type="multipart/form-data")
    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["x", "%00", "..%2F..%2Fetc%2Fpasswd", "a" * 500, "0" * 32 + ".pdf"])
def test_a_name_that_we_never_gave_is_not_found(client_for, casey, name):
    assert client_for(casey).get(f"/api/files/{name}").status_code == 404
