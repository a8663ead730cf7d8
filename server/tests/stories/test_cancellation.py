"""Contracts that end early: before and after work starts, by policy, by agreement, by an administrator (C2)."""

from collections.abc import Callable
from typing import Any

import pytest

from jobsphere.kit.actor import Actor
from tests.stories.people import Contractor, Customer, books, dollars

MILESTONES = [{"title": "Pipes", "amount": dollars(400)}, {"title": "Tiles", "amount": dollars(600)}]


@pytest.fixture
def hire(customer: Customer, contractor: Contractor) -> Callable[..., Any]:
    """Return a function that makes a contract over 1000 dollars in two milestones."""

    def make(policy: str = "moderate") -> Any:
        job = customer.posts_job()
        offer = customer.offers(
            job_id=job,
            contractor_id=contractor.id,
            amount=dollars(1000),
            milestones=MILESTONES,
            cancellation_policy=policy,
        )
        return contractor.get(f"contracts/{contractor.accepts(offer)['contract_id']}/")

    return make


def test_before_work_starts_everything_goes_back_the_platform_fee_too(
    customer: Customer, contractor: Contractor, hire: Callable[..., Any], settle: Callable[[], None], sandbox
):
    contract = hire("strict")
    preview = customer.get(f"contracts/{contract['id']}/")["if_cancelled"]
    assert (preview["refund"], preview["payout"]) == (dollars(1000), dollars(0))
    after = customer.post(f"contracts/{contract['id']}/cancel/", {"reason": "We move away."})
    assert (after["status"], after["cancelled_by"]) == ("cancelled", "customer")
    assert {each["status"] for each in after["milestones"]} == {"refunded"}
    settle()
    assert books() == {}
    assert sandbox.balance("usd") == 0
    assert customer.get(f"jobs/{contract['job_id']}/")["status"] == "cancelled"
    assert customer.get(f"payments/{contract['payment_id']}/")["status"] == "refunded"
    told = {each["type"] for each in contractor.get("notifications/")["results"]}
    assert {"contract.started", "contract.cancelled"} <= told


def test_after_work_has_started_the_pinned_policy_splits_the_money(
    customer: Customer, contractor: Contractor, hire: Callable[..., Any], settle: Callable[[], None]
):
    contract = hire("moderate")
    contractor.post(f"milestones/{contract['milestones'][0]['id']}/start/")
    preview = customer.get(f"contracts/{contract['id']}/")["if_cancelled"]
    # Of the started milestone (360 held) half is earned: 180, of which 40 are service fee. The other 540 go back.
    # The platform fee of 100 stays.
    assert preview == {
        "refund": dollars(720),
        "payout": dollars(140),
        "service_fee": dollars(40),
        "platform_fee": dollars(100),
        "rounding": dollars(0),
    }
    after = customer.post(f"contracts/{contract['id']}/cancel/", {"reason": "It takes too long."})
    assert [each["status"] for each in after["milestones"]] == ["released", "refunded"]
    settle()
    assert books() == {"gateway": 280, "revenue_platform_fee": 100, "revenue_service_fee": 40, "wallet": 140}
    money = after["money"]
    assert (money["refunded"], money["released"], money["kept_fee"]) == (dollars(720), dollars(220), dollars(60))
    assert contractor.wallet() == 140_00


def test_a_contractor_who_cancels_after_the_start_keeps_nothing(
    customer: Customer, contractor: Contractor, hire: Callable[..., Any], settle: Callable[[], None]
):
    contract = hire("strict")
    contractor.post(f"milestones/{contract['milestones'][0]['id']}/start/")
    after = contractor.post(f"contracts/{contract['id']}/cancel/", {"reason": "I broke my arm."})
    assert (after["status"], after["cancelled_by"]) == ("cancelled", "contractor")
    settle()
    assert books() == {}


def test_both_agree_on_a_refund_in_part_and_the_rest_is_released(
    customer: Customer, contractor: Contractor, hire: Callable[..., Any], settle: Callable[[], None]
):
    contract = hire()
    pipes = contract["milestones"][0]["id"]
    contractor.post(f"contracts/{contract['id']}/deliver/", {"note": "All of it."})
    wish = customer.post(
        f"milestones/{pipes}/request-refund/", {"amount": dollars(100), "reason": "One pipe is crooked."}, expect=201
    )
    assert books() == {"gateway": 1000, "escrow": 900, "revenue_platform_fee": 100}
    customer.post(f"refund-requests/{wish['id']}/agree/", expect=403)
    after = contractor.post(f"refund-requests/{wish['id']}/agree/")
    settle()
    # 100 of 400: 10 from the platform fee, 90 from the hold.
    assert books() == {"gateway": 900, "escrow": 810, "revenue_platform_fee": 90}
    assert after["milestones"][0]["money"]["refunded"] == dollars(100)
    assert customer.post(f"contracts/{contract['id']}/complete/")["status"] == "completed"
    assert books() == {"gateway": 900, "revenue_platform_fee": 90, "revenue_service_fee": 180, "wallet": 630}


def test_an_administrator_holds_and_then_refunds_with_a_reason(
    customer: Customer,
    contractor: Contractor,
    hire: Callable[..., Any],
    settle: Callable[[], None],
    ada: Actor,
    client_for: Callable[..., Any],
):
    contract = hire()
    admin = client_for(ada)
    contractor.post(f"contracts/{contract['id']}/deliver/")
    held = admin.post(f"/api/contracts/{contract['id']}/hold/", {"reason": "A neighbour complains."}, format="json")
    assert held.status_code == 200
    assert held.json()["money"]["on_hold"]
    pipes, tiles = (each["id"] for each in contract["milestones"])
    problem = customer.post(f"milestones/{pipes}/release/", expect=409)
    assert problem["code"] == "contract-held"
    assert "release" not in customer.get(f"contracts/{contract['id']}/")["milestones"][0]["allowed_actions"]
    admin.post(f"/api/contracts/{contract['id']}/resume/", {"reason": "Clarified."}, format="json")
    refunded = admin.post(
        f"/api/milestones/{tiles}/refund/",
        {"reason": "The tiles were never bought."},
        format="json",
        headers={"Idempotency-Key": "tiles"},
    )
    assert refunded.status_code == 200
    customer.post(f"milestones/{pipes}/release/")
    settle()
    assert books() == {"gateway": 400, "revenue_platform_fee": 40, "revenue_service_fee": 80, "wallet": 280}
    assert customer.get(f"contracts/{contract['id']}/")["status"] == "completed"
