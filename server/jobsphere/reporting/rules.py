"""Who is reported to which tax authority, from which amount on, and what must be known of them. Pure.

Sources: DAC7 = Council Directive (EU) 2021/514, annex V to Directive 2011/16/EU. 1099-K = 26 U.S.C. § 6050W(e).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

EUROPEAN_UNION = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"}
    | {"IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)
UNITED_STATES = "US"

#: After this long without the details, and two reminders on the way, withdrawals wait (annex V section IV A 2).
TIME_TO_ANSWER = timedelta(days=60)
REMINDERS_AFTER = (timedelta(days=20), timedelta(days=40))


class Regime(StrEnum):
    """To whom somebody is reported."""

    DAC7 = "dac7"
    FORM_1099_K = "1099-k"


class SellerKind(StrEnum):
    """What a contractor is to the law."""

    PERSON = "person"
    ENTITY = "entity"


class Standing(StrEnum):
    """Where a contractor stands in a year's report."""

    REPORTABLE = "reportable"
    #: Below the threshold of the year.
    EXCLUDED = "excluded"
    #: Something must be known first; `missing` and `problems` say what.
    INCOMPLETE = "incomplete"
    #: Resident where neither of the two asks.
    OUTSIDE = "outside"


#: The currency in which a regime counts.
CURRENCY_OF = {Regime.DAC7: "EUR", Regime.FORM_1099_K: "USD"}


@dataclass(frozen=True, slots=True)
class Limit:
    """From `year` on somebody is reported who has more than `amount` (minor units) or `activities`; `both`: only who
    has more of both.
    """

    regime: Regime
    year: int
    amount: int
    activities: int
    both: bool

    def is_passed(self, amount: int, activities: int) -> bool:
        """Say whether that much is reported."""
        passed = (amount > self.amount, activities > self.activities)
        return all(passed) if self.both else any(passed)


#: What the law says. Administrators may add rows for what it says next; the latest year counts, theirs before ours.
#:
#: DAC7: the exclusion of small sellers (fewer than 30 activities and at most 2000 EUR) is for sales of goods alone
#: (annex V section I B 4 d). Services rendered by people have none, and services are what is sold here.
#: 1099-K: more than $20,000 and more than 200 transactions; $5,000 for 2024 alone (Notice 2024-85); the old rule again
#: from 2025 on (Public Law 119-21 § 70432, IRS Fact Sheet 2025-08).
LAW = (
    Limit(Regime.DAC7, 2023, 0, 0, both=False),
    Limit(Regime.FORM_1099_K, 2011, 20_000_00, 200, both=True),
    Limit(Regime.FORM_1099_K, 2024, 5_000_00, 0, both=True),
    Limit(Regime.FORM_1099_K, 2025, 20_000_00, 200, both=True),
)


def limit_of(regime: Regime, year: int, added: Iterable[Limit] = ()) -> Limit | None:
    """Return the limit of a year; None before there was any duty to report."""
    fitting = [each for each in (*LAW, *added) if each.regime is regime and each.year <= year]
    return max(fitting, key=lambda each: each.year, default=None) if not added else _latest(fitting)


def _latest(fitting: list[Limit]) -> Limit | None:
    # Of one year's the one that was added last; `max` keeps the first of equals.
    return max(reversed(fitting), key=lambda each: each.year, default=None)


def regime_of(country: str) -> Regime | None:
    """Return who asks about a resident of a country."""
    if country in EUROPEAN_UNION:
        return Regime.DAC7
    return Regime.FORM_1099_K if country == UNITED_STATES else None


_ADDRESS = ("street", "post_code", "city", "country")
_PERSON = ("first_name", "last_name")


def missing_in(details: Mapping[str, str]) -> tuple[str, ...]:
    """Name the fields that a report cannot do without, in the order in which they are asked for."""
    country = details.get("country", "")
    is_person = details.get("kind", "person") == "person"
    wanted = [*(_PERSON if is_person else ("legal_name",)), *_ADDRESS]
    if regime_of(country) is Regime.DAC7:
        wanted += ["birth_date"] if is_person else []
        # Where the state of residence issues no number the place of birth identifies a person (section III B 1 c).
        if details.get("no_tin"):
            wanted += ["birth_city", "birth_country"] if is_person else ["tin"]
        else:
            wanted += ["tin"]
    elif regime_of(country) is Regime.FORM_1099_K:
        wanted += ["tin"]
    return tuple(name for name in wanted if not details.get(name))


def quarter_of(month: int) -> int:
    """Return 0 to 3 for a month of 1 to 12."""
    return (month - 1) // 3


def whole_units(minor: int, factor: int) -> int:
    """Return an amount in whole units of its currency, half up: both files are without cents."""
    return (2 * minor + factor) // (2 * factor)


@dataclass(frozen=True, slots=True)
class Step:
    """What is due of somebody whose details are missing."""

    reminder: int | None = None
    withhold: bool = False


def step_due(asked_at: datetime, reminders: int, *, now: datetime, may_withhold: bool) -> Step:
    """Say what is due: the next of two reminders, and once both were sent and 60 days have passed, to withhold."""
    if reminders < len(REMINDERS_AFTER):
        return Step(reminder=reminders + 1) if now >= asked_at + REMINDERS_AFTER[reminders] else Step()
    return Step(withhold=may_withhold and now >= asked_at + TIME_TO_ANSWER)
