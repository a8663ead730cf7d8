"""Between our minor units and Paystack's subunits, and what it can charge (paystack.com/docs/api/#supported-currency).

Paystack counts hundredths in every currency, also in those that have none: 500 francs (XOF) are 50000.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from jobsphere.kit.money import Money, minor_digits
from jobsphere.payments.gateways.base import AmountLimits
from jobsphere.payments.gateways.base.units import rescale

_DIGITS = 2

#: The smallest charge in subunits, as Paystack documents it.
_MINIMUM = {"NGN": 5000, "USD": 200, "GHS": 10, "ZAR": 100, "KES": 300, "XOF": 100}
CURRENCIES = frozenset(_MINIMUM)
#: Paystack documents no largest charge: the banks decide. This keeps an amount within its 32-bit numbers.
_MAXIMUM = 2_000_000_000

#: Where transfers can go, by ISO 3166 code; the words of GET /bank.
COUNTRIES: Mapping[str, tuple[str, str]] = {
    "NG": ("nigeria", "NGN"),
    "GH": ("ghana", "GHS"),
    "KE": ("kenya", "KES"),
    "ZA": ("south africa", "ZAR"),
}


def to_wire(money: Money) -> int:
    """Return the amount in subunits. Raises UnrepresentableAmountError."""
    return rescale(money.amount, _DIGITS - minor_digits(money.currency))


def from_wire(amount: Any, currency: str) -> Money:
    """Return our Money for subunits, which may arrive as a text. Raises ValueError for anything else."""
    return Money(rescale(whole(amount), minor_digits(currency) - _DIGITS), currency)


def whole(value: Any) -> int:
    """Read a whole number that Paystack may write as 5000, "5000" or "5000.00". Raises ValueError."""
    if isinstance(value, bool) or value is None:
        raise ValueError(f"{value!r} is not an amount")
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"{value!r} is not an amount") from error
    if not number.is_finite() or number != number.to_integral_value():
        raise ValueError(f"{value!r} is finer than a subunit")
    return int(number)


def limits_of(currency: str) -> AmountLimits:
    """Return what Paystack can charge in a currency, in our minor units."""
    unit = 10 ** max(0, _DIGITS - minor_digits(currency))
    return AmountLimits(currency, max(1, _MINIMUM.get(currency, 100) // unit), _MAXIMUM // unit)
