"""What other apps may know of money in and money back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.payments.rules import (
    PaymentDetail,
    PaymentStatus,
    RefundStatus,
    SavedMethodStatus,
)


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
    #: What the payer's bank has taken of it for good.
    charged_back: Money
    status: PaymentStatus
    detail: PaymentDetail
    created_at: datetime
    authorized_until: datetime | None = None
    #: It was taken before the payee agreed: giving it up is a refund.
    prepaid: bool = False
    applied_transfer_id: UUID | None = None
    failure_code: str = ""
    failure_message: str = ""
    disputed: bool = False
    action: RequiredAction | None = None

    @property
    def partially_refunded(self) -> bool:
        """Say whether a part, and not all, of what was taken has gone back."""
        back = self.refunded + self.charged_back
        return bool(back) and back < self.captured

    @property
    def dispute_notice(self) -> str:
        """Say what the payer's bank has done to it, for both parties; empty when it has done nothing."""
        words = []
        if self.disputed:
            words.append("The customer's bank is taking this payment back; it waits until the bank has decided.")
        if self.charged_back:
            words.append(f"The customer's bank has returned {self.charged_back} to the customer for good.")
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class SavedMethodView:
    """A card that its owner keeps. `action_url`: where they prove who they are, while they must."""

    id: UUID
    gateway: str
    status: SavedMethodStatus
    brand: str
    last4: str
    expires_month: int
    expires_year: int
    is_default: bool
    action_url: str
    failure_message: str


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


@dataclass(frozen=True, slots=True)
class Described:
    """What money was for, as people call it: the job, the part of it, and the page where it is found."""

    title: str
    part: str = ""
    link: str = ""


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
