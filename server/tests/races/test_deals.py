"""Two people at once: each pair of verbs has exactly one winner, and the money is where the winner put it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobsphere.contracts import selectors
from jobsphere.contracts.tasks import release_unanswered_milestones
from jobsphere.kit.actor import Actor
from tests.marketplace import make_job
from tests.races.conftest import Post
from tests.races.running import ROUNDS, race
from tests.stories.people import books

Offer = Callable[..., UUID]
Settle = Callable[[], None]


def status_of(actor: Actor, offer_id: UUID) -> tuple[str, str]:
    """Return the status of an offer and the detail of its payment, as its customer sees them."""
    view = selectors.offer(actor, offer_id)
    assert view.payment is not None
    return view.status.value, view.payment.detail.value


def collected(sandbox: Any) -> list[tuple[bytes, Any]]:
    """Take the webhooks that wait, as if they had been delivered."""
    letters: list[tuple[bytes, Any]] = []

    def take(body: bytes, headers: Any) -> int:
        letters.append((body, headers))
        return 200

    sandbox.controls.deliver(take)
    return letters


def post_all(sandbox: Any, letters: list[tuple[bytes, Any]]) -> list[int]:
    """Post every letter once."""
    return [sandbox.post(*letter) for letter in letters]


def test_of_two_contractors_who_accept_at_once_one_gets_the_job(
    casey: Actor, pat: Actor, sam: Actor, offer: Offer, post: Post, settle: Settle
):
    for played in range(1, ROUNDS + 1):
        job = make_job(casey)
        offers = [offer(pat, job_id=job), offer(sam, job_id=job)]
        answers = race(
            partial(post, pat, f"offers/{offers[0]}/accept/"),
            partial(post, sam, f"offers/{offers[1]}/accept/"),
        )
        assert sorted(status for status, _ in answers) == [200, 409], answers
        settle()
        winner = [status for status, _ in answers].index(200)
        assert status_of(casey, offers[winner]) == ("accepted", "captured")
        assert status_of(casey, offers[1 - winner]) == ("withdrawn", "voided")
        assert selectors.contracts(casey).count() == played
    assert books() == {"gateway": 1000 * ROUNDS, "escrow": 900 * ROUNDS, "revenue_platform_fee": 100 * ROUNDS}


@pytest.mark.postgresql_only
def test_who_concludes_an_acceptance_locks_its_rivals_before_changing_its_own(
    casey: Actor, pat: Actor, sam: Actor, offer: Offer, post: Post
):
    # Otherwise who concludes holds their own offer and waits for the rival's, while the rival, who begins, has taken
    # theirs and waits for that one: the race above met it once in hundreds of rounds.
    job = make_job(casey)
    offers = [offer(pat, job_id=job), offer(sam, job_id=job)]
    with CaptureQueriesContext(connection) as told:
        assert post(sam, f"offers/{offers[1]}/accept/")[0] == 200
    statements = [query["sql"] for query in told.captured_queries if '"contracts_offer"' in query["sql"]]
    steps = ["lock" if "FOR UPDATE" in sql else "change" for sql in statements if "UPDATE" in sql]
    assert steps[:4] == ["lock", "change", "lock", "change"]


def test_accepting_and_withdrawing_at_once_ends_in_exactly_one_of_them(
    casey: Actor, pat: Actor, offer: Offer, post: Post, settle: Settle
):
    accepted = 0
    for _ in range(ROUNDS):
        wanted = offer(pat)
        (accept, _), (withdraw, _) = race(
            partial(post, pat, f"offers/{wanted}/accept/"), partial(post, casey, f"offers/{wanted}/withdraw/")
        )
        assert sorted([accept, withdraw]) == [200, 409]
        settle()
        ends = ("accepted", "captured") if accept == 200 else ("withdrawn", "voided")
        assert status_of(casey, wanted) == ends
        accepted += accept == 200
    assert selectors.contracts(casey).count() == accepted
    found = books()
    assert (found.get("gateway", 0), found.get("escrow", 0)) == (1000 * accepted, 900 * accepted)


def test_a_release_against_a_refund_moves_the_money_once(
    casey: Actor, pat: Actor, delivered: Callable[..., Any], post: Post, settle: Settle
):
    """Whoever is first: a refund leaves nothing to release, and what was released is taken back from the wallet."""
    for _ in range(ROUNDS):
        contract = delivered()
        milestone = contract["milestones"][0]["id"]
        (release, _), (refund, _) = race(
            partial(post, casey, f"contracts/{contract['id']}/complete/"),
            partial(post, pat, f"milestones/{milestone}/refund/", {"reason": "It went wrong."}),
        )
        assert refund == 200
        assert release in (200, 409)
        settle()
        status = "completed" if release == 200 else "cancelled"
        assert selectors.contract(casey, UUID(contract["id"])).status == status
        assert books() == {}


def test_a_cancellation_against_a_release_moves_the_money_once(
    casey: Actor, pat: Actor, delivered: Callable[..., Any], post: Post, settle: Settle
):
    released = 0
    for _ in range(ROUNDS):
        contract = delivered()
        milestone = contract["milestones"][0]["id"]
        answers = race(
            partial(post, casey, f"milestones/{milestone}/release/"),
            partial(post, pat, f"contracts/{contract['id']}/cancel/", {"reason": "I give up."}),
        )
        assert sorted(status for status, _ in answers) == [200, 409]
        settle()
        released += answers[0][0] == 200
    found = books()
    assert (found.get("wallet", 0), found.get("gateway", 0)) == (700 * released, 1000 * released)


def test_the_customer_against_the_timer_releases_once(
    casey: Actor, delivered: Callable[..., Any], post: Post, settings: Any, settle: Settle
):
    settings.AUTO_RELEASE_DAYS = 0
    for _ in range(ROUNDS):
        contract = delivered()
        milestone = contract["milestones"][0]["id"]
        (status, _), _ = race(partial(post, casey, f"milestones/{milestone}/release/"), release_unanswered_milestones)
        assert status in (200, 409)
        assert selectors.contract(casey, UUID(contract["id"])).status == "completed"
    assert books()["wallet"] == 700 * ROUNDS


def test_the_last_two_milestones_released_at_once_complete_the_contract_once(
    casey: Actor, pat: Actor, delivered: Callable[..., Any], post: Post, settle: Settle
):
    for _ in range(ROUNDS):
        contract = delivered(parts=2)
        one, two = (each["id"] for each in contract["milestones"])
        answers = race(
            partial(post, casey, f"milestones/{one}/release/"), partial(post, casey, f"milestones/{two}/release/")
        )
        assert [status for status, _ in answers] == [200, 200]
        after = selectors.contract(casey, UUID(contract["id"]))
        assert (after.status, after.completed_at is not None) == ("completed", True)
    settle()
    assert books()["wallet"] == 700 * ROUNDS


@pytest.mark.parametrize("callers", [8])
def test_one_idempotency_key_makes_one_offer_however_often_it_is_sent(
    casey: Actor, pat: Actor, post: Post, sandbox: Any, callers: int
):
    for played in range(1, ROUNDS + 1):
        body = {
            "job_id": str(make_job(casey)),
            "contractor_id": str(pat.id),
            "amount": {"amount": 100_000, "currency": "USD"},
            "payment_method": "pm_card_visa",
        }
        key = f"round-{played}"
        answers = race(*[partial(post, casey, "offers/", body, key=key)] * callers)
        assert {status for status, _ in answers} <= {201, 202}
        assert len({answer["id"] for _, answer in answers}) == 1
        assert selectors.offers(casey).count() == played
        assert len(sandbox.objects("payment_intent")) == played
        again = post(casey, "offers/", body, key=key)
        assert (again[0], again[1]["status"]) == (201, "pending")


def test_ten_copies_of_every_webhook_at_once_make_one_contract(
    casey: Actor, pat: Actor, offer: Offer, post: Post, sandbox: Any, settle: Settle, run_worker: Settle
):
    for played in range(1, ROUNDS + 1):
        wanted = offer(pat)
        sandbox.lose_response("POST /v1/payment_intents/*/capture")
        status, _ = post(pat, f"offers/{wanted}/accept/")
        assert status == 202
        letters = collected(sandbox)
        assert letters
        copies = race(*[partial(post_all, sandbox, letters)] * 10)
        assert copies == [[200] * len(letters)] * 10
        race(run_worker, run_worker)
        settle()
        assert status_of(casey, wanted) == ("accepted", "captured")
        assert selectors.contracts(casey).count() == played
    assert books() == {"gateway": 1000 * ROUNDS, "escrow": 900 * ROUNDS, "revenue_platform_fee": 100 * ROUNDS}


def test_of_two_prepaid_offers_that_are_accepted_at_once_one_is_a_contract_and_the_other_goes_back(
    casey: Actor, pat: Actor, sam: Actor, no_hold: Any, offer: Offer, post: Post, settle: Settle
):
    for played in range(1, ROUNDS + 1):
        job = make_job(casey)
        offers = [offer(pat, job_id=job), offer(sam, job_id=job)]
        assert {status_of(casey, each) for each in offers} == {("pending", "prepaid")}
        answers = race(
            partial(post, pat, f"offers/{offers[0]}/accept/"),
            partial(post, sam, f"offers/{offers[1]}/accept/"),
        )
        assert sorted(status for status, _ in answers) == [200, 409], answers
        settle()
        winner = [status for status, _ in answers].index(200)
        assert status_of(casey, offers[winner]) == ("accepted", "captured")
        assert status_of(casey, offers[1 - winner]) == ("withdrawn", "refunded")
        assert selectors.contracts(casey).count() == played
    assert books() == {"gateway": 1000 * ROUNDS, "escrow": 900 * ROUNDS, "revenue_platform_fee": 100 * ROUNDS}


def test_accepting_and_withdrawing_a_prepaid_offer_at_once_moves_its_money_once(
    casey: Actor, pat: Actor, no_hold: Any, offer: Offer, post: Post, settle: Settle
):
    accepted = 0
    for _ in range(ROUNDS):
        wanted = offer(pat)
        (accept, _), (withdraw, _) = race(
            partial(post, pat, f"offers/{wanted}/accept/"), partial(post, casey, f"offers/{wanted}/withdraw/")
        )
        assert sorted([accept, withdraw]) == [200, 409]
        settle()
        ends = ("accepted", "captured") if accept == 200 else ("withdrawn", "refunded")
        assert status_of(casey, wanted) == ends
        accepted += accept == 200
    assert selectors.contracts(casey).count() == accepted
    found = books()
    assert (found.get("gateway", 0), found.get("escrow", 0)) == (1000 * accepted, 900 * accepted)
