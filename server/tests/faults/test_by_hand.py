"""Somebody takes reserved money on the gateway's own site: the offer is prepaid, and goes on as any other."""

from datetime import timedelta

import pytest

from jobsphere.contracts.models import Offer
from jobsphere.payments.models import Refund
from tests.faults.test_outage import Marketplace
from tests.faults.world import World


@pytest.mark.parametrize("action", ["expire", "withdraw", "reject"])
def test_money_that_was_captured_by_hand_goes_back_when_the_offer_ends(world: World, action: str):
    people = Marketplace(world)
    offer = captured_by_hand(world, people)
    assert not Refund.objects.exists()
    if action == "expire":
        world.wait(timedelta(days=3.5))
        world.settle()
    else:
        someone = people.casey if action == "withdraw" else people.pat
        people.must(someone, f"offers/{offer.pk}/{action}/")
    offer.refresh_from_db()
    assert offer.status == {"expire": "expired", "withdraw": "withdrawn", "reject": "rejected"}[action]
    world.settle()
    assert Refund.objects.get().amount == offer.amount
    assert world.gateway.balance("usd") == 0


def test_an_offer_whose_money_was_captured_by_hand_can_be_accepted(world: World):
    people = Marketplace(world)
    offer = captured_by_hand(world, people)
    people.must(people.pat, f"offers/{offer.pk}/accept/")
    world.settle()
    offer.refresh_from_db()
    assert (offer.status, Refund.objects.count()) == ("accepted", 0)
    assert world.gateway.balance("usd") == offer.amount


def captured_by_hand(world: World, people: Marketplace) -> Offer:
    """Return an offer whose money somebody has taken, and of which the gateway has told us."""
    offer = Offer.objects.get(pk=people.offer())
    assert offer.payment_id is not None
    world.capture_by_hand(offer.payment_id)
    world.settle()
    offer.refresh_from_db()
    assert offer.status == "pending"
    return offer
