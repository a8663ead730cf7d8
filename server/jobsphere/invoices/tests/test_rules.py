"""Rounding that loses nothing, numbers, months, and when the buyer accounts for the tax."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsphere.invoices import rules
from jobsphere.invoices.rules import TaxParty
from jobsphere.invoices.taxes import check_tax_number
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import Money, minor_digits, total

#: Currencies of none, two and three digits after the point.
CURRENCIES = st.sampled_from(["JPY", "EUR", "USD", "KWD"])
AMOUNTS = st.integers(1, 10**12)
RATES = st.integers(0, 10_000)


@given(CURRENCIES, AMOUNTS, RATES)
def test_net_and_tax_are_the_gross_to_the_unit(currency: str, amount: int, rate: int):
    share = rules.tax_within(Money(amount, currency), rate)
    assert share.net + share.tax == Money(amount, currency)
    assert share.net.amount >= 0
    assert share.tax.amount >= 0
    # Half up: the net amount is at most half a unit away from the exact one, and never half a unit below it.
    off = 2 * (share.net.amount * (10_000 + rate) - amount * 10_000)
    assert -(10_000 + rate) < off <= 10_000 + rate


@given(CURRENCIES, st.lists(st.integers(1, 10**9), min_size=1, max_size=12), RATES)
def test_parts_that_are_given_back_give_back_exactly_the_tax(currency: str, parts: list[int], rate: int):
    whole = rules.tax_within(Money(sum(parts), currency), rate)
    before, taxes = Money.zero(currency), []
    for part in parts:
        share = rules.tax_of_credit(Money(part, currency), credited_before=before, basis_points=rate)
        assert share.net + share.tax == Money(part, currency)
        assert 0 <= share.tax.amount <= part
        before += Money(part, currency)
        taxes.append(share.tax)
    assert total(taxes, currency) == whole.tax


@given(CURRENCIES, st.lists(st.integers(1, 10**9), min_size=1, max_size=12), RATES)
def test_lines_share_the_tax_of_their_document(currency: str, parts: list[int], rate: int):
    gross = [Money(part, currency) for part in parts]
    tax = rules.tax_within(total(gross, currency), rate).tax
    shares = rules.share_tax(tax, gross)
    assert total(shares, currency) == tax
    assert all(0 <= share.amount <= line.amount for share, line in zip(shares, gross, strict=True))


def test_the_digits_of_the_property_tests_are_all_there_are():
    assert {minor_digits(each) for each in ("JPY", "EUR", "USD", "KWD")} == {0, 2, 3}


@pytest.mark.parametrize(
    ("seller", "buyer", "reverse"),
    [
        (TaxParty("DE", "", True, "DE136695976"), TaxParty("FR", "", True, "FR40303265045"), True),
        (TaxParty("DE", "", True, "DE136695976"), TaxParty("DE", "", True, "DE136695976"), False),
        (TaxParty("DE", "", True, "DE136695976"), TaxParty("FR"), False),
        (TaxParty("DE", "", True, "DE136695976"), TaxParty("FR", "", True), False),
        (TaxParty("DE", "", True, "DE136695976"), TaxParty("US", "", True, "12-3456789"), False),
    ],
)
def test_the_buyer_accounts_for_the_tax_between_businesses_of_two_member_states(
    seller: TaxParty, buyer: TaxParty, reverse: bool
):
    assert rules.is_reverse_charge(seller, buyer) is reverse


def test_tax_numbers_are_checked_by_their_digits():
    assert check_tax_number("DE", "de 136 695 976") == "DE136695976"
    assert check_tax_number("GR", "EL 094259216") == "EL094259216"
    assert check_tax_number("US", "anything") == "ANYTHING"
    with pytest.raises(InvalidInput):
        check_tax_number("DE", "DE136695977")


def test_numbers_and_months():
    assert rules.number_text("operator", 2026, 17) == "F-2026-000017"
    assert len(rules.prefix_of("0193-somebody")) == 8
    month = rules.month_of("2024-12")
    assert (month.first, month.after) == (date(2024, 12, 1), date(2025, 1, 1))
    with pytest.raises(ValueError, match="month"):
        rules.month_of("2024-13")
