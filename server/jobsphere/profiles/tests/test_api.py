"""Profiles, contractors and the taxonomy over HTTP."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobsphere.profiles.models import ContractorProfile, PortfolioEntry
from jobsphere.users.models import User
from tests.cast import person
from tests.marketplace import make_profile

pytestmark = pytest.mark.django_db

CONTRACTOR = {
    "headline": "Plumber for old houses",
    "bio": "Twenty years of taps.",
    "skills": ["leak-repair", "pipe-fitting"],
    "categories": ["plumbers"],
    "hourly_rate": {"amount": 45_00, "currency": "USD"},
    "fixed_from": {"amount": 80_00, "currency": "USD"},
    "place": "Old Town",
    "latitude": 51.507351,
    "longitude": -0.127758,
    "radius_km": 25,
    "languages": ["en", "es"],
    "years_of_experience": 20,
    "availability": "Weekdays",
}


def errors_of(answer) -> set[tuple[str, str]]:
    return {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


def test_a_person_with_both_roles_writes_both_profiles(taxonomy, omar, client_for):
    client = client_for(omar)
    empty = client.get("/api/profiles/me/").json()
    assert empty == {"person": {"id": str(omar.id), "name": omar.name}, "contractor": None, "customer": None}
    body = {"contractor": CONTRACTOR, "customer": {"company": "Old Houses Ltd", "languages": ["en"]}}
    saved = client.put("/api/profiles/me/", body, format="json")
    assert saved.status_code == 200, saved.json()
    mine = saved.json()
    assert mine["contractor"]["hourly_rate"] == CONTRACTOR["hourly_rate"]
    assert {word["slug"] for word in mine["contractor"]["skills"]} == {"leak-repair", "pipe-fitting"}
    assert mine["customer"]["company"] == "Old Houses Ltd"
    changed = client.patch("/api/profiles/me/", {"contractor": {"hourly_rate": None}}, format="json").json()
    assert (changed["contractor"]["hourly_rate"], changed["contractor"]["bio"]) == (None, CONTRACTOR["bio"])
    assert changed["customer"] == mine["customer"]
    assert client.get("/api/profiles/me").json() == changed


@pytest.mark.parametrize(
    "change, pointer, code",
    [
        ({"headline": ""}, "/contractor/headline", "blank"),
        ({"headline": "x" * 121}, "/contractor/headline", "max_length"),
        ({"hourly_rate": {"amount": -1, "currency": "USD"}}, "/contractor/hourly_rate", "positive"),
        ({"hourly_rate": {"amount": 1.5, "currency": "USD"}}, "/contractor/hourly_rate", "whole"),
        ({"hourly_rate": {"amount": 1, "currency": "GOLD"}}, "/contractor/hourly_rate", "currency"),
        ({"latitude": 100}, "/contractor/latitude", "max_value"),
        ({"radius_km": -1}, "/contractor/radius_km", "min_value"),
        ({"skills": ["levitation"]}, "/contractor/skills/0", "unknown"),
        ({"rating": 5}, "/contractor/rating", "unknown-field"),
    ],
)
def test_a_wrong_profile_is_refused_and_changes_nothing(taxonomy, pat, client_for, change, pointer, code, rows):
    make_profile(pat)
    before = rows(ContractorProfile)
    answer = client_for(pat).put("/api/profiles/me/", {"contractor": {**CONTRACTOR, **change}}, format="json")
    assert answer.status_code == 400
    assert (pointer, code) in errors_of(answer)
    assert rows(ContractorProfile) == before


def test_one_wrong_profile_of_two_changes_neither(taxonomy, omar, client_for):
    body = {"contractor": CONTRACTOR, "customer": {"languages": ["klingon"]}}
    assert client_for(omar).put("/api/profiles/me/", body, format="json").status_code == 400
    assert not ContractorProfile.objects.exists()


def test_profiles_are_for_their_roles_and_for_the_signed_in(taxonomy, casey, client_for):
    assert client_for(None).get("/api/profiles/me/").status_code == 401
    answer = client_for(casey).put("/api/profiles/me/", {"contractor": CONTRACTOR}, format="json")
    assert answer.status_code == 403
    assert not ContractorProfile.objects.exists()


def test_the_public_page_shows_the_work_and_hides_the_person(taxonomy, pat, client_for):
    User.objects.filter(pk=pat.id).update(phone="+1 555 0100")
    client = client_for(pat)
    client.put("/api/profiles/me/", {"contractor": CONTRACTOR}, format="json")
    entry = {"title": "A bathroom", "url": "https://example.com/bath", "completed_on": "2025-05-01"}
    assert client.post("/api/portfolio/", entry, format="json").status_code == 201
    page = client_for(None).get(f"/api/contractors/{pat.id}/")
    shown = page.json()
    assert shown["name"] == "Pat Contractor"
    assert (shown["latitude"], shown["longitude"]) == (51.51, -0.13)
    assert shown["portfolio"][0]["title"] == "A bathroom"
    assert "rating" not in shown
    for listing in (page, client_for(None).get("/api/contractors/")):
        text = listing.content.decode()
        for secret in ("pat@", "555 0100", "51.507", "0.1277"):
            assert secret not in text


def test_who_is_no_contractor_or_left_is_not_found(taxonomy, pat, casey, client_for):
    make_profile(pat)
    visitor = client_for(None)
    assert visitor.get(f"/api/contractors/{casey.id}/").status_code == 404
    User.objects.filter(pk=pat.id).update(is_active=False)
    assert visitor.get(f"/api/contractors/{pat.id}/").status_code == 404
    assert visitor.get("/api/contractors/").json()["results"] == []


def test_portfolio_entries_are_made_changed_and_removed_by_their_owner(taxonomy, pat, omar, client_for, rows):
    make_profile(pat)
    client, stranger = client_for(pat), client_for(omar)
    made = client.post("/api/portfolio/", {"title": "A bathroom"}, format="json").json()
    address = f"/api/portfolio/{made['id']}/"
    changed = client.patch(address, {"description": "Tiles and taps"}, format="json").json()
    assert (changed["title"], changed["description"]) == ("A bathroom", "Tiles and taps")
    before = rows(PortfolioEntry)
    for verb in (stranger.get, stranger.delete):
        assert verb(address).status_code == 404
    assert stranger.put(address, {"title": "Mine"}, format="json").status_code == 404
    assert client.put(address, {"title": "x", "url": "javascript:alert(1)"}, format="json").status_code == 400
    assert client.put(address, {"title": "x", "completed_on": "soon"}, format="json").status_code == 400
    assert rows(PortfolioEntry) == before
    assert client.put(address, {"title": "A kitchen"}, format="json").json()["description"] == ""
    assert [row["title"] for row in client.get("/api/portfolio/").json()["results"]] == ["A kitchen"]
    assert client.delete(address).status_code == 204
    assert not PortfolioEntry.objects.exists()


def test_the_taxonomy_is_public(taxonomy, client_for):
    client = client_for(None)
    groups = client.get("/api/categories/").json()["results"]
    assert {"home-repair", "digital"} <= {group["slug"] for group in groups}
    assert "plumbers" in {each["slug"] for group in groups for each in group["children"]}
    skills = client.get("/api/skills/?category=plumbers").json()["results"]
    assert {skill["category"]["slug"] for skill in skills} == {"plumbers"}
    assert [skill["slug"] for skill in client.get("/api/skills/?search=rewir").json()["results"]] == ["rewiring"]
    assert len(client.get("/api/skills/").json()["results"]) >= 100


def test_filters_work_over_http_and_wrong_ones_are_named(taxonomy, pat, client_for):
    client_for(pat).put("/api/profiles/me/", {"contractor": CONTRACTOR}, format="json")
    client = client_for(None)

    def found(query: str) -> int:
        return len(client.get(f"/api/contractors/?{query}").json()["results"])

    assert found("search=plumber&skills=leak-repair,pipe-fitting&category=plumbers&price_max=5000") == 1
    assert found("latitude=51.5&longitude=-0.1&radius_km=10") == 1
    assert found("price_min=5000") == 0
    for query in ("latitude=1", "radius_km=5", "price_min=-1", "currency=GOLD", "page_size=0", "stars=5"):
        assert client.get(f"/api/contractors/?{query}").status_code == 400


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_query_counts_are_pinned_whatever_the_size_of_the_page(taxonomy, pat, client_for):
    for number in range(6):
        make_profile(person(f"Worker{number} X", is_contractor=True))
    make_profile(pat)
    visitor, client = client_for(None), client_for(pat)
    for _ in range(3):
        client.post("/api/portfolio/", {"title": "A bathroom"}, format="json")
    for size in (1, 3, 7):
        assert queries(visitor, f"/api/contractors/?page_size={size}") == 4
        assert queries(client, f"/api/portfolio/?page_size={size}") == 2
    assert queries(visitor, f"/api/contractors/{pat.id}/") == 5
    assert queries(client, "/api/profiles/me/") == 6
    assert queries(visitor, "/api/categories/") == 1
    assert queries(visitor, "/api/skills/") == 1
