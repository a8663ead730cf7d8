"""What the admin's screens see: statements, books and figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from jobsphere.escrow.types import HoldView
from jobsphere.jobs.types import JobStatus
from jobsphere.kit.money import Money
from jobsphere.ledger.types import AccountKey, Discrepancy, TrialLine
from jobsphere.payments.types import FailureCounts, LotView, PayeeView, PaymentOutcomes, PayoutView
from jobsphere.users.types import Person, WeekOfGrowth


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` (in it) to `until` (not in it)."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class HoldRecord:
    """A hold with the names of its parties."""

    hold: HoldView
    payer: Person
    payee: Person

    @property
    def id(self) -> UUID:
        return self.hold.id


@dataclass(frozen=True, slots=True)
class PayoutRecord:
    """A withdrawal with the name of its payee."""

    payout: PayoutView
    payee: Person

    @property
    def id(self) -> UUID:
        return self.payout.id


@dataclass(frozen=True, slots=True)
class EarningRecord:
    """Earned money that clears, with the name of whose it is."""

    lot: LotView
    payee: Person

    @property
    def id(self) -> UUID:
        return self.lot.id


@dataclass(frozen=True, slots=True)
class CoolingRecord:
    """A person whose bank account has changed at a gateway, with their name."""

    account: PayeeView
    payee: Person

    @property
    def id(self) -> UUID | None:
        return self.account.account_id


@dataclass(frozen=True, slots=True)
class WalletRecord:
    """One currency of a person's wallet."""

    id: UUID
    owner: Person
    balance: Money


@dataclass(frozen=True, slots=True)
class NamedAccount:
    """A ledger account in words. `owner_name` is empty when the owner is no person."""

    key: AccountKey
    title: str
    owner_name: str


@dataclass(frozen=True, slots=True)
class StatementLeg:
    """One side of a step: exactly one of debit and credit is not zero."""

    account: NamedAccount
    debit: Money
    credit: Money


@dataclass(frozen=True, slots=True)
class StatementStep:
    """One transfer of a contract's story. `share_of`: only a part of it is this contract's, and this is the whole."""

    number: int
    transfer_id: UUID
    code: str
    source_type: str
    source_id: str
    memo: str
    posted_at: datetime
    legs: tuple[StatementLeg, ...]
    share_of: Money | None


@dataclass(frozen=True, slots=True)
class StatementAccount:
    """What a contract has moved on one account: `balance` is natural, `signed` is debit positive."""

    account: NamedAccount
    balance: Money
    signed: Money


@dataclass(frozen=True, slots=True)
class StatementTotals:
    """Where a contract's money is. charged = platform_fee + service_fee + held + contractor + refunded + charged_back
    + unapplied.

    `contractor` is what they have earned, of which `paid_out` has reached their bank.
    """

    charged: Money
    platform_fee: Money
    service_fee: Money
    held: Money
    contractor: Money
    paid_out: Money
    refunded: Money
    charged_back: Money
    unapplied: Money


@dataclass(frozen=True, slots=True)
class Statement:
    """Every ledger account that a contract's money touched. `total` is the signed sum of all of them: zero."""

    contract_id: UUID
    title: str
    customer: Person
    contractor: Person
    steps: tuple[StatementStep, ...]
    accounts: tuple[StatementAccount, ...]
    totals: StatementTotals
    total: Money


@dataclass(frozen=True, slots=True)
class CurrencyBooks:
    """The trial balance of one currency. `difference` is the signed sum of its lines: zero."""

    currency: str
    lines: tuple[TrialLine, ...]
    difference: Money


@dataclass(frozen=True, slots=True)
class Books:
    """The trial balance, and what the checks of the books found (None: they were not asked to run)."""

    currencies: tuple[CurrencyBooks, ...]
    verified: Mapping[str, list[Discrepancy]] | None

    @property
    def sound(self) -> bool:
        """Say whether every difference is zero and no check found anything."""
        return not any(each.difference for each in self.currencies) and not any((self.verified or {}).values())


@dataclass(frozen=True, slots=True)
class CommissionWeek:
    """What the marketplace earned in the week that begins on this Monday, in one currency; refunds are taken off."""

    week: date
    platform_fee: Money
    service_fee: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The marketplace in figures (R100, R101), each computed by SQL over real rows."""

    period: Period
    growth: list[WeekOfGrowth]
    jobs_by_status: Mapping[JobStatus, int]
    contracts_completed: int
    gross_volume: tuple[Money, ...]
    commission: tuple[CommissionWeek, ...]
    payments: PaymentOutcomes
    failures: FailureCounts
    authorisation_to_release: timedelta | None
    wallets: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class SettingView:
    """One setting as it is in force. `set_by`: "environment" or "default"."""

    name: str
    value: str
    set_by: str
    meaning: str
