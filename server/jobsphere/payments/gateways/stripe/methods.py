"""Ways of paying, as Stripe calls them (docs.stripe.com/payments/payment-methods/payment-method-support)."""

from collections.abc import Sequence
from typing import Any

from jobsphere.payments.gateways.base import PaymentMethodKind

Kind = PaymentMethodKind

CARD = "card"
#: What one of our kinds is in a currency; under "" in every one. Apple Pay and Google Pay come with cards.
_TYPES: dict[Kind, dict[str, str]] = {
    Kind.CARD: {"": CARD},
    Kind.WALLET: {"": "link"},
    Kind.BANK_TRANSFER: {"EUR": "ideal", "GBP": "pay_by_bank", "PLN": "p24"},
    Kind.MOBILE_MONEY: {"DKK": "mobilepay", "SEK": "swish"},
    Kind.CRYPTO: {"USD": "crypto"},
}
#: These can be reserved; the others take the money at once, which makes the payment a prepaid one (ADR 0008).
_RESERVABLE = frozenset({CARD, "link"})


def kinds_in(currency: str) -> tuple[Kind, ...]:
    """Return the ways of paying that Stripe has in a currency."""
    return tuple(kind for kind in _TYPES if _type(kind, currency))


def method_params(kinds: Sequence[Kind], currency: str, capture: str) -> dict[str, Any]:
    """Return what a PaymentIntent must say so that it offers these ways (none named: cards), and how each is captured.

    With a way among them that cannot be reserved, the intent takes money at once but for those that can.
    """
    types = [found for kind in kinds if (found := _type(kind, currency))] or [CARD]
    params: dict[str, Any] = {"allowed_payment_method_types": types}
    if capture == "automatic" or set(types) <= _RESERVABLE:
        return params | {"capture_method": "automatic" if capture == "automatic" else "manual"}
    held = [each for each in types if each in _RESERVABLE]
    options = {each: {"capture_method": "manual"} for each in held}
    return params | {"capture_method": "automatic"} | ({"payment_method_options": options} if options else {})


def _type(kind: Kind, currency: str) -> str:
    known = _TYPES.get(kind, {})
    return known.get(currency, known.get("", ""))
