"""Where a contractor is: told to their customer alone, roughly until on the way, kept nowhere, over with the work."""

from uuid import UUID

import pytest
from django.apps import apps

from jobsphere.kit.actor import Actor
from tests.stories.people import GOOD_CARD, Contractor, Customer, dollars

pytestmark = pytest.mark.django_db(transaction=True)

PLACE = {"latitude": 52.520008, "longitude": 13.404954}


@pytest.fixture
def deal(sandbox, taxonomy, settle):
    """A contract that runs: its customer, its contractor, and its id."""
    customer, contractor = Customer(), Contractor()
    proposal = contractor.proposes(customer.posts_job(), 1000)
    offer = customer.offers(proposal_id=proposal, amount=dollars(1000), payment_method=GOOD_CARD)
    contractor.accepts(offer)
    settle()
    [contract] = contractor.get("contracts/")["results"]
    return customer, contractor, contract["id"]


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_it_is_rough_until_on_the_way_and_nothing_is_kept(deal, phone):
    customer, contractor, contract = deal
    theirs, mine = phone(Actor(UUID(customer.id))), phone(Actor(UUID(contractor.id)))
    before = rows()
    mine.say("location", contract_id=contract, on_the_way=False, **PLACE)
    rough = theirs.next()
    assert rough["type"] == "location"
    assert "seq" not in rough
    assert (rough["data"]["latitude"], rough["data"]["longitude"], rough["data"]["exact"]) == (52.52, 13.4, False)
    mine.say("location", contract_id=contract, on_the_way=True, **PLACE)
    assert theirs.next()["data"]["longitude"] == 13.40495
    mine.say("location-stop", contract_id=contract)
    assert theirs.next()["data"] == {"contract_id": contract, "stopped": True}
    after = rows()
    assert {name for name in after if after[name] != before[name]} <= {"realtime.Presence"}
    assert mine.drain() == []


def test_only_the_contractor_tells_it_and_only_their_customer_hears(deal, phone):
    customer, contractor, contract = deal
    rival = Contractor("Sam Rival")
    theirs, stranger = phone(Actor(UUID(customer.id))), phone(Actor(UUID(rival.id)))
    for device in (stranger, theirs):
        device.say("location", contract_id=contract, on_the_way=True, **PLACE)
        assert device.next()["data"]["code"] == "not-found"
    phone(Actor(UUID(contractor.id))).say("location", contract_id=contract, on_the_way=True, **PLACE)
    assert theirs.next()["type"] == "location"
    assert stranger.drain() == []


def test_once_the_work_is_handed_in_it_is_over(deal, phone):
    customer, contractor, contract = deal
    theirs, mine = phone(Actor(UUID(customer.id))), phone(Actor(UUID(contractor.id)))
    milestone = contractor.get(f"contracts/{contract}/")["milestones"][0]["id"]
    contractor.post(f"milestones/{milestone}/start/")
    contractor.post(f"milestones/{milestone}/submit/", {"note": "Done."})
    theirs.drain()
    mine.drain()
    mine.say("location", contract_id=contract, on_the_way=True, **PLACE)
    assert mine.next()["data"]["code"] == "wrong-status"
    assert theirs.drain() == []


def test_what_is_no_place_is_refused(deal, phone):
    customer, contractor, contract = deal
    theirs, mine = phone(Actor(UUID(customer.id))), phone(Actor(UUID(contractor.id)))
    for wrong in (
        {"latitude": 91.0, "longitude": 0.0},
        {"latitude": 0.0, "longitude": -181},
        {"latitude": "here", "longitude": 0},
    ):
        mine.say("location", contract_id=contract, on_the_way=True, **wrong)
        assert mine.next()["data"]["code"] == "invalid-input"
    assert theirs.drain() == []
