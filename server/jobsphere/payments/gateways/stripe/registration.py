"""Stripe, live and as the sandbox."""

from collections.abc import Callable
from datetime import datetime

from jobsphere.kit import clock
from jobsphere.payments.gateways.base import CheckoutForm, CheckoutKind
from jobsphere.payments.gateways.base.registration import Registration, Sandbox, Setup
from jobsphere.payments.gateways.sandbox import Controls, SandboxHTTPClient, SandboxServer, SandboxSite, SandboxState
from jobsphere.payments.gateways.sandbox.http_client import Observer
from jobsphere.payments.gateways.stripe.gateway import StripeGateway


def _live(setup: Setup) -> StripeGateway:
    """STRIPE_WEBHOOK_SECRET may hold several secrets, separated by commas: of our account and of payees'."""
    secrets = [part.strip() for part in setup.setting("STRIPE_WEBHOOK_SECRET").split(",") if part.strip()]
    return StripeGateway(
        secret_key=setup.required("STRIPE_SECRET_KEY"),
        webhook_secrets=secrets,
        guard=setup.guard,
        checkout=CheckoutForm(CheckoutKind.STRIPE_ELEMENTS, setup.setting("STRIPE_PUBLISHABLE_KEY")),
    )


def _sandbox(setup: Setup) -> Sandbox:
    server = SandboxServer(SandboxState(setup.data_dir / "sandbox.sqlite3", clock.now), public_url=setup.sandbox_url)
    return Sandbox(server, Controls(server), SandboxSite(server))


def build_on_sandbox(
    server: SandboxServer,
    *,
    guard: Callable[[], None],
    observer: Observer | None = None,
    now: Callable[[], datetime] = clock.now,
) -> StripeGateway:
    """Return the Stripe adapter, on the official SDK, talking to the sandbox in this process."""
    state = server.state
    return StripeGateway(
        name="sandbox",
        secret_key=state.secret_key,
        webhook_secrets=[state.webhook_secret],
        guard=guard,
        http_client=SandboxHTTPClient(server, observer=observer),
        now=now,
        checkout=CheckoutForm(CheckoutKind.SANDBOX),
    )


GATEWAYS = {
    "stripe": Registration(_live, webhook="stripe", needs=("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET")),
    "sandbox": Registration(
        lambda setup: build_on_sandbox(setup.sandbox().server, guard=setup.guard),
        webhook="stripe",
        build_sandbox=_sandbox,
    ),
}
