"""The gateway is away for an hour while a hundred operations are asked of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Count

from jobsphere.contracts.models import Offer
from jobsphere.ledger import checks, selectors
from jobsphere.ledger.types import AccountKind
from jobsphere.payments.models import GatewayOperation
from jobsphere.payments.rules import UNSETTLED
from tests.faults import invariants
from tests.faults.people import Someone, contractor, customer, job_of, terms
from tests.faults.world import World

#: What is asked during the outage, and how often: a hundred in all.
ASKED = {"authorize": 60, "void": 15, "capture": 12, "refund": 8, "transfer": 5}
PRICE = 100_00


class Marketplace:
    """A customer and a contractor who deal with each other a lot."""

    def __init__(self, world: World) -> None:
        self.casey, self.pat = customer(world.power), contractor(world.power)
        self.asked: list[dict[str, Any]] = []

    def offer(self) -> str:
        """Send an offer on a job of its own; returns its id."""
        made = self.must(
            self.casey, "offers/", terms(self.pat.id, job_of(self.casey), PRICE, payment_method="pm_card_visa")
        )
        return str(made["id"])

    def contract(self) -> str:
        """Send an offer and accept it; returns the contract's id."""
        return str(self.must(self.pat, f"offers/{self.offer()}/accept/")["contract_id"])

    def earn(self) -> None:
        """Bring the price of a contract into Pat's wallet."""
        contract = self.contract()
        self.must(self.pat, f"contracts/{contract}/deliver/")
        self.must(self.casey, f"contracts/{contract}/complete/")

    def become_payable(self, world: World, *, bank: str = "000123456789") -> None:
        """Let Pat tell the gateway everything."""
        self.must(self.pat, "payouts/connect")
        world.gateway.complete_onboarding(world.gateway.objects("account")[-1]["id"], bank=bank)
        assert self.must(self.pat, "payouts/refresh")["can_withdraw"]

    def must(self, someone: Someone, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Post what cannot be refused; the answer is kept in `asked`."""
        answer = someone.post(path, body)
        assert answer, f"{path} was refused"
        self.asked.append(answer)
        return answer


@pytest.mark.timeout(300)
def test_an_hour_without_the_gateway_under_a_hundred_operations(world: World):
    people = Marketplace(world)
    people.become_payable(world)
    for _ in range(ASKED["transfer"]):
        people.earn()
    contracts = [people.contract() for _ in range(ASKED["refund"])]
    offers = [people.offer() for _ in range(ASKED["void"] + ASKED["capture"])]
    world.settle()
    before = counted()
    people.asked.clear()

    world.gateway.go_down()
    ask_for_everything(people, contracts, offers)
    assert len(people.asked) == sum(ASKED.values())
    assert GatewayOperation.objects.filter(status__in=sorted(UNSETTLED)).count() == sum(ASKED.values())
    for _ in range(3):
        world.wait(timedelta(minutes=20))
        assert world.work()
    assert selectors.trial_balance().is_zero

    world.gateway.come_back()
    for _ in range(2):
        # The first time brings the payouts on their way, the second to their bank.
        world.wait(timedelta(minutes=6))
        world.settle()
    everything_was_done_once(world, before)


def ask_for_everything(people: Marketplace, contracts: list[str], offers: list[str]) -> None:
    """Each answer comes at once, though nobody knows yet what will become of it."""
    for _ in range(ASKED["authorize"]):
        people.offer()
    for offer in offers[: ASKED["void"]]:
        people.must(people.casey, f"offers/{offer}/withdraw/")
    for offer in offers[ASKED["void"] :]:
        assert people.must(people.pat, f"offers/{offer}/accept/")["status"] == "accepting"
    for contract in contracts:
        people.must(people.casey, f"contracts/{contract}/cancel/", {"reason": "We move away."})
    for _ in range(ASKED["transfer"]):
        asked = people.must(people.pat, "payouts/withdraw", {"amount": {"amount": 70_00, "currency": "USD"}})
        assert asked["status"] in ("requested", "transferring")


def everything_was_done_once(world: World, before: dict[str, int]) -> None:
    """Every operation has succeeded, the gateway has one object of each, and the books say the same."""
    invariants.none(GatewayOperation.objects.exclude(status="succeeded").values("kind", "status", "last_error"))
    done = {kind: times - before.get(kind, 0) for kind, times in counted().items() if times > before.get(kind, 0)}
    assert done == {**ASKED, "pay_out": ASKED["transfer"]}
    assert Offer.objects.filter(status="pending").count() == ASKED["authorize"]
    assert len(world.gateway.objects("transfer")) == ASKED["transfer"]
    assert len(world.gateway.objects("refund")) == ASKED["refund"]
    invariants.none(found for each in checks.run().values() for found in each)
    invariants.the_gateways_agree(world.sides, world.stage.currency)
    sums = {line.kind: line.balance.amount for line in selectors.trial_balance().lines}
    assert sums[AccountKind.ESCROW] == ASKED["capture"] * PRICE * 9 // 10
    assert sums[AccountKind.WALLET] == 0


def counted() -> dict[str, int]:
    """Return how many operations of each kind there are."""
    return dict(GatewayOperation.objects.values_list("kind").annotate(times=Count("id")))


def test_another_card_is_refused_while_nobody_knows_what_became_of_the_first(world: World):
    people = Marketplace(world)
    world.gateway.go_down()
    offer = people.offer()
    assert people.casey.post(f"offers/{offer}/pay/", {"payment_method": "pm_card_visa"}) == {}
    assert people.casey.post(f"offers/{offer}/pay/")["payment"]["detail"] == "created"
    world.gateway.come_back()
    world.wait(timedelta(minutes=10))
    world.settle()
    assert counted() == {"authorize": 1}
    assert people.casey.get(f"offers/{offer}/")["status"] == "pending"
