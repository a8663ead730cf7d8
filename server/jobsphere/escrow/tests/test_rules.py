"""The arithmetic of fees: the parts always add up to the whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsphere.escrow.rules import (
    DEFAULT_TERMS,
    HOLD,
    MARKETPLACE,
    PRESETS,
    FeePart,
    FeeTerms,
    HoldStatus,
    Split,
    split,
    split_refund,
)
from jobsphere.kit.errors import WrongStatus
from jobsphere.kit.money import Money, total

part = st.builds(
    lambda points, fixed, minimum, extra: FeePart(points, fixed, minimum, None if extra is None else minimum + extra),
    st.integers(0, 10_000),
    st.integers(0, 500),
    st.integers(0, 500),
    st.none() | st.integers(0, 5_000),
)
terms = st.builds(FeeTerms, part, part)
currencies = st.sampled_from(["USD", "JPY", "KWD"])


@pytest.mark.parametrize(
    ("amount", "currency", "platform", "hold", "service", "payout"),
    [
        (100_000, "USD", 10_000, 90_000, 20_000, 70_000),
        (50, "USD", 5, 45, 10, 35),
        (55, "USD", 5, 50, 11, 39),
        (9_99, "USD", 99, 900, 199, 701),
        (101, "JPY", 10, 91, 20, 71),
        (5_124, "KWD", 512, 4_612, 1_024, 3_588),
        (5_120, "KWD", 510, 4_610, 1_020, 3_590),
        (1, "USD", 0, 1, 0, 1),
    ],
)
def test_the_classic_preset(amount, currency, platform, hold, service, payout):
    (parts,) = split(Money(amount, currency), DEFAULT_TERMS)
    assert (parts.platform_fee.amount, parts.hold.amount) == (platform, hold)
    assert (parts.service_fee.amount, parts.payout.amount) == (service, payout)


def test_the_simple_preset_takes_one_fee_at_release():
    (parts,) = split(Money(100_000, "USD"), PRESETS["simple"])
    assert (parts.platform_fee.amount, parts.service_fee.amount, parts.payout.amount) == (0, 10_000, 90_000)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=30), terms, currencies)
def test_every_split_adds_up_and_no_part_is_negative(milestones, terms, currency):
    moneys = [Money(each, currency) for each in milestones]
    whole = total(moneys, currency)
    parts = split(whole, terms, moneys)
    assert [each.amount for each in parts] == moneys
    for each in parts:
        assert each.amount == each.platform_fee + each.hold
        assert each.hold == each.service_fee + each.payout
        assert min(each.platform_fee.amount, each.service_fee.amount, each.payout.amount) >= 0
    (uncut,) = split(whole, terms)
    assert total((each.platform_fee for each in parts), currency) == uncut.platform_fee
    assert total((each.service_fee for each in parts), currency) == uncut.service_fee


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=30), terms)
def test_every_part_of_whole_steps_is_whole_steps(milestones, terms):
    moneys = [Money(each * 10, "KWD") for each in milestones]
    for each in split(total(moneys, "KWD"), terms, moneys):
        parts = (each.platform_fee, each.service_fee, each.payout)
        assert [part.amount % 10 for part in parts] == [0, 0, 0]
        assert min(part.amount for part in parts) >= 0


@given(st.integers(0, 10**4), st.integers(0, 10**4), st.integers(0, 10**4), st.booleans(), st.data())
def test_a_refund_in_whole_steps_leaves_whole_steps(payout, service, platform, refundable, data):
    held = payout + service
    most = held + platform if refundable else held
    if not most:
        return
    kwd = lambda steps: Money(steps * 10, "KWD")  # noqa: E731
    parts = split_refund(
        kwd(data.draw(st.integers(1, most))),
        held=kwd(held),
        service_fee=kwd(service),
        platform_fee=kwd(platform),
        platform_fee_refundable=refundable,
    )
    left = (parts.from_hold, parts.from_platform_fee, parts.held, parts.service_fee, parts.payout)
    assert [each.amount % 10 for each in left] == [0] * 5
    assert min(each.amount for each in left) >= 0


@given(st.integers(1, 10**9), terms)
def test_a_fee_never_exceeds_its_share_plus_what_is_fixed(amount, terms):
    (parts,) = split(Money(amount, "USD"), terms)
    rule = terms.acceptance
    most = max(amount * rule.basis_points // 10_000 + rule.fixed, rule.minimum)
    assert parts.platform_fee.amount <= min(most, amount if rule.cap is None else rule.cap)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.booleans(), st.data())
def test_every_refund_adds_up_and_empties_the_hold_only_at_the_end(payout, service, platform, refundable, data):
    held = payout + service
    most = held + platform if refundable else held
    if most == 0:
        return
    refund = data.draw(st.integers(1, most))
    usd = lambda amount: Money(amount, "USD")  # noqa: E731
    parts = split_refund(
        usd(refund),
        held=usd(held),
        service_fee=usd(service),
        platform_fee=usd(platform),
        platform_fee_refundable=refundable,
    )
    assert parts.from_hold + parts.from_platform_fee == usd(refund)
    assert parts.from_hold + parts.held == usd(held)
    assert parts.held == parts.service_fee + parts.payout
    assert 0 <= parts.from_platform_fee.amount <= (platform if refundable else 0)
    assert min(parts.held.amount, parts.service_fee.amount, parts.payout.amount) >= 0
    if refund == most:
        assert not parts.held
        assert parts.from_platform_fee.amount == (platform if refundable else 0)


@given(terms)
def test_terms_survive_being_stored(terms):
    assert FeeTerms.from_json(terms.to_json()) == terms


@pytest.mark.parametrize("milestones", [[Money(50, "USD"), Money(49, "USD")], [Money(0, "USD"), Money(100, "USD")]])
def test_milestones_that_do_not_add_up_are_refused(milestones):
    with pytest.raises(ValueError):
        split(Money(100, "USD"), DEFAULT_TERMS, milestones)


@pytest.mark.parametrize("wrong", [{"basis_points": 10_001}, {"fixed": -1}, {"minimum": 5, "cap": 4}])
def test_a_fee_that_makes_no_sense_cannot_be_written(wrong):
    with pytest.raises(ValueError):
        FeePart(**wrong)


@pytest.mark.parametrize("status", list(HoldStatus))
@pytest.mark.parametrize("action", ["release", "refund", "freeze", "unfreeze"])
def test_every_action_in_every_status(status, action):
    possible = {
        (HoldStatus.FUNDED, "release"): HoldStatus.RELEASED,
        (HoldStatus.FUNDED, "refund"): HoldStatus.REFUNDED,
        (HoldStatus.FUNDED, "freeze"): HoldStatus.FROZEN,
        (HoldStatus.FROZEN, "unfreeze"): HoldStatus.FUNDED,
    }
    if (status, action) in possible:
        assert HOLD.next(status, action) is possible[status, action]
        return
    with pytest.raises(WrongStatus) as refused:
        HOLD.next(status, action)
    assert refused.value.fields["current_status"] == status
    assert action not in HOLD.allowed(status, MARKETPLACE)


@given(
    st.lists(st.integers(1, 500_000), min_size=1, max_size=8),
    st.integers(0, 4000),
    st.integers(0, 5000),
    st.integers(0, 900),
    st.integers(0, 900),
)
def test_captures_one_after_another_bear_together_what_one_capture_of_all_would(parts, first, second, fixed, least):
    terms = FeeTerms(FeePart(first, fixed=fixed), FeePart(second, minimum=least))
    before = Money(0, "USD")
    splits: list[Split] = []
    for amount in (Money(part, "USD") for part in parts):
        splits += split(amount, terms, before=before)
        before += amount
    (whole,) = split(before, terms)
    assert all(min(each.platform_fee.amount, each.service_fee.amount, each.payout.amount) >= 0 for each in splits)
    for name in ("amount", "platform_fee", "hold", "service_fee", "payout"):
        assert sum(getattr(each, name).amount for each in splits) == getattr(whole, name).amount
