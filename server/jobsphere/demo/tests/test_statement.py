"""The end of the story is judged by what the offer promised: 100 / 200 / 700, or what the operator charges instead."""

import pytest

from jobsphere.demo.story.people import StoryError
from jobsphere.demo.story.statement import expected, verify

SIMPLE = {name: {"amount": cents, "currency": "USD"} for name, cents in
          {"platform_fee": 0, "service_fee": 10_000, "payout": 90_000}.items()}  # fmt: skip


def statement(platform: int, service: int, contractor: int, sum_: int = 0) -> dict[str, object]:
    """Return a statement with these totals, in cents."""
    cents = {"platform_fee": platform, "service_fee": service, "contractor": contractor}
    totals = {**cents, "held": 0, "refunded": 0, "paid_out": contractor}
    return {
        "totals": {name: {"amount": amount, "currency": "USD"} for name, amount in totals.items()},
        "total": {"amount": sum_, "currency": "USD"},
    }


def test_the_story_of_the_seeds_comes_to_100_200_700():
    closing = verify(statement(10_000, 20_000, 70_000))
    assert closing[-1].strip() == "all accounts sum to zero"
    assert "700.00" in closing[2]


def test_another_commission_is_judged_by_what_the_offer_promised():
    assert "900.00" in verify(statement(0, 10_000, 90_000), expected(SIMPLE))[2]
    with pytest.raises(StoryError, match="platform_fee"):
        verify(statement(0, 10_000, 90_000))


def test_a_cent_that_is_missing_or_books_that_do_not_close_are_no_end():
    with pytest.raises(StoryError, match="contractor"):
        verify(statement(10_000, 20_000, 69_999))
    with pytest.raises(StoryError, match="do not say"):
        verify(statement(10_000, 20_000, 70_000, sum_=1))
