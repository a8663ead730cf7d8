"""Limits, what is missing, reminders: pure."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jobsphere.kit.errors import InvalidInput
from jobsphere.reporting.checking import checked
from jobsphere.reporting.rules import Limit, Regime, Step, limit_of, missing_in, regime_of, step_due, whole_units
from jobsphere.reporting.selectors import converted
from jobsphere.reporting.tests.conftest import AMERICAN, PERSON

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("year", "amount", "count", "reported"),
    [
        (2023, 20_000_00, 300, False),
        (2023, 20_000_01, 201, True),
        (2023, 90_000_00, 200, False),
        (2024, 5_000_01, 1, True),
        (2024, 5_000_00, 500, False),
        (2025, 5_000_01, 1, False),
        (2026, 20_000_01, 201, True),
    ],
)
def test_the_law_of_1099_k_by_year(year: int, amount: int, count: int, reported: bool) -> None:
    limit = limit_of(Regime.FORM_1099_K, year)
    assert limit is not None
    assert limit.is_passed(amount, count) is reported


def test_services_have_no_small_seller_in_dac7_unless_an_administrator_says_otherwise() -> None:
    law = limit_of(Regime.DAC7, 2026)
    assert law is not None
    assert law.is_passed(1, 1)
    assert not law.is_passed(0, 0)
    assert limit_of(Regime.DAC7, 2022) is None
    goods = Limit(Regime.DAC7, 2026, 2_000_00, 29, both=False)
    found = limit_of(Regime.DAC7, 2026, [goods])
    assert found == goods
    assert not goods.is_passed(2_000_00, 29)
    assert goods.is_passed(2_000_00, 30)
    assert goods.is_passed(2_000_01, 1)


def test_who_asks_and_what_they_cannot_do_without() -> None:
    assert [regime_of(each) for each in ("DE", "US", "CH", "")] == [Regime.DAC7, Regime.FORM_1099_K, None, None]
    assert missing_in({}) == ("first_name", "last_name", "street", "post_code", "city", "country")
    assert missing_in(PERSON) == ()
    assert missing_in({**PERSON, "tin": ""}) == ("tin",)
    assert missing_in({**PERSON, "tin": "", "no_tin": "yes"}) == ("birth_city", "birth_country")
    assert missing_in({**PERSON, "kind": "entity"}) == ("legal_name",)
    assert missing_in({**AMERICAN, "tin": ""}) == ("tin",)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tin", "36574261800"),
        ("birth_date", "31.5.1980"),
        ("birth_date", "2026-05-31"),
        ("account", "DE89370400440532013001"),
        ("vat_number", "DE136695977"),
        ("country", "GER"),
    ],
)
def test_what_cannot_be_right_is_named(field: str, value: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked({**PERSON, field: value}, date(2026, 1, 1))
    assert refused.value.errors[0].pointer == f"/{field}"


def test_what_is_right_is_tidied() -> None:
    found = checked({**PERSON, "country": "de"}, date(2026, 1, 1))
    assert (found["tin"], found["account"]) == ("36574261809", "DE89370400440532013000")


def test_two_reminders_then_withdrawals_wait_after_sixty_days() -> None:
    def due(days: int, reminders: int, *, may: bool = True) -> Step:
        return step_due(NOW, reminders, now=NOW + timedelta(days=days), may_withhold=may)

    assert due(19, 0) == Step()
    assert due(20, 0) == Step(reminder=1)
    assert due(40, 1) == Step(reminder=2)
    assert due(59, 2) == Step()
    assert due(60, 2) == Step(withhold=True)
    assert due(60, 2, may=False) == Step()
    assert due(90, 0) == Step(reminder=1)


def test_money_in_whole_units_and_in_other_currencies_is_half_up() -> None:
    assert [whole_units(each, 100) for each in (149, 150, 250, 0)] == [1, 2, 3, 0]
    assert converted(100_00, 923_400, "USD", "EUR") == 92_34
    assert converted(1000, 6_250, "JPY", "EUR") == 6_25
