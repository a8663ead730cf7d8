"""A direct booking (R31): no posted job, a time slot, one milestone; accepted, or declined by the contractor."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from jobsphere.kit import clock
from tests.stories.people import Contractor, Customer, books, dollars


def booking(contractor: Contractor, **changes: Any) -> dict[str, Any]:
    """Return the body of a booking for tomorrow."""
    start = clock.now() + timedelta(days=1)
    return {
        "contractor_id": contractor.id,
        "booking": {"title": "Fix the boiler", "category": "plumbers", "address": "7 Mill Lane", "place": "Old Town"},
        "amount": dollars(200),
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=2)).isoformat(),
        "cancellation_policy": "flexible",
        **changes,
    }


def test_a_booking_is_paid_done_and_approved(customer: Customer, contractor: Contractor, settle: Callable[[], None]):
    offer = customer.offers(**booking(contractor))
    assert (offer["status"], offer["is_booking"], len(offer["milestones"])) == ("pending", True, 1)
    settle()
    (told,) = contractor.get("notifications/")["results"]
    assert told["type"] == "offer.received"
    contract_id = contractor.accepts(offer)["contract_id"]
    assert books() == {"gateway": 200, "escrow": 180, "revenue_platform_fee": 20}
    contractor.post(f"contracts/{contract_id}/complete/", {"note": "It burns again."})
    assert customer.post(f"contracts/{contract_id}/complete/")["status"] == "completed"
    assert books() == {"gateway": 200, "revenue_platform_fee": 20, "revenue_service_fee": 40, "wallet": 140}


def test_a_declined_booking_gives_the_money_back_and_takes_its_job_down(
    customer: Customer, contractor: Contractor, rival: Contractor, settle: Callable[[], None]
):
    offer = customer.offers(**booking(contractor))
    rival.get(f"jobs/{offer['job_id']}/", expect=404)
    contractor.post(f"offers/{offer['id']}/reject/", {"reason": "I am on holiday."})
    settle()
    after = customer.get(f"offers/{offer['id']}/")
    assert (after["status"], after["payment"]["detail"]) == ("rejected", "voided")
    assert after["closed_reason"] == "I am on holiday."
    assert customer.get(f"jobs/{offer['job_id']}/")["status"] == "cancelled"
    assert "offer.rejected" in [each["type"] for each in customer.get("notifications/")["results"]]
    assert books() == {}
