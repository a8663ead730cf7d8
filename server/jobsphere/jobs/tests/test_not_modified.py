"""What everybody may read is sent again only when a byte of it has changed; what is read signed in is never kept."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import edge_transaction
from jobsphere.jobs.models import Job
from jobsphere.kit.actor import Actor
from jobsphere.users.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql_only]

ClientFor = Callable[[Actor | None], APIClient]


@pytest.fixture(params=["/api/jobs/", "/api/jobs/{}/"])
def path(request, open_job) -> str:
    return str(request.param).format(open_job)


def test_an_unchanged_answer_is_not_sent_again(path: str, client_for: ClientFor) -> None:
    visitor = client_for(None)
    first = visitor.get(path)
    again = visitor.get(path, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"]


def test_a_change_of_the_job_or_of_the_name_in_it_is_sent_at_once(path, open_job, casey, client_for: ClientFor) -> None:
    visitor = client_for(None)
    tag = visitor.get(path)["ETag"]
    for model, key, change in (
        (Job, open_job, {"title": "Another title"}),
        (Job, open_job, {"proposal_count": 7}),
        (User, casey.id, {"name": "Casey Renamed"}),
    ):
        with edge_transaction():
            update_where(model, {"pk": key}, **change)
        answer = visitor.get(path, HTTP_IF_NONE_MATCH=tag)
        assert answer.status_code == 200
        assert answer["ETag"] != tag
        tag = answer["ETag"]


def test_no_shared_cache_may_hand_on_what_somebody_reads_signed_in(path: str, casey, client_for: ClientFor) -> None:
    private = client_for(casey).get(path)
    assert private["Cache-Control"] == "no-store"
    assert "ETag" not in private
    public = client_for(None).get(path)
    assert public["Cache-Control"] == "public, no-cache"
    assert {"Authorization", "Cookie"} <= {word.strip() for word in public["Vary"].split(",")}


def test_a_tag_of_the_public_answer_says_nothing_to_who_is_signed_in(path: str, casey, client_for: ClientFor) -> None:
    tag = client_for(None).get(path)["ETag"]
    assert client_for(casey).get(path, HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_another_origin_does_not_undo_what_the_answer_depends_on(path: str, client_for: ClientFor, settings) -> None:
    settings.CORS_ORIGINS = ["https://pages.example"]
    answer = client_for(None).get(path, HTTP_ORIGIN="https://pages.example")
    assert {"Origin", "Authorization"} <= {word.strip() for word in answer["Vary"].split(",")}
