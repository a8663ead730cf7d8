"""Tiers that are earned: up at once, down with a month's notice; with a plan, the cheaper one holds."""

from datetime import timedelta
from typing import Any

import pytest

from jobsphere.contracts import services as contracts
from jobsphere.contracts.models import Offer
from jobsphere.contracts.tests.conftest import Deals
from jobsphere.db.transactions import edge_transaction
from jobsphere.escrow.services import set_fee_policy
from jobsphere.escrow.types import FeePart, FeeTerms
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.notifications.models import Notification
from jobsphere.plans import facts, selectors, services, tasks
from jobsphere.plans.errors import PriceTooSoon
from jobsphere.plans.models import Standing
from jobsphere.plans.types import Audience
from tests.marketplace import usd


def add_tier(ada: Actor, name: str, rank: int, share: int, volume: int, audience: Audience) -> None:
    with edge_transaction():
        half = FeePart(share // 2)
        set_fee_policy(actor=ada, name=f"{name} fees", acceptance=half, completion=half, tier=name.lower())
        tier = name.lower()
        services.add_tier(actor=ada, audience=audience, name=name, tier=tier, rank=rank, volume=usd(volume))


@pytest.fixture
def worked(pro: Any, ada: Actor, casey: Actor, pat: Actor, settle: Any) -> Deals:
    """Pat has earned a released contract of 1000 dollars, and there are two tiers, of 1000 and of 9000 dollars."""
    add_tier(ada, "Silver", 1, 2400, 1000_00, Audience.CONTRACTOR)
    add_tier(ada, "Gold", 2, 2000, 9000_00, Audience.CONTRACTOR)
    deals = Deals(casey, pat)
    made = deals.submitted(parts=1)
    settle()
    deals.do(contracts.complete_contract, casey, contract_id=made.id)
    settle()
    return deals


def terms_of(offer_id: Any) -> FeeTerms:
    return FeeTerms.from_json(Offer.objects.get(pk=offer_id).fee_terms)


def told() -> list[str]:
    return list(
        Notification.objects.filter(message__startswith="plan.updated/tier")
        .order_by("id")
        .values_list("message", flat=True)
    )


def judge(settle: Any, by: timedelta) -> None:
    clock.set_offset(clock.offset() + by)
    tasks.judge_people()
    settle()


def test_a_tier_is_reached_on_release_and_held_for_a_month_after_it_is_not_earned(worked, settle, send, pat):
    assert facts.facts_of(pat.id, "contractor").contracts == 1
    assert told() == ["plan.updated/tier_reached"]
    pinned = terms_of(worked.offer())
    assert (pinned.basis_points, pinned.reason, pinned.reason_name) == (2400, "loyalty", "Silver")
    (shown,) = send(pat, "get", "plans/").json()["loyalty"]
    assert (shown["tier"], shown["next_tier"]["name"], shown["progress"][0]["percent"]) == ("Silver", "Gold", 11)
    judge(settle, timedelta(days=366))
    standing = Standing.objects.get()
    assert (standing.leaves_at is not None, told()[-1]) == (True, "plan.updated/tier_leaving")
    assert selectors.claims(contractor_id=pat.id, customer_id=None)[0].name == "Silver"
    judge(settle, timedelta(days=29))
    assert Standing.objects.get().tier_id == standing.tier_id
    judge(settle, timedelta(days=2))
    assert (Standing.objects.get().tier_id, told()[-1]) == (None, "plan.updated/tier_left")
    assert selectors.claims(contractor_id=pat.id, customer_id=None) == []


def test_of_plan_and_tier_the_cheaper_one_holds_and_ties_are_the_plans(worked, subscribe, settle, ada):
    subscribe()
    settle()
    assert terms_of(worked.offer()).reason == "plan"
    with edge_transaction():
        half = FeePart(500)
        set_fee_policy(actor=ada, name="Silver again", acceptance=half, completion=half, tier="silver")
    assert (terms_of(worked.offer()).reason, terms_of(worked.offer()).basis_points) == ("loyalty", 1000)
    with edge_transaction():
        half = FeePart(750)
        set_fee_policy(actor=ada, name="Silver third", acceptance=half, completion=half, tier="silver")
    assert terms_of(worked.offer()).reason == "plan"
    with edge_transaction():
        nothing = FeePart(100)
        set_fee_policy(actor=ada, name="Sale", acceptance=nothing, completion=nothing)
    assert (terms_of(worked.offer()).reason, terms_of(worked.offer()).basis_points) == ("", 200)


def test_a_customers_tier_lowers_the_fees_of_whoever_works_for_them(pro, ada, casey, pat, settle):
    add_tier(ada, "Regular", 1, 2600, 1000_00, Audience.CUSTOMER)
    with edge_transaction():
        assert services.judge(person_id=casey.known_id(), audience="customer") is False
    deals = Deals(casey, pat)
    made = deals.submitted(parts=1)
    settle()
    deals.do(contracts.complete_contract, casey, contract_id=made.id)
    settle()
    pinned = terms_of(deals.offer())
    assert (pinned.basis_points, pinned.reason) == (2600, "customer_loyalty")


def test_another_price_is_told_two_weeks_ahead_and_no_sooner(subscribe, pro, ada, settle, send, tick):
    row = subscribe()
    wish = {"name": "Pro", "tier": "pro", "price": usd(30_00).to_json()}
    path = f"admin/plans/{pro}/versions/"
    refused = send(ada, "post", path, wish)
    assert (refused.status_code, refused.json()["code"]) == (409, PriceTooSoon.code)
    soon = (clock.now() + timedelta(days=15)).isoformat()
    made = send(ada, "post", path, {**wish, "valid_from": soon})
    assert made.status_code == 201, made.json()
    settle()
    assert Notification.objects.filter(message="plan.updated/price").count() == 1
    tick(until=row.next_at + timedelta(minutes=1))
    assert row.periods.get(kind="renewal").amount == 30_00
