"""What cancelling a booked slot costs, by the time that is left (ADR 0029)."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsphere.contracts.rules.cancellation import CancellationPolicy, WorkStage, cancellation_split
from jobsphere.contracts.rules.lifecycles import CONTRACTOR, CUSTOMER, PARTIES
from jobsphere.contracts.rules.windows import SLOT_TERMS, describe_slot, earned_by_slot, moments_of
from jobsphere.kit.money import Money

P = CancellationPolicy
START = datetime(2026, 12, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("policy", "table"),
    [
        (P.FLEXIBLE, [(13, 0), (12, 2_500), (1, 2_500), (0, 5_000), (-5, 5_000)]),
        (P.MODERATE, [(25, 0), (24, 5_000), (1, 5_000), (0, 10_000)]),
        (P.STRICT, [(73, 0), (72, 5_000), (25, 5_000), (24, 10_000), (0, 10_000)]),
    ],
)
def test_each_policy_earns_by_the_hours_that_are_left(policy, table):
    assert [(hours, earned_by_slot(policy, START, now=START - timedelta(hours=hours))) for hours, _ in table] == table
    assert earned_by_slot(policy, None, now=START) == 0
    assert describe_slot(policy).startswith(
        f"Free until {int(SLOT_TERMS[policy].steps[0][0].total_seconds()) // 3600} hours"
    )


@given(policy=st.sampled_from(P), minutes=st.integers(-10_000, 10_000))
def test_the_moments_that_are_shown_are_those_that_decide(policy, minutes):
    now = START - timedelta(minutes=minutes)
    shown = next(earned for until, earned in moments_of(policy, START) if until is None or now < until)
    assert shown == earned_by_slot(policy, START, now=now)
    assert all(one[1] <= other[1] for one, other in pairwise(moments_of(policy, START)))


@given(
    policy=st.sampled_from(P),
    stage=st.sampled_from(WorkStage),
    by=st.sampled_from(PARTIES),
    earned=st.sampled_from([0, 2_500, 5_000, 10_000]),
    held=st.integers(1, 10**9),
    fee=st.integers(0, 10**9),
)
def test_a_slot_only_ever_adds_to_what_is_earned_and_the_parts_add_up(policy, stage, by, earned, held, fee):
    money: Any = {"held": Money(held, "USD"), "platform_fee": Money(fee, "USD"), "service_fee": Money(held // 5, "USD")}
    plain = cancellation_split(policy=policy, stage=stage, by=by, **money)
    slot = cancellation_split(policy=policy, stage=stage, by=by, slot_earned=earned, **money)
    assert slot.total == plain.total == Money(held + fee, "USD")
    assert slot.refund <= plain.refund
    if by != CUSTOMER or earned == 0:
        assert slot == plain
    if by == CONTRACTOR:
        assert slot.refund == slot.total
