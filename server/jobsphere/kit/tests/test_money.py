"""Money: exact, whole, and its parts always add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsphere.kit.money import SHARED_CURRENCIES, CurrencyMismatchError, Money, is_currency, minor_digits, total

amounts = st.integers(min_value=0, max_value=10**12)


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(120050, "USD"), "1200.50"),
        (Money(-5, "USD"), "-0.05"),
        (Money(101, "JPY"), "101"),
        (Money(5124, "KWD"), "5.124"),
    ],
)
def test_the_decimal_text_follows_the_currency(money: Money, text: str) -> None:
    assert money.major() == text


def test_zero_and_three_decimal_currencies_are_known() -> None:
    assert [minor_digits(code) for code in ("USD", "JPY", "KWD")] == [2, 0, 3]


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="XXY"):
        minor_digits("XXY")


def test_a_fraction_is_never_money() -> None:
    with pytest.raises(TypeError):
        Money(1.5, "USD")  # type: ignore[arg-type]


def test_true_is_not_one_cent() -> None:
    with pytest.raises(TypeError):
        Money(True, "USD")


def test_currencies_never_mix() -> None:
    with pytest.raises(CurrencyMismatchError):
        Money(1, "USD") + Money(1, "EUR")
    with pytest.raises(CurrencyMismatchError):
        assert Money(1, "USD") < Money(2, "EUR")


@given(
    amounts,
    st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=12).filter(any),
)
def test_allocated_parts_add_up_and_are_fair_to_one_unit(amount: int, weights: list[int]) -> None:
    whole = Money(amount, "USD")
    parts = whole.allocate(weights)
    assert total(parts, "USD") == whole
    for part, weight in zip(parts, weights, strict=True):
        exact = amount * weight / sum(weights)
        assert abs(part.amount - exact) < 1 + exact * 1e-12


def test_allocation_needs_a_positive_weight() -> None:
    for weights in ([], [0, 0], [1, -1]):
        with pytest.raises(ValueError, match="weights"):
            Money(10, "USD").allocate(weights)


@given(amounts, st.integers(min_value=0, max_value=10_000))
def test_a_portion_is_rounded_down(amount: int, basis_points: int) -> None:
    share = Money(amount, "USD").portion(basis_points).amount
    assert share * 10_000 <= amount * basis_points < (share + 1) * 10_000


def test_the_wire_form_reads_back() -> None:
    money = Money(120000, "USD")
    assert Money.from_json(money.to_json()) == money
    with pytest.raises(TypeError):
        Money.from_json({"amount": "1", "currency": "USD"})


@pytest.mark.parametrize("code", ["XXX", "XAU", "XTS", "XDR", "BTC", "usd", ""])
def test_metals_funds_and_no_currency_at_all_are_not_money(code: str) -> None:
    assert not is_currency(code)
    with pytest.raises(ValueError, match="not a known currency"):
        minor_digits(code)


def test_currencies_shared_by_countries_are_money() -> None:
    assert all(is_currency(code) for code in (*SHARED_CURRENCIES, "USD", "JPY", "KWD"))
