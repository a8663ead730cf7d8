"""The same files in a folder, on S3 and at Cloudinary: written, read, replaced, listed, signed, swept, moved."""

import hashlib
import io
import urllib.error
import urllib.request
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from jobsphere.db.transactions import edge_transaction
from jobsphere.files import access, blobs, moving, services, stores, sweeping
from jobsphere.files.models import StoredFile
from jobsphere.files.stores.base import Link
from jobsphere.files.tests.clouds import cloudinary_entry, cloudinary_server, s3_entry, s3_server
from jobsphere.files.tests.conftest import PDF, image
from jobsphere.files.tests.test_api import upload
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "ab/abcdef.pdf"


@pytest.fixture(scope="module")
def clouds():
    """Return the storage entries of both clouds, served here."""
    with s3_server() as s3, cloudinary_server() as cloudinary:
        yield {"s3": s3_entry(s3), "cloudinary": cloudinary_entry(cloudinary)}


@pytest.fixture
def every_store(settings, storage, clouds):
    """Configure all three; new files go to the folder."""
    local = settings.STORAGES["default"]
    settings.STORAGES = {**settings.STORAGES, "local": local, **clouds}
    yield
    settings.FILE_STORE, settings.STORAGES = "local", {**settings.STORAGES, "default": local, **clouds}
    for name in clouds:
        for folder in used_folders():
            for content in list(stores.of(name).listed(f"{folder}/")):
                stores.of(name).delete(content.path)


def used_folders() -> set[str]:
    return {"ab", *(name[:2] for name in StoredFile.objects.values_list("filename", flat=True))}


def switch(settings, name: str) -> None:
    settings.FILE_STORE = name
    settings.STORAGES = {**settings.STORAGES, "default": settings.STORAGES[name]}


@pytest.fixture(params=["local", "s3", "cloudinary"])
def store(request, settings, every_store):
    """Make this one the store of new files."""
    switch(settings, request.param)
    return request.param


def fetched(address: str) -> tuple[bytes, dict[str, str]]:
    with urllib.request.urlopen(address, timeout=5) as answer:
        return answer.read(), {name.lower(): value for name, value in answer.headers.items()}


def content_of(client, url: str) -> bytes:
    """Read a file as a browser does: following the redirect."""
    answer = client.get(url)
    if answer.status_code == 302:
        return fetched(answer["Location"])[0]
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def test_a_content_is_written_replaced_listed_and_deleted(store):
    place = stores.of(store)
    assert not place.exists(NAME)
    with pytest.raises(FileNotFoundError):
        place.open(NAME)
    for text in (b"first", b"second and longer"):
        assert place.save(NAME, ContentFile(text)) == NAME
        with place.open(NAME) as content:
            assert content.read() == text
    [found] = place.listed("ab/")
    assert (found.path, found.size) == (NAME, 17)
    assert abs(clock.machine_now() - found.modified_at) < timedelta(minutes=1)
    assert list(place.listed("ba/")) == []
    place.delete(NAME)
    place.delete(NAME)
    assert not place.exists(NAME)


@pytest.mark.parametrize("number", [7])
def test_a_long_list_is_followed_to_its_end(store, number):
    place = stores.of(store)
    for each in range(number):
        place.save(f"ab/ab{each}.pdf", ContentFile(b"x"))
    assert len(list(place.listed("ab/"))) == number


def test_every_file_goes_the_whole_way(client_for, casey, omar, store, run_worker):
    client = client_for(casey)
    plan, photo = upload(client).json(), upload(client, image("PNG", size=(2000, 900)), "roof.png").json()
    assert StoredFile.objects.filter(store=store).count() == 2
    run_worker()
    assert content_of(client, plan["url"]) == PDF
    small = content_of(client, photo["url"] + "?size=small")
    assert small[:4] == b"RIFF"
    assert len(small) < len(content_of(client, photo["url"]))
    assert client_for(omar).get(plan["url"]).status_code == 404
    client.delete(photo["url"])
    run_worker()
    folder = photo["filename"][:2]
    assert [each.path for each in stores.of(store).listed(f"{folder}/") if photo["filename"][:32] in each.path] == []


