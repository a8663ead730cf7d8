"""The stage of the fault tests: one gateway with a power switch, a worker, a postman and a clock that only goes on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.management import call_command

from conftest import without_triggers
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.outbox.worker import drain
from jobsphere.payments import services as payments
from jobsphere.payments.gateways import registry
from jobsphere.payments.gateways.sandbox import Controls
from jobsphere.payments.models import Payment, Refund
from jobsphere.payments.rules import RefundStatus
from jobsphere.profiles import services as profiles
from tests.faults import invariants
from tests.faults.power import Power
from tests.marketplace import edge
from tests.sandbox import Sandbox

#: From the first retries to automatic releases, lapsed authorisations and refunds that fail late.
_CALMING = [timedelta(minutes=2), timedelta(minutes=20), timedelta(hours=3), timedelta(days=1.5)]
#: What silence released is then paid out automatically, and arrives; or comes back, and is paid out once more.
_ENDING = [timedelta(days=4), timedelta(days=8), *[timedelta(hours=2)] * 2]


class World:
    """Everything that is outside of the people. It goes on from example to example; only a failure resets it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.power = Power()
        #: False while an example runs: if it does not come to its end, the next one starts in an empty world.
        self.sound = True

    @property
    def gateway(self) -> Controls:
        return self.sandbox.controls

    def install(self, monkeypatch: Any) -> None:
        """Put the same gateway together with our power switch in the line."""
        monkeypatch.setitem(registry._BUILDERS, "sandbox", self._build)
        registry.forget_gateways()
        self._site = registry.build_sandbox_gateway(registry.get_sandbox())

    def _build(self) -> Any:
        return registry.build_sandbox_gateway(registry.get_sandbox(), observer=self.power.observe)

    def begin(self) -> None:
        """Start an example."""
        if not self.sound:
            self._reset()
        self.sound = False
        self.power.restore()

    def _reset(self) -> None:
        with without_triggers():
            call_command("flush", verbosity=0, interactive=False)
        self.gateway.reset()
        with edge():
            profiles.load_taxonomy()

    # --- time and work

    def wait(self, by: timedelta) -> None:
        """Let time pass, here and at the gateway."""
        clock.set_offset(clock.offset() + by)
        self.gateway.tick()

    def work(self) -> bool:
        """Let the worker do all that is due; False when the power was cut."""
        return self.power.survives(drain)[0]

    def post(self, *, copies: int = 1, shuffle: int | None = None) -> int:
        """Let the postman bring what waits."""
        _, taken = self.power.survives(lambda: self.gateway.deliver(self.sandbox.post, copies=copies, shuffle=shuffle))
        assert set(self.sandbox.statuses) <= {200}, f"a webhook was answered with {set(self.sandbox.statuses)}"
        self.sandbox.statuses.clear()
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
        if payment.gateway_id:
            total = payment.money(payment.amount)
            self._site.capture(gateway_id=payment.gateway_id, amount=total, idempotency_key=uuid4().hex)

    # --- the end

    def calm_down(self) -> None:
        """Mend everything, let weeks pass, and hold the books against the gateway."""
        self.power.restore()
        self.gateway.clear_faults()
        self.gateway.release()
        for account in self.gateway.objects("account"):
            if account["details_submitted"]:
                self.gateway.unrestrict_payee(account["id"])
        for by in _CALMING:
            self._pass(by)
            invariants.authorisations_have_an_offer(self.gateway)
        self._repeat(self._send_refunds_again)
        for by in _ENDING:
            self._pass(by)
        self._repeat(self._send_refunds_again)
        invariants.at_rest(self.gateway)
        self.sound = True

    def _pass(self, by: timedelta) -> None:
        self.wait(by)
        self.settle()

    def _repeat(self, remedy: Callable[[], bool]) -> None:
        while remedy():
            self._pass(timedelta(days=2))

    def _send_refunds_again(self) -> bool:
        """Do what finance does about refunds that failed; False when there are none."""
        failed = list(Refund.objects.filter(status=RefundStatus.FAILED).values_list("pk", flat=True))
        for refund_id in failed:
            with edge_transaction():
                payments.retry_refund(actor=SYSTEM, refund_id=refund_id)
        return bool(failed)
