"""The files of records: read in one go by those who read the records, and set by those who own them."""

import pytest

from jobsphere.files import access
from jobsphere.files.models import FileUsage, StoredFile
from jobsphere.files.tests.conftest import PDF, image
from jobsphere.files.tests.test_api import upload
from jobsphere.files.types import Purpose
from jobsphere.kit.ids import uuid7

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def record(casey, pat):
    """Register records that casey owns and pat may read; return the id of one."""
    known = {uuid7()}
    access.register(
        "test-record",
        lambda actor, each: each in known and actor.id in (casey.id, pat.id),
        may_change=lambda actor, each: each in known and actor.id == casey.id,
        most=3,
    )
    return next(iter(known))


def set_files(client, record, files, kind="test-record"):
    body = {"file_ids": [each["id"] for each in files]}
    return client.put(f"/api/attachments/{kind}/{record}/", body, format="json")


def names(client, *ids, kind="test-record"):
    answer = client.get(f"/api/attachments/{kind}/?ids={','.join(map(str, ids))}")
    assert answer.status_code == 200, answer.content
    return {row["target_id"]: [file["display_name"] for file in row["files"]] for row in answer.json()["results"]}


def test_the_owner_sets_readers_read_and_strangers_see_nothing(client_for, casey, pat, omar, record):
    client = client_for(casey)
    one, two = upload(client, name="one.pdf").json(), upload(client, name="two.pdf").json()
    assert set_files(client, record, [one, two]).status_code == 200
    assert names(client_for(pat), record, uuid7()) == {str(record): ["one.pdf", "two.pdf"]}
    assert client_for(pat).get(one["url"]).status_code == 200
    for stranger in (omar, None):
        assert names(client_for(stranger), record) == {}
        assert client_for(stranger).get(one["url"]).status_code == 404


def test_what_is_left_out_is_deleted_and_makes_room(client_for, casey, record, run_worker):
    client = client_for(casey)
    one, two = upload(client, name="one.pdf").json(), upload(client, name="two.pdf").json()
    set_files(client, record, [one, two])
    assert set_files(client, record, [two]).json()["files"][0]["display_name"] == "two.pdf"
    run_worker()
    assert client.get(one["url"]).status_code == 404
    assert FileUsage.objects.get().used_bytes == len(PDF)
    assert set_files(client, record, []).json()["files"] == []


def test_nobody_else_sets_them_and_nothing_changes(client_for, casey, pat, omar, record):
    client = client_for(casey)
    set_files(client, record, [upload(client).json()])
    for actor, status in ((pat, 404), (omar, 404), (None, 401)):
        mine = [upload(client_for(actor)).json()] if actor else []
        assert set_files(client_for(actor), record, mine).status_code == status
    assert set_files(client, uuid7(), []).status_code == 404
    assert StoredFile.objects.filter(target_id=record, deleted_at=None).count() == 1


def test_only_so_many_and_only_ones_own(client_for, casey, omar, record):
    client = client_for(casey)
    files = [upload(client).json() for _ in range(4)]
    answer = set_files(client, record, files)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "too-many")
    theirs = upload(client_for(omar)).json()
    answer = set_files(client, record, [files[0], theirs])
    assert answer.json()["errors"][0] == {
        "pointer": "/file_ids/1",
        "code": "no-such-file",
        "detail": "This is not a file of yours, or it is part of something else. Upload it again.",
    }
    assert names(client, record) == {}


def test_a_public_place_takes_public_pictures_and_a_private_one_does_not(client_for, pat, record, casey):
    client = client_for(pat)
    face, paper = upload(client, image(), "me.png", purpose="avatar").json(), upload(client).json()
    assert set_files(client, pat.id, [paper], "avatar").json()["errors"][0]["code"] == "wrong-purpose"
    assert set_files(client, pat.id, [face], "avatar").status_code == 200
    assert names(client_for(None), pat.id, kind="avatar") == {str(pat.id): ["me.png"]}
    shown = upload(client_for(casey), image(), "x.png", purpose="portfolio").json()
    assert set_files(client_for(casey), record, [shown]).json()["errors"][0]["code"] == "wrong-purpose"
    assert StoredFile.objects.filter(purpose=Purpose.PORTFOLIO, target_id=None).exists()


def test_a_face_is_ones_own(client_for, pat, omar):
    face = upload(client_for(omar), image(), "x.png", purpose="avatar").json()
    assert set_files(client_for(omar), pat.id, [face], "avatar").status_code == 404
    assert names(client_for(None), pat.id, kind="avatar") == {}


def test_an_unknown_kind_and_odd_ids_are_problems(client_for, casey):
    client = client_for(casey)
    assert client.get(f"/api/attachments/unicorn/?ids={uuid7()}").status_code == 404
    assert client.get("/api/attachments/avatar/").status_code == 400
    assert client.get("/api/attachments/avatar/?ids=x").status_code == 400
    assert set_files(client, uuid7(), [], "unicorn").status_code == 404


def test_query_counts_are_pinned(client_for, casey, pat, record, django_assert_num_queries):
    client = client_for(casey)
    one, two = upload(client).json(), upload(client).json()
    with django_assert_num_queries(12):
        set_files(client, record, [one, two])
    with django_assert_num_queries(2):
        names(client, record, uuid7(), uuid7())
    with django_assert_num_queries(1):
        names(client_for(None), *[uuid7() for _ in range(40)], kind="avatar")
