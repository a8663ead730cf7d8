"""The lines of a wallet name the contract and the milestone that they are from."""

import pytest

from jobsphere.contracts import services

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_clears_and_what_has_cleared_name_the_contract_and_the_milestone(deals, pat, casey, client_for, settings):
    contract = deals.submitted(parts=2)
    client = client_for(pat)
    about = {"title": contract.title, "part": "Part 1", "link": f"/contracts/{contract.id}"}
    settings.CLEARING_DAYS = {"new": 7, "verified": 7, "trusted": 7}
    deals.do(services.release_milestone, casey, milestone_id=contract.milestones[0].id)
    (balance,) = client.get("/api/wallet/").json()["balances"]
    assert [(lot["about"], lot["left"]) for lot in balance["lots"]] == [(about, balance["clearing"])]
    assert client.get("/api/wallet/entries/").json()["results"] == []


def test_the_statement_names_them_as_well(deals, pat, casey, client_for):
    contract = deals.submitted(parts=2)
    deals.do(services.release_milestone, casey, milestone_id=contract.milestones[0].id)
    (line,) = client_for(pat).get("/api/wallet/entries/").json()["results"]
    assert line["about"] == {"title": contract.title, "part": "Part 1", "link": f"/contracts/{contract.id}"}
