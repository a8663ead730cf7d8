"""A booking over HTTP: book, reschedule, cancel late, and nobody came; the books balance at each step."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from jobsphere.bookings import tasks
from jobsphere.kit import clock
from tests.stories.people import GOOD_CARD, Contractor, Customer, books, dollars

#: The platform takes 10 % when the offer is accepted and 20 % when the work is paid.
PAID = {"gateway": 200, "escrow": 180, "revenue_platform_fee": 20}


@pytest.fixture
def package(contractor: Contractor) -> dict[str, Any]:
    """What Pat offers: two hours for 200 dollars, every day from nine to five in Berlin."""
    settings = {"time_zone": "Europe/Berlin", "notice_hours": 1, "step": 60, "cancellation_policy": "moderate"}
    weekly = [{"weekday": day, "starts": 540, "ends": 1020} for day in range(7)]
    saved = contractor.client.put("/api/calendar/", {"settings": settings, "weekly": weekly}, format="json")
    assert saved.status_code == 200, saved.json()
    body = {"title": "Boiler service", "minutes": 120, "price": dollars(200)}
    (made,) = contractor.post("packages/", body, expect=201)
    return made


def times(customer: Customer, contractor: Contractor, package: dict[str, Any]) -> list[str]:
    day = clock.now().date() + timedelta(days=3)
    query = f"from={day}&to={day + timedelta(days=9)}&package={package['id']}"
    return list(customer.get(f"contractors/{contractor.id}/availability/?{query}")["slots"])


@pytest.fixture
def booked(customer: Customer, contractor: Contractor, package: dict[str, Any], settle: Callable[[], None]) -> Any:
    """A booking that is paid and accepted."""
    start = times(customer, contractor, package)[0]
    body = {
        "contractor_id": contractor.id,
        "package_id": package["id"],
        "starts_at": start,
        "payment_method": GOOD_CARD,
    }
    made = customer.post("bookings/", body, expect=201)
    assert books() == {}
    settle()
    contractor.accepts(customer.get(f"offers/{made['offer_id']}/"))
    settle()
    assert books() == PAID
    return customer.get(f"bookings/{made['id']}/")


def go_to(moment: str, *, later: timedelta = timedelta(0)) -> None:
    """Let it be that moment."""
    clock.set_offset(timedelta(0))
    clock.set_offset(datetime.fromisoformat(moment) + later - clock.now())


def test_rescheduled_then_cancelled_late_costs_half(customer, contractor, booked, package, settle):
    path = f"bookings/{booked['id']}"
    assert booked["if_cancelled"]["refund"] == dollars(200)
    later = times(customer, contractor, package)[-1]
    contractor.post(f"{path}/reschedule/", {"starts_at": later})
    customer.post(f"{path}/accept-reschedule/")
    settle()
    assert books() == PAID
    assert "booking.updated" in [each["type"] for each in customer.get("notifications/")["results"]]
    quote = customer.get(
        f"contractors/{contractor.id}/quote/?package={package['id']}&starts_at={later.replace('+', '%2B')}"
    )
    assert [(step["earned_percent"], step["refund"]) for step in quote["steps"]] == [
        (0, dollars(200)), (50, dollars(90)), (100, dollars(0)),
    ]  # fmt: skip
    # The old time would have been close by now; the new one decides.
    go_to(later, later=-timedelta(hours=25))
    assert customer.get(f"{path}/")["if_cancelled"]["refund"] == dollars(200)
    go_to(later, later=-timedelta(hours=23))
    shown = customer.get(f"{path}/")["if_cancelled"]
    assert (shown["refund"], shown["payout"]) == (dollars(90), dollars(70))
    assert customer.post(f"{path}/cancel/", {"reason": "We are away."})["status"] == "freed"
    settle()
    assert books() == {"gateway": 110, "revenue_platform_fee": 20, "revenue_service_fee": 20, "wallet": 70}


def test_a_contractor_who_cancels_late_gets_nothing(customer, contractor, booked, settle):
    go_to(booked["starts_at"], later=-timedelta(hours=2))
    assert contractor.get(f"bookings/{booked['id']}/")["if_cancelled"]["refund"] == dollars(200)
    contractor.post(f"bookings/{booked['id']}/cancel/", {"reason": "Ill."})
    settle()
    assert books() == {}


@pytest.mark.parametrize(
    ("who", "left"),
    [
        ("customer", {}),
        ("contractor", {"gateway": 200, "revenue_platform_fee": 20, "revenue_service_fee": 40, "wallet": 140}),
    ],
)
def test_who_did_not_come_bears_it_when_nobody_contests(customer, contractor, booked, settle, who, left):
    path = f"bookings/{booked['id']}"
    reporter = {"customer": customer, "contractor": contractor}[who]
    reporter.post(f"{path}/no-show/", {"reason": "Nobody there."}, expect=409)
    go_to(booked["starts_at"], later=timedelta(minutes=20))
    shown = reporter.get(f"{path}/")
    assert "report_no_show" in shown["allowed_actions"]
    assert shown["if_absent"]["payout"] == dollars(left.get("wallet", 0))
    after = reporter.post(f"{path}/no-show/", {"reason": "Nobody there."})
    assert after["absent"] == ("contractor" if who == "customer" else "customer")
    settle()
    assert books() == PAID
    # The money waits: neither of them can cancel meanwhile.
    customer.post(f"{path}/cancel/", {"reason": "Now."}, expect=409)
    tasks.settle_absences()
    assert books() == PAID
    go_to(booked["starts_at"], later=timedelta(days=2, hours=1))
    tasks.settle_absences()
    settle()
    assert books() == left
    assert customer.get(f"{path}/")["status"] == "freed"


def test_a_contested_report_waits_for_staff(customer, contractor, booked, settle):
    path = f"bookings/{booked['id']}"
    go_to(booked["starts_at"], later=timedelta(minutes=20))
    customer.post(f"{path}/no-show/", {"reason": "Nobody came."})
    customer.post(f"{path}/contest-no-show/", {"reason": "I say so."}, expect=409)
    contractor.post(f"{path}/contest-no-show/", {"reason": "I rang twice."})
    go_to(booked["starts_at"], later=timedelta(days=9))
    tasks.settle_absences()
    settle()
    assert books() == PAID
    contract = customer.get(f"contracts/{booked['contract_id']}/")
    assert contract["held_at"]
    assert contract["status"] == "active"
    # Who reported may still take it back; then all is as before.
    customer.post(f"{path}/withdraw-no-show/")
    assert customer.get(f"contracts/{booked['contract_id']}/")["held_at"] is None
    contractor.post(f"contracts/{booked['contract_id']}/complete/", {"note": "Done."})
    customer.post(f"contracts/{booked['contract_id']}/complete/")
    settle()
    assert books() == {"gateway": 200, "revenue_platform_fee": 20, "revenue_service_fee": 40, "wallet": 140}
    assert customer.get(f"{path}/")["status"] == "done"
