"""Stars, words, time and names: pure."""

from datetime import UTC, datetime, timedelta

import pytest

from jobsphere.kit.errors import InvalidInput
from jobsphere.reviews import rules

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_stars_are_one_to_five(stars: int):
    with pytest.raises(InvalidInput) as refusal:
        rules.check_review(stars, "Words.")
    assert [each.pointer for each in refusal.value.errors] == ["/rating"]


@pytest.mark.parametrize(("stars", "needed"), [(1, True), (2, True), (3, False), (5, False)])
def test_few_stars_need_words(stars: int, needed: bool):
    if not needed:
        assert rules.check_review(stars, "  ") == ""
        return
    with pytest.raises(InvalidInput) as refusal:
        rules.check_review(stars, "  ")
    assert [(each.pointer, each.code) for each in refusal.value.errors] == [("/text", "required")]


def test_words_lose_the_space_around_them_and_have_an_end():
    assert rules.check_review(5, "  Good work.\n") == "Good work."
    with pytest.raises(InvalidInput):
        rules.check_review(5, "x" * (rules.TEXT_LENGTH + 1))


def test_a_round_is_open_until_its_time_is_over_or_it_is_shown():
    later = NOON + timedelta(days=14)
    assert rules.is_open(published_at=None, closes_at=later, now=NOON)
    assert not rules.is_open(published_at=None, closes_at=later, now=later)
    assert not rules.is_open(published_at=NOON, closes_at=later, now=NOON)


@pytest.mark.parametrize(
    ("name", "shown"), [("Casey Customer", "Casey C."), ("Ana María del Río", "Ana R."), ("Cher", "Cher"), ("", "")]
)
def test_an_author_is_named_by_first_name_and_one_letter(name: str, shown: str):
    assert rules.shown_name(name) == shown
