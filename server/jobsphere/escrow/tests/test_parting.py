"""A part of a hold becomes a hold of its own: to the cent what the one was, whatever was given back before."""

import pytest

from jobsphere.escrow import selectors, services
from jobsphere.escrow.errors import RefundExceedsHold
from jobsphere.escrow.models import EscrowHold
from jobsphere.escrow.tests.builders import do, funded
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import WrongStatus
from jobsphere.kit.ids import uuid7
from jobsphere.ledger import checks
from jobsphere.payments.tests.builders import usd

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = ("amount", "platform_fee", "held", "service_fee", "payout")


@pytest.mark.parametrize("given_back", [0, 1, 333_33])
@pytest.mark.parametrize("apart", [1, 7, 100_01, 600_00])
def test_the_two_are_together_what_the_one_was(given_back: int, apart: int, sandbox: object, casey: Actor, pat: Actor):
    (hold,) = funded(casey, pat, [usd(1000_00)])
    if given_back:
        do(
            services.refund_hold,
            actor=SYSTEM,
            hold_id=hold.id,
            reason="less",
            amount=usd(given_back),
            platform_fee_refundable=True,
        )
    before = selectors.hold(hold.id)
    part = do(services.set_aside, actor=SYSTEM, hold_id=hold.id, milestone_id=uuid7(), amount=usd(apart))
    after = selectors.hold(hold.id)
    assert part.amount == usd(apart)
    for name in PARTS:
        assert getattr(after, name) + getattr(part, name) == getattr(before, name), name
    do(services.release_hold, actor=SYSTEM, hold_id=hold.id)
    do(services.refund_hold, actor=SYSTEM, hold_id=part.id, reason="not these", platform_fee_refundable=True)
    assert selectors.hold(part.id).refunded == usd(apart)
    found = checks.run(["escrow.parts", "escrow.balances", "escrow.fees"])
    assert [str(each) for each_check in found.values() for each in each_check] == []


def test_neither_all_of_it_nor_what_is_not_held_is_set_aside(sandbox: object, casey: Actor, pat: Actor):
    (hold,) = funded(casey, pat, [usd(1000_00)])
    whole = selectors.hold(hold.id)
    rows = list(EscrowHold.objects.values())
    for amount in (whole.amount, usd(0)):
        with pytest.raises(RefundExceedsHold):
            do(services.set_aside, actor=SYSTEM, hold_id=hold.id, milestone_id=uuid7(), amount=amount)
    assert list(EscrowHold.objects.values()) == rows
    do(services.release_hold, actor=SYSTEM, hold_id=hold.id)
    rows = list(EscrowHold.objects.values())
    with pytest.raises(WrongStatus):
        do(services.set_aside, actor=SYSTEM, hold_id=hold.id, milestone_id=uuid7(), amount=usd(1))
    assert list(EscrowHold.objects.values()) == rows
