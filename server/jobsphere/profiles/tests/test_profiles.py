"""Taxonomy, profiles, portfolio: rules, verbs and the search for contractors."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from jobsphere.kit.actor import VISITOR
from jobsphere.kit.errors import Forbidden, InvalidInput, NotFound
from jobsphere.kit.money import Money
from jobsphere.profiles import policies, rules, selectors, services
from jobsphere.profiles.errors import ProfileRequired
from jobsphere.profiles.geo import Point, box_around, coarse, distance_km
from jobsphere.profiles.models import Category, ContractorProfile, CustomerProfile, PortfolioEntry, Skill
from jobsphere.profiles.types import ContractorDetails, ContractorFilters, CustomerDetails, PortfolioDetails
from tests.marketplace import PLUMBER, make_profile, usd

pytestmark = pytest.mark.django_db


def test_the_taxonomy_has_the_trades_and_skills_of_a_city(taxonomy):
    trades = set(Category.objects.filter(parent__isnull=False).values_list("slug", flat=True))
    assert {"electricians", "plumbers", "cleaners", "carpenters", "painters", "movers", "gardeners"} <= trades
    assert {"roofers", "hvac", "handyman", "locksmith", "tutoring", "web-development", "photography"} <= trades
    assert len(trades) >= 14
    assert Skill.objects.count() >= 100
    assert set(Category.objects.values_list("kind", flat=True)) == {"local", "freelance"}


def test_the_taxonomy_is_loaded_again_without_change_and_in_few_statements(taxonomy, rows):
    Category.objects.filter(slug="plumbers").update(name="Pipe people")
    before = {row["slug"]: row["id"] for row in rows(Category, Skill)}
    with CaptureQueriesContext(connection) as captured:
        services.load_taxonomy()
    assert len(captured) <= 12
    assert {row["slug"]: row["id"] for row in rows(Category, Skill)} == before
    assert Category.objects.get(slug="plumbers").name == "Plumbers"


WRONG = [
    ({"headline": " "}, "/contractor/headline", "blank"),
    ({"hourly_rate": usd(0)}, "/contractor/hourly_rate/amount", "positive"),
    ({"fixed_from": usd(-5)}, "/contractor/fixed_from/amount", "positive"),
    ({"hourly_rate": usd(5), "fixed_from": Money(5, "EUR")}, "/contractor/fixed_from/currency", "mixed"),
    ({"latitude": 5.0}, "/contractor/latitude", "incomplete"),
    ({"radius_km": 0}, "/contractor/radius_km", "out-of-range"),
    ({"radius_km": 501}, "/contractor/radius_km", "out-of-range"),
    ({"years_of_experience": 81}, "/contractor/years_of_experience", "out-of-range"),
    ({"languages": ("en", "klingon")}, "/contractor/languages/1", "unknown"),
    ({"languages": ("en",) * 13}, "/contractor/languages", "too-many"),
    ({"skills": ("x",) * 31}, "/contractor/skills", "too-many"),
    ({"categories": ("x",) * 9}, "/contractor/categories", "too-many"),
]


@pytest.mark.parametrize("change, pointer, code", WRONG)
def test_a_wrong_profile_is_refused_with_the_field(change, pointer, code):
    with pytest.raises(InvalidInput) as refused:
        rules.check_contractor(replace(PLUMBER, **change))
    assert (pointer, code) in {(error.pointer, error.code) for error in refused.value.errors}


def test_unknown_words_are_named_and_nothing_is_stored(taxonomy, pat):
    with pytest.raises(InvalidInput) as refused:
        make_profile(pat, skills=("leak-repair", "levitation"), categories=("wizards",))
    assert [error.pointer for error in refused.value.errors] == ["/contractor/skills/1", "/contractor/categories/0"]
    assert not ContractorProfile.objects.exists()


def test_profiles_need_their_role_and_nothing_is_stored(taxonomy, casey, pat):
    with pytest.raises(Forbidden):
        make_profile(casey)
    with pytest.raises(Forbidden):
        services.save_customer_profile(actor=pat, details=CustomerDetails(bio="Hello"))
    assert not ContractorProfile.objects.exists()
    assert not CustomerProfile.objects.exists()


def test_a_profile_is_replaced_whole_and_keeps_only_coarse_coordinates(taxonomy, pat):
    make_profile(pat, bio="Old", hourly_rate=usd(40_00), latitude=51.507351, longitude=-0.127758)
    profile = ContractorProfile.objects.get()
    assert (profile.id, profile.latitude, profile.longitude) == (pat.id, 51.51, -0.13)
    details = selectors.contractor_details_of(pat)
    assert details.hourly_rate == usd(40_00)
    make_profile(pat)
    profile.refresh_from_db()
    assert (profile.bio, profile.hourly_amount, profile.latitude) == ("", None, None)
    assert selectors.contractor_details_of(pat) == PLUMBER


def test_the_database_refuses_a_profile_with_another_id_than_its_person(pat):
    with pytest.raises(IntegrityError), transaction.atomic():
        CustomerProfile.objects.create(user_id=pat.id, updated_at="2026-01-01T00:00:00Z")
    assert not CustomerProfile.objects.exists()


def test_a_contractor_is_known_to_other_apps_once_there_is_a_profile(taxonomy, pat):
    assert selectors.contractor(pat.known_id()) is None
    with pytest.raises(ProfileRequired):
        policies.require_contractor_profile(pat)
    make_profile(pat)
    found = selectors.contractor(pat.known_id())
    assert found is not None
    assert (found.name, found.headline) == ("Pat Contractor", PLUMBER.headline)
    policies.require_contractor_profile(pat)


@pytest.fixture
def directory(taxonomy, pat, sam, omar) -> dict:
    london = {"place": "London", "latitude": 51.5, "longitude": -0.12}
    make_profile(pat, hourly_rate=usd(40_00), **london)
    make_profile(sam, headline="Painter", categories=("painters",), skills=("wallpapering",), place="Paris",
                 latitude=48.85, longitude=2.35, hourly_rate=Money(30_00, "EUR"))  # fmt: skip
    make_profile(omar, headline="Web and pipes", categories=("web-development",), skills=("react", "leak-repair"))
    return {"pat": pat.id, "sam": sam.id, "omar": omar.id}


CASES = [
    (ContractorFilters(), {"pat", "sam", "omar"}),
    (ContractorFilters(search="plumb"), {"pat"}),
    (ContractorFilters(search="WALLPAPER"), {"sam"}),
    (ContractorFilters(search="pat london"), {"pat"}),
    (ContractorFilters(search="pat paris"), set()),
    (ContractorFilters(search="100%_"), set()),
    (ContractorFilters(category="painters"), {"sam"}),
    (ContractorFilters(category="home-repair"), {"pat", "sam"}),
    (ContractorFilters(skills=("leak-repair",)), {"pat", "omar"}),
    (ContractorFilters(skills=("leak-repair", "react")), {"omar"}),
    (ContractorFilters(latitude=51.4, longitude=-0.1, radius_km=20), {"pat"}),
    (ContractorFilters(latitude=50.0, longitude=1.0, radius_km=300), {"pat", "sam"}),
    (ContractorFilters(price_max=50_00, currency="USD"), {"pat"}),
    (ContractorFilters(price_min=50_00, currency="USD"), set()),
    (ContractorFilters(price_max=50_00, currency="EUR"), {"sam"}),
]


@pytest.mark.parametrize("filters, expected", CASES)
def test_each_filter_of_the_directory_finds_what_it_says(directory, filters, expected):
    found = set(selectors.contractors(VISITOR, filters).values_list("pk", flat=True))
    assert found == {directory[name] for name in expected}


def test_the_portfolio_belongs_to_one_contractor(taxonomy, pat, omar, rows):
    with pytest.raises(ProfileRequired):
        services.add_portfolio_entry(actor=pat, details=PortfolioDetails(title="A bathroom"))
    make_profile(pat)
    entry = services.add_portfolio_entry(actor=pat, details=PortfolioDetails(title="A bathroom"))
    before = rows(PortfolioEntry)
    with pytest.raises(NotFound):
        services.change_portfolio_entry(actor=omar, entry_id=entry.pk, details=PortfolioDetails(title="Mine"))
    with pytest.raises(NotFound):
        services.remove_portfolio_entry(actor=omar, entry_id=entry.pk)
    with pytest.raises(InvalidInput):
        bad = PortfolioDetails(title="x", url="javascript:alert(1)")
        services.change_portfolio_entry(actor=pat, entry_id=entry.pk, details=bad)
    assert rows(PortfolioEntry) == before
    services.remove_portfolio_entry(actor=pat, entry_id=entry.pk)
    assert not PortfolioEntry.objects.exists()


def test_distances_and_boxes_are_right_where_the_map_is_awkward():
    london, paris = Point(51.5074, -0.1278), Point(48.8566, 2.3522)
    assert distance_km(london, paris) == pytest.approx(343.5, abs=1)
    assert distance_km(london, london) == pytest.approx(0, abs=0.001)
    assert distance_km(Point(0, 0), Point(0, 180)) == pytest.approx(20015, abs=1)
    for centre in (london, Point(89.9, 10), Point(-89.9, 10), Point(0, 179.9), Point(60, -179.9)):
        box = box_around(centre, 100)
        assert box.south <= centre.latitude <= box.north
        assert box.west <= centre.longitude <= box.east
    assert (box_around(Point(89.9, 0), 100).west, box_around(Point(0, 179.9), 100).west) == (-180, -180)
    assert coarse(51.507351) == 51.51
    assert coarse(None) is None


def test_details_default_to_nothing_for_who_has_no_profile(pat):
    assert selectors.contractor_details_of(pat) == ContractorDetails()
    assert selectors.customer_details_of(pat) == CustomerDetails()
