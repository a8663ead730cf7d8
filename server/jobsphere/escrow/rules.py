"""Pure: how an amount splits into fees and payout, and the lifecycle of a hold (DESIGN §4, R63).

Fees are rounded down and the contractor gets the rest, so the parts always add up to the whole by construction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from jobsphere.kit.lifecycle import Lifecycle, step
from jobsphere.kit.money import BASIS_POINTS, Money, total


@dataclass(frozen=True, slots=True)
class FeePart:
    """One fee: a share of the gross amount, plus something fixed, at least `minimum`, at most `cap` (None: no cap).

    All but the share are minor units of the policy's currency.
    """

    basis_points: int = 0
    fixed: int = 0
    minimum: int = 0
    cap: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.basis_points <= BASIS_POINTS:
            raise ValueError("basis points go from 0 to 10000")
        if min(self.fixed, self.minimum, self.cap or 0) < 0:
            raise ValueError("a fee is never negative")
        if self.cap is not None and self.cap < self.minimum:
            raise ValueError("the cap is below the minimum")

    @property
    def has_amounts(self) -> bool:
        """Say whether it means anything in one currency only."""
        return bool(self.fixed or self.minimum or self.cap is not None)

    def of(self, amount: Money, available: Money) -> Money:
        """Return the fee on an amount, never more than is available."""
        fee = max(amount.portion(self.basis_points).amount + self.fixed, self.minimum)
        if self.cap is not None:
            fee = min(fee, self.cap)
        return Money(min(fee, available.amount), amount.currency)


@dataclass(frozen=True, slots=True)
class FeeTerms:
    """The fees of one offer, frozen when it is made: a later change of policy never alters a running contract."""

    acceptance: FeePart
    completion: FeePart
    #: The name and version of the policy they come from, for people and for the books.
    policy: str = ""
    #: The FeePolicy row; empty for a preset that holds without one.
    policy_id: str = ""
    currency: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read the stored form back."""
        parts = {name: FeePart(**data[name]) for name in ("acceptance", "completion")}
        return cls(**{**data, **parts})


#: The policies that ship. The first holds until an administrator sets another.
PRESETS: dict[str, FeeTerms] = {
    "jobsphere-classic": FeeTerms(FeePart(1000), FeePart(2000), policy="jobsphere-classic"),
    "simple": FeeTerms(FeePart(0), FeePart(1000), policy="simple"),
}
DEFAULT_TERMS = PRESETS["jobsphere-classic"]


@dataclass(frozen=True, slots=True)
class Split:
    """What becomes of an amount: amount = platform_fee + hold, and hold = service_fee + payout."""

    amount: Money
    platform_fee: Money
    hold: Money
    service_fee: Money
    payout: Money


def split(amount: Money, terms: FeeTerms, milestones: Sequence[Money] = ()) -> tuple[Split, ...]:
    """Split an amount over its milestones (none: one of the whole amount).

    Both fees are reckoned once on the whole amount, so slicing a contract finer never changes what it costs, and are
    shared out by largest remainder. Raises ValueError when the milestones are not positive or do not add up.
    """
    parts = tuple(milestones) or (amount,)
    if any(part.amount <= 0 for part in parts):
        raise ValueError("every milestone needs an amount greater than zero")
    if total(parts, amount.currency) != amount:
        raise ValueError("the milestones do not add up to the amount")
    platform_fee = terms.acceptance.of(amount, amount)
    service_fee = terms.completion.of(amount, amount - platform_fee)
    platform_fees = _share(platform_fee, parts)
    holds = tuple(part - fee for part, fee in zip(parts, platform_fees, strict=True))
    service_fees = _share(service_fee, holds)
    return tuple(
        Split(part, platform, hold, service, hold - service)
        for part, platform, hold, service in zip(parts, platform_fees, holds, service_fees, strict=True)
    )


def _share(fee: Money, parts: Sequence[Money]) -> tuple[Money, ...]:
    """Share a fee out by size; no part ever pays more than it has, because the fee is at most their sum."""
    if not fee:
        return tuple(Money.zero(fee.currency) for _ in parts)
    return fee.allocate([part.amount for part in parts])


@dataclass(frozen=True, slots=True)
class RefundSplit:
    """Where a refund comes from, and what is left of the hold afterwards."""

    from_hold: Money
    from_platform_fee: Money
    held: Money
    service_fee: Money
    payout: Money


def split_refund(
    refund: Money, *, held: Money, service_fee: Money, platform_fee: Money, platform_fee_refundable: bool
) -> RefundSplit:
    """Say where a refund comes from, given what is left now.

    With a refundable platform fee, both give in proportion (the platform's part rounded down, so that the hold is
    empty exactly when the fee is). The service fee shrinks with the hold. Raises ValueError when the refund is more
    than is left; callers check first.
    """
    gross = held + platform_fee if platform_fee_refundable else held
    if not 0 < refund.amount <= gross.amount:
        raise ValueError("the refund must be positive and not more than is held")
    from_fee = Money.zero(refund.currency)
    if platform_fee_refundable:
        from_fee = Money(platform_fee.amount * refund.amount // gross.amount, refund.currency)
    from_hold = refund - from_fee
    left = held - from_hold
    fee = Money(service_fee.amount * left.amount // held.amount, refund.currency) if held else left
    return RefundSplit(from_hold, from_fee, left, fee, left - fee)


class HoldStatus(StrEnum):
    """Where the money of a milestone stands. A partial refund leaves it funded, with less in it."""

    FUNDED = "funded"
    FROZEN = "frozen"
    RELEASED = "released"
    REFUNDED = "refunded"


_H = HoldStatus
MARKETPLACE = "marketplace"

HOLD = Lifecycle(
    {
        (_H.FUNDED, "release"): step(_H.RELEASED, MARKETPLACE),
        (_H.FUNDED, "refund"): step(_H.REFUNDED, MARKETPLACE),
        (_H.FUNDED, "freeze"): step(_H.FROZEN, MARKETPLACE),
        (_H.FROZEN, "unfreeze"): step(_H.FUNDED, MARKETPLACE),
    }
)
