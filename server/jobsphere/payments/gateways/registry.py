"""Which gateways there are, and how each is put together. The only place of this package that reads the settings."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from jobsphere.kit import clock
from jobsphere.payments.gateways.base import Gateway
from jobsphere.payments.gateways.sandbox import Controls, SandboxHTTPClient, SandboxServer, SandboxSite, SandboxState
from jobsphere.payments.gateways.sandbox.http_client import Observer
from jobsphere.payments.gateways.stripe import StripeGateway


class UnknownGatewayError(LookupError):
    """No gateway of this name is configured."""


def refuse_inside_transaction() -> None:
    """Raise RuntimeError when a database transaction is open: a gateway may take seconds, and cannot be rolled back.

    The transaction that a rolled-back test wraps around itself does not count.
    """
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
            raise RuntimeError("a gateway was called inside a database transaction")


def build_sandbox_gateway(
    server: SandboxServer,
    *,
    guard: Callable[[], None] = refuse_inside_transaction,
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
    )


def get_gateway(name: str = "") -> Gateway:
    """Return a gateway by name; the configured one when no name is given. Raises UnknownGatewayError."""
    from django.conf import settings

    return _gateway(name or settings.GATEWAY)


@cache
def get_sandbox() -> SandboxServer:
    """Return this process's door to the sandbox, whose state is in DATA_DIR and shared by all processes."""
    from django.conf import settings

    state = SandboxState(Path(settings.DATA_DIR) / "sandbox.sqlite3", clock.now)
    return SandboxServer(state, public_url=f"{settings.PUBLIC_URL}/sandbox")


@cache
def get_sandbox_site() -> SandboxSite:
    """Return the sandbox's API and pages, to be mounted at /sandbox/ or served on a port of its own."""
    return SandboxSite(get_sandbox())


def get_controls() -> Controls:
    """Return the switches of the sandbox."""
    return Controls(get_sandbox())


def forget_gateways() -> None:
    """Drop what was built, so that the next use reads the settings again; for tests that change them."""
    _gateway.cache_clear()
    get_sandbox_site.cache_clear()
    get_sandbox.cache_clear()


def _build_stripe() -> Gateway:
    """Build the real thing. STRIPE_WEBHOOK_SECRET may hold several secrets, separated by commas."""
    from django.conf import settings

    if not settings.STRIPE_SECRET_KEY:
        raise UnknownGatewayError("STRIPE_SECRET_KEY is not set")
    secrets = [part.strip() for part in settings.STRIPE_WEBHOOK_SECRET.split(",") if part.strip()]
    return StripeGateway(
        secret_key=settings.STRIPE_SECRET_KEY, webhook_secrets=secrets, guard=refuse_inside_transaction
    )


def _build_sandbox() -> Gateway:
    return build_sandbox_gateway(get_sandbox())


#: A new gateway is one package and one line here.
_BUILDERS: dict[str, Callable[[], Gateway]] = {"sandbox": _build_sandbox, "stripe": _build_stripe}


@cache
def _gateway(name: str) -> Gateway:
    if name not in _BUILDERS:
        raise UnknownGatewayError(f"no gateway is called {name!r}")
    return _BUILDERS[name]()
