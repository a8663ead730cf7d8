"""The stages of the fault tests: which gateways there are, in which currency, and how each is reached from outside."""

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.test import Client

from jobsphere.payments.gateways import registry
from jobsphere.payments.gateways.base.registration import Setup
from jobsphere.payments.gateways.paystack import registration as paystack
from jobsphere.payments.gateways.paystack.normalise import operation_of
from tests.faults.power import Power

#: Kinds of the Stripe sandbox's objects that an operation of ours makes, at most one each.
MADE = ("payment_intent", "refund", "transfer", "transfer_reversal", "payout", "account")


@dataclass(frozen=True)
class Stage:
    """Where a world plays. `amounts` are prices from the smallest on; `cushion` is the operator's."""

    gateways: tuple[str, ...]
    currency: str = "USD"
    amounts: tuple[int, ...] = (50, 55, 999, 1_000, 10_001, 100_000)
    cushion: int = 2_000_000
    #: The first gateway does not answer from the beginning, until somebody brings it back.
    first_is_down: bool = False


NAIRA = (5_000, 5_055, 9_999, 10_000, 100_001, 1_000_000)
STAGES = {
    "sandbox": Stage(("sandbox",)),
    "sandbox_paystack": Stage(("sandbox_paystack",), "NGN", NAIRA, 20_000_000),
    "fallback": Stage(("sandbox", "sandbox_paystack"), "NGN", NAIRA, 20_000_000, first_is_down=True),
}


class Side(ABC):
    """One gateway's own site, its postman and its rules."""

    name = ""
    webhooks = ""
    #: What people say at the checkout, by number: the first five pay at once.
    cards: Sequence[str] = ()
    #: A card whose bank asks.
    asking = ""
    banks: Sequence[str] = ()
    targets: Sequence[str] = ()
    patterns: Sequence[str] = ()
    #: Money may be reserved, and captured by hand on the gateway's own site.
    reserves = False

    def __init__(self, power: Power) -> None:
        self.power = power
        self.statuses: list[int] = []

    @property
    def controls(self) -> Any:
        return registry.get_controls(self.name)

    @abstractmethod
    def build(self, setup: Setup) -> Any:
        """Put the gateway together with our power switch in the line."""

    def post(self, body: bytes, headers: Mapping[str, str]) -> int:
        """Bring one event to our own address for it."""
        shown = {name: value for name, value in headers.items() if name != "Content-Type"}
        answer = Client().post(self.webhooks, data=body, content_type=headers["Content-Type"], headers=shown)
        self.statuses.append(answer.status_code)
        return answer.status_code

    @abstractmethod
    def reserved(self) -> set[str]:
        """Return the payments that are reserved on a card."""

    @abstractmethod
    def waiting(self) -> list[str]:
        """Return the payments that wait for their payer."""

    @abstractmethod
    def answer(self, payment: str, *, passed: bool) -> None:
        """Let the payer do what the bank or the page asks."""

    @abstractmethod
    def disputable(self, payment: str) -> int:
        """Return how much of a payment its payer may charge back; nothing while it was not taken."""

    @abstractmethod
    def open_disputes(self) -> list[str]:
        """Return the chargebacks that no bank has decided."""

    @abstractmethod
    def payees(self) -> list[str]:
        """Return those who have told the gateway everything."""

    @abstractmethod
    def connect(self, someone: Any, bank: str, home: int) -> None:
        """Let somebody become payable over HTTP; `home` numbers people, each of whom has a bank of their own."""

    def change_bank(self, someone: Any, payee: str, bank: str, home: int) -> None:
        """Let another bank account take somebody's payouts."""
        self.connect(someone, bank, home)

    @abstractmethod
    def send_back(self, payout: str) -> None:
        """Let a bank refuse a payout, or return one that it has had."""

    @abstractmethod
    def made(self) -> Counter[tuple[str, str]]:
        """Count what was made for each operation of ours that moves money: (kind, operation)."""

    def told(self) -> int:
        """Return how many different things the gateway has told us."""
        return len({json.dumps(each, sort_keys=True) for each in self.controls.events()})

    def of_payees(self, currency: str) -> int:
        """Return what stands on payees' own balances."""
        return 0


