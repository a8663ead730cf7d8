"""Contracts, milestones, refunds and time over HTTP."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from jobsphere.contracts import selectors, services
from jobsphere.contracts.tests.conftest import Deals
from jobsphere.contracts.types import Handover
from jobsphere.kit.actor import Actor
from tests.marketplace import usd

REASON = {"reason": "It is not straight."}


def status_of(deals: Deals, contract_id: Any) -> list[str]:
    return [each.status.value for each in selectors.contract(deals.pat, contract_id).milestones]


#: (where the first milestone stands, party, verb, body) -> 409, with what is possible instead.
CONFLICTS = [
    ("contract", "pat", "submit", {}, ["refund", "start"]),
    ("contract", "casey", "request-changes", REASON, ["request_refund"]),
    ("contract", "casey", "release", {}, ["request_refund"]),
    ("started", "pat", "start", {}, ["refund", "submit"]),
    ("started", "casey", "release", {}, ["request_refund"]),
    ("submitted", "pat", "start", {}, ["refund"]),
    ("submitted", "pat", "submit", {}, ["refund"]),
]


@pytest.mark.parametrize("stage", ["contract", "started", "submitted"])
def test_a_verb_in_the_wrong_status_is_a_conflict_that_says_what_is_possible(
    deals: Deals, stage: str, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    deal = getattr(deals, stage)()
    before = unchanged()
    for _, who, verb, body, allowed in [row for row in CONFLICTS if row[0] == stage]:
        actor = deals.pat if who == "pat" else deals.casey
        answer = post(actor, f"milestones/{deal.milestones[0].id}/{verb}/", body)
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (409, "wrong-status"), problem
        assert problem["allowed_actions"] == allowed
        assert problem["current_status"] == deal.milestones[0].status
    assert unchanged() == before


def test_nothing_happens_on_a_contract_that_has_ended(
    deals: Deals, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    deal = deals.contract()
    deals.do(services.cancel_contract, deals.casey, contract_id=deal.id, reason="We move.")
    before = unchanged()
    milestone = deal.milestones[0].id
    for actor, path, body in [
        (deals.casey, f"contracts/{deal.id}/cancel/", REASON),
        (deals.casey, f"contracts/{deal.id}/complete/", {}),
        (deals.pat, f"contracts/{deal.id}/complete/", {}),
        (deals.pat, f"milestones/{milestone}/start/", {}),
        (deals.pat, f"milestones/{milestone}/refund/", REASON),
        (deals.casey, f"milestones/{milestone}/request-refund/", REASON),
        (deals.pat, f"contracts/{deal.id}/time-entries/", {"minutes": 5}),
    ]:
        answer = post(actor, path, body)
        assert (answer.status_code, answer.json()["allowed_actions"]) == (409, []), path
    assert unchanged() == before


def test_completing_before_anything_is_handed_in_is_refused(
    deals: Deals, casey: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    deal = deals.started()
    before = unchanged()
    for path in (f"contracts/{deal.id}/complete/", f"jobs/{deal.job_id}/complete/"):
        answer = post(casey, path)
        assert (answer.status_code, answer.json()["code"]) == (409, "nothing-to-complete")
    assert unchanged() == before


def test_completing_releases_what_was_handed_in_and_leaves_the_rest_running(
    deals: Deals, casey: Actor, pat: Actor, post: Callable[..., Any]
):
    deal = deals.submitted()
    body = post(casey, f"contracts/{deal.id}/complete/").json()
    assert (body["status"], [each["status"] for each in body["milestones"]]) == ("active", ["released", "funded"])
    body = post(pat, f"contracts/{deal.id}/complete/", {"note": "The rest."}).json()
    assert [each["status"] for each in body["milestones"]] == ["released", "submitted"]
    assert post(casey, f"contracts/{deal.id}/complete/").json()["status"] == "completed"


BAD = [
    ("submit", {"links": ["ftp//nowhere"]}, "/links/0"),
    ("submit", {"links": ["https://example.com"] * 21}, "/links"),
    ("submit", {"note": "x" * 5001}, "/note"),
    ("submit", {"file_ids": ["photo"]}, "/file_ids/0"),
    ("submit", {"file_ids": [str(uuid4())]}, "/file_ids/0"),
    ("submit", {"grade": 5}, "/grade"),
    ("refund", {}, "/reason"),
    ("refund", {"reason": "no"}, "/reason"),
    ("refund", {**REASON, "amount": {"amount": 500_01, "currency": "USD"}}, "/amount/amount"),
    ("refund", {**REASON, "amount": {"amount": 1, "currency": "EUR"}}, "/amount/currency"),
    ("refund", {**REASON, "amount": {"amount": -1, "currency": "USD"}}, "/amount"),
    ("refund", {**REASON, "amount": {"amount": 1.5, "currency": "USD"}}, "/amount"),
    ("start", {"now": True}, "/now"),
]


def test_bad_input_on_a_milestone_names_the_field_and_changes_nothing(
    deals: Deals, pat: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    deal = deals.started()
    before = unchanged()
    for verb, body, pointer in BAD:
        answer = post(pat, f"milestones/{deal.milestones[0].id}/{verb}/", body)
        assert answer.status_code == 400, (verb, body, answer.json())
        assert pointer in [error["pointer"] for error in answer.json()["errors"]], (verb, body, answer.json())
    assert post(deals.casey, f"contracts/{deal.id}/cancel/", {}).json()["errors"][0]["pointer"] == "/reason"
    assert unchanged() == before


def test_money_verbs_need_an_idempotency_key(
    deals: Deals, casey: Actor, pat: Actor, client_for: Callable[..., Any], unchanged: Callable[[], Any]
):
    deal = deals.submitted()
    milestone = deal.milestones[0].id
    before = unchanged()
    for actor, path in [
        (casey, f"milestones/{milestone}/release/"),
        (casey, f"contracts/{deal.id}/complete/"),
        (casey, f"contracts/{deal.id}/cancel/"),
        (casey, f"jobs/{deal.job_id}/complete/"),
        (pat, f"milestones/{milestone}/refund/"),
    ]:
        answer = client_for(actor).post(f"/api/{path}", REASON if "comp" not in path else {}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-required"), path
    assert unchanged() == before


def test_a_release_that_is_sent_twice_pays_once(deals: Deals, casey: Actor, post: Callable[..., Any]):
    deal = deals.submitted()
    path = f"milestones/{deal.milestones[0].id}/release/"
    first, again = post(casey, path, key="release"), post(casey, path, key="release")
    assert (first.status_code, again.status_code, first.json()) == (200, 200, again.json())
    assert post(casey, path, key="another").status_code == 409
    assert selectors.contract(casey, deal.id).money.released == usd(500_00)


def test_milestones_can_be_reworded_until_work_starts(
    deals: Deals, casey: Actor, pat: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    deal = deals.contract()
    first, second = (str(each.id) for each in deal.milestones)
    words = {"id": first, "title": "Walls", "due_on": "2030-05-01", "description": "Two coats."}
    body = post(casey, f"contracts/{deal.id}/", {"milestones": [words]}, method="put").json()
    assert body["milestones"][0]["title"] == "Walls"
    assert (body["milestones"][0]["due_on"], body["milestones"][1]["title"]) == ("2030-05-01", "Part 2")
    cleared = {"milestones": [{"id": first, "due_on": None}]}
    body = post(casey, f"contracts/{deal.id}/", cleared, method="put").json()
    assert (body["milestones"][0]["due_on"], body["milestones"][0]["title"]) == (None, "Walls")
    before = unchanged()
    for bad, pointer in [
        ({"milestones": []}, "/milestones"),
        ({"milestones": [{"id": str(uuid4()), "title": "Roof"}]}, "/milestones/0/id"),
        ({"milestones": [{"id": second, "amount": {"amount": 1, "currency": "USD"}}]}, "/milestones/0/amount"),
        ({"milestones": [{"id": second, "title": ""}]}, "/milestones/0/title"),
        ({"milestones": [words], "title": "New"}, "/title"),
    ]:
        answer = post(casey, f"contracts/{deal.id}/", bad, method="put")
        assert pointer in [error["pointer"] for error in answer.json()["errors"]], answer.json()
    assert unchanged() == before
    deals.do(services.start_milestone, pat, milestone_id=deal.milestones[0].id)
    before = unchanged()
    answer = post(casey, f"contracts/{deal.id}/", {"milestones": [words]}, method="put")
    assert (answer.status_code, answer.json()["code"]) == (409, "work-started")
    assert unchanged() == before
    assert "update" not in selectors.contract(casey, deal.id).allowed_actions


def test_one_open_refund_request_a_milestone_which_the_customer_may_take_back(
    deals: Deals, casey: Actor, pat: Actor, post: Callable[..., Any], client_for: Callable[..., Any]
):
    deal = deals.started()
    path = f"milestones/{deal.milestones[0].id}/request-refund/"
    wish = post(casey, path, {**REASON, "amount": {"amount": 10_00, "currency": "USD"}})
    assert (wish.status_code, wish.json()["allowed_actions"]) == (201, ["withdraw"])
    assert post(casey, path, REASON).json()["code"] == "refund-already-requested"
    seen = selectors.contract(pat, deal.id).milestones[0].refund_request
    assert seen is not None
    assert (seen.amount, seen.allowed_actions) == (usd(10_00), ("agree", "decline"))
    assert post(casey, f"refund-requests/{wish.json()['id']}/withdraw/").status_code == 200
    assert post(pat, f"refund-requests/{wish.json()['id']}/agree/").status_code == 409
    second = post(casey, path, REASON).json()
    assert second["amount"]["amount"] == 500_00, "without an amount: all that is protected"
    declined = post(pat, f"refund-requests/{second['id']}/decline/", {"reason": "It is straight."})
    assert declined.json()["milestones"][0]["refund_request"] is None
    listed = client_for(casey).get(f"/api/contracts/{deal.id}/refund-requests/").json()["results"]
    assert [each["status"] for each in listed] == ["declined", "withdrawn"]


def test_a_refund_of_all_milestones_cancels_the_contract_and_its_job(deals: Deals, post: Callable[..., Any]):
    deal = deals.started()
    for milestone in deal.milestones:
        answer = post(deals.pat, f"milestones/{milestone.id}/refund/", REASON)
        assert answer.status_code == 200
    after = selectors.contract(deals.casey, deal.id)
    assert (after.status, after.cancelled_by, after.money.refunded) == ("cancelled", "system", usd(1000_00))


def test_time_is_logged_listed_totalled_and_kept_once_it_is_billed(
    deals: Deals, casey: Actor, pat: Actor, post: Callable[..., Any], client_for: Callable[..., Any]
):
    deal = deals.submitted()
    first, second = (str(each.id) for each in deal.milestones)
    path = f"contracts/{deal.id}/time-entries/"
    log = [
        post(pat, path, {"minutes": 90, "note": "Walls", "milestone_id": first}),
        post(pat, path, {"minutes": 30, "milestone_id": second}),
        post(pat, path, {"started_at": "2026-01-05T08:00:00Z", "ended_at": "2026-01-05T08:45:00Z"}),
    ]
    assert [each.status_code for each in log] == [201, 201, 201]
    assert log[2].json()["minutes"] == 45
    listed = client_for(casey).get(f"/api/{path}").json()["results"]
    assert [(each["minutes"], each["allowed_actions"]) for each in listed] == [(45, []), (30, []), (90, [])]
    assert post(pat, f"time-entries/{log[1].json()['id']}/", method="delete").status_code == 204
    deals.do(services.release_milestone, casey, milestone_id=deal.milestones[0].id)
    billed = post(pat, f"time-entries/{log[0].json()['id']}/", method="delete")
    assert (billed.status_code, billed.json()["code"]) == (409, "time-entry-billed")
    totals = client_for(casey).get(f"/api/contracts/{deal.id}/").json()["time"]
    assert totals == {"minutes": 135, "billed_minutes": 90, "by_milestone": {first: 90, "": 45}}


def test_bad_time_is_refused(deals: Deals, pat: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]):
    deal, other = deals.started(), deals.contract()
    before = unchanged()
    for body, pointer in [
        ({}, "/minutes"),
        ({"minutes": 0}, "/minutes"),
        ({"minutes": "long"}, "/minutes"),
        ({"minutes": 1441}, "/minutes"),
        ({"minutes": 5, "milestone_id": str(other.milestones[0].id)}, "/milestone_id"),
        ({"minutes": 5, "note": "x" * 501}, "/note"),
        ({"started_at": "2026-01-05T08:00:00Z", "ended_at": "2026-01-05T07:00:00Z"}, "/ended_at"),
        ({"started_at": "2090-01-05T08:00:00Z", "minutes": 5}, "/started_at"),
        ({"minutes": 5, "rate": 1}, "/rate"),
    ]:
        answer = post(pat, f"contracts/{deal.id}/time-entries/", body)
        assert answer.status_code == 400, body
        assert pointer in [error["pointer"] for error in answer.json()["errors"]], answer.json()
    assert unchanged() == before


def test_files_that_are_handed_in_are_read_by_the_customer_and_not_by_a_stranger(
    deals: Deals, casey: Actor, pat: Actor, omar: Actor, upload: Callable[[Actor], dict[str, Any]], client_for: Any
):
    deal = deals.started()
    photo = upload(pat)
    assert client_for(casey).get(photo["url"]).status_code == 404
    work = Handover("Look.", file_ids=(UUID(photo["id"]),))
    deals.do(services.deliver_contract, pat, contract_id=deal.id, work=work)
    shown = client_for(casey).get(f"/api/contracts/{deal.id}/deliverables/").json()["results"]
    assert [len(each["files"]) for each in shown] == [0, 1], "a file belongs to one deliverable, the first"
    assert client_for(casey).get(shown[1]["files"][0]["url"]).status_code == 200
    assert client_for(omar).get(photo["url"]).status_code == 404


def test_payments_release_and_refund_lead_to_the_same_verbs(
    deals: Deals, casey: Actor, pat: Actor, omar: Actor, post: Callable[..., Any], unchanged: Callable[[], Any]
):
    deal = deals.submitted(parts=4)
    first, second = (str(each.id) for each in deal.milestones[:2])
    before = unchanged()
    assert post(omar, "payments/release/", {"milestone": first}).status_code == 404
    assert post(pat, "payments/release/", {"milestone": first}).status_code == 403
    assert post(omar, "payments/refund/", {"contract": str(deal.id), **REASON}).status_code == 404
    assert unchanged() == before
    assert post(casey, "payments/release/", {"milestone": first}).json()["status"] == "held"
    back = {"milestone": second, "amount": {"amount": 50_00, "currency": "USD"}, **REASON}
    assert post(casey, "payments/refund/", back).status_code == 200
    asked = selectors.contract(pat, deal.id).milestones[1].refund_request
    assert asked is not None
    assert asked.amount == usd(50_00)
    assert post(pat, "payments/refund/", back).json()["flags"]["partially_refunded"] in (True, False)
    assert selectors.contract(pat, deal.id).money.refunded == usd(50_00)
    vague = post(pat, "payments/refund/", {"contract": str(deal.id), "amount": back["amount"], **REASON})
    assert (vague.status_code, vague.json()["errors"][0]["pointer"]) == (400, "/milestone_id")
    assert post(pat, "payments/refund/", {"contract": str(deal.id), **REASON}).status_code == 200
    assert selectors.contract(pat, deal.id).status == "cancelled"


def test_create_intent_shows_the_payment_of_an_offer_and_tries_another_card(
    deals: Deals, casey: Actor, pat: Actor, post: Callable[..., Any]
):
    offer_id = deals.offer(payment_method=None)
    body = {"purpose": {"type": "offer", "id": str(offer_id)}}
    assert post(pat, "payments/create-intent", body).status_code == 404
    shown = post(casey, "payments/create-intent", body).json()
    assert (shown["detail"], shown["action"]["url"]) == ("action_required", "")
    paid = post(casey, "payments/create-intent", {**body, "payment_method": "pm_card_visa"})
    assert paid.json()["detail"] == "authorized"
    assert selectors.offer(pat, offer_id).status == "pending"