@pytest.mark.parametrize("store", ["s3", "cloudinary"], indirect=True)
def test_a_private_file_is_a_redirect_to_an_address_that_soon_ends(client_for, casey, store):
    client = client_for(casey)
    answer = client.get(upload(client, name="Plan für Küche.pdf").json()["url"])
    assert answer.status_code == 302
    assert answer["Cache-Control"] == "private, no-store"
    content, headers = fetched(answer["Location"])
    assert content == PDF
    assert headers["content-type"] == "application/pdf"
    assert headers["content-disposition"].startswith("attachment")
    query = parse_qs(urlsplit(answer["Location"]).query)
    if store == "s3":
        assert query["X-Amz-Expires"] == ["60"]
        assert "K%C3%BCche" in headers["content-disposition"]
    else:
        assert int(query["expires_at"][0]) - clock.machine_now().timestamp() < 61


def test_cloudinary_refuses_an_address_that_was_changed_or_is_over(client_for, casey, settings, every_store):
    switch(settings, "cloudinary")
    client = client_for(casey)
    file = upload(client).json()
    place, name = stores.of("cloudinary"), blobs.path_of(file["filename"])
    good = place.signed(name, Link("application/pdf", "attachment", 60))
    assert good is not None
    assert fetched(good)[0] == PDF
    other = good.replace(file["filename"], upload(client).json()["filename"])
    late = place.signed(name, Link("application/pdf", "attachment", -1))
    for wrong in (other, good.replace("expires_at=", "expires_at=9"), late):
        assert wrong is not None
        with pytest.raises(urllib.error.HTTPError, match="401"):
            fetched(wrong)


def test_papers_rest_sealed_everywhere_and_come_through_us(client_for, casey, store):
    client = client_for(casey)
    file = upload(client, purpose="document").json()
    with stores.of(store).open(blobs.path_of(file["filename"])) as resting:
        assert resting.read(4) == b"JSE1"
    answer = client.get(file["url"])
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF


@pytest.mark.parametrize("store", ["s3", "cloudinary"], indirect=True)
def test_without_redirects_we_hand_it_out_ourselves(client_for, casey, settings, store):
    settings.FILE_REDIRECTS = False
    client = client_for(casey)
    answer = client.get(upload(client).json()["url"])
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF


@pytest.mark.parametrize("store", ["s3", "cloudinary"], indirect=True)
def test_public_pictures_redirect_for_longer(client_for, pat, store):
    file = upload(client_for(pat), image("PNG"), "me.png", purpose="avatar").json()
    answer = client_for(None).get(file["url"])
    assert answer.status_code == 302
    assert answer["Cache-Control"] == "public, max-age=1800"
    assert fetched(answer["Location"])[1]["content-type"] == "image/png"


@pytest.mark.parametrize("name", ["s3", "cloudinary"])
def test_a_store_that_is_away_is_503_and_nothing_is_kept(client_for, casey, settings, every_store, name):
    away = {"s3": s3_entry, "cloudinary": cloudinary_entry}[name]("http://127.0.0.1:9")
    settings.STORAGES = {**settings.STORAGES, name: away}
    client = client_for(casey)
    here = upload(client).json()
    switch(settings, name)
    answer = upload(client)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert StoredFile.objects.count() == 1
    assert content_of(client, here["url"]) == PDF


# Moving


def attach_to(actor: Actor, file: dict[str, str]) -> None:
    access.register("test-move", lambda reader, target_id: True)
    with edge_transaction():
        services.attach(actor=actor, file_ids=[UUID(file["id"])], to_type="test-move", to_id=uuid7())


