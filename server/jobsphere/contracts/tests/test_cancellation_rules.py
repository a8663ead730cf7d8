"""Where the money of a cancelled contract goes; the parts always add up (C2)."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsphere.contracts.rules.cancellation import (
    PRESETS,
    CancellationPolicy,
    WorkStage,
    cancellation_split,
    describe,
    refund_part,
    stage_of,
)
from jobsphere.contracts.rules.lifecycles import ADMIN, CONTRACTOR, CUSTOMER, PARTIES, SYSTEM, MilestoneStatus
from jobsphere.kit.money import Money

P, W = CancellationPolicy, WorkStage


def usd(amount: int) -> Money:
    return Money(amount, "USD")


#: Of 1000 (900 held, 100 platform fee, 200 service fee): refund, payout, platform fee, service fee, when the customer
#: cancels.
PRESET_TABLE = {
    (P.FLEXIBLE, W.BEFORE_START): (1000, 0, 0, 0),
    (P.FLEXIBLE, W.NOT_STARTED): (1000, 0, 0, 0),
    (P.FLEXIBLE, W.STARTED): (750, 175, 25, 50),
    (P.FLEXIBLE, W.SUBMITTED): (500, 350, 50, 100),
    (P.MODERATE, W.BEFORE_START): (1000, 0, 0, 0),
    (P.MODERATE, W.NOT_STARTED): (900, 0, 100, 0),
    (P.MODERATE, W.STARTED): (450, 350, 100, 100),
    (P.MODERATE, W.SUBMITTED): (0, 700, 100, 200),
    (P.STRICT, W.BEFORE_START): (1000, 0, 0, 0),
    (P.STRICT, W.NOT_STARTED): (675, 175, 100, 50),
    (P.STRICT, W.STARTED): (0, 700, 100, 200),
    (P.STRICT, W.SUBMITTED): (0, 700, 100, 200),
}


@pytest.mark.parametrize("policy, stage", list(product(P, W)))
def test_each_preset_splits_a_thousand_dollars_as_it_says(policy, stage):
    split = cancellation_split(
        policy=policy, stage=stage, by=CUSTOMER, held=usd(900), platform_fee=usd(100), service_fee=usd(200)
    )
    parts = (split.refund, split.payout, split.platform_fee, split.service_fee)
    assert tuple(part.amount for part in parts) == PRESET_TABLE[policy, stage]
    assert split.total == usd(1000)


@pytest.mark.parametrize("policy, stage, by", list(product(P, W, (CONTRACTOR, ADMIN, SYSTEM))))
def test_nobody_but_the_customer_makes_the_customer_pay(policy, stage, by):
    split = cancellation_split(
        policy=policy, stage=stage, by=by, held=usd(900), platform_fee=usd(100), service_fee=usd(200)
    )
    assert (split.refund, split.payout, split.platform_fee, split.service_fee) == (usd(1000), usd(0), usd(0), usd(0))


AMOUNTS = st.integers(1, 10**9)


@given(
    policy=st.sampled_from(P),
    stage=st.sampled_from(W),
    by=st.sampled_from(PARTIES),
    held=AMOUNTS,
    platform_fee=st.integers(0, 10**9),
    service_share=st.integers(0, 10_000),
)
def test_the_parts_always_add_up_and_none_is_negative(policy, stage, by, held, platform_fee, service_share):
    split = cancellation_split(
        policy=policy,
        stage=stage,
        by=by,
        held=usd(held),
        platform_fee=usd(platform_fee),
        service_fee=usd(held).portion(service_share),
    )
    assert split.total == usd(held + platform_fee)
    parts = (split.refund, split.payout, split.platform_fee, split.service_fee)
    assert min(part.amount for part in parts) >= 0


@given(held=AMOUNTS, platform_fee=st.integers(0, 10**9), share=st.integers(0, 10_000))
def test_an_agreed_refund_adds_up_with_what_is_left(held, platform_fee, share):
    whole = usd(held + platform_fee)
    split = refund_part(
        whole.portion(share),
        held=usd(held),
        platform_fee=usd(platform_fee),
        service_fee=usd(held).portion(2000),
        fee_refundable=True,
    )
    assert split.total == whole
    assert split.refund == whole.portion(share)


def test_a_refund_of_more_than_there_is_is_refused():
    with pytest.raises(ValueError):
        refund_part(usd(101), held=usd(90), platform_fee=usd(10), service_fee=usd(20), fee_refundable=True)


@pytest.mark.parametrize(
    "status, started, stage",
    [
        (MilestoneStatus.FUNDED, False, W.BEFORE_START),
        (MilestoneStatus.FUNDED, True, W.NOT_STARTED),
        (MilestoneStatus.IN_PROGRESS, True, W.STARTED),
        (MilestoneStatus.SUBMITTED, True, W.SUBMITTED),
        (MilestoneStatus.CHANGES_REQUESTED, True, W.SUBMITTED),
    ],
)
def test_the_stage_of_a_milestone_follows_its_status(status, started, stage):
    assert stage_of(status, contract_started=started) is stage


def test_a_preset_that_protects_the_contractor_more_never_gives_them_less():
    order = [PRESETS[policy] for policy in (P.FLEXIBLE, P.MODERATE, P.STRICT)]
    for weaker, stronger in pairwise(order):
        assert all(weaker.earned[stage] <= stronger.earned[stage] for stage in W)
    assert all(describe(policy).startswith("Free until work starts.") for policy in P)


@given(st.integers(0, 10**5), st.integers(0, 10**5), st.integers(0, 10**5), st.booleans(), st.data())
def test_a_refund_that_cards_cannot_move_is_rounded_up_by_less_than_a_step(payout, service, platform, refundable, data):
    kwd = lambda amount: Money(amount, "KWD")  # noqa: E731
    held = payout + service
    most = held + platform if refundable else held
    wanted = data.draw(st.integers(0, most))
    split = refund_part(
        kwd(wanted),
        held=kwd(held),
        platform_fee=kwd(platform),
        service_fee=kwd(service),
        fee_refundable=refundable,
    )
    assert split.refund.amount % 10 == 0
    assert split.refund - kwd(wanted) == split.rounding
    assert -10 < split.rounding.amount < 10
    assert split.rounding.amount >= 0 or wanted > most - most % 10
    assert split.total == kwd(held + platform)
    assert min(split.payout.amount, split.service_fee.amount, split.platform_fee.amount) >= 0


@pytest.mark.parametrize(("currency", "refund", "rounding"), [("USD", 1667, 0), ("KWD", 1670, 3), ("JPY", 1667, 0)])
def test_what_is_rounded_is_said(currency, refund, rounding):
    split = refund_part(
        Money(1667, currency),
        held=Money(4500, currency),
        platform_fee=Money(500, currency),
        service_fee=Money(1000, currency),
        fee_refundable=True,
    )
    assert (split.refund.amount, split.rounding.amount) == (refund, rounding)
