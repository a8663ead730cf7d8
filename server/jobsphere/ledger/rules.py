"""The chart of accounts: what each kind of account is. Pure.

An entry's amount is signed: debit positive, credit negative. An account's *natural* balance is what a bookkeeper
reads: positive when the account stands on its normal side.
"""

from dataclasses import dataclass
from enum import StrEnum

#: Owner type and id of the marketplace's own accounts.
PLATFORM = ""

#: The most legs that one transfer may have.
MAX_LEGS = 200


class Side(StrEnum):
    """The side on which an account's balance is normally found."""

    DEBIT = "debit"
    CREDIT = "credit"


class RunStatus(StrEnum):
    """Where a reconciliation stands."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"


class AccountKind(StrEnum):
    """What an account is for. The value is stored; never rename one."""

    GATEWAY = "gateway"
    GATEWAY_PAYEE = "gateway_payee"
    ESCROW = "escrow"
    UNAPPLIED = "unapplied"
    REVENUE_PLATFORM_FEE = "revenue_platform_fee"
    REVENUE_SERVICE_FEE = "revenue_service_fee"
    REVENUE_PAYOUT_FEE = "revenue_payout_fee"
    REVENUE_PLAN = "revenue_plan"
    WALLET = "wallet"
    IN_TRANSIT = "in_transit"
    REFUND_IN_TRANSIT = "refund_in_transit"
    RECEIVABLE = "receivable"
    WRITEOFF = "writeoff"
    PREPAID = "prepaid"
    CLEARING = "clearing"
    CHARGEBACK = "chargeback"
    GATEWAY_FEE = "gateway_fee"
    BANK = "bank"
    REVENUE_TAX = "revenue_tax"
    TAX_PAYABLE = "tax_payable"


@dataclass(frozen=True, slots=True)
class Nature:
    """How accounts of a kind behave.

    `tracked`: the account row keeps a running balance, guarded under a row lock, because a limit must hold. Untracked
    (platform) accounts are summed from entries, so that no row is hot. `owner_type` says what the owner id names.
    """

    title: str
    normal_side: Side
    owner_type: str
    tracked: bool = False
    may_go_negative: bool = True


def _limited(title: str, normal_side: Side, owner_type: str) -> Nature:
    """Describe a kind whose balance must never fall below zero."""
    return Nature(title, normal_side, owner_type, tracked=True, may_go_negative=False)


NATURES: dict[AccountKind, Nature] = {
    AccountKind.GATEWAY: Nature("our balance at the gateway", Side.DEBIT, "gateway"),
    AccountKind.GATEWAY_PAYEE: Nature("money at payees' connected accounts", Side.DEBIT, "gateway"),
    AccountKind.ESCROW: _limited("held for one milestone", Side.CREDIT, "escrow_hold"),
    AccountKind.UNAPPLIED: _limited("captured, but its purpose vanished; to be refunded", Side.CREDIT, "payment"),
    AccountKind.REVENUE_PLATFORM_FEE: Nature("platform fee, earned at acceptance", Side.CREDIT, PLATFORM),
    AccountKind.REVENUE_SERVICE_FEE: Nature("service fee, earned at completion", Side.CREDIT, PLATFORM),
    AccountKind.REVENUE_PAYOUT_FEE: Nature("what payees pay for instant payouts", Side.CREDIT, PLATFORM),
    AccountKind.REVENUE_PLAN: Nature("what people pay for plans", Side.CREDIT, PLATFORM),
    AccountKind.WALLET: _limited("what we owe a person, theirs to withdraw", Side.CREDIT, "user"),
    AccountKind.IN_TRANSIT: _limited("on its way to a bank", Side.CREDIT, "payout"),
    AccountKind.REFUND_IN_TRANSIT: _limited("on its way back to a card", Side.CREDIT, "refund"),
    AccountKind.RECEIVABLE: _limited("what a person owes us after a chargeback", Side.DEBIT, "user"),
    AccountKind.PREPAID: _limited("taken before it was accepted (no hold on this gateway)", Side.CREDIT, "payment"),
    AccountKind.CLEARING: _limited("earned, and not yet theirs to withdraw", Side.CREDIT, "user"),
    AccountKind.CHARGEBACK: _limited("taken back by a bank, and contested", Side.DEBIT, "chargeback"),
    AccountKind.GATEWAY_FEE: Nature("what the gateway charges us", Side.DEBIT, "gateway"),
    AccountKind.BANK: Nature("at the operator's own bank", Side.DEBIT, "gateway"),
    # Beside the income and not in it, so that the income stays what the fees came to (ADR 0028).
    AccountKind.REVENUE_TAX: Nature("tax that is in our fees, taken off the income", Side.DEBIT, PLATFORM),
    AccountKind.TAX_PAYABLE: Nature("tax on our own fees, owed to the tax office", Side.CREDIT, PLATFORM),
    AccountKind.WRITEOFF: Nature("lost, and accepted as lost", Side.DEBIT, PLATFORM),
}


def nature(kind: AccountKind) -> Nature:
    """Return how accounts of this kind behave."""
    return NATURES[kind]


def natural(kind: AccountKind, amount: int) -> int:
    """Turn a signed (debit positive) amount into the natural one, or back: it is its own inverse."""
    return amount if NATURES[kind].normal_side is Side.DEBIT else -amount
