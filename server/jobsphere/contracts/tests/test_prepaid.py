"""Offers whose money is taken at once, because the gateway cannot reserve it."""

from datetime import timedelta
from uuid import UUID

import pytest

from jobsphere.contracts import selectors, services
from jobsphere.contracts.models import Contract, Offer
from jobsphere.contracts.tasks import expire_offers
from jobsphere.kit import clock
from jobsphere.ledger import checks
from jobsphere.notifications.models import Notification
from jobsphere.outbox.models import StoredEvent
from jobsphere.payments.models import Refund
from tests.marketplace import make_job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _takes_at_once(deals, no_hold):
    """The gateway of this page cannot reserve."""


def status_of(offer_id: UUID):
    """Return where an offer and its payment stand."""
    offer = Offer.objects.select_related("payment").get(pk=offer_id)
    assert offer.payment is not None
    return offer.status, offer.payment.detail


def found():
    """Return what `manage.py reconcile` finds."""
    return [str(each) for discrepancies in checks.run().values() for each in discrepancies]


def test_a_prepaid_offer_is_shown_to_the_contractor_and_says_that_it_is_paid(deals):
    offer_id = deals.offer()
    assert status_of(offer_id) == ("pending", "prepaid")
    payment = selectors.offer(deals.casey, offer_id).payment
    assert payment is not None
    assert payment.prepaid


def test_accepting_a_prepaid_offer_makes_the_contract_in_the_same_answer(deals, post, no_hold):
    offer_id = deals.offer()
    asked = len(no_hold.requests())
    answer = post(deals.pat, f"offers/{offer_id}/accept/")
    assert (answer.status_code, answer.json()["status"]) == (200, "accepted")
    assert len(no_hold.requests()) == asked
    assert status_of(offer_id) == ("accepted", "captured")
    names = list(StoredEvent.objects.filter(aggregate_id=str(offer_id)).order_by("pk").values_list("name", flat=True))
    assert names == ["offer.created", "offer.sent", "offer.accepting", "offer.accepted"]
    assert found() == []


@pytest.mark.parametrize("end", ["withdraw", "reject", "expire", "job"])
def test_the_money_of_a_prepaid_offer_that_ends_goes_back_and_the_customer_is_told(deals, post, settle, end):
    job_id = make_job(deals.casey)
    offer_id = deals.offer(job_id=job_id)
    if end == "expire":
        with clock.travel(timedelta(days=3, minutes=2)):
            expire_offers()
            settle()
    elif end == "job":
        assert post(deals.casey, f"jobs/{job_id}/cancel/").status_code == 200
    else:
        actor = deals.casey if end == "withdraw" else deals.pat
        assert post(actor, f"offers/{offer_id}/{end}/").status_code == 200
    settle()
    ends = {"withdraw": "withdrawn", "reject": "rejected", "expire": "expired", "job": "withdrawn"}
    assert status_of(offer_id) == (ends[end], "refunded")
    assert Refund.objects.get().status == "succeeded"
    told = Notification.objects.filter(user_id=deals.casey.id, type="payment.refunded")
    assert [each.title for each in told] == ["$1,000.00 is on its way back to you"]
    assert found() == []


def test_the_rivals_prepaid_money_goes_back_when_one_offer_is_accepted(deals, sam, settle):
    job_id = make_job(deals.casey)
    mine, rivals = deals.offer(job_id=job_id), deals.offer(sam, job_id=job_id)
    deals.do(services.accept_offer, deals.pat, offer_id=mine)
    settle()
    assert status_of(mine) == ("accepted", "captured")
    assert status_of(rivals) == ("withdrawn", "refunded")
    assert Contract.objects.count() == 1
    assert found() == []


def test_a_prepaid_offer_that_was_accepted_cannot_be_withdrawn_and_nothing_changes(deals, post, unchanged):
    offer_id = deals.offer()
    deals.do(services.accept_offer, deals.pat, offer_id=offer_id)
    before = unchanged()
    assert post(deals.casey, f"offers/{offer_id}/withdraw/").status_code == 409
    assert unchanged() == before


def test_money_that_is_taken_after_the_offer_was_withdrawn_goes_back(deals, no_hold, settle):
    no_hold.go_down()
    offer_id = deals.offer()
    deals.do(services.withdraw_offer, deals.casey, offer_id=offer_id)
    no_hold.come_back()
    with clock.travel(timedelta(minutes=10)):
        settle()
    assert status_of(offer_id) == ("withdrawn", "refunded")
    assert no_hold.balance("usd") == 0
    assert found() == []


def test_a_challenge_that_is_passed_pays_the_offer(deals, post, no_hold):
    offer_id = deals.offer(payment_method="pm_card_threeDSecureRequired")
    assert status_of(offer_id) == ("awaiting_payment", "action_required")
    no_hold.answer_challenge(no_hold.objects("payment_intent")[0]["id"])
    assert post(deals.casey, f"offers/{offer_id}/pay/").status_code == 200
    assert status_of(offer_id) == ("pending", "prepaid")
    assert found() == []
