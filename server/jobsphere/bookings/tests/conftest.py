"""Pat with a calendar and a package, and Casey who books."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from rest_framework.test import APIClient

from jobsphere.bookings import selectors, services
from jobsphere.bookings.models import Booking
from jobsphere.bookings.types import CalendarSettings, Extra, PackageDetails, WeeklyRange
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from tests.marketplace import make_profile, usd

#: Every day from eight to six.
WEEK = tuple(WeeklyRange(day, 480, 1080) for day in range(7))


def open_calendar(contractor: Actor, **settings: Any) -> UUID:
    """Give a contractor a profile, a calendar and a package of two hours for 100 dollars; returns the package."""
    make_profile(contractor, latitude=51.5, longitude=-0.12, radius_km=20)
    with edge_transaction():
        rules = CalendarSettings(**{"time_zone": "Europe/London", "notice_hours": 1, "step": 60, **settings})
        services.save_calendar(actor=contractor, settings=rules, weekly=WEEK)
        package = PackageDetails(
            title="Boiler service",
            minutes=120,
            price=usd(100_00),
            category="plumbers",
            extras=(Extra(title="Flush the pipes", minutes=60, price=usd(40_00)),),
        )
        return services.add_package(actor=contractor, package=package)


def free(contractor: Actor, package_id: UUID, *, days: int = 3) -> list[datetime]:
    """Return the free times from `days` days on, for a week."""
    first = clock.now().date() + timedelta(days=days)
    found = selectors.availability(
        contractor.known_id(), first=first, last=first + timedelta(days=7), package_id=package_id
    )
    return list(found.slots)


@pytest.fixture
def package(transactional_db: None, sandbox: object, taxonomy: None, pat: Actor) -> UUID:
    """What Pat offers."""
    return open_calendar(pat)


@pytest.fixture
def send(client_for: Callable[..., APIClient]) -> Callable[..., Any]:
    """Return a function that asks as somebody, with a key of its own."""

    def ask(actor: Actor | None, method: str, path: str, body: Any = None) -> Any:
        headers = {"Idempotency-Key": str(uuid4())}
        return getattr(client_for(actor), method)(f"/api/{path}", body, format="json", headers=headers)

    return ask


@pytest.fixture
def book(casey: Actor, pat: Actor, package: UUID, send: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that books the first free time, paid with a good card."""

    def make(**changes: Any) -> Any:
        wanted = {
            "contractor_id": str(pat.id),
            "package_id": str(package),
            "payment_method": "pm_card_visa",
            **changes,
        }
        if "starts_at" not in wanted:
            wanted["starts_at"] = free(pat, package)[0].isoformat()
        return send(casey, "post", "bookings/", wanted)

    return make


@pytest.fixture
def confirmed(book: Callable[..., Any], pat: Actor, send: Callable[..., Any]) -> Booking:
    """A booking that Pat has accepted."""
    made = book().json()
    assert send(pat, "post", f"offers/{made['offer_id']}/accept/", {}).status_code == 200
    return Booking.objects.get(pk=made["id"])
