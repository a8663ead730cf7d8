"""Who gets in: a visitor 401, a stranger 404, the wrong party 403; and a refusal changes nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from jobsphere.contracts import policies, selectors, services
from jobsphere.contracts.tests.conftest import Deals
from jobsphere.contracts.types import ContractView
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from tests.marketplace import usd

REASON = {"reason": "Because of the weather."}


def writes(deal: ContractView, offer_id: Any, request_id: Any, entry_id: Any) -> Iterator[tuple[str, str, Any]]:
    """List every write on existing objects: method, path, a body that would do."""
    milestone = deal.milestones[0].id
    yield from (("post", f"offers/{offer_id}/{verb}/", {}) for verb in ("pay", "accept", "reject", "withdraw"))
    yield from (("post", f"contracts/{deal.id}/{verb}/", {}) for verb in ("complete", "deliver"))
    yield from (("post", f"contracts/{deal.id}/{verb}/", REASON) for verb in ("cancel", "hold", "resume"))
    yield "put", f"contracts/{deal.id}/", {"milestones": [{"id": str(milestone), "title": "Mine"}]}
    yield "post", f"contracts/{deal.id}/time-entries/", {"minutes": 5}
    yield "post", f"jobs/{deal.job_id}/complete/", {}
    yield from (("post", f"milestones/{milestone}/{verb}/", {}) for verb in ("start", "submit", "release"))
    yield from (("post", f"milestones/{milestone}/{verb}/", REASON) for verb in ("request-changes", "refund"))
    yield "post", f"milestones/{milestone}/request-refund/", REASON
    yield from (("post", f"refund-requests/{request_id}/{verb}/", {}) for verb in ("agree", "decline", "withdraw"))
    yield "delete", f"time-entries/{entry_id}/", None


def reads(deal: ContractView, offer_id: Any) -> Iterator[str]:
    """List every read of existing objects."""
    yield f"offers/{offer_id}/"
    yield f"contracts/{deal.id}/"
    yield from (f"contracts/{deal.id}/{name}/" for name in ("deliverables", "time-entries", "refund-requests"))


@pytest.fixture
def scene(deals: Deals) -> tuple[ContractView, Any, Any, Any]:
    """A submitted contract with a refund request and a time entry, and a pending offer."""
    deal = deals.submitted()
    milestone = deal.milestones[0].id
    request_id = deals.do(services.request_refund, deals.casey, milestone_id=milestone, reason="Half of it is wrong.")
    entry_id = deals.do(services.log_time, deals.pat, contract_id=deal.id, minutes=90)
    return deal, deals.offer(), request_id, entry_id


def test_a_stranger_finds_nothing_and_changes_nothing(
    scene: Any, omar: Actor, post: Callable[..., Any], client_for: Callable[..., Any], unchanged: Callable[[], Any]
):
    deal, offer_id, _, _ = scene
    outsider = client_for(omar)
    before = unchanged()
    for method, path, body in writes(*scene):
        answer = post(omar, path, body, method=method)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found"), path
    for path in reads(deal, offer_id):
        assert outsider.get(f"/api/{path}").status_code == 404, path
    for path in ("offers/", "contracts/"):
        assert outsider.get(f"/api/{path}").json()["results"] == []
    assert unchanged() == before


def test_a_visitor_must_sign_in(scene: Any, post: Callable[..., Any], unchanged: Callable[[], Any]):
    before = unchanged()
    for method, path, body in writes(*scene):
        assert post(None, path, body, method=method).status_code == 401, path
    for path in ("offers/", "contracts/"):
        assert post(None, path).status_code == 401
    assert unchanged() == before


#: What each party is refused because it is never theirs to do.
NOT_FOR = {
    "customer": ["accept", "reject", "deliver", "hold", "resume", "time-entries", "start", "submit", "refund", "agree"],
    "contractor": ["pay", "withdraw", "hold", "resume", "release", "request-changes", "request-refund"],
}


@pytest.mark.parametrize("party", ["customer", "contractor"])
def test_the_wrong_party_of_a_deal_is_forbidden_and_changes_nothing(
    scene: Any, party: str, casey: Actor, pat: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    actor = casey if party == "customer" else pat
    before = unchanged()
    tried = set()
    for method, path, body in writes(*scene):
        verb = path.split("/")[-2]
        if verb in NOT_FOR[party] and (verb, path.split("/")[0]) != ("withdraw", "refund-requests"):
            answer = post(actor, path, body, method=method)
            assert (answer.status_code, answer.json()["code"]) == (403, "wrong-party"), path
            tried.add(verb)
    assert tried == set(NOT_FOR[party])
    assert unchanged() == before


def test_only_the_contractor_takes_their_time_entry_back_and_only_the_customer_updates(
    scene: Any, casey: Actor, pat: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    deal, _, _, entry_id = scene
    before = unchanged()
    assert post(casey, f"time-entries/{entry_id}/", method="delete").status_code == 403
    body = {"milestones": [{"id": str(deal.milestones[0].id), "title": "Mine"}]}
    assert post(pat, f"contracts/{deal.id}/", body, method="put").status_code == 403
    assert unchanged() == before


def test_an_offer_that_is_not_paid_is_not_there_for_the_contractor(
    deals: Deals, casey: Actor, pat: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    offer_id = deals.offer(payment_method="pm_card_threeDSecureRequired")
    before = unchanged()
    with pytest.raises(NotFound):
        selectors.offer(pat, offer_id)
    for verb in ("accept", "reject"):
        assert post(pat, f"offers/{offer_id}/{verb}/").status_code == 404
    assert selectors.offers(pat).count() == 0
    assert selectors.offer(casey, offer_id).allowed_actions == ("pay", "withdraw")
    assert unchanged() == before


def test_an_administrator_sees_every_deal_and_has_their_own_actions(scene: Any, ada: Actor):
    deal, offer_id, _, _ = scene
    assert selectors.contract(ada, deal.id).allowed_actions == ("cancel", "hold")
    assert selectors.contract(ada, deal.id).milestones[0].allowed_actions == ("refund", "release")
    offer = selectors.offer(ada, offer_id)
    assert offer.allowed_actions == ("withdraw",)
    assert offer.fees is not None
    assert offer.payment is not None


def test_an_administrator_decides_only_with_a_reason(
    scene: Any, ada: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    deal = scene[0]
    before = unchanged()
    answer = post(ada, f"milestones/{deal.milestones[0].id}/release/")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/reason")
    assert unchanged() == before
    done = post(ada, f"milestones/{deal.milestones[0].id}/release/", {"reason": "The customer is in hospital."})
    assert done.status_code == 200
    assert done.json()["milestones"][0]["status"] == "released"


def test_each_party_sees_its_own_side_of_the_money(deals: Deals, casey: Actor, pat: Actor):
    deal = deals.submitted()
    for_casey = selectors.contract(casey, deal.id)
    assert (for_casey.money.fees, for_casey.money.expected, for_casey.milestones[0].money.fees) == (None, None, None)  # type: ignore[union-attr]
    assert for_casey.money.protected == usd(1000_00)
    for_pat = selectors.contract(pat, deal.id)
    assert for_pat.money.expected is not None
    assert for_pat.money.expected.payout == usd(700_00)
    offer = selectors.offer(pat, deal.offer_id)
    assert offer.payment is None
    assert offer.fees is not None
    assert (offer.fees.platform_fee, offer.fees.service_fee) == (usd(100_00), usd(200_00))
    assert selectors.offer(casey, deal.offer_id).fees is None


def test_the_parties_of_a_contract_may_write_to_each_other_and_nobody_else(
    deals: Deals, casey: Actor, pat: Actor, omar: Actor, run_worker: Callable[[], None]
):
    deal = deals.contract()
    run_worker()
    conversation = selectors.contract(casey, deal.id).conversation_id
    assert conversation is not None
    assert policies.may_write(casey, pat.known_id(), deal.id)
    assert policies.may_write(pat, casey.known_id(), deal.id)
    assert not policies.may_write(omar, pat.known_id(), deal.id)
    assert not policies.may_write(casey, omar.known_id(), deal.id)
