"""The bars of a whole life over HTTP, on each gateway: what the network, banks and dying processes do to one deal.

docs/proof.md says which bar is tried where. What is tried at random is in test_money_machine.py.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from jobsphere.payments.models import Chargeback, GatewayOperation, Payment, Payout, Refund
from tests.faults.people import contractor, customer, job_of, terms
from tests.faults.world import World

BOTH = pytest.mark.parametrize("world", ["sandbox", "sandbox_paystack"], indirect=True)


class Deal:
    """Casey and Pat, and one offer of theirs, step by step."""

    def __init__(self, world: World, *, cushion: bool = False) -> None:
        self.world, self.side = world, world.first
        world.begin() if cushion else world.operate(clearing=0, fees=False)
        self.casey, self.pat = customer(world.power), contractor(world.power)
        self.price = world.stage.amounts[-1]
        self.offer = ""

    def offers(self) -> None:
        currency = self.world.stage.currency
        card = self.side.cards[0]
        wanted = terms(self.pat.id, job_of(self.casey, currency), self.price, currency, payment_method=card)
        self.casey.post("offers/", wanted)
        self.offer = str(self.casey.get("offers/")["results"][0]["id"])

    def accepts(self) -> None:
        self.pat.post(f"offers/{self.offer}/accept/")

    def withdraws_offer(self) -> None:
        self.casey.post(f"offers/{self.offer}/withdraw/")

    def hired(self) -> None:
        self.offers()
        self.accepts()

    @property
    def contract(self) -> str:
        return str(self.pat.get("contracts/")["results"][0]["id"])

    def cancels(self) -> None:
        self.casey.post(f"contracts/{self.contract}/cancel/", {"reason": "We move away."})

    def earned(self) -> None:
        self.hired()
        self.pat.post(f"contracts/{self.contract}/deliver/")
        self.casey.post(f"contracts/{self.contract}/complete/")

    def becomes_payable(self) -> None:
        self.side.connect(self.pat, self.side.banks[0], 0)
        self.pat.post("payouts/refresh")

    def withdraws(self) -> None:
        for each in self.pat.get("wallet/")["balances"]:
            self.pat.post("payouts/withdraw", {"amount": each["available"]})

    def payable(self) -> None:
        self.earned()
        self.becomes_payable()

    def paid_out(self) -> None:
        self.payable()
        self.withdraws()
        self.passes(timedelta(hours=3))

    def passes(self, time: timedelta) -> None:
        self.world.wait(time)
        self.world.settle()

    def comes_to_rest(self) -> None:
        """Mend everything, let some days pass, and hold books, rows and gateway against each other."""
        self.world.calm_down(calming=[timedelta(minutes=20), timedelta(days=4)], ending=[timedelta(hours=2)])


@BOTH
def test_every_event_of_a_whole_life_arrives_in_reverse(world: World):
    deal = Deal(world)
    kept: list[tuple[bytes, dict[str, str]]] = []

    def keep(body: bytes, headers: Any) -> int:
        kept.append((body, dict(headers)))
        return 200

    deal.earned()
    deal.becomes_payable()
    deal.withdraws()
    for _ in range(3):
        world.wait(timedelta(hours=1))
        world.work()
        deal.side.controls.deliver(keep)
    assert len(kept) > 1
    statuses = [deal.side.post(body, headers) for body, headers in reversed(kept)]
    # Stripe's signatures have an age: what is older than five minutes is refused, and comes again signed anew.
    assert set(statuses) <= {200, 400}
    deal.side.statuses.clear()
    deal.side.controls.redeliver()
    deal.comes_to_rest()
    assert Payout.objects.get().status == "paid"
    assert Payment.objects.get().status == "withdrawn"


#: A step, and how the deal comes to where it is taken. Each is an operation at the gateway.
STEPS: dict[str, tuple[Callable[[Deal], None], Callable[[Deal], None]]] = {
    "authorize": (lambda deal: None, Deal.offers),
    "capture": (Deal.offers, Deal.accepts),
    "void": (Deal.offers, Deal.withdraws_offer),
    "refund": (Deal.hired, Deal.cancels),
    "onboard": (Deal.earned, Deal.becomes_payable),
    "transfer": (Deal.payable, Deal.withdraws),
    "reverse": (Deal.paid_out, lambda deal: deal.side.send_back(Payout.objects.get().gateway_id)),
}


@BOTH
@pytest.mark.parametrize("step", STEPS)
def test_a_process_that_is_killed_between_answer_and_commit_has_done_it_once(world: World, step: str):
    deal = Deal(world)
    before, dies = STEPS[step]
    before(deal)
    world.settle()
    world.power.cut_at_answer(1)
    dies(deal)
    world.wait(timedelta(minutes=2))
    world.work()
    world.power.restore()
    done(deal, step)


@BOTH
@pytest.mark.parametrize("step", STEPS)
def test_an_answer_that_is_lost_and_whose_key_is_forgotten_is_done_once(world: World, step: str):
    deal = Deal(world)
    before, asks = STEPS[step]
    before(deal)
    world.settle()
    deal.side.controls.lose_response("POST *")
    asks(deal)
    deal.side.controls.go_down()
    world.wait(timedelta(hours=25))
    world.work()
    deal.side.controls.forget_keys()
    deal.side.controls.come_back()
    done(deal, step)


def done(deal: Deal, step: str) -> None:
    """The step has happened once, whoever had to repeat it, and everything agrees (`made` is part of that)."""
    if step == "onboard":
        # Where the bank is told to us nothing is kept of it: the person types it again.
        deal.becomes_payable()
    deal.comes_to_rest()
    assert not GatewayOperation.objects.exclude(status__in=["succeeded", "declined", "cancelled"]).exists()
    mine = Payment.objects.get(payer_id=deal.casey.id)
    expected = {
        "authorize": ("failed", "refunded"),
        "capture": ("held",),
        "void": ("failed", "refunded"),
        "refund": ("refunded",),
        "onboard": ("released",),
        "transfer": ("withdrawn",),
        "reverse": ("released",),
    }
    assert mine.status in expected[step]


@BOTH
def test_a_payout_that_was_paid_and_fails_then_is_back_in_the_wallet(world: World):
    deal = Deal(world)
    deal.paid_out()
    assert Payout.objects.get().status == "paid"
    deal.side.send_back(Payout.objects.get().gateway_id)
    deal.passes(timedelta(hours=1))
    deal.comes_to_rest()
    assert Payout.objects.get().status == "returned"
    assert deal.pat.get("wallet/")["balances"][0]["available"]["amount"] == deal.price * 7 // 10


@BOTH
@pytest.mark.parametrize("won", [True, False])
def test_a_chargeback_after_the_withdrawal_is_won_or_owed(world: World, won: bool):
    deal = Deal(world, cushion=True)
    deal.paid_out()
    payment = Payment.objects.get(payer_id=deal.casey.id)
    dispute = deal.side.controls.open_dispute(payment.gateway_id)
    deal.passes(timedelta(hours=1))
    deal.side.controls.close_dispute(dispute, won=won)
    deal.passes(timedelta(hours=1))
    deal.comes_to_rest()
    row = Chargeback.objects.get()
    assert (row.status, row.lost) == (("won", 0) if won else ("lost", deal.price))
    assert row.written_off == 0


@BOTH
def test_a_refund_that_fails_days_later_waits_for_finance_and_goes_out_once_more(world: World):
    deal = Deal(world)
    deal.hired()
    deal.cancels()
    deal.passes(timedelta(hours=1))
    refund = Refund.objects.get()
    deal.passes(timedelta(days=3))
    deal.side.controls.fail_refund(refund.gateway_id)
    deal.passes(timedelta(hours=1))
    refund.refresh_from_db()
    assert refund.status == "failed"
    deal.comes_to_rest()
    refund.refresh_from_db()
    assert (refund.status, refund.round) == ("succeeded", 2)


@BOTH
def test_a_payee_restricted_between_request_and_transfer_has_the_money_back(world: World):
    deal = Deal(world)
    deal.payable()
    world.settle()
    deal.side.controls.go_down()
    deal.withdraws()
    deal.side.controls.restrict_payee(deal.pat.payee_at(deal.side.name))
    deal.side.controls.come_back()
    deal.passes(timedelta(hours=2))
    assert Payout.objects.get().status == "failed"
    assert deal.pat.get("wallet/")["balances"][0]["available"]["amount"] == deal.price * 7 // 10
    deal.comes_to_rest()


@BOTH
def test_an_hour_without_a_gateway_finishes_everything_once(world: World):
    deal = Deal(world)
    deal.paid_out()
    deal.hired()
    deal.side.controls.go_down()
    deal.cancels()
    deals = [Deal(world) for _ in range(3)]
    for each in deals:
        each.offers()
    for _ in range(3):
        world.wait(timedelta(minutes=20))
        assert world.work()
    deal.side.controls.come_back()
    deal.passes(timedelta(minutes=10))
    assert all(each.casey.get(f"offers/{each.offer}/")["status"] == "pending" for each in deals)
    for each in deals:
        each.accepts()
    deal.comes_to_rest()
    assert Payment.objects.filter(payer_id=deal.casey.id, status="refunded").count() == 1