class StripeSide(Side):
    """The Stripe sandbox."""

    name, webhooks, reserves, asking = "sandbox", "/api/webhooks/stripe", True, "pm_card_threeDSecureRequired"
    cards = (
        *["pm_card_visa"] * 5,
        *["pm_card_threeDSecureRequired"] * 2,
        *("pm_card_chargeDeclined", "pm_card_captureDeclined", "pm_card_pendingRefund", "pm_card_lostAnswer", ""),
    )
    banks = ("000123456789", "000111111113", "000999999991", "000123456789")
    targets = (
        *("*", "POST *", "GET *", "POST /v1/payment_intents", "POST /v1/payment_intents/*/capture"),
        *("POST /v1/payment_intents/*/cancel", "POST /v1/refunds", "POST /v1/transfers"),
        *("POST /v1/transfers/*/reversals", "POST /v1/payouts"),
    )
    patterns = ("*", "payment_intent.*", "payout.*", "refund.*", "charge.dispute.*")

    def build(self, setup: Setup) -> Any:
        return registry.build_sandbox_gateway(registry.get_sandbox(), observer=self.power.observe)

    def reserved(self) -> set[str]:
        return {each["id"] for each in self._intents() if each["status"] == "requires_capture"}

    def waiting(self) -> list[str]:
        return [each["id"] for each in self._intents() if each["status"] == "requires_action"]

    def answer(self, payment: str, *, passed: bool) -> None:
        self.controls.answer_challenge(payment, passed=passed)

    def disputable(self, payment: str) -> int:
        for charge in self.controls.objects("charge"):
            if charge["payment_intent"] == payment and charge["captured"]:
                return int(charge["amount_captured"] - charge["amount_refunded"])
        return 0

    def open_disputes(self) -> list[str]:
        closed = ("won", "lost", "warning_closed")
        return [each["id"] for each in self.controls.objects("dispute") if each["status"] not in closed]

    def payees(self) -> list[str]:
        return [each["id"] for each in self.controls.objects("account") if each["details_submitted"]]

    def connect(self, someone: Any, bank: str, home: int) -> None:
        someone.post("payouts/connect", {"gateway": self.name})
        if payee := someone.payee_at(self.name):
            self.controls.complete_onboarding(payee, bank=bank)

    def change_bank(self, someone: Any, payee: str, bank: str, home: int) -> None:
        self.controls.change_bank(payee, bank=bank)

    def send_back(self, payout: str) -> None:
        self.controls.fail_payout(payout)

    def made(self) -> Counter[tuple[str, str]]:
        found: Counter[tuple[str, str]] = Counter()
        for kind in MADE:
            # The other side of a reversal is a refund on the payee's balance, which the gateway makes of itself.
            ours = [each for each in self.controls.objects(kind) if not each["id"].startswith("pyr_")]
            marks = [each["metadata"].get("operation") for each in ours]
            assert None not in marks, f"a {kind} without our mark"
            found.update((kind, mark) for mark in marks if mark)
        return found

    def of_payees(self, currency: str) -> int:
        accounts = self.controls.objects("account")
        return sum(self.controls.balance(currency, each["id"]) for each in accounts)

    def _intents(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.controls.objects("payment_intent")
        return found


class PaystackSide(Side):
    """The Paystack sandbox."""

    name, webhooks, asking = "sandbox_paystack", "/api/webhooks/paystack", "AUTH_asks"
    cards = (
        *["AUTH_pays"] * 5,
        *("AUTH_asks", ""),
        *("AUTH_declines", "AUTH_asks_lacks_funds", "AUTH_refund_slow", "AUTH_lost_answer", ""),
    )
    banks = ("0001234567", "0001111113", "0009999991", "0001234567")
    targets = (
        *("*", "POST *", "GET *", "POST /transaction/initialize", "POST /transaction/charge_authorization"),
        *("GET /transaction/verify/*", "POST /refund", "POST /transfer", "POST /transferrecipient", "GET /refund*"),
    )
    patterns = ("*", "charge.success", "transfer.*", "refund.*", "charge.dispute.*")

    def build(self, setup: Setup) -> Any:
        server = registry.sandbox_of(self.name).server
        return paystack.build_on_sandbox(server, guard=setup.guard, observer=self.power.observe_paystack)

    def reserved(self) -> set[str]:
        return set()

    def waiting(self) -> list[str]:
        open_ = ("abandoned", "failed")
        return [each["reference"] for each in self.controls.objects("transaction") if each["status"] in open_]

    def answer(self, payment: str, *, passed: bool) -> None:
        after = self.controls.answer_challenge(payment, passed=passed)
        if after["status"] in ("abandoned", "failed") and after["metadata"].get("way") != "saved_card":
            self.controls.pay(payment, "AUTH_pays" if passed else "AUTH_declines")

    def disputable(self, payment: str) -> int:
        for each in self.controls.objects("transaction"):
            if each["reference"] == payment and each["status"] in ("success", "reversed"):
                return int(each["amount"])
        return 0

    def open_disputes(self) -> list[str]:
        return [str(each["id"]) for each in self.controls.objects("dispute") if each["status"] != "resolved"]

    def payees(self) -> list[str]:
        return [each["recipient_code"] for each in self.controls.objects("recipient")]

    def connect(self, someone: Any, bank: str, home: int) -> None:
        told = {"bank_code": ("058", "001")[home % 2], "account_number": bank}
        someone.post("payouts/connect", {"gateway": self.name, "country": "NG", "bank": told})

    def send_back(self, payout: str) -> None:
        states = {each["transfer_code"]: each["status"] for each in self.controls.objects("transfer")}
        if states.get(payout) == "success":
            self.controls.reverse_payout(payout)
        elif payout in states:
            self.controls.fail_payout(payout)

    def made(self) -> Counter[tuple[str, str]]:
        controls = self.controls
        paid = [each for each in controls.objects("transaction") if each["status"] in ("success", "reversed")]
        return Counter(
            [("transaction", operation_of(each["reference"])) for each in paid]
            + [("transfer", operation_of(each["reference"])) for each in controls.objects("transfer")]
            + [("refund", each["merchant_note"].partition(" ")[0]) for each in controls.objects("refund")]
        )


SIDES: dict[str, type[Side]] = {each.name: each for each in (StripeSide, PaystackSide)}
