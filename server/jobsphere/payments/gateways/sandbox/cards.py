"""Test cards and test banks: Stripe's documented numbers and names, and three of our own for what it has none."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Card:
    """A test card: its number, its names as a ready-made payment method, and how it behaves."""

    number: str
    tokens: tuple[str, ...]
    label: str
    #: (code, decline_code, message); an empty code means that it pays.
    decline: tuple[str, str, str] = ("", "", "")
    three_d_secure: bool = False
    capture_declined: bool = False
    #: Asks for 3-D Secure once, when it is saved; until then also while its owner is away.
    secure_until_saved: bool = False
    #: It can be saved although it is declined.
    saves: bool = False
    #: "" | "pending" | "failed": what becomes of a refund later.
    refund: str = ""
    disputed: bool = False
    #: The first answer about it never arrives.
    loses_answer: bool = False

    @property
    def brand(self) -> str:
        """The network, by the first digit."""
        return {"3": "amex", "4": "visa", "5": "mastercard", "6": "discover"}.get(self.number[0], "unknown")

    def behaviour(self) -> dict[str, Any]:
        """Return what the payment must remember of it."""
        return {
            "decline": list(self.decline),
            "three_d_secure": self.three_d_secure,
            "capture_declined": self.capture_declined,
            "secure_until_saved": self.secure_until_saved,
            "saves": self.saves,
            "refund": self.refund,
            "disputed": self.disputed,
            "loses_answer": self.loses_answer,
        }


def _declined(reason: str, message: str = "Your card was declined.") -> tuple[str, str, str]:
    return ("card_declined", reason, message)


_FUNDS = _declined("insufficient_funds", "Your card has insufficient funds.")

CARDS: tuple[Card, ...] = (
    Card("4242424242424242", ("pm_card_visa",), "pays"),
    Card("5555555555554444", ("pm_card_mastercard",), "pays"),
    Card("378282246310005", ("pm_card_amex",), "pays"),
    Card(
        "4000002760003184",
        ("pm_card_authenticationRequired", "pm_card_threeDSecure2Required"),
        "asks for 3-D Secure",
        three_d_secure=True,
    ),
    Card("4000000000003220", ("pm_card_threeDSecureRequired",), "asks for 3-D Secure", three_d_secure=True),
    Card(
        "4000002500003155",
        ("pm_card_authenticationRequiredOnSetup",),
        "asks for 3-D Secure until it is saved",
        secure_until_saved=True,
    ),
    Card(
        "4000000000000341",
        ("pm_card_chargeCustomerFail",),
        "can be saved, then is declined",
        decline=_declined("generic_decline"),
        saves=True,
    ),
    Card(
        "4000008260003178",
        ("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",),
        "asks for 3-D Secure, then has insufficient funds",
        decline=_FUNDS,
        three_d_secure=True,
    ),
    Card("4000000000000002", ("pm_card_chargeDeclined",), "is declined", decline=_declined("generic_decline")),
    Card(
        "4000000000009995",
        ("pm_card_chargeDeclinedInsufficientFunds",),
        "has insufficient funds",
        decline=_FUNDS,
    ),
    Card("4000000000009987", ("pm_card_chargeDeclinedLostCard",), "was lost", decline=_declined("lost_card")),
    Card("4000000000009979", ("pm_card_chargeDeclinedStolenCard",), "was stolen", decline=_declined("stolen_card")),
    Card(
        "4000000000000069",
        ("pm_card_chargeDeclinedExpiredCard",),
        "has expired",
        decline=("expired_card", "expired_card", "Your card has expired."),
    ),
    Card(
        "4000000000000127",
        ("pm_card_chargeDeclinedIncorrectCvc",),
        "has another security code",
        decline=("incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect."),
    ),
    Card(
        "4000000000000119",
        ("pm_card_chargeDeclinedProcessingError",),
        "meets a processing error",
        decline=(
            "processing_error",
            "processing_error",
            "An error occurred while processing your card. Try again in a little bit.",
        ),
    ),
    Card("4000000000000259", ("pm_card_createDispute",), "pays, then disputes", disputed=True),
    Card("4000000000007726", ("pm_card_pendingRefund",), "pays; a refund takes a day", refund="pending"),
    Card("4000000000005126", ("pm_card_refundFail",), "pays; a refund fails a day later", refund="failed"),
    # Ours.
    Card("4000000000300014", ("pm_card_captureDeclined",), "is reserved, then declined", capture_declined=True),
    Card("4000000000300022", ("pm_card_lostAnswer",), "pays, but the answer is lost", loses_answer=True),
)

_BY_NUMBER = {card.number: card for card in CARDS}
_BY_TOKEN = {token: card for card in CARDS for token in card.tokens}
#: Stripe documents some names with and without the network.
_BY_TOKEN |= {token.replace("pm_card_", "pm_card_visa_"): card for token, card in _BY_TOKEN.items() if card.decline[0]}

_LIVE = Card(
    "4000000000000000",
    (),
    "is a real card",
    decline=_declined("test_mode_live_card", "Your card was declined. Use a test card here."),
)


def card_by_token(token: str) -> Card | None:
    """Return the card behind a ready-made payment method, or None."""
    return _BY_TOKEN.get(token)


def card_by_number(number: str) -> Card | None:
    """Return the test card with this number, a card that declines for any other real number, None for a wrong one."""
    digits = number.replace(" ", "").replace("-", "")
    if digits in _BY_NUMBER:
        return _BY_NUMBER[digits]
    return _LIVE if 12 <= len(digits) <= 19 and digits.isascii() and digits.isdecimal() and luhn(digits) else None


def luhn(digits: str) -> bool:
    """Check the last digit of a card number."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


@dataclass(frozen=True, slots=True)
class Bank:
    """A test bank account: what becomes of a payout to it."""

    number: str
    label: str
    failure_code: str = ""
    failure_message: str = ""
    #: The payout is reported paid first and fails afterwards.
    fails_after_paid: bool = False
    #: It takes payouts that are there in minutes.
    instant: bool = False


BANKS: tuple[Bank, ...] = (
    Bank("000123456789", "takes every payout"),
    Bank("000111111116", "there is no such account", "no_account", "The bank account could not be located."),
    Bank("000111111113", "the account was closed", "account_closed", "The bank account has been closed."),
    Bank("000444444440", "holds another currency", "invalid_currency", "The bank account holds another currency."),
    # Ours.
    Bank("000222222227", "takes every payout, instant ones too", instant=True),
    Bank(
        "000999999991",
        "sends every payout back after it was paid",
        "account_closed",
        "The bank account has been closed.",
        fails_after_paid=True,
    ),
)

BANKS_BY_NUMBER = {bank.number: bank for bank in BANKS}
