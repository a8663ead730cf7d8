"""The `sandbox` fixture: a fresh gateway in each test, with its controls, and webhooks posted to our real view."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from jobsphere.payments.gateways.registry import forget_gateways, get_controls
from jobsphere.payments.gateways.sandbox import Controls

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
    settings.GATEWAY = "sandbox"
    forget_gateways()
    yield Sandbox()
    forget_gateways()


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
