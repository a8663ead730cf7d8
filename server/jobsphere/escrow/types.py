"""What other apps may know of escrow: the fees agreed on, how an amount splits, and the holds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobsphere.escrow.rules import FeePart, FeeTerms, HoldStatus, RefundSplit, Split, split, split_refund
from jobsphere.kit.money import Money

__all__ = [
    "FeePart",
    "FeePolicyView",
    "FeeTerms",
    "Funding",
    "HoldShare",
    "HoldStatus",
    "HoldView",
    "RefundSplit",
    "Split",
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


@dataclass(frozen=True, slots=True)
class Funding:
    """The result of funding: the one ledger transfer and the holds in the order of the shares."""

    transfer_id: UUID
    holds: tuple[HoldView, ...]


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
