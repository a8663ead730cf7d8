"""What a person sees of their money."""

from dataclasses import dataclass, field
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.ledger.types import StatementLine
from jobsphere.payments.types.payees import InstantOffer, LotView, PayoutView
from jobsphere.payments.types.payments import Described


@dataclass(frozen=True, slots=True)
class WalletBalance:
    """One currency of a wallet: what can be withdrawn now, what clears, what is on its way to the bank, and what the
    person owes us."""

    available: Money
    in_transit: Money
    clearing: Money
    owed: Money
    lots: tuple[LotView, ...] = ()
    payouts: tuple[PayoutView, ...] = ()
    #: The smallest withdrawal.
    minimum: Money | None = None
    instant: InstantOffer | None = None


@dataclass(frozen=True, slots=True)
class WalletLine:
    """A line of a wallet's statement, with what it was for."""

    line: StatementLine
    about: Described | None


@dataclass(frozen=True, slots=True)
class WalletView:
    """A view over a person's ledger accounts; it has no balance of its own."""

    user_id: UUID
    balances: tuple[WalletBalance, ...] = field(default_factory=tuple)

    def available(self, currency: str) -> Money:
        """Return what can be withdrawn in a currency."""
        found = [each.available for each in self.balances if each.available.currency == currency]
        return found[0] if found else Money.zero(currency)
