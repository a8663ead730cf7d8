"""How much a person may store and upload in a day, also when two uploads meet."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from PIL import Image

from jobsphere.db.transactions import edge_transaction
from jobsphere.files import content, quotas
from jobsphere.files.errors import StorageQuotaReached
from jobsphere.files.models import FileUsage, StoredFile
from jobsphere.files.tests.conftest import PDF, image
from jobsphere.files.tests.test_api import stored_on_disk, upload
from jobsphere.kit import clock

pytestmark = pytest.mark.django_db(transaction=True)


def used(client) -> tuple[int, int]:
    body = client.get("/api/files/usage/").json()
    return body["used_bytes"], body["uploads_today"]


def test_my_files_are_listed_with_what_they_use(client_for, casey, omar, django_assert_num_queries):
    client = client_for(casey)
    urls = [upload(client, name=f"{number}.pdf").json()["url"] for number in range(3)]
    upload(client_for(omar))
    with django_assert_num_queries(3):
        body = client.get("/api/files/?page_size=2").json()
    assert [each["display_name"] for each in body["results"]] == ["2.pdf", "1.pdf"]
    assert body["results"][0]["allowed_actions"] == ["delete"]
    assert (body["usage"]["used_bytes"], body["usage"]["uploads_today"]) == (3 * len(PDF), 3)
    assert [each["display_name"] for each in client.get(body["next"]).json()["results"]] == ["0.pdf"]
    client.delete(urls[0])
    assert used(client) == (2 * len(PDF), 3)
    assert client_for(None).get("/api/files/").status_code == 401
    with django_assert_num_queries(2):
        client.get(reverse("files-usage"))


def test_a_full_storage_says_what_to_do_and_deleting_makes_room(client_for, casey, storage, settings):
    settings.STORAGE_PER_PERSON = 2 * len(PDF) + 10
    client = client_for(casey)
    first = upload(client).json()
    assert upload(client).status_code == 201
    refused = upload(client)
    assert (refused.status_code, refused.json()["code"]) == (409, "storage-quota-reached")
    assert refused.json()["limit_bytes"] == settings.STORAGE_PER_PERSON
    assert "Delete some" in refused.json()["detail"]
    assert len(stored_on_disk(storage)) == StoredFile.objects.count() == 2
    client.delete(first["url"])
    assert upload(client).status_code == 201


@pytest.mark.parametrize("name,limit", [("UPLOADS_A_DAY", 2), ("UPLOAD_BYTES_A_DAY", 2 * len(PDF))])
def test_a_day_has_a_limit_that_deleting_does_not_lift_and_tomorrow_does(client_for, casey, settings, name, limit):
    setattr(settings, name, limit)
    client = client_for(casey)
    for _ in range(2):
        client.delete(upload(client).json()["url"])
    refused = upload(client)
    assert (refused.status_code, refused.json()["code"]) == (409, "uploads-quota-reached")
    assert refused.json()["resets_at"].endswith("T00:00:00Z")
    clock.set_offset(timedelta(days=1))
    assert upload(client_for(casey)).status_code == 201


def test_what_counts_is_what_is_kept_of_a_picture(client_for, casey):
    client = client_for(casey)
    body = upload(client, image("PNG") + b"\0" * 50_000, "x.png").json()
    assert used(client)[0] == body["size"] < 50_000


def test_of_uploads_at_the_same_moment_only_those_pass_that_fit(casey, settings):
    settings.STORAGE_PER_PERSON = 350
    together = Barrier(8)

    def one(_: int) -> bool:
        together.wait()
        try:
            with edge_transaction():
                quotas.reserve(casey.known_id(), 100)
        except StorageQuotaReached:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        passed = list(pool.map(one, range(8)))
    assert passed.count(True) == 3
    assert FileUsage.objects.get().used_bytes == 300


def test_a_refusal_at_the_last_moment_takes_the_content_away_again(client_for, casey, storage, settings):
    """A picture is larger once it is drawn anew: only the second look, in the transaction, can tell."""
    out = io.BytesIO()
    Image.effect_noise((300, 300), 80).save(out, "JPEG", quality=3)
    sent = out.getvalue()
    kept = content.check(sent, display_name="x.jpg").content
    settings.STORAGE_PER_PERSON = (len(sent) + len(kept)) // 2
    assert len(sent) < settings.STORAGE_PER_PERSON < len(kept)
    refused = upload(client_for(casey), sent, "x.jpg")
    assert (refused.status_code, refused.json()["code"]) == (409, "storage-quota-reached")
    assert stored_on_disk(storage) == []
    assert not StoredFile.objects.exists()
    assert not FileUsage.objects.exists()
