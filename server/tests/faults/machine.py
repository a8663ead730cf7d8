"""The state machine whole: people, faults and time; and the composite rule that reaches deep states in one step."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from jobsphere.contracts.models import Offer
from jobsphere.payments.models import Chargeback, PayeeAccount, Payment, Payout, Refund
from tests.faults.clockwork import Clockwork
from tests.faults.lives import LIVES, STORIES, Life
from tests.faults.people import Someone
from tests.faults.rules import CUTS, FAULTS, PAUSES, TARGETS, WHICH, pick
from tests.faults.stages import Side


class MoneyMachine(Clockwork):
    """Everything that may happen to money."""

    # --- the network and the gateway

    @rule(fault=FAULTS, line=TARGETS, times=st.integers(1, 3))
    def trouble(self, fault: str, line: int, times: int) -> None:
        """Something goes wrong with the next requests that fit."""
        for side in self.world.sides.values():
            getattr(side.controls, fault)(side.targets[line], times=times)

    @rule(which=WHICH)
    def go_down(self, which: int) -> None:
        """A gateway does not answer any more."""
        self._side(which).controls.go_down()

    @rule()
    def come_back(self) -> None:
        """The gateways are back, and so is the network."""
        for side in self.world.sides.values():
            side.controls.clear_faults()

    @rule()
    def forget_keys(self) -> None:
        """A day has passed at the gateway, which forgets idempotency keys."""
        self.world.wait(timedelta(hours=25))
        for side in self.world.sides.values():
            side.controls.forget_keys()

    @rule(which=WHICH)
    def restrict(self, which: int) -> None:
        """The gateway wants to know more of a payee, and pays nothing meanwhile."""
        if found := pick(self._payees(), which):
            side, payee = found
            side.controls.restrict_payee(payee)

    @rule(which=WHICH)
    def unrestrict(self, which: int) -> None:
        """The payee has told it."""
        if found := pick(self._payees(), which):
            side, payee = found
            side.controls.unrestrict_payee(payee)

    @rule(which=WHICH)
    def bounce_payout(self, which: int) -> None:
        """A bank sends a payout back, perhaps after it had been paid."""
        rows = Payout.objects.filter(payee_id__in=[each.id for each in self.contractors]).exclude(gateway_id="")
        if payout := pick(list(rows.order_by("pk")), which):
            self.world.sides[payout.gateway].send_back(payout.gateway_id)

    @rule(which=WHICH)
    def bounce_refund(self, which: int) -> None:
        """A refund does not reach the card, perhaps after it had succeeded."""
        rows = Refund.objects.filter(payment__payer_id=self.casey.id).exclude(gateway_id="")
        if refund := pick(list(rows.select_related("payment").order_by("pk")), which):
            self.world.sides[refund.payment.gateway].controls.fail_refund(refund.gateway_id)

    @rule(which=WHICH, share=st.sampled_from([30, 100, 100]))
    def charge_back(self, which: int, share: int) -> None:
        """Casey's bank takes a share of a payment back, wherever its money is by now."""
        taken = Payment.objects.filter(payer_id=self.casey.id, captured_amount__gt=0).order_by("pk")
        if payment := pick(list(taken), which):
            side = self.world.sides[payment.gateway]
            if amount := side.disputable(payment.gateway_id) * share // 100:
                side.controls.open_dispute(payment.gateway_id, amount=amount)

    @rule(which=WHICH, won=st.booleans())
    def decide(self, which: int, won: bool) -> None:
        """A bank decides."""
        if found := pick(list(self.world.open_disputes()), which):
            side, dispute = found
            side.controls.close_dispute(dispute, won=won)

    @rule(which=WHICH)
    def reinstate(self, which: int) -> None:
        """A bank gives back what it had taken for good."""
        lost = Chargeback.objects.filter(gateway="sandbox", payment__payer_id=self.casey.id, lost__gt=0).order_by("pk")
        if row := pick(list(lost), which):
            self.world.gateway.reinstate_funds(row.gateway_id)

    @rule(days=st.sampled_from([0, 2, 7]), fees=st.booleans())
    def operate(self, days: int, fees: bool) -> None:
        """The operator lets earnings clear for some days, or not; the gateways charge fees, or not."""
        self.world.operate(clearing=days, fees=fees)

    def _side(self, which: int) -> Side:
        return list(self.world.sides.values())[which % len(self.world.sides)]

    def _payees(self) -> list[tuple[Side, str]]:
        """Return those of this example who have told the gateway everything."""
        mine = PayeeAccount.objects.filter(user_id__in=[each.id for each in self.contractors])
        known = set(mine.values_list("gateway", "gateway_id"))
        told = [(side, payee) for side in self.world.sides.values() for payee in side.payees()]
        return [(side, payee) for side, payee in told if (side.name, payee) in known]

    # --- webhooks, the worker, time

    @rule(copies=st.integers(1, 3), shuffle=st.one_of(st.none(), st.integers(0, 9)))
    def post(self, copies: int, shuffle: int | None) -> None:
        """The postman brings what waits: several times, in any order."""
        self.world.post(copies=copies, shuffle=shuffle)

    @rule(pattern=st.integers(0, 4))
    def withhold(self, pattern: int) -> None:
        """The postmen keep something back."""
        for side in self.world.sides.values():
            side.controls.withhold(side.patterns[pattern])

    @rule(again=st.booleans())
    def bring_the_rest(self, again: bool) -> None:
        """They bring what they kept back, and perhaps everything that they ever brought."""
        for side in self.world.sides.values():
            side.controls.release()
            if again:
                side.controls.redeliver(*[each["id"] for each in side.controls.events()[-20:] if "id" in each])

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
        self.jobs.append(self.new_job())
        first = self.world.first
        card = first.asking if life.challenge else first.cards[0]
        funding = "hourly" if life.story == "by_the_hour" else life.funding
        plans = [lambda: self._offer_to(someone, life.amount, card, funding), *STORIES[life.story](self, life)]
        if life.rival:
            plans.insert(1, lambda: self._offer_to(other, (life.amount + 1) % 6, first.cards[0]))
        for number, plan in enumerate(plans):
            if life.fault is not None and life.fault_at == number:
                self.trouble(*life.fault, times=1)
            if life.cut is not None and life.cut_at == number:
                self.cut_power(life.cut)
            plan()
            self.settle(timedelta(seconds=50))

    def _offer_to(self, someone: Someone, amount: int, card: str, funding: str = "upfront") -> None:
        if funding == "hourly":
            self.hire_by_the_hour(someone, amount, card, cap=90)
        elif funding == "upfront":
            self.casey.post("offers/", self.terms(someone, amount, card, parts=2))
        else:
            self.offer_shaped(someone, amount, card, funding)

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
