"""What series and plans are tried with: a card that is kept, and a clock that is moved until something is due."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from rest_framework.test import APIClient

from jobsphere.kit import clock
from jobsphere.kit.actor import Actor

Send = Callable[..., Any]


@pytest.fixture
def send(client_for: Callable[..., APIClient]) -> Send:
    """Return a function that asks as somebody, with a key of its own; a new session each time, as the clock moves."""

    def ask(actor: Actor | None, method: str, path: str, body: Any = None) -> Any:
        headers = {"Idempotency-Key": str(uuid4())}
        return getattr(client_for(actor), method)(f"/api/{path}", body, format="json", headers=headers)

    return ask


@pytest.fixture
def keep(transactional_db: None, send: Send, sandbox: Any) -> Callable[..., UUID]:
    """Return a function that lets somebody keep a card, and prove who they are if their bank asks."""

    def keep_card(actor: Actor, number: str = "pm_card_visa") -> UUID:
        made = send(actor, "post", "payments/methods/", {"payment_method": number}).json()
        if made["status"] == "action_required":
            sandbox.answer_challenge(made["action_url"].rsplit("/", 1)[1])
            made = send(actor, "post", f"payments/methods/{made['id']}/confirm/", {}).json()
        assert made["status"] == "saved", made
        return UUID(made["id"])

    return keep_card


@pytest.fixture
def tick(settle: Callable[[], None], rounds: Callable[[], Any]) -> Callable[..., None]:
    """Return a function that moves the clock to a moment, or by a time, and lets everything happen that is due.

    `rounds` is what the app under test does by the clock: a fixture of its own conftest.
    """

    def run(by: timedelta | None = None, *, until: Any = None) -> None:
        if until is not None:
            by = until - clock.now()
        if by is not None:
            clock.set_offset(clock.offset() + by)
        rounds()
        settle()

    return run
