"""Casey's booking with Pat that is to be repeated, a kept card, and a clock that is moved."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from rest_framework.test import APIClient

from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.payments.selectors import saved_methods
from jobsphere.repeats import tasks
from jobsphere.repeats.models import Repeat
from tests.marketplace import make_profile

Send = Callable[..., Any]


@pytest.fixture
def send(client_for: Callable[..., APIClient]) -> Send:
    """Return a function that asks as somebody, with a key of its own; a new session each time, as the clock moves."""

    def ask(actor: Actor | None, method: str, path: str, body: Any = None) -> Any:
        headers = {"Idempotency-Key": str(uuid4())}
        return getattr(client_for(actor), method)(f"/api/{path}", body, format="json", headers=headers)

    return ask


@pytest.fixture
def card(send: Send, casey: Actor, sandbox: Any) -> Callable[..., UUID]:
    """Return a function that lets Casey keep a card, and prove who they are if their bank asks."""

    def keep(number: str = "pm_card_visa") -> UUID:
        made = send(casey, "post", "payments/methods/", {"payment_method": number}).json()
        if made["status"] == "action_required":
            sandbox.answer_challenge(made["action_url"].rsplit("/", 1)[1])
            made = send(casey, "post", f"payments/methods/{made['id']}/confirm/", {}).json()
        assert made["status"] == "saved", made
        return UUID(made["id"])

    return keep


@pytest.fixture
def offer(transactional_db: None, sandbox: object, taxonomy: None, casey: Actor, pat: Actor, send: Send) -> str:
    """Casey's booking of Pat in three days, two hours for 100 dollars, that Pat has accepted."""
    make_profile(pat)
    start = clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=3)
    body = {
        "contractor_id": str(pat.id),
        "booking": {"title": "Clean the flat", "category": "plumbers", "address": "7 Mill Lane"},
        "amount": {"amount": 100_00, "currency": "USD"},
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=2)).isoformat(),
        "payment_method": "pm_card_visa",
    }
    made = send(casey, "post", "offers/", body)
    assert made.status_code == 201, made.json()
    assert send(pat, "post", f"offers/{made.json()['id']}/accept/", {}).status_code == 200
    return str(made.json()["id"])


@pytest.fixture
def series(offer: str, casey: Actor, pat: Actor, send: Send, card: Any) -> Callable[..., Repeat]:
    """Return a function that makes a series that both have agreed on."""

    def make(every: str = "weekly", number: str = "pm_card_visa", **more: Any) -> Repeat:
        if not saved_methods(casey):
            card(number)
        wish = {"offer_id": offer, "every": every, "time_zone": "Europe/London", **more}
        made = send(casey, "post", "repeats/", wish)
        assert made.status_code == 201, made.json()
        agreed = send(pat, "post", f"repeats/{made.json()['id']}/accept/", {})
        assert agreed.status_code == 200, agreed.json()
        return Repeat.objects.get(pk=made.json()["id"])

    return make


@pytest.fixture
def tick(settle: Callable[[], None]) -> Callable[..., None]:
    """Return a function that moves the clock to a moment, or by a time, and lets everything happen that is due."""

    def run(by: timedelta | None = None, *, until: Any = None) -> None:
        if until is not None:
            by = until - clock.now()
        if by is not None:
            clock.set_offset(clock.offset() + by)
        tasks.make_occurrences()
        settle()

    return run
