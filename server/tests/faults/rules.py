"""The rules of the state machine: what people do, what the gateway and the network do to them, and time."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from jobsphere.contracts.models import Contract, Milestone, Offer
from jobsphere.payments.models import PayeeAccount, Payout
from tests.faults import invariants
from tests.faults.people import Someone, contractor, customer, job_of, terms
from tests.faults.world import World

#: Which of the things that fit is meant; a number, so that shrinking has something to hold on to.
WHICH = st.integers(0, 3)
AMOUNTS = st.sampled_from([50, 55, 999, 1_000, 10_001, 100_000])
CARDS = st.sampled_from(
    ["pm_card_visa"] * 4
    + ["pm_card_threeDSecureRequired"] * 2
    + ["pm_card_chargeDeclined", "pm_card_captureDeclined", "pm_card_pendingRefund", "pm_card_lostAnswer", ""]
)
POLICIES = st.sampled_from(["flexible", "moderate", "strict"])
BANKS = st.sampled_from(["000123456789"] * 3 + ["000111111113", "000999999991"])
FAULTS = st.sampled_from(["lose_request", "lose_response", "fail_before", "fail_after", "limit_rate"])
TARGETS = st.sampled_from(
    [
        "*",
        "POST *",
        "POST /v1/payment_intents",
        "POST /v1/payment_intents/*/capture",
        "POST /v1/payment_intents/*/cancel",
        "POST /v1/refunds",
        "POST /v1/transfers",
        "POST /v1/transfers/*/reversals",
        "POST /v1/payouts",
        "GET *",
    ]
)
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
        self.jobs = [job_of(self.casey)]

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
    def offer(self, which: int, amount: int, card: str, policy: str, parts: int) -> None:
        """Casey offers a job; to another contractor it is a rival of the offer before."""
        if which == 3 and len(self.jobs) < 3:
            self.jobs.append(job_of(self.casey))
        someone = self.contractors[which % 2]
        body = terms(someone.id, self.jobs[-1], amount, parts=parts, payment_method=card, cancellation_policy=policy)
        self.casey.post("offers/", body)

    @rule(which=WHICH, passed=st.booleans(), comes_back=st.booleans())
    def prove(self, which: int, passed: bool, comes_back: bool) -> None:
        """Casey answers the bank's challenge, and may close the browser before it has led back to us."""
        waiting = [
            each
            for each in self.world.gateway.objects("payment_intent")
            if each["status"] == "requires_action" and each["id"] in self._payments()
        ]
        if intent := pick(waiting, which):
            self.world.gateway.answer_challenge(intent["id"], passed=passed)
            if comes_back:
                offer = Offer.objects.get(payment__gateway_id=intent["id"])
                self.casey.post(f"offers/{offer.pk}/pay/")

    def _payments(self) -> set[str]:
        return set(Offer.objects.filter(customer_id=self.casey.id).values_list("payment__gateway_id", flat=True))

    @rule(which=WHICH, card=CARDS)
    def pay(self, which: int, card: str) -> None:
        """Casey tries a card on an offer that waits for one."""
        if offer := pick(self.offers("awaiting_payment"), which):
            self.casey.post(f"offers/{offer.pk}/pay/", {"payment_method": card or "pm_card_visa"})

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
            amount = {"amount": max(milestone.amount * share // 100, 1), "currency": "USD"}
            self._work_on(milestone, "refund", amount=amount, reason="A part was not needed.")

    def _work_on(self, milestone: Milestone | None, action: str, **body: Any) -> None:
        if milestone is not None and milestone.contract is not None:
            self.worker_of(milestone.contract.contractor_id).post(f"milestones/{milestone.pk}/{action}/", body)

    # --- withdrawals

    @rule(which=WHICH, bank=BANKS, automatic=st.booleans())
    def become_payable(self, which: int, bank: str, automatic: bool) -> None:
        """A contractor connects, and tells the gateway all that it asks."""
        someone = self.contractors[which % 2]
        someone.post("payouts/connect")
        account = PayeeAccount.objects.filter(user_id=someone.id).exclude(gateway_id="").first()
        if account is not None:
            self.world.gateway.complete_onboarding(account.gateway_id, bank=bank)
            someone.post("payouts/refresh")
            someone.post("payouts/schedule", {"schedule": "automatic" if automatic else "manual"})

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
