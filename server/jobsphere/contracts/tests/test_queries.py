"""The number of queries of each read is pinned, and does not grow with the page."""

from collections.abc import Callable
from typing import Any

import pytest

from jobsphere.contracts import services
from jobsphere.contracts.tests.conftest import Deals
from tests.marketplace import usd

#: Signing in is one query; keyset pages are one more, and what is shown of the rows the rest.
OFFER_LIST = 7
CONTRACT_LIST = 7
DELIVERABLES = 4
TIME_ENTRIES = 4
REFUND_REQUESTS = 3


@pytest.fixture
def busy(deals: Deals) -> Callable[[], Any]:
    """Return a function that adds an offer and a contract with work, time and refund requests on it."""

    def add() -> Any:
        deals.offer()
        deal = deals.submitted()
        for milestone in deal.milestones:
            deals.do(services.log_time, deals.pat, contract_id=deal.id, minutes=5, milestone_id=milestone.id)
            deals.do(services.request_refund, deals.casey, milestone_id=milestone.id, reason="Ten.", amount=usd(10_00))
        return deal

    return add


def test_lists_cost_the_same_for_one_row_and_for_many(
    busy: Callable[[], Any], deals: Deals, client_for: Callable[..., Any], django_assert_num_queries: Any
):
    client = client_for(deals.casey)
    pinned = {"/api/offers/": OFFER_LIST, "/api/contracts/": CONTRACT_LIST}
    busy()
    for rounds in (1, 2):
        for path, queries in pinned.items():
            with django_assert_num_queries(queries):
                assert len(client.get(path).json()["results"]) >= rounds
        busy()
    for size in (1, 3):
        for path, queries in pinned.items():
            with django_assert_num_queries(queries):
                assert len(client.get(f"{path}?page_size={size}").json()["results"]) == size


def test_what_hangs_on_a_contract_costs_the_same_for_one_row_and_for_many(
    busy: Callable[[], Any], deals: Deals, client_for: Callable[..., Any], django_assert_num_queries: Any
):
    deal = busy()
    deals.do(services.request_changes, deals.casey, milestone_id=deal.milestones[0].id, reason="Again.")
    deals.do(services.complete_contract, deals.pat, contract_id=deal.id)
    client = client_for(deals.casey)
    pinned = {"deliverables": DELIVERABLES, "time-entries": TIME_ENTRIES, "refund-requests": REFUND_REQUESTS}
    for name, queries in pinned.items():
        for size in (1, 2):
            with django_assert_num_queries(queries):
                answer = client.get(f"/api/contracts/{deal.id}/{name}/?page_size={size}")
            assert len(answer.json()["results"]) == size


def test_one_offer_and_one_contract(
    busy: Callable[[], Any], deals: Deals, client_for: Callable[..., Any], django_assert_num_queries: Any
):
    deal = busy()
    for person, offer_queries in ((deals.casey, 4), (deals.pat, 3)):
        client = client_for(person)
        with django_assert_num_queries(offer_queries):
            client.get(f"/api/offers/{deal.offer_id}/")
        with django_assert_num_queries(8):
            client.get(f"/api/contracts/{deal.id}/")


#: The most that a verb may cost with its ledger, audit, events and answer; `accept` with the capture and what follows.
VERBS = {"start": 32, "submit": 34, "request-changes": 34, "release": 77, "accept": 97}


def test_a_verb_costs_no_more_than_it_should_whatever_the_number_of_milestones(
    deals: Deals, post: Callable[..., Any], django_assert_max_num_queries: Any
):
    for parts in (1, 10):
        deal = deals.contract(parts=parts)
        milestone = deal.milestones[0].id
        for actor, verb, body in [
            (deals.pat, "start", {}),
            (deals.pat, "submit", {}),
            (deals.casey, "request-changes", {"reason": "Again."}),
            (deals.pat, "submit", {}),
            (deals.casey, "release", {}),
        ]:
            with django_assert_max_num_queries(VERBS[verb]):
                assert post(actor, f"milestones/{milestone}/{verb}/", body).status_code == 200
    offer_id = deals.offer()
    with django_assert_max_num_queries(VERBS["accept"]):
        assert post(deals.pat, f"offers/{offer_id}/accept/").status_code == 200
