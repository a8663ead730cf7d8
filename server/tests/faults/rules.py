"""The rules of the state machine: what people do, what the gateway and the network do to them, and time."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from jobsphere.contracts.models import Contract, Milestone, Offer
from jobsphere.kit.money import Money
from jobsphere.payments.models import Payment, Payout
from tests.faults import invariants
from tests.faults.people import Someone, contractor, customer, job_of, terms
from tests.faults.world import World

#: Which of the things that fit is meant; a number, so that shrinking has something to hold on to.
WHICH = st.integers(0, 3)
#: Prices, cards, banks and kinds of requests are numbers too: each gateway has its own.
AMOUNTS = st.integers(0, 5)
CARDS = st.integers(0, 11)
POLICIES = st.sampled_from(["flexible", "moderate", "strict"])
BANKS = st.sampled_from([0, 0, 0, 1, 2])
FAULTS = st.sampled_from(["lose_request", "lose_response", "fail_before", "fail_after", "limit_rate"])
TARGETS = st.integers(0, 9)
PAUSES = st.sampled_from(
    [timedelta(minutes=minutes) for minutes in (0.05, 0.9, 11, 60, 21 * 60, 3.5 * 24 * 60, 7.5 * 24 * 60)]
)
CUTS = st.one_of(
    st.none(), st.tuples(st.just("answer"), st.integers(1, 2)), st.tuples(st.just("write"), st.integers(1, 40))
)


class People(RuleBasedStateMachine):
    """What people do. Each rule picks among what is there, preferably something on which it is possible."""

    world: ClassVar[World]

    def arrive(self) -> None:
        """A customer and two contractors, who have nothing to do with the examples before."""
        self.world.begin()
        power = self.world.power
        self.casey = customer(power)
        self.contractors = [contractor(power, "pat"), contractor(power, "sam")]
        self.jobs = [self.new_job()]

    def new_job(self) -> UUID:
        """Let Casey post a job."""
        return job_of(self.casey, self.world.stage.currency)

    def terms(self, someone: Someone, amount: int, card: str, **offer: Any) -> dict[str, Any]:
        """Return the body of an offer on the newest job."""
        stage = self.world.stage
        return terms(someone.id, self.jobs[-1], stage.amounts[amount], stage.currency, payment_method=card, **offer)

    # --- picking

    def offers(self, *statuses: str) -> list[Offer]:
        """Return the offers of this example, those in a fitting status if there are any."""
        rows = list(Offer.objects.filter(customer_id=self.casey.id).order_by("pk"))
        return [row for row in rows if row.status in statuses] or rows

    def contracts(self, *statuses: str) -> list[Contract]:
        rows = list(Contract.objects.filter(customer_id=self.casey.id).order_by("pk"))
        return [row for row in rows if row.status in statuses] or rows

    def milestones(self, *statuses: str) -> list[Milestone]:
        contracts = Contract.objects.filter(customer_id=self.casey.id)
        rows = list(Milestone.objects.filter(contract__in=contracts).select_related("contract").order_by("pk"))
        return [row for row in rows if row.status in statuses] or rows

    def worker_of(self, contractor_id: UUID) -> Someone:
        """Return the contractor with this id."""
        return next(each for each in self.contractors if each.id == contractor_id)

    # --- offers

    @rule(which=WHICH, amount=AMOUNTS, card=CARDS, policy=POLICIES, parts=st.integers(1, 3))
    def offer(self, which: int, amount: int, card: int, policy: str, parts: int) -> None:
        """Casey offers a job; to another contractor it is a rival of the offer before."""
        if which == 3 and len(self.jobs) < 3:
            self.jobs.append(self.new_job())
        card_ = self.world.first.cards[card]
        body = self.terms(self.contractors[which % 2], amount, card_, parts=parts, cancellation_policy=policy)
        self.casey.post("offers/", body)

    @rule(which=WHICH, passed=st.booleans(), comes_back=st.booleans())
    def prove(self, which: int, passed: bool, comes_back: bool) -> None:
        """Casey answers the bank's challenge or page, and may close the browser before it has led back to us."""
        mine = dict(Payment.objects.filter(payer_id=self.casey.id).values_list("gateway_id", "pk"))
        waiting = [
            (side, each) for side in self.world.sides.values() for each in side.waiting() if each and each in mine
        ]
        if found := pick(waiting, which):
            side, payment = found
            side.answer(payment, passed=passed)
            offer = Offer.objects.filter(payment_id=mine[payment]).first()
            if comes_back and offer:
                self.casey.post(f"offers/{offer.pk}/pay/")
            elif comes_back:
                self.casey.post("payments/confirm", {"payment": str(mine[payment])})

    @rule(which=WHICH, card=CARDS)
    def pay(self, which: int, card: int) -> None:
        """Casey tries a card on an offer that waits for one."""
        if offer := pick(self.offers("awaiting_payment"), which):
            cards = self.world.first.cards
            self.casey.post(f"offers/{offer.pk}/pay/", {"payment_method": cards[card] or cards[0]})

    @rule(which=WHICH)
    def accept(self, which: int) -> None:
        """A contractor says yes."""
        if offer := pick(self.offers("pending"), which):
            self.worker_of(offer.contractor_id).post(f"offers/{offer.pk}/accept/")

    @rule(which=WHICH)
    def reject(self, which: int) -> None:
        """A contractor says no."""
        if offer := pick(self.offers("pending"), which):
            self.worker_of(offer.contractor_id).post(f"offers/{offer.pk}/reject/", {"reason": "No time."})

    @rule(which=WHICH)
    def withdraw_offer(self, which: int) -> None:
        """Casey takes an offer back."""
        if offer := pick(self.offers("pending", "awaiting_payment"), which):
            self.casey.post(f"offers/{offer.pk}/withdraw/", {"reason": "Changed my mind."})

    # --- work

    @rule(which=WHICH)
    def start(self, which: int) -> None:
        """A contractor begins a milestone."""
        self._work_on(pick(self.milestones("funded"), which), "start")

    @rule(which=WHICH)
    def submit(self, which: int) -> None:
        """A contractor hands a milestone in."""
        self._work_on(pick(self.milestones("in_progress", "changes_requested"), which), "submit", note="Done.")

    @rule(which=WHICH)
    def deliver(self, which: int) -> None:
        """A contractor hands everything in."""
        if contract := pick(self.contracts("active"), which):
            self.worker_of(contract.contractor_id).post(f"contracts/{contract.pk}/deliver/", {"note": "All of it."})

    @rule(which=WHICH)
    def request_changes(self, which: int) -> None:
        """Casey sends work back."""
        if milestone := pick(self.milestones("submitted"), which):
            self.casey.post(f"milestones/{milestone.pk}/request-changes/", {"reason": "It is crooked."})

    @rule(which=WHICH)
    def release(self, which: int) -> None:
        """Casey approves a milestone."""
        if milestone := pick(self.milestones("submitted"), which):
            self.casey.post(f"milestones/{milestone.pk}/release/")

    @rule(which=WHICH, by_customer=st.booleans())
    def cancel(self, which: int, by_customer: bool) -> None:
        """One of the parties ends a contract early."""
        if contract := pick(self.contracts("active"), which):
            someone = self.casey if by_customer else self.worker_of(contract.contractor_id)
            someone.post(f"contracts/{contract.pk}/cancel/", {"reason": "It does not work out."})

    @rule(which=WHICH, share=st.sampled_from([1, 3, 7, 100]))
    def refund(self, which: int, share: int) -> None:
        """A contractor gives a share (in percent) of a milestone back."""
        if milestone := pick(self.milestones("funded", "in_progress", "submitted"), which):
            self._give_back(milestone, share, "A part was not needed.")

    @rule(which=WHICH, share=st.sampled_from([7, 30, 100, 100]))
    def refund_released(self, which: int, share: int) -> None:
        """A contractor gives a share of what was approved back, wherever the money is by now."""
        if milestone := pick(self.milestones("released"), which):
            self._give_back(milestone, share, "The tiles came loose.")

    def _give_back(self, milestone: Milestone, share: int, reason: str) -> None:
        amount = Money(max(milestone.amount * share // 100, 1), self.world.stage.currency)
        self._work_on(milestone, "refund", amount=amount.to_json(), reason=reason)

    def _work_on(self, milestone: Milestone | None, action: str, **body: Any) -> None:
        if milestone is not None and milestone.contract is not None:
            self.worker_of(milestone.contract.contractor_id).post(f"milestones/{milestone.pk}/{action}/", body)

    # --- withdrawals

    @rule(which=WHICH, bank=BANKS, automatic=st.booleans())
    def become_payable(self, which: int, bank: int, automatic: bool) -> None:
        """A contractor connects, and tells every gateway all that it asks."""
        someone = self.contractors[which % 2]
        for side in self.world.sides.values():
            side.connect(someone, side.banks[bank], which % 2)
        someone.post("payouts/refresh")
        someone.post("payouts/schedule", {"schedule": "automatic" if automatic else "manual"})

    @rule(which=WHICH, bank=BANKS)
    def change_bank(self, which: int, bank: int) -> None:
        """A contractor is paid to another account from now on: that cools off first."""
        someone = self.contractors[which % 2]
        for side in self.world.sides.values():
            payee = someone.payee_at(side.name)
            if payee in side.payees():
                side.change_bank(someone, payee, side.banks[bank], which % 2)
        someone.post("payouts/refresh")

    @rule(which=WHICH, share=st.sampled_from([30, 50, 100, 100, 101]))
    def withdraw(self, which: int, share: int) -> None:
        """A contractor withdraws a share (in percent) of the wallet."""
        someone = self.contractors[which % 2]
        for each in someone.get("wallet/")["balances"]:
            available = each["available"]
            someone.post("payouts/withdraw", {"amount": {**available, "amount": available["amount"] * share // 100}})

    @rule(which=WHICH)
    def cancel_withdrawal(self, which: int) -> None:
        """A contractor takes a withdrawal back, if it was not sent."""
        rows = list(Payout.objects.filter(payee_id__in=[each.id for each in self.contractors]).order_by("pk"))
        if payout := pick([row for row in rows if row.status == "requested"] or rows, which):
            self.worker_of(payout.payee_id).post(f"payouts/{payout.pk}/cancel/")

    @rule(who=st.integers(0, 2))
    def repeat(self, who: int) -> None:
        """Somebody whose browser got no answer, or is impatient, sends their last request again."""
        [self.casey, *self.contractors][who].repeat()

    @invariant()
    def books_are_sound(self) -> None:
        if hasattr(self, "casey"):
            invariants.after_every_step()

    def teardown(self) -> None:
        """Let everything come to rest, and look at all of it."""
        if hasattr(self, "casey"):
            self.world.calm_down()


def pick(things: Sequence[Any], which: int) -> Any:
    """Return one of the things, or None when there are none."""
    return things[which % len(things)] if things else None
