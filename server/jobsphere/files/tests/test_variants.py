"""Smaller forms of pictures, drawn by the queue; the original stands in until they are there."""

import io

import pytest
from PIL import Image

from jobsphere.files import blobs, housekeeping, tasks
from jobsphere.files.models import StoredFile
from jobsphere.files.rules import variant_name
from jobsphere.files.tests.conftest import PDF, image
from jobsphere.files.tests.test_api import stored_on_disk, upload

pytestmark = pytest.mark.django_db(transaction=True)


def shown(client, url: str) -> tuple[Image.Image, str]:
    answer = client.get(url)
    content = b"".join(answer.streaming_content)
    assert answer["Content-Length"] == str(len(content))
    assert answer["Content-Type"] == f"image/{str(Image.open(io.BytesIO(content)).format).lower()}"
    return Image.open(io.BytesIO(content)), answer["Cache-Control"]


def test_the_original_stands_in_until_the_queue_has_drawn(client_for, pat, run_worker):
    client = client_for(pat)
    url = upload(client, image("JPEG", size=(3000, 1500)), "me.jpg", purpose="portfolio").json()["url"]
    for size in ("small", "large"):
        picture, kept = shown(client, f"{url}?size={size}")
        assert (picture.size, kept) == ((3000, 1500), "public, max-age=60")
    run_worker()
    for size, pixels in {"small": (480, 240), "large": (1600, 800)}.items():
        picture, kept = shown(client, f"{url}?size={size}")
        assert (picture.format, picture.size) == ("WEBP", pixels)
        assert "immutable" in kept
    assert shown(client, url)[0].size == (3000, 1500)


def test_who_may_not_read_the_picture_may_not_read_a_smaller_one(client_for, casey, omar, run_worker):
    url = upload(client_for(casey), image(size=(900, 900)), "x.png").json()["url"]
    run_worker()
    assert client_for(omar).get(f"{url}?size=small").status_code == 404
    name = variant_name(StoredFile.objects.get().filename, "small")
    assert client_for(casey).get(f"/api/files/{name}").status_code == 404


def test_the_answer_tells_place_and_colour_at_once(client_for, casey):
    body = upload(client_for(casey), image(size=(300, 200)), "x.png").json()
    assert (body["width"], body["height"], body["colour"]) == (300, 200, "#ff0000")
    assert upload(client_for(casey)).json()["colour"] == ""
    clear = upload(client_for(casey), image(mode="RGBA"), "clear.png").json()
    assert len(clear["colour"]) == 7


def test_drawing_again_changes_nothing(client_for, casey, run_worker, storage):
    upload(client_for(casey), image(size=(900, 900)), "x.png")
    run_worker()
    before, row = stored_on_disk(storage), StoredFile.objects.get()
    tasks.make_variants(row.filename)
    housekeeping.make_missing_variants()
    run_worker()
    assert stored_on_disk(storage) == before
    assert StoredFile.objects.get().variants == row.variants


def test_what_was_never_drawn_is_found_by_the_clock(client_for, casey, run_worker):
    upload(client_for(casey), image(size=(900, 900)), "x.png")
    run_worker()
    StoredFile.objects.update(variants=None)
    housekeeping.make_missing_variants()
    run_worker()
    assert set(StoredFile.objects.get().variants or ()) == {"small"}


def test_a_small_picture_needs_no_smaller_one(client_for, casey, run_worker, storage):
    client = client_for(casey)
    url = upload(client, image(size=(60, 40)), "x.png").json()["url"]
    run_worker()
    assert StoredFile.objects.get().variants == {}
    assert shown(client, f"{url}?size=small")[0].size == (60, 40)
    assert len(stored_on_disk(storage)) == 1


def test_smaller_forms_of_papers_rest_sealed_and_are_sealed_again(client_for, casey, run_worker, storage, settings):
    from jobsphere.db.encryption import new_key
    from jobsphere.files.sealing import STORE

    client = client_for(casey)
    url = upload(client, image(size=(900, 900)), "x.png", purpose="document").json()["url"]
    run_worker()
    filename = StoredFile.objects.get().filename
    small = storage / blobs.path_of(variant_name(filename, "small"))
    assert small.read_bytes().startswith(b"JSE1")
    new = new_key()
    settings.ENCRYPTION_KEYS = [new, *settings.ENCRYPTION_KEYS]
    assert STORE.outdated() == 2
    assert list(STORE.rotate(10)) == [2]
    settings.ENCRYPTION_KEYS = [new]
    assert shown(client, f"{url}?size=small")[0].size == (480, 480)


def test_a_file_that_was_deleted_meanwhile_leaves_nothing(client_for, casey, run_worker, storage):
    client = client_for(casey)
    client.delete(upload(client, image(size=(900, 900)), "x.png").json()["url"])
    run_worker()
    assert stored_on_disk(storage) == []


@pytest.mark.parametrize("size", ["huge", "../../etc", "0"])
def test_there_are_two_sizes_and_no_others(client_for, casey, size):
    url = upload(client_for(casey), image(), "x.png").json()["url"]
    assert client_for(casey).get(f"{url}?size={size}").status_code == 400


def test_a_document_has_one_form_only(client_for, casey):
    client = client_for(casey)
    answer = client.get(upload(client).json()["url"] + "?size=small")
    assert b"".join(answer.streaming_content) == PDF
