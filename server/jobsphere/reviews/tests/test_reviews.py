"""Both write blind, all is shown at once, and stars count exactly while they are shown."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from rest_framework.test import APIClient

from jobsphere.audit.models import AuditEntry
from jobsphere.contracts import services as deals
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Forbidden
from jobsphere.notifications.models import Notification
from jobsphere.outbox import worker
from jobsphere.outbox.models import StoredEvent
from jobsphere.profiles.models import ContractorProfile
from jobsphere.reviews import selectors, services
from jobsphere.reviews.models import Review, Round
from jobsphere.reviews.tests.conftest import People

Rows = Callable[..., list[dict[str, Any]]]
ALL = (Round, Review, ContractorProfile, AuditEntry, StoredEvent)


@pytest.fixture
def contract(people: People) -> UUID:
    """A contract that is completed and paid."""
    return people.finished()


def write(client: APIClient, contract_id: UUID, rating: int = 5, text: str = "") -> Any:
    return client.post(
        "/api/reviews/", {"contract_id": str(contract_id), "rating": rating, "text": text}, format="json"
    )


def round_of(client: APIClient, contract_id: UUID) -> dict[str, Any]:
    answer = client.get(f"/api/reviews/rounds/{contract_id}/")
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


def stars_of(client: APIClient, person: Actor) -> tuple[Any, Any]:
    profile = client.get(f"/api/contractors/{person.id}/").json()
    return profile["rating_average"], profile["rating_count"]


def test_the_first_review_is_read_by_its_author_alone(people: People, contract: UUID, client_for: Any):
    casey, pat = client_for(people.casey), client_for(people.pat)
    before = round_of(pat, contract)
    written = write(casey, contract, 4, "Quick and tidy.").json()
    assert (written["status"], written["allowed_actions"]) == ("sealed", ["edit"])
    assert round_of(casey, contract)["mine"]["rating"] == 4
    assert round_of(casey, contract)["allowed_actions"] == []
    # Nothing at all is different for the other one.
    assert round_of(pat, contract) == before
    assert pat.get(f"/api/reviews/{written['id']}/").status_code == 404
    assert client_for(None).get(f"/api/contractors/{people.pat.id}/reviews/").json()["results"] == []
    assert stars_of(casey, people.pat) == (None, 0)


def test_the_second_review_shows_both(people: People, contract: UUID, client_for: Any):
    casey, pat, visitor = client_for(people.casey), client_for(people.pat), client_for(None)
    write(casey, contract, 4, "Quick and tidy.")
    write(pat, contract, 5)
    worker.drain()
    seen = round_of(pat, contract)
    assert (seen["theirs"]["rating"], seen["theirs"]["allowed_actions"]) == (4, ["reply"])
    (shown,) = visitor.get(f"/api/contractors/{people.pat.id}/reviews/").json()["results"]
    assert (shown["author"], shown["rating"], shown["text"]) == ("Casey C.", 4, "Quick and tidy.")
    assert stars_of(visitor, people.pat) == (4.0, 1)
    spread = visitor.get(f"/api/contractors/{people.pat.id}/stars/").json()
    assert spread == {"average": 4.0, "count": 1, "stars": {"1": 0, "2": 0, "3": 0, "4": 1, "5": 0}}
    assert casey.get(f"/api/customers/{people.casey.id}/stars/").json()["average"] == 5.0
    told = Notification.objects.filter(user_id=people.pat.known_id(), type__startswith="review.").count()
    assert told == 2  # how was it, and: you were given stars


def test_what_one_wrote_is_shown_when_the_time_is_over(people: People, contract: UUID, client_for: Any, settings: Any):
    casey, pat = client_for(people.casey), client_for(people.pat)
    write(casey, contract, 3)
    clock.set_offset(timedelta(days=settings.REVIEW_DAYS, minutes=30))
    assert write(pat, contract).json()["code"] == "reviews-closed"
    worker.drain()
    assert round_of(pat, contract)["theirs"]["rating"] == 3
    assert stars_of(casey, people.pat) == (3.0, 1)


def test_a_review_can_be_changed_until_it_is_shown_and_stands_then(people: People, contract: UUID, client_for: Any):
    casey, pat = client_for(people.casey), client_for(people.pat)
    review_id = write(casey, contract, 3).json()["id"]
    changed = casey.put(
        f"/api/reviews/{review_id}/", {"rating": 5, "text": "On second thoughts."}, format="json"
    ).json()
    assert (changed["rating"], changed["text"], changed["status"]) == (5, "On second thoughts.", "sealed")
    write(pat, contract)
    assert stars_of(casey, people.pat) == (5.0, 1)
    refused = casey.put(f"/api/reviews/{review_id}/", {"rating": 1, "text": "Revenge."}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong-status")
    assert Review.objects.get(pk=review_id).rating == 5


@pytest.mark.parametrize(
    ("body", "pointer"), [({"rating": 0}, "/rating"), ({"rating": 6}, "/rating"), ({"rating": 1}, "/text")]
)
def test_what_is_no_review_changes_nothing(
    people: People, contract: UUID, client_for: Any, rows: Rows, body: dict[str, Any], pointer: str
):
    before = rows(*ALL)
    answer = client_for(people.casey).post("/api/reviews/", {"contract_id": str(contract), **body}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
    assert rows(*ALL) == before


def test_a_second_one_by_the_same_person_is_refused(people: People, contract: UUID, client_for: Any, rows: Rows):
    casey = client_for(people.casey)
    write(casey, contract, 4)
    before = rows(*ALL)
    assert (write(casey, contract, 1, "Worse.").json()["code"]) == "already-reviewed"
    assert rows(*ALL) == before


def test_strangers_learn_nothing(people: People, contract: UUID, omar: Actor, client_for: Any, rows: Rows):
    review_id = write(client_for(people.casey), contract).json()["id"]
    before = rows(*ALL)
    stranger = client_for(omar)
    for theirs, nobodys in [
        (stranger.get(f"/api/reviews/rounds/{contract}/"), stranger.get(f"/api/reviews/rounds/{uuid4()}/")),
        (stranger.get(f"/api/reviews/{review_id}/"), stranger.get(f"/api/reviews/{uuid4()}/")),
        (write(stranger, contract), write(stranger, uuid4())),
        (
            stranger.post(f"/api/reviews/{review_id}/reply/", {"text": "Ha."}, format="json"),
            stranger.get(f"/api/reviews/{uuid4()}/"),
        ),
    ]:
        assert (theirs.status_code, theirs.json()["detail"]) == (404, nobodys.json()["detail"])
    assert rows(*ALL) == before


def test_a_contract_that_runs_or_paid_nothing_is_not_reviewed(people: People, client_for: Any):
    running = people.hired()
    assert write(client_for(people.casey), running).status_code == 404
    people.do(deals.cancel_contract, people.pat, contract_id=running, reason="I am ill.")
    assert not Round.objects.exists()
    assert write(client_for(people.casey), running).status_code == 404


def test_who_was_reviewed_answers_once(people: People, contract: UUID, client_for: Any, rows: Rows):
    casey, pat = client_for(people.casey), client_for(people.pat)
    review_id = write(casey, contract, 2, "Late twice.").json()["id"]
    write(pat, contract)
    answered = pat.post(f"/api/reviews/{review_id}/reply/", {"text": " The trains. Sorry! "}, format="json").json()
    assert (answered["reply"], answered["allowed_actions"]) == ("The trains. Sorry!", [])
    before = rows(*ALL)
    again = pat.post(f"/api/reviews/{review_id}/reply/", {"text": "And another thing."}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "already-replied")
    # Its author cannot answer themselves.
    assert casey.post(f"/api/reviews/{review_id}/reply/", {"text": "So what."}, format="json").status_code == 409
    assert rows(*ALL) == before
    (shown,) = client_for(None).get(f"/api/contractors/{people.pat.id}/reviews/").json()["results"]
    assert shown["reply"] == "The trains. Sorry!"


def test_moderation_takes_one_out_of_sight_with_its_stars_and_puts_it_back(
    people: People, contract: UUID, ada: Actor, client_for: Any, rows: Rows
):
    casey, pat = client_for(people.casey), client_for(people.pat)
    review_id = write(casey, contract, 1, "He is a criminal.").json()["id"]
    assert people.do(services.remove_review, ada, review_id=review_id) is None  # nobody can read it yet
    write(pat, contract)
    assert stars_of(pat, people.pat) == (1.0, 1)
    assert people.do(services.remove_review, ada, review_id=review_id) == {}
    assert stars_of(pat, people.pat) == (None, 0)
    assert pat.get(f"/api/contractors/{people.pat.id}/reviews/").json()["results"] == []
    assert casey.get(f"/api/reviews/{review_id}/").json()["status"] == "hidden"
    assert round_of(pat, contract)["theirs"] is None
    before = rows(*ALL)
    assert people.do(services.remove_review, ada, review_id=review_id) is None
    with pytest.raises(Forbidden):
        people.do(services.put_review_back, people.casey, review_id=review_id, removed={})
    assert rows(*ALL) == before
    people.do(services.put_review_back, ada, review_id=review_id, removed={})
    assert stars_of(pat, people.pat) == (1.0, 1)


def test_anybody_reports_what_is_shown_and_nobody_what_is_sealed(
    people: People, contract: UUID, sam: Actor, client_for: Any
):
    casey, pat = client_for(people.casey), client_for(people.pat)
    review_id = UUID(write(casey, contract, 1, "He is a criminal.").json()["id"])
    assert selectors.review_subject(sam, review_id) is None
    write(pat, contract)
    found = selectors.review_subject(sam, review_id)
    assert found is not None
    assert (found.owner_id, found.snapshot["text"]) == (people.casey.id, "He is a criminal.")


def test_contractors_are_found_by_their_stars(people: People, contract: UUID, client_for: Any):
    casey, pat = client_for(people.casey), client_for(people.pat)
    write(casey, contract, 4)
    write(pat, contract)
    found = {
        minimum: casey.get(f"/api/contractors/?rating_min={minimum}").json()["results"] for minimum in (3.5, 4, 4.5)
    }
    assert [len(each) for each in found.values()] == [1, 1, 0]
    assert found[4][0]["rating_average"] == 4.0
    assert casey.get("/api/contractors/?rating_min=6").status_code == 400


def test_reads_cost_the_same_for_one_row_and_for_many(people: People, client_for: Any, django_assert_num_queries: Any):
    casey, pat, visitor = client_for(people.casey), client_for(people.pat), client_for(None)
    pinned = {
        (casey, "/api/reviews/rounds/"): 4,
        (visitor, f"/api/contractors/{people.pat.id}/reviews/"): 3,
        (visitor, f"/api/contractors/{people.pat.id}/stars/"): 2,
    }
    for rounds in (1, 2):
        contract_id = people.finished()
        write(casey, contract_id)
        write(pat, contract_id)
        for (client, path), queries in pinned.items():
            with django_assert_num_queries(queries):
                body = client.get(path).json()
            assert len(body.get("results", [0] * rounds)) == rounds


def test_reviews_that_wait_for_me_are_listed_until_i_wrote(people: People, contract: UUID, client_for: Any):
    casey = client_for(people.casey)
    (waiting,) = casey.get("/api/reviews/rounds/?open=true").json()["results"]
    assert (waiting["other"]["name"], waiting["role"], waiting["allowed_actions"]) == (
        people.pat.name,
        "contractor",
        ["review"],
    )
    write(casey, contract)
    assert casey.get("/api/reviews/rounds/?open=true").json()["results"] == []
    assert len(casey.get("/api/reviews/rounds/").json()["results"]) == 1


def test_opening_a_round_again_changes_nothing(people: People, contract: UUID, rows: Rows):
    before = rows(*ALL)
    finished = Round.objects.get(contract_id=contract)
    opened = people.do(
        lambda actor: services.open_round(
            contract_id=contract,
            customer_id=finished.customer_id,
            contractor_id=finished.contractor_id,
            title=finished.title,
        ),
        people.casey,
    )
    assert opened is False
    assert rows(*ALL) == before
