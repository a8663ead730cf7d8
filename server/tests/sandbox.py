"""The `sandbox` fixture: a fresh gateway in each test, with its controls, and webhooks posted to our real view."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jobsphere.kit import clock
from jobsphere.payments.gateways import registry
from jobsphere.payments.gateways.base import Outcome, PaymentSnapshot
from jobsphere.payments.gateways.base.registration import Registration, Setup
from jobsphere.payments.gateways.registry import (
    build_sandbox_gateway,
    forget_gateways,
    get_controls,
    get_gateway,
)
from jobsphere.payments.gateways.sandbox import Controls, SandboxServer, SandboxState
from jobsphere.payments.gateways.stripe import StripeGateway

WEBHOOKS = "/api/webhooks/stripe"


class Sandbox:
    """The switches of the sandbox (`sandbox.controls`, or straight through) and the postman."""

    def __init__(self) -> None:
        self.statuses: list[int] = []

    @property
    def controls(self) -> Controls:
        """Return the switches."""
        return get_controls()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.controls, name)

    def post(self, body: bytes, headers: Mapping[str, str]) -> int:
        """Post one event to our webhook view; every status is kept in `statuses`."""
        answer = Client().post(
            WEBHOOKS,
            data=body,
            content_type=headers["Content-Type"],
            headers={name: value for name, value in headers.items() if name != "Content-Type"},
        )
        self.statuses.append(answer.status_code)
        return answer.status_code

    def deliver_webhooks(self, *, copies: int = 1, shuffle: int | None = None, limit: int | None = None) -> int:
        """Post what waits to our webhook view and return how many events were taken; the worker handles them."""
        return self.controls.deliver(self.post, copies=copies, shuffle=shuffle, limit=limit)


@pytest.fixture
def sandbox(settings: Any, tmp_path: Path, db: None) -> Iterator[Sandbox]:
    """Return a gateway without a past; nothing of it reaches another test."""
    settings.DATA_DIR = tmp_path
    settings.GATEWAY, settings.GATEWAYS = "sandbox", ["sandbox"]
    forget_gateways()
    yield Sandbox()
    forget_gateways()


class NoHoldGateway(StripeGateway):
    """A gateway that cannot reserve: it takes at once, and tells so by its capabilities."""

    capabilities = replace(StripeGateway.capabilities, manual_capture=False)

    def authorize(self, *, capture: str = "manual", **wanted: Any) -> Outcome[PaymentSnapshot]:
        """Take the money."""
        return super().authorize(capture="automatic", **wanted)


@pytest.fixture
def no_hold(sandbox: Sandbox) -> Sandbox:
    """Let the sandbox take money where it would reserve it."""
    get_gateway("sandbox").__class__ = NoHoldGateway
    return sandbox


@pytest.fixture
def second(sandbox: Sandbox, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Controls:
    """Put a second gateway behind the sandbox, which cannot reserve and has its own money; return its switches."""
    server = SandboxServer(SandboxState(settings.DATA_DIR / "second.sqlite3", clock.now), public_url="http://second")

    def build(_: Setup) -> StripeGateway:
        gateway = build_sandbox_gateway(server)
        gateway.name, gateway.__class__ = "second", NoHoldGateway
        return gateway

    monkeypatch.setattr(registry, "_GATEWAYS", {**registry.registered(), "second": Registration(build, webhook="")})
    settings.GATEWAYS = ["sandbox", "second"]
    return Controls(server)


@pytest.fixture
def settle(sandbox: Sandbox, run_worker: Callable[[], None]) -> Callable[[], None]:
    """Return a function that lets gateway and queue talk until neither has anything to say."""

    def run() -> None:
        for _ in range(20):
            run_worker()
            if not sandbox.deliver_webhooks():
                return
        raise AssertionError("gateway and queue do not come to rest")

    return run
