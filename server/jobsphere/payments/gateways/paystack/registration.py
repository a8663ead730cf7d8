"""Paystack, live and as a sandbox."""

from collections.abc import Callable
from datetime import datetime

from jobsphere.kit import clock
from jobsphere.payments.gateways.base.registration import Registration, Sandbox, Setup
from jobsphere.payments.gateways.paystack.gateway import PaystackGateway
from jobsphere.payments.gateways.paystack.sandbox import (
    PAYSTACK_SETTINGS,
    PaystackControls,
    PaystackServer,
    PaystackSite,
    SandboxTransport,
)
from jobsphere.payments.gateways.paystack.sandbox.transport import Observer
from jobsphere.payments.gateways.sandbox import SandboxState


def _live(setup: Setup) -> PaystackGateway:
    return PaystackGateway(secret_key=setup.required("PAYSTACK_SECRET_KEY"), guard=setup.guard)


def _sandbox(setup: Setup) -> Sandbox:
    state = SandboxState(setup.data_dir / "sandbox_paystack.sqlite3", clock.now, defaults=PAYSTACK_SETTINGS)
    server = PaystackServer(state, public_url=setup.sandbox_url)
    return Sandbox(server, PaystackControls(server), PaystackSite(server))


def build_on_sandbox(
    server: PaystackServer,
    *,
    guard: Callable[[], None],
    observer: Observer | None = None,
    now: Callable[[], datetime] = clock.now,
) -> PaystackGateway:
    """Return the Paystack adapter talking to the sandbox in this process."""
    return PaystackGateway(
        name="sandbox_paystack",
        secret_key=server.state.secret_key,
        guard=guard,
        transport=SandboxTransport(server, observer=observer),
        now=now,
    )


GATEWAYS = {
    "paystack": Registration(_live, webhook="paystack", needs=("PAYSTACK_SECRET_KEY",)),
    "sandbox_paystack": Registration(
        lambda setup: build_on_sandbox(setup.sandbox().server, guard=setup.guard),
        webhook="paystack",
        build_sandbox=_sandbox,
        mount="paystack",
    ),
}
