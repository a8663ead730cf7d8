"""Between our minor units and Stripe's: they differ for a few currencies (docs.stripe.com/currencies)."""

from jobsphere.kit.money import Money, minor_digits
from jobsphere.payments.gateways.base import AmountLimits

#: Stripe takes these in whole units.
ZERO_DECIMAL = frozenset(
    {
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "JPY",
        "KMF",
        "KRW",
        "MGA",
        "PYG",
        "RWF",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    }
)
#: Stripe takes these in thousandths, and the last digit must be 0.
THREE_DECIMAL = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])


class UnrepresentableAmountError(ValueError):
    """This amount cannot be written in the steps that Stripe accepts for its currency."""


def stripe_digits(currency: str) -> int:
    """Return how many digits after the point Stripe's amounts have."""
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def to_wire(money: Money) -> tuple[int, str]:
    """Return (amount, currency) as Stripe wants them. Raises UnrepresentableAmountError."""
    amount = money.amount
    shift = stripe_digits(money.currency) - minor_digits(money.currency)
    if shift >= 0:
        amount *= 10**shift
    else:
        amount, rest = divmod(amount, 10**-shift)
        if rest:
            raise UnrepresentableAmountError(f"{money} is finer than Stripe's unit of {money.currency}")
    if money.currency in THREE_DECIMAL and amount % 10:
        raise UnrepresentableAmountError(f"{money}: Stripe wants a last digit of 0 in {money.currency}")
    return amount, money.currency.lower()


def from_wire(amount: int, currency: str) -> Money:
    """Return our Money for Stripe's amount. Raises UnrepresentableAmountError when it is finer than our unit."""
    code = currency.upper()
    shift = stripe_digits(code) - minor_digits(code)
    if shift <= 0:
        return Money(amount * 10**-shift, code)
    whole, rest = divmod(amount, 10**shift)
    if rest:
        raise UnrepresentableAmountError(f"{amount} of Stripe's units is finer than our unit of {code}")
    return Money(whole, code)


#: The smallest charge in Stripe's units (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts).
_MINIMUM = {
    "AED": 200, "AUD": 50, "BGN": 100, "BRL": 50, "CAD": 50, "CHF": 50, "CZK": 1500, "DKK": 250, "EUR": 50, "GBP": 30,
    "HKD": 400, "HUF": 17500, "INR": 50, "JPY": 50, "MXN": 1000, "MYR": 200, "NOK": 300, "NZD": 50, "PLN": 200,
    "RON": 200, "SEK": 300, "SGD": 50, "THB": 1000, "USD": 50,
}  # fmt: skip
#: Eight digits of Stripe's units.
_MAXIMUM = 99_999_999
#: Elsewhere: about half a dollar is not known, so at least one unit of the currency.
_LEAST = 50


def limits_of(currency: str) -> AmountLimits:
    """Return what Stripe can charge in a currency, in our minor units."""
    shift = minor_digits(currency) - stripe_digits(currency)
    step = 10 if currency in THREE_DECIMAL else 1
    minimum, maximum = _MINIMUM.get(currency, _LEAST), _MAXIMUM
    if currency in THREE_DECIMAL:
        minimum, maximum = minimum * 10, maximum // 10 * 10
    if shift >= 0:
        return AmountLimits(currency, minimum * 10**shift, maximum * 10**shift, step * 10**shift)
    return AmountLimits(currency, -(-minimum // 10**-shift), maximum // 10**-shift, 1)
