"""Somebody takes reserved money on the gateway's own site: it goes back, and the offer comes to its end."""

from datetime import timedelta

import pytest

from jobsphere.contracts.models import Offer
from jobsphere.payments.models import Refund
from tests.faults.test_outage import Marketplace
from tests.faults.world import World


@pytest.mark.parametrize("action", ["expire", "withdraw", "reject"])
def test_money_that_was_captured_by_hand_goes_back_and_the_offer_can_end(world: World, action: str):
    people = Marketplace(world)
    offer = Offer.objects.get(pk=people.offer())
    assert offer.payment_id is not None
    world.capture_by_hand(offer.payment_id)
    world.settle()
    assert Refund.objects.get().amount == offer.amount
    if action == "expire":
        world.wait(timedelta(days=3.5))
        world.settle()
    else:
        someone = people.casey if action == "withdraw" else people.pat
        people.must(someone, f"offers/{offer.pk}/{action}/")
    offer.refresh_from_db()
    assert offer.status == {"expire": "expired", "withdraw": "withdrawn", "reject": "rejected"}[action]
    assert world.gateway.balance("usd") == 0
