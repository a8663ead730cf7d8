"""Casey's booking with Pat that is to be repeated, a kept card, and a clock that is moved."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.payments.selectors import saved_methods
from jobsphere.repeats import tasks
from jobsphere.repeats.models import Repeat
from tests.by_the_clock import Send
from tests.marketplace import make_profile


@pytest.fixture
def card(keep: Callable[..., UUID], casey: Actor) -> Callable[..., UUID]:
    """Return a function that lets Casey keep a card."""
    return partial(keep, casey)


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
def rounds() -> Callable[[], None]:
    """What series do by the clock."""
    return tasks.make_occurrences
