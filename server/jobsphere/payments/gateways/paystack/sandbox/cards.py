"""Test cards and test banks: Paystack's documented numbers, and some of our own for what it has none."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Card:
    """A test card: its number, the code under which it is saved, and how it behaves."""

    number: str
    code: str
    label: str
    #: What its bank says when it refuses; empty when it pays.
    refusal: str = ""
    #: "" | "pin" | "otp" | "3ds": what the payer is asked.
    challenge: str = ""
    #: "" | "pending" | "failed": what becomes of a refund.
    refund: str = ""
    disputed: bool = False
    #: The first answer about it never arrives.
    loses_answer: bool = False

    def behaviour(self) -> dict[str, Any]:
        """Return what a payment must remember of it."""
        return {
            "refusal": self.refusal,
            "challenge": self.challenge,
            "refund": self.refund,
            "disputed": self.disputed,
            "loses_answer": self.loses_answer,
        }


CARDS: tuple[Card, ...] = (
    Card("4084084084084081", "AUTH_pays", "pays"),
    Card("4084080000000409", "AUTH_asks", "asks on the bank's page, then pays", challenge="3ds"),
    Card("5078507850785078", "AUTH_pin", "asks for a PIN and a code, then pays", challenge="otp"),
    Card("4084080000005408", "AUTH_declines", "is declined", refusal="Declined"),
    # Ours.
    Card("4084080000009995", "AUTH_lacks_funds", "has insufficient funds", refusal="Insufficient Funds"),
    Card("4084080000000069", "AUTH_expired", "has expired", refusal="Expired Card"),
    Card("4084080000000119", "AUTH_error", "meets a processing error", refusal="Timed out. Please try again"),
    Card(
        "4084080000003178",
        "AUTH_asks_lacks_funds",
        "asks on the bank's page, then has insufficient funds",
        refusal="Insufficient Funds",
        challenge="3ds",
    ),
    Card("4084080000300022", "AUTH_lost_answer", "pays, but the answer is lost", loses_answer=True),
    Card("4084080000000259", "AUTH_disputes", "pays, then disputes", disputed=True),
    Card("4084080000007726", "AUTH_refund_slow", "pays; a refund takes a day", refund="pending"),
    Card("4084080000005126", "AUTH_refund_fails", "pays; a refund fails a day later", refund="failed"),
)

_BY_NUMBER = {card.number: card for card in CARDS}
BY_CODE = {card.code: card for card in CARDS}


def card_by_number(number: str) -> Card | None:
    """Return the test card of this number; spaces do not matter."""
    return _BY_NUMBER.get(number.replace(" ", "").replace("-", ""))


@dataclass(frozen=True, slots=True)
class Account:
    """A test bank account: what becomes of a transfer to it."""

    number: str
    label: str
    #: "" | "failed" | "reversed"
    ends: str = ""
    exists: bool = True


ACCOUNTS: tuple[Account, ...] = (
    Account("0001234567", "takes every transfer"),
    Account("0001111113", "the account was closed: transfers fail", ends="failed"),
    Account("0009999991", "sends every transfer back after it was paid", ends="reversed"),
    Account("0001111116", "there is no such account", exists=False),
)

BY_ACCOUNT = {account.number: account for account in ACCOUNTS}


@dataclass(frozen=True, slots=True)
class TestBank:
    """A bank in the list of banks."""

    code: str
    name: str
    country: str
    currency: str
    kind: str


BANKS: tuple[TestBank, ...] = (
    TestBank("001", "Sandbox Bank", "Nigeria", "NGN", "nuban"),
    TestBank("058", "Guaranty Trust Bank", "Nigeria", "NGN", "nuban"),
    TestBank("280100", "Access Bank", "Ghana", "GHS", "ghipps"),
    TestBank("MTN", "MTN", "Ghana", "GHS", "mobile_money"),
    TestBank("198765", "Nedbank", "South Africa", "ZAR", "basa"),
    TestBank("MPESA", "M-PESA", "Kenya", "KES", "mobile_money"),
)

BY_BANK = {bank.code: bank for bank in BANKS}
