"""The taxonomy is the same by the short way and by the long one, and is sent again only when it has changed."""

import pytest
from rest_framework.test import APIClient, APIRequestFactory

from jobsphere.profiles.api.views import CategoryListView
from jobsphere.profiles.models import Category

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words() -> None:
    group = Category.objects.create(slug="home", name="Home", kind="local", position=2)
    Category.objects.create(slug="paint", name="Painters", kind="local", parent=group, position=2)
    Category.objects.create(slug="tile", name="Tilers", kind="local", parent=group, position=1)
    Category.objects.create(slug="words", name="Words", kind="freelance", position=1)


def test_both_ways_say_the_same() -> None:
    short = APIClient().get("/api/categories/").json()
    whole = CategoryListView.as_view()(APIRequestFactory().get("/api/categories/")).render()
    assert short == APIClient().get("/api/categories/", HTTP_ACCEPT="text/csv, */*;q=0.1").json()
    assert short["results"] == whole.data["results"]
    assert [(each["slug"], [one["slug"] for one in each["children"]]) for each in short["results"]] == [
        ("words", []),
        ("home", ["tile", "paint"]),
    ]


def test_it_is_sent_again_only_when_a_word_has_changed() -> None:
    visitor = APIClient()
    tag = visitor.get("/api/categories/")["ETag"]
    assert visitor.get("/api/categories/", HTTP_IF_NONE_MATCH=tag).status_code == 304
    Category.objects.filter(slug="tile").update(name="Tile setters")
    answer = visitor.get("/api/categories/", HTTP_IF_NONE_MATCH=tag)
    assert (answer.status_code, "Tile setters" in answer.content.decode()) == (200, True)
