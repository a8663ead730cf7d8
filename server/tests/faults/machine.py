"""The state machine whole: people, faults and time; and the composite rule that reaches deep states in one step."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from jobsphere.contracts.models import Offer
from jobsphere.payments.models import PayeeAccount, Payout, Refund
from tests.faults.lives import LIVES, STORIES, Life
from tests.faults.people import Someone, job_of, terms
from tests.faults.rules import CUTS, FAULTS, PAUSES, TARGETS, WHICH, People, pick


class MoneyMachine(People):
    """Everything that may happen to money."""

    # --- the network and the gateway

    @rule(fault=FAULTS, line=TARGETS, times=st.integers(1, 3))
    def trouble(self, fault: str, line: str, times: int) -> None:
        """Something goes wrong with the next requests that fit."""
        getattr(self.world.gateway, fault)(line, times=times)

    @rule()
    def go_down(self) -> None:
        """The gateway does not answer any more."""
        self.world.gateway.go_down()

    @rule()
    def come_back(self) -> None:
        """The gateway is back, and so is the network."""
        self.world.gateway.clear_faults()

    @rule()
    def forget_keys(self) -> None:
        """A day has passed at the gateway, which forgets idempotency keys."""
        self.world.wait(timedelta(hours=25))
        self.world.gateway.forget_keys()

    @rule(which=WHICH)
    def restrict(self, which: int) -> None:
        """The gateway wants to know more of a payee, and pays nothing meanwhile."""
        if account := pick(self._payees(), which):
            self.world.gateway.restrict_payee(account)

    @rule(which=WHICH)
    def unrestrict(self, which: int) -> None:
        """The payee has told it."""
        if account := pick(self._payees(), which):
            self.world.gateway.unrestrict_payee(account)

    @rule(which=WHICH)
    def bounce_payout(self, which: int) -> None:
        """A bank sends a payout back, perhaps after it had been paid."""
        rows = Payout.objects.filter(payee_id__in=[each.id for each in self.contractors]).exclude(gateway_id="")
        if payout := pick(list(rows.order_by("pk")), which):
            self.world.gateway.fail_payout(payout.gateway_id)

    @rule(which=WHICH)
    def bounce_refund(self, which: int) -> None:
        """A refund does not reach the card, perhaps after it had succeeded."""
        rows = Refund.objects.filter(payment__payer_id=self.casey.id).exclude(gateway_id="")
        if refund := pick(list(rows.order_by("pk")), which):
            self.world.gateway.fail_refund(refund.gateway_id)

    def _payees(self) -> list[str]:
        """Return those of this example who have told the gateway everything."""
        mine = PayeeAccount.objects.filter(user_id__in=[each.id for each in self.contractors])
        known = set(mine.values_list("gateway_id", flat=True))
        told = [each["id"] for each in self.world.gateway.objects("account") if each["details_submitted"]]
        return [account for account in told if account in known]

    # --- webhooks, the worker, time

    @rule(copies=st.integers(1, 3), shuffle=st.one_of(st.none(), st.integers(0, 9)))
    def post(self, copies: int, shuffle: int | None) -> None:
        """The postman brings what waits: several times, in any order."""
        self.world.post(copies=copies, shuffle=shuffle)

    @rule(pattern=st.sampled_from(["*", "payment_intent.*", "payout.*", "refund.*"]))
    def withhold(self, pattern: str) -> None:
        """The postman keeps something back."""
        self.world.gateway.withhold(pattern)

    @rule(again=st.booleans())
    def bring_the_rest(self, again: bool) -> None:
        """He brings what he kept back, and perhaps everything that he ever brought."""
        self.world.gateway.release()
        if again:
            self.world.gateway.redeliver(*[each["id"] for each in self.world.gateway.events()[-20:]])

    @rule()
    def work(self) -> None:
        """The worker does what is due."""
        self.world.work()

    @rule(by=PAUSES)
    def wait(self, by: timedelta) -> None:
        """Time passes."""
        self.world.wait(by)

    @rule(by=st.sampled_from([timedelta(seconds=50), timedelta(minutes=11)]))
    def settle(self, by: timedelta) -> None:
        """Time passes, the worker works and the postman goes round."""
        self.world.wait(by)
        self.world.work()
        self.world.post()
        self.world.work()

    @rule(cut=CUTS)
    def cut_power(self, cut: tuple[str, int] | None) -> None:
        """Whoever comes next is stopped in the middle; or nobody is."""
        self.world.power.restore()
        if cut is not None:
            place, number = cut
            (self.world.power.cut_at_answer if place == "answer" else self.world.power.cut_at_write)(number)

    # --- all of it

    @initialize(life=LIVES)
    def begin_with_a_life(self, life: Life) -> None:
        """Every example has at least one deep life in it."""
        self.arrive()
        self.fast_forward(life)

    @rule(life=LIVES)
    def fast_forward(self, life: Life) -> None:
        """Walk one offer through a whole life in one step, with one fault and one power cut somewhere on the way."""
        someone, other = self.contractors[life.which % 2], self.contractors[(life.which + 1) % 2]
        self.jobs.append(job_of(self.casey))
        card = "pm_card_threeDSecureRequired" if life.challenge else "pm_card_visa"
        plans = [lambda: self._offer_to(someone, life.amount, card), *STORIES[life.story](self, life)]
        if life.rival:
            plans.insert(1, lambda: self._offer_to(other, life.amount + 1, "pm_card_visa"))
        for number, plan in enumerate(plans):
            if life.fault is not None and life.fault_at == number:
                self.trouble(*life.fault, times=1)
            if life.cut is not None and life.cut_at == number:
                self.cut_power(life.cut)
            plan()
            self.settle(timedelta(seconds=50))

    def _offer_to(self, someone: Someone, amount: int, card: str) -> None:
        self.casey.post("offers/", terms(someone.id, self.jobs[-1], amount, parts=2, payment_method=card))

    def prove_newest(self) -> None:
        """The newest challenge is passed."""
        self.prove(-1, passed=True, comes_back=True)

    def accept_newest(self) -> None:
        """Everybody with an offer on the newest job accepts it, the first one first."""
        for offer in Offer.objects.filter(job_id=self.jobs[-1]).order_by("pk"):
            self.worker_of(offer.contractor_id).post(f"offers/{offer.pk}/accept/")

    @rule(which=WHICH)
    def capture_elsewhere(self, which: int) -> None:
        """Somebody at the marketplace takes reserved money by hand, on the gateway's own site."""
        for offer in self.offers("pending", "withdrawn")[: which + 1]:
            assert offer.payment_id is not None
            self.world.capture_by_hand(offer.payment_id)
