"""A transfer before it is posted: its legs merged, checked and brought into the one order of locks. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from jobsphere.kit.money import MAX_AMOUNT, Money, is_currency
from jobsphere.ledger.errors import InvalidTransferError
from jobsphere.ledger.rules import MAX_LEGS, natural
from jobsphere.ledger.types import AccountKey, Leg


@dataclass(frozen=True, slots=True)
class DraftLeg:
    """The sum that a transfer moves on one account, signed, debit positive."""

    account_id: UUID
    key: AccountKey
    amount: int
    tracked: bool

    def overdraws(self, balance: int) -> bool:
        """Say whether a limited account with this signed balance cannot bear the leg."""
        return not self.key.nature.may_go_negative and natural(self.key.kind, balance + self.amount) < 0

    @property
    def money(self) -> Money:
        return Money(self.amount, self.key.currency)


@dataclass(frozen=True, slots=True)
class Draft:
    """A balanced set of legs in one currency, one per account, in the order in which they were given."""

    currency: str
    legs: tuple[DraftLeg, ...]

    def amounts(self) -> dict[AccountKey, int]:
        """Return what the transfer does, regardless of order: two drafts that do the same are the same."""
        return {leg.key: leg.amount for leg in self.legs}


def draft(legs: Iterable[Leg]) -> Draft:
    """Merge the legs per account and leave zeros out (a fee of nothing needs no entry).

    Raises InvalidTransferError when what remains is not a balanced transfer in one currency.
    """
    sums: dict[AccountKey, int] = {}
    for leg in legs:
        if leg.amount.currency != leg.account.currency:
            raise InvalidTransferError(f"{leg.amount} cannot be posted on {leg.account}")
        sums[leg.account] = sums.get(leg.account, 0) + leg.amount.amount
    moved = {key: amount for key, amount in sums.items() if amount}
    _check(moved)
    return Draft(
        next(iter(moved)).currency,
        tuple(DraftLeg(key.id, key, amount, key.nature.tracked) for key, amount in moved.items()),
    )


def _check(moved: dict[AccountKey, int]) -> None:
    currencies = {key.currency for key in moved}
    if len(currencies) > 1:
        raise InvalidTransferError(f"a transfer has one currency, not {sorted(currencies)}")
    if not 2 <= len(moved) <= MAX_LEGS:
        raise InvalidTransferError(f"a transfer moves money between 2 to {MAX_LEGS} accounts, not {len(moved)}")
    if not is_currency(next(iter(currencies))):
        raise InvalidTransferError(f"{currencies} is not a currency")
    if sum(moved.values()) != 0:
        raise InvalidTransferError(f"the legs sum to {sum(moved.values())}, not to zero")
    if max(abs(amount) for amount in moved.values()) > MAX_AMOUNT:
        raise InvalidTransferError("the amount is too large")
