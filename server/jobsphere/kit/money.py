"""Money: integer minor units and an ISO 4217 currency, never a float (DESIGN §4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

from babel.core import get_global
from babel.numbers import format_currency

BASIS_POINTS = 10_000

#: Fits a signed 64-bit column with room for sums of many rows.
MAX_AMOUNT = 10**15


class CurrencyMismatchError(ValueError):
    """Two amounts of different currencies met in one sum."""


@cache
def minor_digits(currency: str) -> int:
    """Return how many digits the currency has after the point: USD 2, JPY 0, KWD 3.

    Raises ValueError for what is not an ISO 4217 code in use.
    """
    if not is_currency(currency):
        raise ValueError(f"{currency!r} is not a known currency")
    fractions: Mapping[str, tuple[int, int, int, int]] = get_global("currency_fractions")
    return fractions.get(currency, fractions["DEFAULT"])[0]


#: The X codes that are money somewhere; the others are metals, funds, tests and "no currency" (ISO 4217, appendix).
SHARED_CURRENCIES = frozenset({"XAF", "XCD", "XCG", "XOF", "XPF"})


@cache
def smallest_step(currency: str) -> int:
    """Return the step in which cards and banks move a currency: of three digits the last is always 0."""
    return 10 if minor_digits(currency) == 3 else 1


@cache
def is_currency(currency: str) -> bool:
    """Say whether the text is an ISO 4217 code of money that people are paid in; gold and "no currency" are not."""
    known: Mapping[str, object] = get_global("all_currencies")
    return currency in known and (not currency.startswith("X") or currency in SHARED_CURRENCIES)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An exact amount: `amount` in minor units (cents for USD), `currency` an ISO 4217 code."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.amount) is not int:
            raise TypeError("money is counted in whole minor units")

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Return nothing, in that currency."""
        return cls(0, currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount >= self._same(other)

    def __bool__(self) -> bool:
        return self.amount != 0

    def __str__(self) -> str:
        return format_currency(self.major(), self.currency, locale="en_US")

    def _same(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise CurrencyMismatchError(f"{self.currency} and {other.currency} cannot be mixed")
        return other.amount

    def major(self) -> str:
        """Return the exact decimal text in major units: 120050 USD is "1200.50"."""
        digits = minor_digits(self.currency)
        sign = "-" if self.amount < 0 else ""
        whole, part = divmod(abs(self.amount), 10**digits)
        return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"

    def portion(self, basis_points: int) -> "Money":
        """Return the share of this amount, rounded down: 1000 basis points are 10 %."""
        return Money(self.amount * basis_points // BASIS_POINTS, self.currency)

    def whole_steps(self, step: int | None = None) -> "Money":
        """Round down to what cards and banks can move (`smallest_step`), or to another step."""
        size = smallest_step(self.currency) if step is None else step
        return Money(self.amount - self.amount % size, self.currency)

    def allocate(self, weights: Sequence[int]) -> tuple["Money", ...]:
        """Split by weight with the largest-remainder method; the parts always add up to the whole.

        Raises ValueError when there is no positive weight or one is negative.
        """
        total = sum(weights)
        if total <= 0 or any(weight < 0 for weight in weights):
            raise ValueError("weights must not be negative and must not all be zero")
        floors = [self.amount * weight // total for weight in weights]
        remainders = [self.amount * weight % total for weight in weights]
        missing = self.amount - sum(floors)
        winners = sorted(range(len(weights)), key=lambda index: (-remainders[index], index))[:missing]
        return tuple(Money(floor + (index in winners), self.currency) for index, floor in enumerate(floors))

    def to_json(self) -> dict[str, int | str]:
        """Return the wire form: {"amount": 120000, "currency": "USD"}."""
        return {"amount": self.amount, "currency": self.currency}

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Self:
        """Read the wire form back; raises KeyError or TypeError for anything else."""
        amount, currency = data["amount"], data["currency"]
        if not isinstance(amount, int) or not isinstance(currency, str):
            raise TypeError("money needs an integer amount and a currency")
        return cls(amount, currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Add up amounts that must all be in `currency`."""
    result = Money.zero(currency)
    for amount in amounts:
        result += amount
    return result
