"""What crosses the ledger's border: account keys, legs, posted transfers, statements, discrepancies. All frozen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID, uuid5

from jobsphere.kit.money import Money
from jobsphere.ledger.rules import PLATFORM, AccountKind, Nature, Side, natural, nature

__all__ = [
    "PLATFORM",
    "AccountBalance",
    "AccountKey",
    "AccountKind",
    "DayLine",
    "Discrepancy",
    "Leg",
    "MovedSum",
    "PostedLeg",
    "PostedTransfer",
    "Side",
    "SourceSum",
    "StatementLine",
    "StatementPage",
    "StatementView",
    "TransferPage",
    "TrialBalance",
    "TrialLine",
    "WeekOfMovement",
    "account",
    "credit",
    "debit",
]

#: Account ids are derived in this space; never change it.
_ACCOUNTS = UUID("5b0f7f43-3d3c-5c1d-9a53-6d6f6e657921")


@dataclass(frozen=True, slots=True, order=True)
class AccountKey:
    """The business key of an account: what it is for, whose it is, in which currency.

    An account is made when it is first used, so a key is always valid. Platform accounts have no owner.
    """

    kind: AccountKind
    owner_type: str
    owner_id: str
    currency: str

    def __str__(self) -> str:
        owner = f":{self.owner_id}" if self.owner_id else ""
        return f"{self.kind}{owner} {self.currency}"

    @property
    def id(self) -> UUID:
        """Return the id that the account of this key has, whether it is there yet or not."""
        return _account_id(self)

    @property
    def nature(self) -> Nature:
        """Return how accounts of this kind behave."""
        return nature(self.kind)

    def natural(self, amount: int) -> Money:
        """Return a signed (debit positive) amount as it reads on this account."""
        return Money(natural(self.kind, amount), self.currency)


def account(kind: AccountKind, currency: str, owner: UUID | str = PLATFORM) -> AccountKey:
    """Name an account: `account(AccountKind.WALLET, "USD", user_id)`.

    Raises ValueError when a kind with an owner got none, or a platform kind got one.
    """
    owner_type = nature(kind).owner_type
    if bool(owner_type) != bool(str(owner)):
        raise ValueError(f"a {kind} account " + (f"needs a {owner_type}" if owner_type else "has no owner"))
    return AccountKey(kind, owner_type, str(owner), currency)


@dataclass(frozen=True, slots=True)
class Leg:
    """One side of a transfer: how much the account is debited (positive) or credited (negative)."""

    account: AccountKey
    amount: Money


def debit(key: AccountKey, amount: Money) -> Leg:
    """Debit an account: an asset grows, a liability or an income shrinks."""
    return Leg(key, amount)


def credit(key: AccountKey, amount: Money) -> Leg:
    """Credit an account: a liability or an income grows, an asset shrinks."""
    return Leg(key, -amount)


@dataclass(frozen=True, slots=True)
class PostedLeg:
    """A leg as it stands in the books. `balance_after` is natural, and None on an untracked account."""

    account: AccountKey
    amount: Money
    balance_after: Money | None


@dataclass(frozen=True, slots=True)
class PostedTransfer:
    """A transfer as it stands in the books; `replayed` says that this call found it there already."""

    id: UUID
    code: str
    reference: str
    currency: str
    source_type: str
    source_id: str
    memo: str
    posted_at: datetime
    legs: tuple[PostedLeg, ...]
    replayed: bool = False

    def amount_on(self, kind: AccountKind) -> Money:
        """Return what this transfer added to accounts of a kind, naturally signed."""
        return Money(
            sum(natural(kind, leg.amount.amount) for leg in self.legs if leg.account.kind is kind), self.currency
        )


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """An account and its natural balance."""

    account: AccountKey
    balance: Money


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line of an account's statement; `amount` and `balance_after` are natural."""

    entry_id: UUID
    transfer_id: UUID
    code: str
    source_type: str
    source_id: str
    memo: str
    account: AccountKey
    amount: Money
    balance_after: Money | None
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class StatementPage:
    """Lines, newest first; `next` is the `before` of the older page, None on the last one."""

    lines: tuple[StatementLine, ...]
    next: UUID | None


@dataclass(frozen=True, slots=True)
class TransferPage:
    """Transfers, newest first; `next` is the `before` of the older page, None on the last one."""

    transfers: tuple[PostedTransfer, ...]
    next: UUID | None


@dataclass(frozen=True, slots=True)
class TrialLine:
    """All accounts of one kind and currency: `signed` is debit positive, `balance` natural."""

    kind: AccountKind
    signed: Money
    accounts: int

    @property
    def balance(self) -> Money:
        return Money(natural(self.kind, self.signed.amount), self.signed.currency)


@dataclass(frozen=True, slots=True)
class WeekOfMovement:
    """What was added, naturally signed, to accounts of a kind in the week that begins on this Monday (UTC)."""

    week: date
    kind: AccountKind
    amount: Money


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """Every kind of account summed, per currency. In sound books each currency's lines sum to zero."""

    lines: tuple[TrialLine, ...]

    def currencies(self) -> tuple[str, ...]:
        return tuple(sorted({line.signed.currency for line in self.lines}))

    def difference(self, currency: str) -> Money:
        """Return the signed sum of a currency: zero, or the books are broken."""
        return Money(_sum(line.signed for line in self.lines if line.signed.currency == currency), currency)

    @property
    def is_zero(self) -> bool:
        return all(not self.difference(currency) for currency in self.currencies())


@dataclass(frozen=True, slots=True)
class MovedSum:
    """What transfers of one code and source added, signed, to the accounts of one kind and owner."""

    owner_id: str
    code: str
    source_type: str
    signed: Money
    count: int


@dataclass(frozen=True, slots=True)
class SourceSum:
    """What the transfers of one source added, signed, to the accounts of one kind."""

    source_type: str
    source_id: str
    signed: Money
    count: int


@dataclass(frozen=True, slots=True)
class DayLine:
    """All accounts of one kind and currency on one day. Amounts are signed: debit positive."""

    kind: str
    opening: Money
    debits: Money
    credits: Money
    closing: Money


@dataclass(frozen=True, slots=True)
class StatementView:
    """The sealed statement of one UTC day; `lines` is empty where only a list of days was asked for."""

    id: UUID
    number: int
    day: date
    sealed_at: datetime
    transfers: int
    entries: int
    first_transfer: UUID | None
    last_transfer: UUID | None
    previous: str
    chain: str
    seal: str
    lines: tuple[DayLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A difference that the reconciliation found.

    `check` is a stable code, `subject` what it is about ("transfer 0190...", "wallet:... USD"), `detail` a sentence
    for the operator with what is there and what should be there. `kind` narrows the check where it finds several kinds
    of difference, `amount` is how much is missing or too much, and `pending` says that something is still under way:
    a matter of time, not an error.
    """

    check: str
    subject: str
    detail: str
    kind: str = ""
    amount: Money | None = None
    pending: bool = False

    @property
    def code(self) -> str:
        """Return what explains it (`checks.explanation`)."""
        return f"{self.check}.{self.kind}" if self.kind else self.check

    def __str__(self) -> str:
        return f"{self.check}: {self.subject}: {self.detail}"


def _sum(amounts: Iterable[Money]) -> int:
    return sum(amount.amount for amount in amounts)


@lru_cache(maxsize=4096)
def _account_id(key: AccountKey) -> UUID:
    return uuid5(_ACCOUNTS, f"{key.kind}/{key.owner_type}/{key.owner_id}/{key.currency}")
