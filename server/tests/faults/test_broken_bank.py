"""An automatic withdrawal to a bank that sends everything back is not repeated for ever."""

from datetime import timedelta

from jobsphere.payments.models import Payee, Payout
from tests.faults import invariants
from tests.faults.test_outage import Marketplace
from tests.faults.world import World


def test_automatic_withdrawals_stop_when_one_has_come_back(world: World):
    people = Marketplace(world)
    people.become_payable(world, bank="000999999991")
    people.must(people.pat, "payouts/schedule", {"schedule": "automatic"})
    people.earn()
    for _ in range(6):
        world.wait(timedelta(hours=1.5))
        world.settle()
    # Failed, unless somebody looked while it was paid: then returned.
    assert [each.status in ("failed", "returned") for each in Payout.objects.all()] == [True]
    assert Payee.objects.get().schedule == "manual"
    assert people.pat.get("wallet/")["balances"][0]["available"] == {"amount": 70_00, "currency": "USD"}
    invariants.after_every_step()
