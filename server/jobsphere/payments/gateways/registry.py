"""Which gateways there are, and how each is put together. The only place of this package that reads the settings."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, overload

from jobsphere.kit import clock
from jobsphere.payments.gateways.base import Gateway
from jobsphere.payments.gateways.base.registration import Registration, Sandbox, Setup, UnknownGatewayError
from jobsphere.payments.gateways.paystack import registration as paystack
from jobsphere.payments.gateways.sandbox import Controls, SandboxServer, SandboxSite
from jobsphere.payments.gateways.sandbox.http_client import Observer
from jobsphere.payments.gateways.sandbox.switches import Switches
from jobsphere.payments.gateways.stripe import StripeGateway
from jobsphere.payments.gateways.stripe import registration as stripe

__all__ = ["UnknownGatewayError"]

#: A new gateway is one folder and one line here (docs/gateways.md).
_GATEWAYS: Mapping[str, Registration] = {
    **stripe.GATEWAYS,
    **paystack.GATEWAYS,
}


def refuse_inside_transaction() -> None:
    """Raise RuntimeError when a database transaction is open: a gateway may take seconds, and cannot be rolled back.

    The transaction that a rolled-back test wraps around itself does not count.
    """
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
            raise RuntimeError("a gateway was called inside a database transaction")


def get_gateway(name: str = "") -> Gateway:
    """Return a gateway by name; the configured one when no name is given. Raises UnknownGatewayError."""
    from django.conf import settings

    return _gateway(name or settings.GATEWAY)


def registered() -> Mapping[str, Registration]:
    """Return every gateway that could be used, by name."""
    return _GATEWAYS


def is_sandbox(name: str) -> bool:
    """Say whether no real money moves through this gateway."""
    return name in _GATEWAYS and _GATEWAYS[name].build_sandbox is not None


def sandboxes() -> tuple[str, ...]:
    """Return the names of the gateways that are sandboxes."""
    return tuple(name for name in _GATEWAYS if is_sandbox(name))


def webhook_addresses() -> tuple[str, ...]:
    """Return the names under which gateways call us, each once."""
    return tuple(dict.fromkeys(found.webhook for found in _GATEWAYS.values()))


def called_at(address: str, *, default: str) -> str:
    """Return which gateway calls at an address: the default one, or the one as real as it is."""
    candidates = [name for name, found in _GATEWAYS.items() if found.webhook == address]
    if default in candidates:
        return default
    return next((name for name in candidates if is_sandbox(name) == is_sandbox(default)), address)


@cache
def sandbox_of(name: str) -> Sandbox:
    """Return this process's door to a sandbox, whose state is in DATA_DIR and shared by all processes."""
    registration = _GATEWAYS.get(name)
    if registration is None or registration.build_sandbox is None:
        raise UnknownGatewayError(f"no sandbox is called {name!r}")
    return registration.build_sandbox(_setup(name, registration))


@overload
def get_controls() -> Controls: ...
@overload
def get_controls(name: str) -> Switches: ...
def get_controls(name: str = "sandbox") -> Switches:
    """Return the switches of a sandbox."""
    controls: Switches = sandbox_of(name).controls
    return controls


def get_sandbox() -> SandboxServer:
    """Return the Stripe sandbox's server."""
    server: SandboxServer = sandbox_of("sandbox").server
    return server


def get_sandbox_site() -> SandboxSite:
    """Return the Stripe sandbox's API and pages."""
    site: SandboxSite = sandbox_of("sandbox").site  # type: ignore[assignment]
    return site


def sandbox_site_at(path: str) -> tuple[Any, str]:
    """Return the sandbox whose pages are at this path below /sandbox/, and the rest of the path."""
    for name in sandboxes():
        mount = _GATEWAYS[name].mount
        if mount and (path == mount or path.startswith(f"{mount}/")):
            return sandbox_of(name).site, path.removeprefix(mount).removeprefix("/")
    return get_sandbox_site(), path


def build_sandbox_gateway(
    server: SandboxServer,
    *,
    guard: Callable[[], None] = refuse_inside_transaction,
    observer: Observer | None = None,
    now: Callable[[], datetime] = clock.now,
) -> StripeGateway:
    """Return the Stripe adapter, on the official SDK, talking to the sandbox in this process."""
    return stripe.build_on_sandbox(server, guard=guard, observer=observer, now=now)


def forget_gateways() -> None:
    """Drop what was built, so that the next use reads the settings again; for tests that change them."""
    _gateway.cache_clear()
    sandbox_of.cache_clear()


@cache
def _gateway(name: str) -> Gateway:
    if name not in _GATEWAYS:
        raise UnknownGatewayError(f"no gateway is called {name!r}")
    return _GATEWAYS[name].build(_setup(name, _GATEWAYS[name]))


def _setup(name: str, registration: Registration) -> Setup:
    from django.conf import settings

    def setting(key: str) -> str:
        """A gateway that is new to us needs no line in the settings: its keys may stand in the environment."""
        return str(getattr(settings, key, "") or os.environ.get(key, ""))

    return Setup(
        setting=setting,
        guard=refuse_inside_transaction,
        data_dir=Path(settings.DATA_DIR),
        sandbox_url=f"{settings.PUBLIC_URL}/sandbox/{registration.mount}".rstrip("/"),
        sandbox=partial(sandbox_of, name),
    )
