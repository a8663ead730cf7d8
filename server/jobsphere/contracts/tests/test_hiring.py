"""Who has still to prove something can propose, and cannot be hired (issue 4, 4)."""

from datetime import timedelta

import pytest

from jobsphere.contracts.models import Offer
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.notifications.models import Notification
from jobsphere.profiles.models import Verification
from jobsphere.profiles.types import VerificationKind
from jobsphere.profiles.verification import services

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def licence_needed(taxonomy, ada) -> None:
    """The operator asks plumbers for a licence."""
    with edge_transaction():
        services.require_for_hiring(actor=ada, category="plumbers", kinds=(VerificationKind.LICENCE,))


def licensed(actor) -> None:
    tomorrow = clock.now().date() + timedelta(days=1)
    Verification.objects.create(person_id=actor.id, kind="licence", status="approved", expires_on=tomorrow)


def test_the_customer_learns_what_is_missing_and_the_contractor_what_to_do(
    licence_needed, client_for, casey, pat, pats_proposal, run_worker
):
    customer = client_for(casey)
    hire = {"proposal_id": str(pats_proposal)}
    refused = customer.post("/api/offers/", hire, format="json", HTTP_IDEMPOTENCY_KEY="one")
    problem = refused.json()
    assert (refused.status_code, problem["code"], problem["missing"]) == (409, "not-hireable", ["licence"])
    assert not Offer.objects.exists()
    run_worker()
    assert "licence" in Notification.objects.get(user_id=pat.id, type="account.verification").title
    assert client_for(pat).get("/api/verifications/needed/").json() == {"missing": ["licence"], "badges": []}
    licensed(pat)
    assert client_for(pat).get("/api/verifications/needed/").json() == {"missing": [], "badges": ["licensed"]}
    hired = customer.post("/api/offers/", hire, format="json", HTTP_IDEMPOTENCY_KEY="two")
    assert hired.status_code in (201, 202), hired.json()


def test_a_direct_offer_asks_for_the_same(licence_needed, client_for, casey, sam, open_job):
    body = {"job_id": str(open_job), "contractor_id": str(sam.id), "amount": {"amount": 50_00, "currency": "USD"}}
    refused = client_for(casey).post("/api/offers/", body, format="json", HTTP_IDEMPOTENCY_KEY="one")
    assert (refused.status_code, refused.json()["code"]) == (409, "not-hireable")
    assert not Offer.objects.exists()
