"""What other apps may know of payments, refunds, payouts and payees."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.payments.rules import (
    OperationKind,
    OperationStatus,
    PaymentDetail,
    PaymentStatus,
    PayoutSchedule,
    PayoutStatus,
    RefundStatus,
)

__all__ = [
    "Covered",
    "FailureCounts",
    "MoneyFilter",
    "OperationKind",
    "OperationStatus",
    "OperationView",
    "PayeeView",
    "PaymentDetail",
    "PaymentFailure",
    "PaymentOutcomes",
    "PaymentStatus",
    "PaymentView",
    "PayoutSchedule",
    "PayoutStatus",
    "PayoutView",
    "RefundRequest",
    "RefundStatus",
    "RefundView",
    "ReleaseRequest",
    "RequiredAction",
    "WalletBalance",
    "WalletView",
]


class PaymentFailure(StrEnum):
    """At which point a payment failed; the gateway's reason is in `code` (`gateways.base.DeclineCode`)."""

    #: The card was refused, or the payer did not prove who they are.
    AUTHORIZATION = "authorization"
    #: The authorised money could not be taken any more.
    CAPTURE = "capture"
    #: The authorisation ended by itself before anybody asked for the money.
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class RequiredAction:
    """What the payer's own browser needs to finish the payment; shown to the payer only."""

    client_secret: str
    #: Where the payer proves who they are (3-D Secure); empty when a card must be chosen.
    url: str


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A payment as its parties see it. `status` is one of the seeds' six, `detail` says exactly where it stands."""

    id: UUID
    payer_id: UUID
    payer_name: str
    payee_id: UUID | None
    payee_name: str
    purpose_type: str
    purpose_id: UUID
    gateway: str
    amount: Money
    captured: Money
    refunded: Money
    status: PaymentStatus
    detail: PaymentDetail
    created_at: datetime
    authorized_until: datetime | None = None
    applied_transfer_id: UUID | None = None
    failure_code: str = ""
    failure_message: str = ""
    disputed: bool = False
    action: RequiredAction | None = None

    @property
    def partially_refunded(self) -> bool:
        """Say whether a part, and not all, of what was taken has gone back."""
        return bool(self.refunded) and self.refunded < self.captured


@dataclass(frozen=True, slots=True)
class RefundView:
    """Money on its way back to the payer's card. It may fail days after it succeeded."""

    id: UUID
    payment_id: UUID
    amount: Money
    status: RefundStatus
    reason: str
    created_at: datetime
    failure_code: str = ""


@dataclass(frozen=True, slots=True)
class PayoutView:
    """A withdrawal to the payee's bank. `returning`: it failed, and is on its way back into the wallet."""

    id: UUID
    payee_id: UUID
    amount: Money
    status: PayoutStatus
    created_at: datetime
    automatic: bool = False
    returning: bool = False
    arrives_at: datetime | None = None
    completed_at: datetime | None = None
    failure_code: str = ""
    failure_message: str = ""


@dataclass(frozen=True, slots=True)
class PayeeView:
    """Whether a person can be paid out, and what the gateway still wants to know from them."""

    user_id: UUID
    gateway: str
    connected: bool = False
    payouts_enabled: bool = False
    currently_due: tuple[str, ...] = ()
    disabled_reason: str = ""
    schedule: PayoutSchedule = PayoutSchedule.MANUAL
    onboarding_url: str = ""
    onboarding_expires_at: datetime | None = None
    #: The gateway has been asked and has not answered yet.
    pending: bool = False

    @property
    def can_withdraw(self) -> bool:
        return self.payouts_enabled and not self.currently_due


@dataclass(frozen=True, slots=True)
class WalletBalance:
    """One currency of a wallet: what can be withdrawn now, and what is on its way to the bank."""

    available: Money
    in_transit: Money


@dataclass(frozen=True, slots=True)
class WalletView:
    """A view over a person's ledger accounts; it has no balance of its own."""

    user_id: UUID
    balances: tuple[WalletBalance, ...] = field(default_factory=tuple)

    def available(self, currency: str) -> Money:
        """Return what can be withdrawn in a currency."""
        found = [each.available for each in self.balances if each.available.currency == currency]
        return found[0] if found else Money.zero(currency)


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """Body of POST /payments/release/: the milestone whose money is to be released, or all due ones of a contract."""

    milestone_id: UUID | None
    contract_id: UUID | None


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """Body of POST /payments/refund/: what is to be refunded; without an amount, all that is still held."""

    milestone_id: UUID | None
    contract_id: UUID | None
    amount: Money | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFilter:
    """What staff narrow a list of payments, refunds, payouts or operations to; nothing given does not narrow."""

    status: str = ""
    gateway: str = ""
    currency: str = ""
    person_id: UUID | None = None
    disputed: bool | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationView:
    """An intent to do something at a gateway, and what is known of it. `stuck`: many attempts and still unknown."""

    id: UUID
    kind: OperationKind
    subject_type: str
    subject_id: UUID
    gateway: str
    status: OperationStatus
    attempts: int
    stuck: bool
    gateway_object_id: str
    last_error: str
    created_at: datetime
    first_sent_at: datetime | None
    next_attempt_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Covered:
    """The part of a payment that a payout has brought to the payee's bank."""

    payout_id: UUID
    amount: Money
    payout_total: Money


@dataclass(frozen=True, slots=True)
class PaymentOutcomes:
    """How the payments of a period ended. `failed`: neither the bank nor the parties said no, and still no money."""

    started: int
    captured: int
    declined: int
    failed: int
    given_up: int

    @property
    def success_rate(self) -> float | None:
        """Return captured / (captured + failed): what was the banks' or the parties' no counts apart (C22)."""
        settled = self.captured + self.failed
        return self.captured / settled if settled else None


@dataclass(frozen=True, slots=True)
class FailureCounts:
    """What did not end well in a period, besides payments."""

    payouts: int
    refunds: int
    operations: int
