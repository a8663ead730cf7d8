"""What the clock does: silence releases, with reminders before; offers expire before their authorisation does (C5)."""

from collections.abc import Callable
from datetime import timedelta

from jobsphere.contracts.tasks import expire_offers, release_unanswered_milestones
from jobsphere.kit import clock
from tests.stories.people import Contractor, Customer, books, dollars


def told(person: Customer | Contractor, kind: str) -> int:
    """Return how often somebody was told that kind of news."""
    return sum(each["type"] == kind for each in person.get("notifications/")["results"])


def test_silence_releases_the_money_after_a_week_and_two_reminders(
    customer: Customer, contractor: Contractor, settle: Callable[[], None]
):
    offer = customer.offers(job_id=customer.posts_job(), contractor_id=contractor.id, amount=dollars(1000))
    contract_id = contractor.accepts(offer)["contract_id"]
    contractor.post(f"contracts/{contract_id}/deliver/", {"note": "Finished."})
    held = {"gateway": 1000, "escrow": 900, "revenue_platform_fee": 100}
    for days, reminders in [(1, 0), (3, 0), (4, 1), (5, 1), (6.1, 2), (6.5, 2)]:
        with clock.travel(timedelta(days=days)):
            release_unanswered_milestones()
            settle()
            assert told(customer, "contract.reminder") == reminders, f"after {days} days"
            assert books() == held
    with clock.travel(timedelta(days=7, minutes=1)):
        release_unanswered_milestones()
        release_unanswered_milestones()
        settle()
        assert books() == {"gateway": 1000, "revenue_platform_fee": 100, "revenue_service_fee": 200, "wallet": 700}
        assert told(contractor, "milestone.released") == 1
        contract = customer.get(f"contracts/{contract_id}/")
        assert (contract["status"], contract["milestones"][0]["status"]) == ("completed", "released")


def test_a_change_request_stops_the_clock_and_a_hold_does_too(
    customer: Customer, contractor: Contractor, settle: Callable[[], None]
):
    offer = customer.offers(job_id=customer.posts_job(), contractor_id=contractor.id, amount=dollars(1000))
    contract_id = contractor.accepts(offer)["contract_id"]
    delivered = contractor.post(f"contracts/{contract_id}/deliver/", {"note": "Finished."})
    customer.post(f"milestones/{delivered['milestones'][0]['id']}/request-changes/", {"reason": "The basin is loose."})
    with clock.travel(timedelta(days=30)):
        release_unanswered_milestones()
        settle()
        assert books() == {"gateway": 1000, "escrow": 900, "revenue_platform_fee": 100}


def test_an_unanswered_offer_expires_before_its_authorisation_does(
    customer: Customer, contractor: Contractor, settle: Callable[[], None]
):
    offer = customer.offers(job_id=customer.posts_job(), contractor_id=contractor.id, amount=dollars(1000))
    assert offer["expires_at"] < offer["payment"]["authorized_until"]
    with clock.travel(timedelta(days=3, minutes=1)):
        contractor.accepts(offer, expect=409)
        expire_offers()
        settle()
        after = customer.get(f"offers/{offer['id']}/")
        assert (after["status"], after["payment"]["detail"], after["allowed_actions"]) == ("expired", "voided", [])
        contractor.accepts(offer, expect=409)
        assert (told(customer, "offer.expired"), told(contractor, "offer.expired")) == (1, 1)
    assert books() == {}
    assert customer.get(f"jobs/{offer['job_id']}/")["status"] == "open", "another contractor may still be hired"