def move(to: str, *options: str) -> str:
    out = io.StringIO()
    call_command("move_files", "--to", to, *options, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.parametrize("to", ["s3", "cloudinary"])
def test_everything_moves_and_comes_back(client_for, casey, settings, every_store, storage, run_worker, to):
    client = client_for(casey)
    plain, paper = upload(client).json(), upload(client, purpose="document").json()
    photo = upload(client, image("JPEG", size=(2000, 900)), "roof.jpg").json()
    run_worker()
    picture = content_of(client, photo["url"])
    assert "3 files" in move(to, "--dry-run")
    assert set(StoredFile.objects.values_list("store", flat=True)) == {"local"}
    assert "still go to local" in move(to)
    switch(settings, to)
    assert set(StoredFile.objects.values_list("store", flat=True)) == {to}
    assert content_of(client, plain["url"]) == content_of(client, paper["url"]) == PDF
    assert content_of(client, photo["url"]) == picture
    assert content_of(client, photo["url"] + "?size=small")[:4] == b"RIFF"
    assert "0 files" in move(to)
    clock.set_offset(timedelta(hours=2))
    run_worker_later(run_worker)
    assert [path for path in storage.rglob("*") if path.is_file()] == []
    move("local")
    switch(settings, "local")
    assert content_of(client, plain["url"]) == PDF


def run_worker_later(run_worker) -> None:
    """Bring what waits in the queue forward: the machine's own clock is not moved."""
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.update(run_after=clock.machine_now() - timedelta(days=1))
    run_worker()


def test_a_move_that_is_stopped_goes_on_where_it_was(client_for, casey, every_store):
    client = client_for(casey)
    files = [upload(client).json() for _ in range(5)]
    stopped = moving.move("s3")
    for _ in range(2):
        next(stopped)
    stopped.close()
    assert StoredFile.objects.filter(store="s3").count() == 2
    assert all(content_of(client, each["url"]) == PDF for each in files)
    assert "3 files" in move("s3")
    assert StoredFile.objects.filter(store="s3").count() == 5


def test_a_content_that_has_changed_stays_and_is_named(client_for, casey, every_store, storage):
    client = client_for(casey)
    good, bad = upload(client).json(), upload(client).json()
    (storage / blobs.path_of(bad["filename"])).write_bytes(b"rotten")
    with pytest.raises(CommandError, match="1 files stayed"):
        move("s3")
    assert dict(StoredFile.objects.values_list("filename", "store")) == {
        good["filename"]: "s3",
        bad["filename"]: "local",
    }


def test_a_file_that_is_deleted_while_it_moves_leaves_nothing(client_for, casey, every_store, run_worker):
    client = client_for(casey)
    file = upload(client).json()
    row = StoredFile.objects.get()
    client.delete(file["url"])
    assert moving._moved(row, "s3") == ""
    run_worker()
    assert not stores.of("s3").exists(blobs.path_of(file["filename"]))
    assert not stores.of("local").exists(blobs.path_of(file["filename"]))


def test_a_store_without_settings_is_no_place_to_go(settings, storage):
    with pytest.raises(CommandError, match="no settings"):
        move("s3")


def test_the_checksum_is_noted_at_upload(client_for, casey):
    upload(client_for(casey))
    assert StoredFile.objects.get().sha256 == hashlib.sha256(PDF).hexdigest()


# Sweeping


def test_the_sweep_finds_what_nobody_needs_and_what_is_missing(client_for, casey, store, run_worker, monkeypatch):
    client = client_for(casey)
    kept, loose, lost = (upload(client).json() for _ in range(3))
    attach_to(casey, kept)
    attach_to(casey, lost)
    place = stores.of(store)
    place.save("ab/abandoned.pdf", ContentFile(b"nobody's"))
    place.delete(blobs.path_of(lost["filename"]))
    report = sweeping.sweep(sweeping.remove_one)
    assert (report.unattached, report.orphans, report.missing_names) == (0, 0, [lost["filename"]])
    StoredFile.objects.update(created_at=clock.now() - timedelta(days=31))
    monkeypatch.setattr(sweeping, "FOLDERS", sorted(used_folders()))
    monkeypatch.setattr(sweeping, "GRACE", timedelta(minutes=-1))
    assert sweeping.sweep(sweeping.look_only).orphans == 1
    report = sweeping.sweep(sweeping.remove_one)
    run_worker()
    assert (report.unattached, report.orphan_bytes) == (1, 8 + len(PDF))
    assert not place.exists("ab/abandoned.pdf")
    assert client.get(loose["url"]).status_code == 404
    assert content_of(client, kept["url"]) == PDF
