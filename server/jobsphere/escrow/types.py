"""What other apps may know of escrow: the fees agreed on, how an amount splits, and the holds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from jobsphere.escrow.rules import (
    FeePart,
    FeesAfterRelease,
    FeeTerms,
    HoldStatus,
    RefundSplit,
    Split,
    refundable_after_release,
    split,
    split_refund,
)
from jobsphere.kit.money import Money

__all__ = [
    "FeePart",
    "FeePolicyView",
    "FeeTerms",
    "FeesAfterRelease",
    "FeesExample",
    "Funding",
    "HoldShare",
    "HoldStatus",
    "HoldView",
    "Loss",
    "PolicyStanding",
    "Recovery",
    "RefundSplit",
    "Split",
    "refundable_after_release",
    "split",
    "split_refund",
]


@dataclass(frozen=True, slots=True)
class HoldShare:
    """What one milestone gets of a payment: `split` is its element of `split(amount, terms, milestones)`."""

    milestone_id: UUID
    split: Split


@dataclass(frozen=True, slots=True)
class HoldView:
    """The money of one milestone. `held`, `service_fee` and `payout` are what is left after refunds:
    held = service_fee + payout, until it is released or refunded.
    """

    id: UUID
    contract_id: UUID
    milestone_id: UUID
    payment_id: UUID
    payer_id: UUID
    payee_id: UUID
    amount: Money
    platform_fee: Money
    held: Money
    service_fee: Money
    payout: Money
    refunded: Money
    status: HoldStatus
    created_at: datetime
    closed_at: datetime | None = None
    frozen_reason: str = ""
    #: Of what was refunded: what the payer's bank took.
    charged_back: Money | None = None
    after_release: FeesAfterRelease = FeesAfterRelease.PROPORTIONAL
    #: The hold that it was a part of.
    set_aside_from: UUID | None = None

    @property
    def platform_fee_left(self) -> Money:
        """Return what the platform still has of its fee, after refunds."""
        return self.amount - self.refunded - self.held

    @property
    def refundable(self) -> Money:
        """Return the most that can still be refunded of it, whether it is held or was released."""
        if self.status is not HoldStatus.RELEASED:
            return self.held + self.platform_fee_left
        return refundable_after_release(
            policy=self.after_release,
            service_fee=self.service_fee,
            payout=self.payout,
            platform_fee=self.platform_fee_left,
        )


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was taken from a payee for money that went back after its release, and what they owe us altogether now."""

    hold: HoldView
    taken: Money
    owed: Money


@dataclass(frozen=True, slots=True)
class Loss:
    """What a chargeback has cost one milestone; `taken` from the payee, who owes us `owed` altogether now."""

    milestone_id: UUID
    amount: Money
    taken: Money
    owed: Money
    #: Nothing of its money is protected any more, because the bank has taken it.
    closed: bool


@dataclass(frozen=True, slots=True)
class Funding:
    """The result of funding: the one ledger transfer and the holds in the order of the shares."""

    transfer_id: UUID
    holds: tuple[HoldView, ...]


class PolicyStanding(StrEnum):
    """Where a fee policy stands among those for the same category, tier and currency."""

    PLANNED = "planned"
    IN_FORCE = "in_force"
    #: A later one for the same holds by now.
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class FeePolicyView:
    """A fee policy as administrators see it."""

    id: UUID
    name: str
    category: str
    tier: str
    currency: str
    terms: FeeTerms
    valid_from: datetime
    created_at: datetime
    standing: PolicyStanding


@dataclass(frozen=True, slots=True)
class FeesExample:
    """What one amount bears under a policy that is not set yet, and what it would bear without it (`policy_now`)."""

    then: Split
    now: Split
    policy_now: str
