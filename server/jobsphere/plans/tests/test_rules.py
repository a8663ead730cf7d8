"""Proration loses no cent, months are counted from the first, thresholds are met or not."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from jobsphere.kit.money import Money
from jobsphere.plans.rules.amounts import MICROSECOND, is_dearer, unused_share
from jobsphere.plans.rules.dates import BillingCycle, begins
from jobsphere.plans.rules.tiers import Facts, Threshold, earned, next_after, progress
from tests.marketplace import usd

START = datetime(2026, 11, 21, tzinfo=UTC)
LENGTH = timedelta(days=30)
moments = st.integers(min_value=0, max_value=int(LENGTH.total_seconds() * 10**6)).map(
    lambda microseconds: START + timedelta(microseconds=microseconds)
)


@given(price=st.integers(1, 10**12), dearer=st.integers(0, 10**12), at=moments)
def test_what_is_used_and_what_is_unused_are_the_price_and_the_change_is_paid_to_the_cent(price, dearer, at):
    old, new = usd(price), usd(price + dearer)
    unused = unused_share(old, starts_at=START, ends_at=START + LENGTH, at=at)
    used = old - unused
    assert 0 <= unused.amount <= price
    assert old + (new - unused) == used + new
    assert unused.amount == price * ((START + LENGTH - at) // MICROSECOND) // (LENGTH // MICROSECOND)


@given(price=st.integers(1, 10**12), changes=st.lists(st.tuples(moments, st.integers(1, 10**9)), max_size=6))
def test_whoever_changes_again_and_again_pays_what_they_used_and_the_last_price(price, changes):
    paid, used, present, since = price, 0, price, START
    for at, more in sorted(changes):
        whole = timedelta(days=30)
        unused = unused_share(usd(present), starts_at=since, ends_at=since + whole, at=at).amount
        used += present - unused
        present, since = present + more, at
        paid += present - unused
    assert paid == used + present


@given(price=st.integers(1, 10**9), at=moments)
def test_where_cards_move_a_currency_in_steps_a_credit_is_whole_steps(price, at):
    unused = unused_share(Money(price * 10, "KWD"), starts_at=START, ends_at=START + LENGTH, at=at)
    assert unused.amount % 10 == 0


def test_a_period_to_come_is_unused_and_one_that_is_over_is_not():
    later = {"starts_at": START + LENGTH, "ends_at": START + 2 * LENGTH}
    assert unused_share(usd(9_99), **later, at=START) == usd(9_99)
    assert unused_share(usd(9_99), starts_at=START, ends_at=START + LENGTH, at=START + 2 * LENGTH) == usd(0)


def test_months_are_counted_from_the_first_and_the_31st_comes_back():
    first = datetime(2027, 10, 31, 9, tzinfo=UTC)
    days = [begins(first, BillingCycle.MONTH, number).date().isoformat() for number in range(6)]
    assert days == ["2027-10-31", "2027-11-30", "2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"]
    leap = datetime(2028, 2, 29, tzinfo=UTC)
    assert [begins(leap, BillingCycle.YEAR, number).day for number in range(5)] == [29, 28, 28, 28, 29]


def test_a_plan_is_dearer_by_what_it_costs_in_the_same_time():
    assert is_dearer(usd(120_01), BillingCycle.YEAR, than=usd(10_00), than_every=BillingCycle.MONTH)
    assert not is_dearer(usd(120_00), BillingCycle.YEAR, than=usd(10_00), than_every=BillingCycle.MONTH)


def tier(number: int, rank: int, volume: int | None, contracts: int | None) -> Threshold:
    return Threshold(UUID(int=number), f"T{number}", f"t{number}", rank, usd(volume) if volume else None, contracts)


SILVER, GOLD, GOLD_BY_WORK = tier(1, 1, 1000_00, None), tier(2, 2, 5000_00, 10), tier(3, 2, None, 50)
TIERS = [SILVER, GOLD, GOLD_BY_WORK]


def test_all_that_a_tier_asks_for_must_be_there_and_the_highest_one_counts():
    assert earned(TIERS, Facts({"USD": 999_99}, 9)) is None
    assert earned(TIERS, Facts({"USD": 1000_00})) == SILVER
    assert earned(TIERS, Facts({"USD": 9000_00}, 9)) == SILVER
    assert earned(TIERS, Facts({"USD": 9000_00}, 10)) == GOLD
    assert earned(TIERS, Facts({}, 50)) == GOLD_BY_WORK
    assert earned(TIERS, Facts({"EUR": 9000_00}, 49)) is None


def test_what_is_missing_is_shown_of_the_nearest_tier_and_a_hundred_is_only_what_is_met():
    facts = Facts({"USD": 4999_99}, 40)
    assert next_after(TIERS, 1, facts) == GOLD
    assert [each.percent for each in progress(GOLD, facts)] == [99, 100]
    assert next_after(TIERS, 2, facts) is None
