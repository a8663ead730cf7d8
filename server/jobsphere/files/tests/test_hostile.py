"""Two hundred hostile uploads: each is refused with its reason, or kept and harmless (issue 5)."""

import io
import tracemalloc

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from jobsphere.files.models import FileUsage, StoredFile
from jobsphere.files.tests.hostile import PAYLOAD, Case, every_case
from jobsphere.files.tests.test_api import stored_on_disk

pytestmark = pytest.mark.django_db(transaction=True)

CASES = every_case()
#: What Python itself may take for one upload of ten megabytes (the content, and pieces of it that are looked at).
MEMORY = 60_000_000


def test_there_are_two_hundred_and_no_two_have_one_name():
    assert len({case.name for case in CASES}) == len(CASES) >= 200


@pytest.fixture
def client(client_for, casey, settings):
    settings.UPLOADS_A_DAY = 10_000
    return client_for(casey)


def sent(client, case: Case, content: bytes):
    file = SimpleUploadedFile("x", content)
    # Django's own class cleans names; a hostile client does not.
    file.__dict__["_name"] = case.filename
    return client.post("/api/upload", {"file": file}, format="multipart")


@pytest.mark.parametrize("group", sorted({case.name.partition(":")[0] for case in CASES}))
def test_refused_with_its_reason_or_harmless(client, storage, run_worker, group):
    wrong = []
    for case in CASES:
        if case.name.startswith(f"{group}:"):
            try:
                _judge(client, storage, case)
            except AssertionError as error:
                wrong.append(str(error))
    assert not wrong, "\n".join(wrong)
    run_worker()
    kept = StoredFile.objects.count()
    usage = FileUsage.objects.first()
    assert (usage.uploads if usage else 0) == kept


def _judge(client, storage, case: Case) -> None:
    before = stored_on_disk(storage)
    content = case.make()
    tracemalloc.start()
    answer = sent(client, case, content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MEMORY, (case.name, peak)
    body = answer.json()
    if answer.status_code == 201:
        assert case.reason == "", (case.name, body)
        return _harmless(client, case, body)
    assert (answer.status_code, body["code"]) == (400, case.code), (case.name, body)
    assert case.reason, (case.name, "was refused", body["detail"])
    assert case.reason in body["detail"], (case.name, body["detail"])
    assert body["errors"][0]["pointer"] == "/file"
    assert stored_on_disk(storage) == before, case.name
    return None


def _harmless(client, case: Case, body: dict) -> None:
    """Look at what is handed out: a picture that is nothing but pixels, or a download that can do nothing here."""
    answer = client.get(body["url"])
    content = b"".join(answer.streaming_content)
    disposition = answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert all(letter.isprintable() for letter in disposition)
    assert "/" not in body["display_name"]
    assert "\\" not in body["display_name"]
    if answer["Content-Type"].startswith("image/"):
        assert PAYLOAD not in content, case.name
        with Image.open(io.BytesIO(content)) as picture:
            assert not picture.getexif()
            assert not picture.info.get("icc_profile")
            assert not picture.info.get("comment")
    else:
        assert disposition.startswith("attachment"), case.name
        assert body["display_name"].endswith((".pdf", ".docx", ".xlsx", ".odt")), case.name
