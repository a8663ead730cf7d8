"""The landing page's numbers are real rows, and cheap."""

from typing import Any

import pytest
from django.core.cache import cache

from jobsphere.contracts.selectors.numbers import KEY
from jobsphere.contracts.tests.conftest import Deals
from tests.marketplace import usd


@pytest.fixture(autouse=True)
def forgotten() -> None:
    cache.delete(KEY)


def test_they_are_what_a_visitor_could_count(deals: Deals, client: Any, django_assert_num_queries: Any):
    before = client.get("/api/numbers/").json()
    deals.submitted()
    with django_assert_num_queries(0):
        assert client.get("/api/numbers/").json() == before
    cache.delete(KEY)
    with django_assert_num_queries(4):
        after = client.get("/api/numbers/").json()
    listed = client.get("/api/contractors/").json()["results"]
    assert (after["contractors"], after["open_jobs"], after["completed"]) == (len(listed), 0, 0)
    assert after["protected"] == usd(900_00).to_json()
    assert before["protected"] == usd(0).to_json()
