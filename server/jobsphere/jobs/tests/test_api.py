"""Jobs, proposals and saved searches over HTTP."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobsphere.jobs import services
from jobsphere.jobs.models import Job, Proposal, SavedSearch
from jobsphere.jobs.selectors import feed
from jobsphere.jobs.tests.listing import make_marketplace
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from tests.marketplace import edge, make_job, make_profile, make_proposal

pytestmark = pytest.mark.django_db

USD = "USD"


def money(amount, currency=USD) -> dict:
    return {"amount": amount, "currency": currency}


def job_body(**changes) -> dict:
    body = {
        "title": "Repair the kitchen tap",
        "description": "It drips.",
        "category": "plumbers",
        "skills": ["leak-repair"],
        "budget": {"kind": "fixed", "min": money(50_00), "max": money(120_00)},
        "place": "Old Town",
        "address": "7 Mill Lane",
        "latitude": 51.507351,
        "longitude": -0.127758,
    }
    return {**body, **changes}


def proposal_body(job_id, **changes) -> dict:
    body = {"job": str(job_id), "price": money(100_00), "message": "I can.", "estimated_days": 2}
    return {**body, **changes}


def errors_of(answer) -> set[tuple[str, str]]:
    return {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


def test_a_customer_posts_edits_and_cancels_a_job(taxonomy, casey, client_for):
    client = client_for(casey)
    posted = client.post("/api/jobs/", job_body(), format="json")
    assert posted.status_code == 201, posted.json()
    job = posted.json()
    assert job["status"] == "open"
    assert job["budget"] == {"kind": "fixed", "min": money(50_00), "max": money(120_00)}
    assert job["category"] == {"slug": "plumbers", "name": "Plumbers"}
    assert job["allowed_actions"] == ["cancel", "edit"]
    address = f"/api/jobs/{job['id']}/"
    changed = client.patch(address, {"title": "Two taps"}, format="json").json()
    assert (changed["title"], changed["description"], changed["address"]) == ("Two taps", "It drips.", "7 Mill Lane")
    replaced = client.put(address, job_body(title="Three taps", address=""), format="json").json()
    assert (replaced["title"], replaced["address"]) == ("Three taps", "")
    assert client.get(address).json() == replaced
    cancelled = client.post(f"{address}cancel", {"reason": "No need"}, format="json").json()
    assert (cancelled["status"], cancelled["cancel_reason"], cancelled["allowed_actions"]) == (
        "cancelled",
        "No need",
        [],
    )


def test_a_draft_is_published_or_deleted(taxonomy, casey, client_for):
    client = client_for(casey)
    draft = client.post("/api/jobs/", {"title": "An idea", "draft": True}, format="json").json()
    assert (draft["status"], draft["category"], draft["budget"]) == ("draft", None, None)
    assert draft["allowed_actions"] == ["delete", "edit", "publish"]
    address = f"/api/jobs/{draft['id']}/"
    refused = client.post(f"{address}publish/", {}, format="json")
    assert refused.status_code == 400
    assert errors_of(refused) == {(f"/{name}", "required") for name in ("description", "category", "budget")}
    client.put(address, job_body(), format="json")
    assert client.post(f"{address}publish/", {}, format="json").json()["status"] == "open"
    assert client.delete(address).status_code == 204
    assert client.get(address).json()["status"] == "cancelled"
    second = client.post("/api/jobs/", {"title": "Another", "draft": True}, format="json").json()
    assert client.delete(f"/api/jobs/{second['id']}/").status_code == 204
    assert client.get(f"/api/jobs/{second['id']}/").status_code == 404


def test_an_expired_job_is_posted_again(open_job, casey, client_for):
    clock.set_offset(timedelta(days=40))
    with edge():
        services.expire_job(job_id=open_job)
    client = client_for(casey)
    assert client.get(f"/api/jobs/{open_job}/").json()["allowed_actions"] == ["repost"]
    again = client.post(f"/api/jobs/{open_job}/repost/", {"title": "Still dripping"}, format="json").json()
    assert (again["status"], again["title"], again["description"]) == (
        "open",
        "Still dripping",
        "It drips day and night.",
    )


BAD_JOBS = [
    ({"title": ""}, "/title", "blank"),
    ({"title": None}, "/title", "null"),
    ({"title": "x" * 141}, "/title", "max_length"),
    ({"title": "nul \u0000 byte"}, "/title", "null_characters_not_allowed"),
    ({"description": "x" * 10_001}, "/description", "max_length"),
    ({"category": "wizards"}, "/category", "unknown"),
    ({"category": 7.5}, "/category", "invalid"),
    ({"skills": ["levitation"]}, "/skills/0", "unknown"),
    ({"skills": "leak-repair"}, "/skills", "not_a_list"),
    ({"skills": [f"skill-{n}" for n in range(16)]}, "/skills", "max_length"),
    ({"budget": {"kind": "fixed", "min": money(-1), "max": money(5)}}, "/budget/min", "positive"),
    ({"budget": {"kind": "fixed", "min": money(0), "max": money(5)}}, "/budget/min", "positive"),
    ({"budget": {"kind": "fixed", "min": money(10.5), "max": money(50)}}, "/budget/min", "whole"),
    ({"budget": {"kind": "fixed", "min": money("10"), "max": money(50)}}, "/budget/min", "whole"),
    ({"budget": {"kind": "fixed", "min": money(1), "max": money(10**18)}}, "/budget/max", "large"),
    ({"budget": {"kind": "fixed", "min": money(1, "XXQ"), "max": money(5)}}, "/budget/min", "currency"),
    ({"budget": {"kind": "fixed", "min": money(1), "max": money(5, "EUR")}}, "/budget/max/currency", "mixed"),
    ({"budget": {"kind": "fixed", "min": money(6), "max": money(5)}}, "/budget/max/amount", "order"),
    ({"budget": {"kind": "barter", "min": money(1), "max": money(5)}}, "/budget/kind", "invalid_choice"),
    ({"budget": {"kind": "fixed", "min": money(1)}}, "/budget/max", "required"),
    ({"budget": 50}, "/budget", "invalid"),
    ({"due_on": "2020-01-01"}, "/due_on", "past"),
    ({"starts_on": "2020-01-01"}, "/starts_on", "past"),
    ({"due_on": "9999-12-31"}, "/due_on", "too-far"),
    ({"due_on": "tomorrow"}, "/due_on", "invalid"),
    ({"latitude": 91}, "/latitude", "max_value"),
    ({"latitude": "nan"}, "/latitude", "invalid"),
    ({"longitude": None}, "/latitude", "incomplete"),
    ({"status": "completed"}, "/status", "unknown-field"),
    ({"contractor": "me"}, "/contractor", "unknown-field"),
    ({"proposal_count": 99}, "/proposal_count", "unknown-field"),
]


@pytest.mark.parametrize("change, pointer, code", BAD_JOBS)
def test_a_wrong_job_is_refused_by_field_and_nothing_is_stored(taxonomy, casey, client_for, change, pointer, code):
    answer = client_for(casey).post("/api/jobs/", job_body(**change), format="json")
    assert answer.status_code == 400
    assert (pointer, code) in errors_of(answer)
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "change", [{"due_on": "2020-01-01"}, {"budget": {"kind": "fixed", "min": money(-1), "max": money(5)}}, {"id": 1}]
)
def test_a_wrong_edit_changes_nothing(open_job, casey, client_for, change, rows):
    before = rows(Job)
    client = client_for(casey)
    assert client.patch(f"/api/jobs/{open_job}/", change, format="json").status_code == 400
    assert client.put(f"/api/jobs/{open_job}/", job_body(**change), format="json").status_code == 400
    assert rows(Job) == before


@pytest.mark.parametrize("missing", ["kind", "min", "max"])
def test_half_a_budget_is_refused_in_an_edit_as_well(open_job, casey, client_for, missing, rows):
    before = rows(Job)
    budget = {"kind": "fixed", "min": money(1), "max": money(5)}
    del budget[missing]
    answer = client_for(casey).patch(f"/api/jobs/{open_job}/", {"budget": budget}, format="json")
    assert (answer.status_code, errors_of(answer)) == (400, {(f"/budget/{missing}", "required")})
    assert rows(Job) == before


@pytest.mark.parametrize("body", ["[]", '"text"', "{", "7"])
def test_a_body_that_is_no_object_is_a_problem(taxonomy, casey, client_for, body):
    answer = client_for(casey).post("/api/jobs/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert not Job.objects.exists()


def test_visitors_read_and_only_customers_write(open_job, pat, client_for):
    visitor = client_for(None)
    assert visitor.get("/api/jobs/").status_code == 200
    assert visitor.get(f"/api/jobs/{open_job}/").json()["allowed_actions"] == []
    assert visitor.post("/api/jobs/", job_body(), format="json").status_code == 401
    assert visitor.delete(f"/api/jobs/{open_job}/").status_code == 401
    assert visitor.get("/api/jobs/?mine=true").status_code == 401
    assert visitor.get("/api/proposals/").status_code == 401
    assert client_for(pat).post("/api/jobs/", job_body(), format="json").status_code == 403
    assert Job.objects.get().status == "open"


def test_a_stranger_gets_404_and_nothing_changes(taxonomy, casey, omar, client_for, rows):
    draft = make_job(casey, draft=True)
    public = make_job(casey)
    before = rows(Job)
    client = client_for(omar)
    assert client.get(f"/api/jobs/{draft}/").status_code == 404
    for job_id in (draft, public):
        address = f"/api/jobs/{job_id}/"
        assert client.put(address, job_body(), format="json").status_code == 404
        assert client.patch(address, {"title": "Mine"}, format="json").status_code == 404
        assert client.delete(address).status_code == 404
        for verb in ("publish", "cancel", "repost"):
            assert client.post(f"{address}{verb}/", {}, format="json").status_code == 404
    assert rows(Job) == before


def test_the_exact_address_is_for_the_two_parties_only(open_job, casey, pat, sam, omar, client_for):
    def seen_by(actor) -> tuple:
        job = client_for(actor).get(f"/api/jobs/{open_job}/").json()
        return job["address"], job["exact_latitude"], job["contractor"] and job["contractor"]["name"]

    exact = ("7 Mill Lane, 2nd floor", 51.507351)
    assert seen_by(casey) == (*exact, None)
    assert seen_by(pat) == (None, None, None)
    with edge():
        services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=pat.known_id())
    assert seen_by(pat) == seen_by(casey) == (*exact, "Pat Contractor")
    for stranger in (None, sam, omar):
        assert seen_by(stranger) == (None, None, None)
        page = client_for(stranger).get("/api/jobs/?status=assigned").content.decode()
        assert "Mill Lane" not in page
        assert "51.507" not in page
        assert "@example.com" not in page


def test_a_wrong_status_says_what_is_possible(open_job, casey, pat, client_for, rows):
    with edge():
        services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=pat.known_id())
    before = rows(Job)
    answer = client_for(casey).post(f"/api/jobs/{open_job}/cancel/", {}, format="json")
    assert answer.status_code == 409
    assert answer.json()["current_status"] == "assigned"
    assert answer.json()["allowed_actions"] == []
    assert rows(Job) == before


BAD_QUERIES = [
    ("budget_min=-1", "/budget_min"),
    ("budget_min=1.5", "/budget_min"),
    ("currency=XXQ", "/currency"),
    ("status=gone", "/status/0"),
    ("latitude=51", "/longitude"),
    ("radius_km=5", "/latitude"),
    ("radius_km=0&latitude=1&longitude=1", "/radius_km"),
    ("latitude=nan&longitude=1", "/latitude"),
    ("due_until=soon", "/due_until"),
    ("page_size=0", "/page_size"),
    ("page_size=101", "/page_size"),
    ("cursor=abc", "/cursor"),
    ("colour=red", "/colour"),
    ("category=a b", "/category"),
    ("search=" + "x" * 201, "/search"),
    ("mine=perhaps", "/mine"),
]


@pytest.mark.parametrize("query, pointer", BAD_QUERIES)
def test_a_wrong_filter_is_named(db, client_for, query, pointer):
    answer = client_for(None).get(f"/api/jobs/?{query}")
    assert answer.status_code == 400
    assert pointer in {error["pointer"] for error in answer.json()["errors"]}


def test_filters_work_over_http_in_both_spellings(taxonomy, casey, pat, omar, client_for):
    market = make_marketplace(casey, pat, omar)
    client = client_for(None)

    def found(query: str) -> set[str]:
        return {job["id"] for job in client.get(f"/api/jobs?{query}").json()["results"]}

    assert found("category=home-repair&budget_max=10000") == {str(market["tap"])}
    assert found("skills=react,leak-repair") == found("skills=react&skills=leak-repair")
    assert found("skills=react,leak-repair") == {str(market["website"]), str(market["tap"])}
    assert found("search=piano") == {str(market["paris"])}
    assert found("latitude=51.5&longitude=-0.1&radius_km=10") == {str(market["tap"]), str(market["painting"])}


def test_a_contractor_answers_and_a_customer_chooses(open_job, casey, pat, client_for):
    make_profile(pat)
    contractor, customer = client_for(pat), client_for(casey)
    assert contractor.get(f"/api/jobs/{open_job}/").json()["allowed_actions"] == ["propose"]
    parts = [{"title": "Parts", "amount": money(40_00)}, {"title": "Work", "amount": money(60_00)}]
    made = contractor.post("/api/proposals/", proposal_body(open_job, milestones=parts), format="json")
    assert made.status_code == 201, made.json()
    proposal = made.json()
    assert (proposal["status"], proposal["milestones"]) == ("pending", parts)
    assert proposal["allowed_actions"] == ["edit", "withdraw"]
    assert contractor.get(f"/api/jobs/{open_job}/").json()["allowed_actions"] == []
    address = f"/api/proposals/{proposal['id']}/"
    body = {name: value for name, value in proposal_body(open_job, price=money(95_00)).items() if name != "job"}
    assert contractor.put(address, body, format="json").json()["price"] == money(95_00)
    assert customer.get(address).json()["allowed_actions"] == ["offer", "reject", "shortlist"]
    assert customer.post(f"{address}shortlist/", {}, format="json").json()["status"] == "shortlisted"
    rejected = customer.post(f"{address}reject/", {"feedback": "Too late."}, format="json").json()
    assert (rejected["status"], rejected["feedback"]) == ("rejected", "Too late.")
    for client, role in ((customer, "customer"), (contractor, "contractor")):
        listed = client.get(f"/api/proposals/?job={open_job}&role={role}&status=rejected").json()["results"]
        assert [row["id"] for row in listed] == [proposal["id"]]


def test_delete_withdraws_a_proposal(pats_proposal, pat, client_for):
    client = client_for(pat)
    assert client.delete(f"/api/proposals/{pats_proposal}/").status_code == 204
    assert client.get(f"/api/proposals/{pats_proposal}/").json()["status"] == "withdrawn"
    again = client.delete(f"/api/proposals/{pats_proposal}/")
    assert again.status_code == 409
    assert again.json()["current_status"] == "withdrawn"


BAD_PROPOSALS = [
    ({"price": money(-5)}, "/price", "positive"),
    ({"price": money(0)}, "/price", "positive"),
    ({"price": money(9.99)}, "/price", "whole"),
    ({"price": money(100, "EUR")}, "/price/currency", "currency"),
    ({"price": 100}, "/price", "shape"),
    ({"message": ""}, "/message", "blank"),
    ({"message": "x" * 5001}, "/message", "max_length"),
    ({"estimated_days": 0}, "/estimated_days", "min_value"),
    ({"estimated_days": 10**9}, "/estimated_days", "max_value"),
    ({"milestones": [{"title": "All", "amount": money(99_99)}]}, "/milestones", "sum"),
    ({"milestones": [{"title": "All", "amount": money(-1)}]}, "/milestones/0/amount", "positive"),
    ({"status": "accepted"}, "/status", "unknown-field"),
    ({"job": "none"}, "/job", "invalid"),
]


@pytest.mark.parametrize("change, pointer, code", BAD_PROPOSALS)
def test_a_wrong_proposal_is_refused_and_nothing_is_stored(open_job, pat, client_for, change, pointer, code, rows):
    make_profile(pat)
    before = rows(Job, Proposal)
    answer = client_for(pat).post("/api/proposals/", proposal_body(open_job, **change), format="json")
    assert answer.status_code == 400
    assert (pointer, code) in errors_of(answer)
    assert rows(Job, Proposal) == before


def test_proposals_are_refused_to_strangers_owners_and_the_unprepared(
    pats_proposal, open_job, casey, pat, omar, sam, client_for, rows
):
    before = rows(Job, Proposal)
    stranger = client_for(omar)
    address = f"/api/proposals/{pats_proposal}/"
    body = {name: value for name, value in proposal_body(open_job).items() if name != "job"}
    assert stranger.get(address).status_code == 404
    assert stranger.put(address, body, format="json").status_code == 404
    assert stranger.delete(address).status_code == 404
    assert stranger.post(f"{address}shortlist/", {}, format="json").status_code == 404
    assert stranger.post(f"{address}reject/", {}, format="json").status_code == 404
    assert stranger.get("/api/proposals/").json()["results"] == []
    assert client_for(pat).post(f"{address}shortlist/", {}, format="json").status_code == 404
    assert client_for(casey).post("/api/proposals/", proposal_body(open_job), format="json").status_code == 403
    unprepared = client_for(sam).post("/api/proposals/", proposal_body(open_job), format="json")
    assert (unprepared.status_code, unprepared.json()["code"]) == (403, "profile-required")
    twice = client_for(pat).post("/api/proposals/", proposal_body(open_job), format="json")
    assert (twice.status_code, twice.json()["code"]) == (409, "proposal-exists")
    nowhere = client_for(pat).post("/api/proposals/", proposal_body(pats_proposal), format="json")
    assert nowhere.status_code == 404
    assert rows(Job, Proposal) == before


def test_saved_searches_are_kept_changed_and_forgotten(db, pat, omar, client_for):
    client, stranger = client_for(pat), client_for(omar)
    body = {"name": "Taps", "filters": {"category": "plumbers", "budget_min": 1000}}
    saved = client.post("/api/saved-searches/", body, format="json")
    assert saved.status_code == 201
    address = f"/api/saved-searches/{saved.json()['id']}/"
    assert client.get(address).json()["filters"] == body["filters"]
    wrong = client.put(address, {"name": "x", "filters": {"colour": "red"}}, format="json")
    assert errors_of(wrong) == {("/filters/colour", "unknown-field")}
    for word in (5, False, {"a": 1}):
        wrong = client.put(address, {"name": "x", "filters": {"skills": word, "status": word}}, format="json")
        assert errors_of(wrong) == {("/filters/skills", "not_a_list"), ("/filters/status", "not_a_list")}
    assert client.get(address).json()["filters"] == body["filters"]
    changed = client.put(address, {"name": "Leaks", "filters": {"search": "leak"}}, format="json").json()
    assert (changed["name"], changed["filters"]) == ("Leaks", {"search": "leak"})
    for verb in (stranger.get, stranger.delete):
        assert verb(address).status_code == 404
    assert [row["name"] for row in client.get("/api/saved-searches/").json()["results"]] == ["Leaks"]
    assert stranger.get("/api/saved-searches/").json()["results"] == []
    assert client.delete(address).status_code == 204
    assert not SavedSearch.objects.exists()


def queries(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return len(captured)


def test_query_counts_are_pinned_whatever_the_size_of_the_page(taxonomy, casey, pat, client_for):
    make_profile(pat)
    for number in range(7):
        make_proposal(pat, make_job(casey, title=f"Job {number}"))
    job_id = Job.objects.earliest("pk").pk
    proposal_id = Proposal.objects.earliest("pk").pk
    visitor, contractor, customer = client_for(None), client_for(pat), client_for(casey)
    fast = feed.available()
    for size in (1, 3, 7):
        assert queries(visitor, f"/api/jobs/?page_size={size}") == (1 if fast else 2)
        assert queries(customer, f"/api/jobs/?page_size={size}&mine=true") == (2 if fast else 3)
        assert queries(contractor, f"/api/proposals/?page_size={size}") == 2
        assert queries(customer, f"/api/saved-searches/?page_size={size}") == 2
    assert queries(visitor, f"/api/jobs/{job_id}/") == (1 if fast else 2)
    assert queries(contractor, f"/api/jobs/{job_id}/") == (2 if fast else 4)
    assert queries(customer, f"/api/proposals/{proposal_id}/") == 2


def test_a_list_that_is_drawn_on_a_map_tells_places_to_about_a_kilometre(taxonomy, casey, pat, client_for):
    make_job(casey, latitude=51.507351, longitude=-0.127758)
    make_profile(pat, latitude=51.507351, longitude=-0.127758)
    around = "latitude=51.5074&longitude=-0.1278&radius_km=3"
    for viewer in (None, casey, pat):
        for path in ("jobs", "contractors"):
            answer = client_for(viewer).get(f"/api/{path}/?{around}")
            [found] = answer.json()["results"]
            assert (found["latitude"], found["longitude"]) == (51.51, -0.13)
            assert "51.507" not in answer.content.decode()
