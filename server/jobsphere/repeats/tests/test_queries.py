"""Reads cost the same however many dates and cards there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from jobsphere.kit.actor import Actor

#: Signing in is one query; a series needs its dates, and who the two are.
LISTED, PAGE, CARDS = 5, 5, 2


def test_reads_of_series_and_cards_do_not_grow(
    series: Callable[..., Any],
    card: Callable[..., Any],
    tick: Callable[..., None],
    client_for: Callable[..., Any],
    casey: Actor,
    django_assert_num_queries: Any,
):
    row = series()
    for more in range(3):
        client = client_for(casey)
        with django_assert_num_queries(LISTED):
            assert len(client.get("/api/repeats/").json()["results"]) == 1
        with django_assert_num_queries(PAGE):
            assert len(client.get(f"/api/repeats/{row.pk}/").json()["occurrences"]) == more
        with django_assert_num_queries(CARDS):
            assert len(client.get("/api/payments/methods/").json()["methods"]) == 1 + more
        tick(timedelta(weeks=1))
        card("pm_card_mastercard")
