"""The world of the fault tests: gateways with a power switch, a worker, a postman and a clock that only goes on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from conftest import empty_tables
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.outbox.worker import drain
from jobsphere.payments import services as payments
from jobsphere.payments.gateways import registry
from jobsphere.payments.gateways.sandbox import Controls
from jobsphere.payments.models import Payment, Refund
from jobsphere.payments.rules import FAILURES_TO_OPEN, RefundStatus
from jobsphere.profiles import services as profiles
from tests.faults import invariants
from tests.faults.people import contractor, customer, job_of, terms
from tests.faults.power import Power
from tests.faults.stages import SIDES, Side, Stage
from tests.marketplace import edge
from tests.sandbox import Sandbox

#: From the first retries to automatic releases, lapsed authorisations and refunds that fail late.
_CALMING = [timedelta(minutes=2), timedelta(minutes=20), timedelta(hours=3), timedelta(days=1.5)]
#: What silence released clears, is then paid out automatically, and arrives; or comes back, and is paid out once more.
_ENDING = [timedelta(days=4), timedelta(days=8), timedelta(days=8), *[timedelta(hours=2)] * 3]


class World:
    """Everything that is outside of the people. It goes on from example to example; only a failure resets it."""

    def __init__(self, sandbox: Sandbox, settings: Any, stage: Stage) -> None:
        self.sandbox = sandbox
        self.settings = settings
        self.stage = stage
        self.power = Power()
        self.sides = {name: SIDES[name](self.power) for name in stage.gateways}
        #: False while an example runs: if it does not come to its end, the next one starts in an empty world.
        self.sound = True

    @property
    def gateway(self) -> Controls:
        """The switches of the Stripe sandbox, for tests of that one alone."""
        return self.sandbox.controls

    @property
    def first(self) -> Side:
        """The gateway that takes new payments."""
        return self.sides[self.stage.gateways[0]]

    def install(self, monkeypatch: Any) -> None:
        """Put the same gateways together with our power switch in the line."""
        gateways = dict(registry.registered())
        for name, side in self.sides.items():
            gateways[name] = replace(gateways[name], build=side.build)
        monkeypatch.setattr(registry, "_GATEWAYS", gateways)
        self.settings.GATEWAYS = list(self.stage.gateways)
        self.settings.GATEWAY = self.stage.gateways[0]
        registry.forget_gateways()
        self._site = registry.build_sandbox_gateway(registry.get_sandbox())

    def begin(self) -> None:
        """Start an example. At Paystack a bank account is one payee for ever, so there everybody is new each time."""
        if not self.sound or "sandbox_paystack" in self.sides:
            self._reset()
        self.sound = False
        self.power.restore()
        self.operate(clearing=0, fees=False)
        for side in self.sides.values():
            if side.controls.balance(self.stage.currency) < self.stage.cushion // 2:
                self._cushion(side)
        if self.stage.first_is_down:
            self._cut_off()

    def _cushion(self, side: Side) -> None:
        """Bring money to a gateway that no example touches, so that a bank's claim never empties it."""
        regular, worker = customer(self.power), contractor(self.power, "regular")
        wanted = terms(
            worker.id,
            job_of(regular, self.stage.currency),
            self.stage.cushion,
            self.stage.currency,
            payment_method=side.cards[0],
        )
        offer = regular.post("offers/", {**wanted, "gateway": side.name})
        assert worker.post(f"offers/{offer['id']}/accept/")["status"] == "accepted"

    def _cut_off(self) -> None:
        """Let the first gateway fall silent under so many payments that new ones go elsewhere; these stay where they
        are, and nobody knows what became of them until it answers again."""
        self.first.controls.go_down()
        regular, worker = customer(self.power), contractor(self.power, "regular")
        for _ in range(FAILURES_TO_OPEN):
            job = job_of(regular, self.stage.currency)
            amount = self.stage.amounts[3]
            wanted = terms(worker.id, job, amount, self.stage.currency, payment_method=self.first.cards[0])
            assert regular.post("offers/", wanted)["payment"]["gateway"] == self.first.name

    def _reset(self) -> None:
        empty_tables()
        for side in self.sides.values():
            side.controls.reset()
        with edge():
            profiles.load_taxonomy()

    def operate(self, *, clearing: int, fees: bool) -> None:
        """Decide what the operator decides: how many days earnings clear, and what the gateways charge from now on."""
        self.settings.CLEARING_DAYS = {"new": clearing, "verified": clearing // 2, "trusted": 0}
        for side in self.sides.values():
            side.controls.set(fee_basis_points=290 if fees else 0, fee_fixed=30 if fees else 0)

    # --- time and work

    def wait(self, by: timedelta) -> None:
        """Let time pass, here and at the gateway."""
        clock.set_offset(clock.offset() + by)
        for side in self.sides.values():
            side.controls.tick()

    def work(self) -> bool:
        """Let the worker do all that is due; False when the power was cut."""
        return self.power.survives(drain)[0]

    def post(self, *, copies: int = 1, shuffle: int | None = None) -> int:
        """Let the postmen bring what waits."""
        return sum(self._post_of(side, copies, shuffle) for side in self.sides.values())

    def _post_of(self, side: Side, copies: int, shuffle: int | None) -> int:
        _, taken = self.power.survives(lambda: side.controls.deliver(side.post, copies=copies, shuffle=shuffle))
        assert set(side.statuses) <= {200}, f"a webhook was answered with {set(side.statuses)}"
        side.statuses.clear()
        return taken or 0

    def settle(self) -> None:
        """Let gateway and queue talk until neither has anything to say."""
        for _ in range(20):
            self.work()
            if not self.post():
                return
        raise AssertionError("gateway and queue do not come to rest")

    def capture_by_hand(self, payment_id: UUID) -> None:
        """Take reserved money at the gateway, past our marketplace; nothing happens if there is none to take."""
        payment = Payment.objects.get(pk=payment_id)
        if payment.gateway_id and self.sides[payment.gateway].reserves:
            total = payment.money(payment.amount)
            self._site.capture(gateway_id=payment.gateway_id, amount=total, idempotency_key=uuid4().hex)

    # --- the end

    def calm_down(self, *, calming: Sequence[timedelta] = _CALMING, ending: Sequence[timedelta] = _ENDING) -> None:
        """Mend everything, let weeks pass (unless told), and hold the books against the gateways."""
        self.power.restore()
        for side in self.sides.values():
            side.controls.clear_faults()
            side.controls.release()
            for payee in side.payees():
                side.controls.unrestrict_payee(payee)
        for by in calming:
            self._pass(by)
            invariants.what_waits_has_an_offer(self.sides)
        self._decide()
        self._repeat(self._send_refunds_again)
        for by in ending:
            self._pass(by)
        self._repeat(self._send_refunds_again)
        self._pay_by_hand()
        invariants.at_rest(self.sides, self.stage.currency)
        self.sound = True

    def _decide(self) -> None:
        """Let every bank decide, one way and the other."""
        for side, dispute in self.open_disputes():
            side.controls.close_dispute(dispute, won=sum(map(ord, dispute)) % 2 == 0)
        self._pass(timedelta(hours=1))

    def open_disputes(self) -> Iterator[tuple[Side, str]]:
        """Return every chargeback that no bank has decided."""
        for side in self.sides.values():
            yield from ((side, dispute) for dispute in side.open_disputes())

    def _pass(self, by: timedelta) -> None:
        self.wait(by)
        self.settle()

    def _repeat(self, remedy: Callable[[], bool]) -> None:
        for _ in range(6):
            if not remedy():
                return
            self._pass(timedelta(days=2))

    def _pay_by_hand(self) -> None:
        """Do what finance does about refunds that no gateway takes any more: the bank has taken another part of the
        payment back for good. That of any other reason is a fault of ours, and stays for the invariants to find."""
        hopeless = Refund.objects.filter(status=RefundStatus.FAILED, failure_code="disputed", payment__disputed=False)
        for refund_id in list(hopeless.values_list("pk", flat=True)):
            with edge_transaction():
                payments.pay_refund_by_hand(actor=SYSTEM, refund_id=refund_id, reason="By bank transfer.")
        self.settle()

    def _send_refunds_again(self) -> bool:
        """Do what finance does about refunds that failed; False when there are none."""
        failed = list(Refund.objects.filter(status=RefundStatus.FAILED).values_list("pk", flat=True))
        for refund_id in failed:
            with edge_transaction():
                payments.retry_refund(actor=SYSTEM, refund_id=refund_id)
        return bool(failed)
