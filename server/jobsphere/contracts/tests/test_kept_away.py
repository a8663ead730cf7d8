"""A block between two people: no new deals either way, no finding each other; what runs goes on (issue 4, 6)."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobsphere.contracts import services as contracts
from jobsphere.db.transactions import edge_transaction
from jobsphere.jobs.models import Job, Proposal
from jobsphere.moderation import services as moderation
from tests.marketplace import make_job, make_profile

pytestmark = pytest.mark.django_db(transaction=True)
PROPOSAL = {"price": {"amount": 90_00, "currency": "USD"}, "message": "I can come.", "estimated_days": 2}
HIRE = {"amount": {"amount": 50_00, "currency": "USD"}}


@pytest.fixture(params=["customer", "contractor"])
def kept_away(request: Any, casey, pat):
    """Return a function that lets one of the two block the other: first the one, then the other."""

    def block() -> None:
        one, other = (casey, pat) if request.param == "customer" else (pat, casey)
        with edge_transaction():
            moderation.block_person(actor=one, person_id=other.known_id())

    return block


def refused(answer: Any) -> None:
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "not-between-you"), problem
    assert not any(name in str(problem) for name in ("Casey", "Pat"))


def test_no_proposal_slips_through(kept_away, open_job, pat, client_for, rows):
    make_profile(pat)
    kept_away()
    before = rows(Job, Proposal)
    refused(client_for(pat).post("/api/proposals/", {"job": str(open_job), **PROPOSAL}, format="json"))
    assert rows(Job, Proposal) == before


def test_no_offer_on_a_proposal_or_a_job_and_no_booking(
    kept_away, deals, pats_proposal, open_job, casey, pat, post, unchanged
):
    kept_away()
    before = unchanged()
    refused(post(casey, "offers/", {"proposal_id": str(pats_proposal)}))
    refused(post(casey, "offers/", {"job_id": str(open_job), "contractor_id": str(pat.id), **HIRE}))
    booking = {"starts_at": "2099-05-04T08:00:00Z", "ends_at": "2099-05-04T10:00:00Z", "title": "Tap", **HIRE}
    answer = post(casey, "offers/", {"contractor_id": str(pat.id), "category": "plumbers", **booking})
    assert answer.status_code in (400, 409)
    assert unchanged() == before


def test_an_offer_from_before_is_not_accepted_any_more(kept_away, deals, pat, post, unchanged):
    offer = deals.offer()
    kept_away()
    before = unchanged()
    refused(post(pat, f"offers/{offer}/accept/"))
    assert unchanged() == before


def test_a_running_contract_and_its_money_go_on(kept_away, deals, casey, pat):
    contract = deals.submitted()
    kept_away()
    deals.do(contracts.release_milestone, casey, milestone_id=contract.milestones[0].id)
    deals.do(contracts.start_milestone, pat, milestone_id=contract.milestones[1].id)


def test_the_two_do_not_find_each_other_and_that_costs_no_query(kept_away, taxonomy, casey, pat, sam, omar, client_for):
    make_profile(pat)
    make_profile(sam)
    make_job(omar)
    job = make_job(casey)
    searching = [(client_for(pat), "/api/jobs/"), (client_for(casey), "/api/contractors/")]
    visible = {str(job), str(pat.id)}
    counts = []
    for block in (None, kept_away):
        if block:
            block()
        for client, address in searching:
            with CaptureQueriesContext(connection) as queries:
                found = {each["id"] for each in client.get(address).json()["results"]}
            counts.append(len(queries))
            assert bool(found & visible) is (block is None)
    assert counts[:2] == counts[2:]
    assert str(job) in {each["id"] for each in client_for(sam).get("/api/jobs/").json()["results"]}
