"""POST and GET of offers: what is refused names the field and changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobsphere.audit.models import AuditEntry
from jobsphere.contracts import selectors
from jobsphere.contracts.models import Contract
from jobsphere.contracts.services import accept_offer
from jobsphere.contracts.tests.conftest import Deals
from jobsphere.jobs import services as jobs
from jobsphere.jobs.types import PriceKind, ProposedMilestone
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from tests.marketplace import make_job, make_profile, make_proposal, usd
from tests.sandbox import Sandbox

DOLLARS = {"amount": 1000_00, "currency": "USD"}


@pytest.fixture
def good(deals: Deals, pat: Actor) -> dict[str, Any]:
    """A body that would do."""
    return {
        "job_id": str(make_job(deals.casey)),
        "contractor_id": str(pat.id),
        "amount": DOLLARS,
        "payment_method": "pm_card_visa",
    }


def in_days(days: float) -> str:
    return (clock.now() + timedelta(days=days)).isoformat()


def part(amount: Any, **changes: Any) -> dict[str, Any]:
    return {"title": "Part", "amount": amount, **changes}


BAD: list[tuple[dict[str, Any], str]] = [
    ({"amount": {"amount": 0, "currency": "USD"}}, "/amount"),
    ({"amount": {"amount": -5, "currency": "USD"}}, "/amount"),
    ({"amount": {"amount": 10.5, "currency": "USD"}}, "/amount"),
    ({"amount": {"amount": "1000", "currency": "USD"}}, "/amount"),
    ({"amount": {"amount": True, "currency": "USD"}}, "/amount"),
    ({"amount": {"amount": 10**16, "currency": "USD"}}, "/amount"),
    ({"amount": {"amount": 100, "currency": "usd"}}, "/amount"),
    ({"amount": {"amount": 100, "currency": "EUR"}}, "/amount/currency"),
    ({"amount": 1000}, "/amount"),
    ({"amount": None}, "/amount"),
    ({"milestones": [part({"amount": 999_99, "currency": "USD"})]}, "/milestones"),
    ({"milestones": [part(DOLLARS), part(DOLLARS)]}, "/milestones"),
    ({"milestones": [part({"amount": 1000_00, "currency": "EUR"})]}, "/milestones/0/amount"),
    ({"milestones": [part(DOLLARS, title="")]}, "/milestones/0/title"),
    ({"milestones": [part(DOLLARS, due_on="soon")]}, "/milestones/0/due_on"),
    ({"milestones": [part(DOLLARS, colour="red")]}, "/milestones/0/colour"),
    ({"milestones": "all"}, "/milestones"),
    ({"message": "x" * 5001}, "/message"),
    ({"message": "nul\x00"}, "/message"),
    ({"expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
    ({"expires_at": "2090-01-01T00:00:00Z"}, "/expires_at"),
    ({"expires_at": "yesterday"}, "/expires_at"),
    ({"cancellation_policy": "generous"}, "/cancellation_policy"),
    ({"contractor_id": "pat"}, "/contractor_id"),
    ({"contractor_id": str(uuid4())}, "/contractor_id"),
    ({"payment_method": "x" * 256}, "/payment_method"),
    ({"starts_at": "2090-01-01T00:00:00Z"}, "/starts_at"),
    ({"proposal_id": str(uuid4())}, "/job_id"),
    ({"expense_cap": {"amount": 0, "currency": "USD"}}, "/expense_cap"),
    ({"expense_cap": {"amount": 50_00, "currency": "EUR"}}, "/expense_cap/currency"),
    ({"discount": 5}, "/discount"),
]


def test_bad_input_names_the_field_and_changes_nothing(
    good: dict[str, Any], casey: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    before = unchanged()
    for changes, pointer in BAD:
        answer = post(casey, "offers/", {**good, **changes})
        problem = answer.json()
        assert answer.status_code == 400, (changes, problem)
        assert pointer in [error["pointer"] for error in problem["errors"]], (changes, problem["errors"])
        assert all(error["detail"] and error["code"] for error in problem["errors"])
    bodies: tuple[Any, ...] = ({}, [], "offer", {"amount": DOLLARS})
    for body in bodies:
        assert post(casey, "offers/", body).status_code == 400
    assert unchanged() == before


def test_a_cap_on_expenses_is_offered_with_the_price_and_pinned_on_the_contract(
    good: dict[str, Any], deals: Deals, casey: Actor, pat: Actor, post: Callable[..., Any]
):
    cap = {"amount": 50_00, "currency": "USD"}
    made = post(casey, "offers/", {**good, "expense_cap": cap}).json()
    assert (made["expense_cap"], made["due_now"]) == (cap, DOLLARS), "nothing of it is reserved"
    deals.do(accept_offer, pat, offer_id=UUID(made["id"]))
    contract_id = selectors.offer(pat, UUID(made["id"])).contract_id
    assert contract_id is not None
    contract = selectors.contract(pat, contract_id)
    assert contract.expenses
    assert (contract.expenses.cap, contract.expenses.left, contract.amount) == (usd(50_00), usd(50_00), usd(1000_00))
    trail = AuditEntry.objects.get(verb="offer.make", target_id=made["id"])
    assert trail.detail["expense_cap"] == cap


def test_an_offer_that_says_nothing_of_expenses_leaves_nothing_to_claim(
    good: dict[str, Any], deals: Deals, casey: Actor, pat: Actor, post: Callable[..., Any]
):
    made = post(casey, "offers/", good).json()
    assert made["expense_cap"] is None
    deals.do(accept_offer, pat, offer_id=UUID(made["id"]))
    assert Contract.objects.get().expense_cap == 0


def test_a_cap_goes_with_an_amount(
    deals: Deals, casey: Actor, pat: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    make_profile(pat)
    proposal_id = make_proposal(pat, make_job(casey))
    body = {"proposal_id": str(proposal_id), "expense_cap": {"amount": 5_00, "currency": "USD"}}
    before = unchanged()
    answer = post(casey, "offers/", body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/amount")
    assert unchanged() == before


def test_an_offer_is_paid_by_a_kept_card_and_its_bank_may_ask(
    good: dict[str, Any], casey: Actor, post: Callable[..., Any], sandbox: Sandbox
):
    kept = post(casey, "payments/methods/", {"payment_method": "pm_card_visa"}).json()["id"]
    assert post(casey, "offers/", {**good, "payment_method": kept}).json()["status"] == "pending"
    asks = post(casey, "payments/methods/", {"payment_method": "pm_card_threeDSecure2Required"}).json()["id"]
    sandbox.answer_challenge(sandbox.objects("setup_intent")[-1]["id"])
    assert post(casey, f"payments/methods/{asks}/confirm/", {}).json()["status"] == "saved"
    made = post(casey, "offers/", {**good, "job_id": str(make_job(casey)), "payment_method": asks}).json()
    assert (made["status"], bool(made["payment"]["action"]["url"])) == ("awaiting_payment", True)
    sandbox.answer_challenge(sandbox.objects("payment_intent")[-1]["id"])
    assert post(casey, f"offers/{made['id']}/pay/", {}).json()["status"] == "pending"


def test_a_card_of_somebody_else_pays_no_offer(
    good: dict[str, Any], casey: Actor, omar: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    theirs = post(omar, "payments/methods/", {"payment_method": "pm_card_visa"}).json()["id"]
    before = unchanged()
    answer = post(casey, "offers/", {**good, "payment_method": theirs})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "not-saved")
    assert unchanged() == before


def test_an_offer_needs_an_idempotency_key(
    good: dict[str, Any], casey: Actor, client_for: Callable[..., Any], unchanged: Callable[[], Any]
):
    before = unchanged()
    answer = client_for(casey).post("/api/offers/", good, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-required")
    assert unchanged() == before


def test_the_same_key_gives_the_same_offer_and_another_body_is_refused(
    good: dict[str, Any], casey: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    first = post(casey, "offers/", good, key="one")
    after = unchanged()
    again = post(casey, "offers/", good, key="one")
    assert (again.status_code, again.json(), again.headers["Idempotent-Replayed"]) == (201, first.json(), "true")
    other = post(casey, "offers/", {**good, "message": "Hello"}, key="one")
    assert (other.status_code, other.json()["code"]) == (400, "idempotency-key-reused")
    assert unchanged() == after


def test_a_customer_offers_only_their_own_open_job_to_a_contractor(
    good: dict[str, Any],
    deals: Deals,
    casey: Actor,
    omar: Actor,
    post: Callable[..., Any],
    unchanged: Callable[[], Any],
):
    drafted = make_job(casey, draft=True)
    closed = make_job(casey)
    deals.do(jobs.cancel_job, casey, job_id=closed)
    before = unchanged()
    assert post(omar, "offers/", good).status_code == 404
    for job_id in (drafted, closed):
        answer = post(casey, "offers/", {**good, "job_id": str(job_id)})
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong-status")
    myself = post(casey, "offers/", {**good, "contractor_id": str(casey.id)})
    assert myself.json()["errors"][0]["code"] == "yourself"
    assert unchanged() == before


def test_one_live_offer_for_a_contractor_and_job(
    good: dict[str, Any], casey: Actor, sam: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    first = post(casey, "offers/", good).json()
    before = unchanged()
    second = post(casey, "offers/", good)
    assert (second.status_code, second.json()["code"]) == (409, "offer-already-live")
    assert second.json()["allowed_actions"] == ["withdraw"]
    assert unchanged() == before
    assert post(casey, "offers/", {**good, "contractor_id": str(sam.id)}).status_code == 201
    post(casey, f"offers/{first['id']}/withdraw/")
    assert post(casey, "offers/", good).status_code == 201


def test_a_proposal_offers_no_second_offer_while_one_lives(
    casey: Actor, pat: Actor, ada: Actor, post: Callable[..., Any], client_for: Callable[..., Any], deals: Deals
):
    make_profile(pat)
    proposal = make_proposal(pat, make_job(casey))
    address = f"/api/proposals/{proposal}/"

    def seen(actor: Actor) -> tuple[str | None, list[str]]:
        (listed,) = client_for(actor).get("/api/proposals/").json()["results"]
        found = client_for(actor).get(address).json()
        assert listed == found, "the list and the page say the same"
        return found["live_offer_id"], found["allowed_actions"]

    assert seen(casey) == (None, ["offer", "reject", "shortlist"])
    offer = post(casey, "contracts/", {"proposal_id": str(proposal), "payment_method": "pm_card_visa"}).json()["id"]
    assert seen(casey) == (offer, ["reject", "shortlist"])
    assert seen(pat) == (None, ["edit", "withdraw"])
    assert client_for(ada).get(address).json()["live_offer_id"] is None
    client = client_for(casey)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) == 2
    post(casey, f"offers/{offer}/withdraw/")
    assert seen(casey) == (None, ["offer", "reject", "shortlist"])
    declined = post(casey, "contracts/", {"proposal_id": str(proposal), "payment_method": "pm_card_chargeDeclined"})
    assert declined.json()["status"] == "declined_by_gateway"
    assert seen(casey) == (None, ["offer", "reject", "shortlist"]), "another card may be tried"


def test_an_offer_made_past_the_proposal_is_seen_on_it_and_one_to_somebody_else_is_not(
    casey: Actor, pat: Actor, sam: Actor, post: Callable[..., Any], client_for: Callable[..., Any], deals: Deals
):
    make_profile(pat)
    job = make_job(casey)
    proposal = make_proposal(pat, job)
    body = {"job_id": str(job), "amount": DOLLARS, "payment_method": "pm_card_visa"}
    post(casey, "offers/", {**body, "contractor_id": str(sam.id)})
    address = f"/api/proposals/{proposal}/"
    assert client_for(casey).get(address).json()["live_offer_id"] is None
    offer = post(casey, "offers/", {**body, "contractor_id": str(pat.id)}).json()
    assert client_for(casey).get(address).json()["live_offer_id"] == offer["id"]


def test_a_contract_from_a_proposal_takes_its_price_and_milestones(
    deals: Deals, casey: Actor, pat: Actor, post: Callable[..., Any]
):
    make_profile(pat)
    milestones = (ProposedMilestone("Half", usd(60_00)), ProposedMilestone("Rest", usd(40_00)))
    proposal = make_proposal(pat, make_job(casey), milestones=milestones)
    answer = post(casey, "contracts/", {"proposal_id": str(proposal), "payment_method": "pm_card_visa"})
    body = answer.json()
    assert (answer.status_code, body["status"], body["amount"]["amount"]) == (201, "pending", 100_00)
    assert [(each["title"], each["amount"]["amount"]) for each in body["milestones"]] == [
        ("Half", 60_00),
        ("Rest", 40_00),
    ]
    contract = post(pat, f"offers/{body['id']}/accept/").json()["contract_id"]
    assert selectors.contract(casey, contract).amount == usd(100_00)


def test_an_hourly_proposal_needs_an_amount(
    deals: Deals, casey: Actor, pat: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    make_profile(pat)
    proposal = str(make_proposal(pat, make_job(casey), price_kind=PriceKind.HOURLY))
    before = unchanged()
    answer = post(casey, "contracts/", {"proposal_id": proposal})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/amount")
    assert unchanged() == before
    priced = post(casey, "contracts/", {"proposal_id": proposal, "amount": DOLLARS, "payment_method": "pm_card_visa"})
    assert priced.json()["amount"] == DOLLARS


BOOKING_FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"starts_at": None}, "/starts_at"),
    ({"starts_at": "2020-01-01T00:00:00Z"}, "/starts_at"),
    ({"ends_at": "2020-01-01T00:00:00Z"}, "/ends_at"),
    ({"booking": {"title": ""}}, "/booking/title"),
    ({"booking": {"title": "x" * 141}}, "/booking/title"),
    ({"booking": {"title": "Tap", "category": "wizards"}}, "/category"),
    ({"booking": {"title": "Tap", "latitude": 91}}, "/booking/latitude"),
    ({"booking": "Tap"}, "/booking"),
    ({"contractor_id": None}, "/contractor_id"),
]


def test_a_bad_booking_is_refused_whole(
    deals: Deals, casey: Actor, pat: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    good = {
        "contractor_id": str(pat.id),
        "booking": {"title": "Tap"},
        "amount": DOLLARS,
        "starts_at": in_days(1),
        "ends_at": in_days(1.2),
        "payment_method": "pm_card_visa",
    }
    before = unchanged()
    for changes, pointer in BOOKING_FAULTS:
        answer = post(casey, "offers/", {**good, **changes})
        assert answer.status_code == 400, (changes, answer.json())
        assert pointer in [error["pointer"] for error in answer.json()["errors"]], (changes, answer.json())
    missing = {name: value for name, value in good.items() if name != "ends_at"}
    assert post(casey, "offers/", missing).json()["errors"][0]["pointer"] == "/ends_at"
    assert unchanged() == before
    made = post(casey, "offers/", good).json()
    assert (made["status"], made["is_booking"]) == ("pending", True)
    assert made["expires_at"] <= made["starts_at"]


def test_lists_are_filtered_by_role_status_and_job(
    deals: Deals, casey: Actor, pat: Actor, sam: Actor, client_for: Callable[..., Any]
):
    job = make_job(casey)
    for_pat, for_sam = deals.offer(pat, job_id=job), deals.offer(sam, job_id=job)
    other = deals.offer(pat)

    def listed(actor: Actor, query: str = "") -> list[str]:
        return [each["id"] for each in client_for(actor).get(f"/api/offers/{query}").json()["results"]]

    assert listed(casey) == [str(other), str(for_sam), str(for_pat)]
    assert listed(casey, f"?job_id={job}") == [str(for_sam), str(for_pat)]
    assert listed(pat) == [str(other), str(for_pat)]
    assert listed(pat, "?role=customer") == []
    assert listed(pat, "?role=contractor&status=pending") == [str(other), str(for_pat)]
    assert listed(sam, "?status=accepted") == []
    for query in ("?status=lost", "?role=king", "?job_id=1", "?page_size=0", "?cursor=x"):
        assert client_for(casey).get(f"/api/offers/{query}").status_code == 400, query
