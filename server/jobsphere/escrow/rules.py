"""Pure: how an amount splits into fees and payout, and the lifecycle of a hold (DESIGN §4, R63).

Fees are rounded down and the contractor gets the rest, so the parts always add up to the whole by construction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self

from jobsphere.kit.lifecycle import Lifecycle, step
from jobsphere.kit.money import BASIS_POINTS, Money, smallest_step, total


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


class FeesAfterRelease(StrEnum):
    """What the marketplace does with its fees on money that goes back after it was released."""

    #: Platform fee, service fee and contractor give back what each had got of it.
    PROPORTIONAL = "proportional"
    #: The fees stay: at most what the contractor got can be refunded. A bank does not ask, so of what it takes the
    #: contractor bears first what they got, and the fees the rest.
    KEPT = "kept"


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
    after_release: FeesAfterRelease = FeesAfterRelease.PROPORTIONAL
    #: Why this policy and not the usual one (ADR 0035): whose plan or tier it is by, what that is called, and what the
    #: usual one would have taken. Empty and None: it is the usual one.
    reason: str = ""
    reason_name: str = ""
    usual_basis_points: int | None = None

    @property
    def basis_points(self) -> int:
        """Return the share that both fees take together, without what is fixed."""
        return self.acceptance.basis_points + self.completion.basis_points

    def total(self, amount: Money) -> Money:
        """Return what both fees come to on an amount that is captured whole."""
        platform, service = _fees_on(amount, self)
        return platform + service

    def to_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read the stored form back."""
        parts = {name: FeePart(**data[name]) for name in ("acceptance", "completion")}
        # Offers that were made before there was a choice have pinned none.
        after = FeesAfterRelease(data.get("after_release", FeesAfterRelease.PROPORTIONAL))
        return cls(**{**data, **parts, "after_release": after})


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


def split(
    amount: Money, terms: FeeTerms, milestones: Sequence[Money] = (), *, before: Money | None = None
) -> tuple[Split, ...]:
    """Split an amount over its milestones (none: one of the whole amount).

    Both fees are reckoned once on the whole amount, so slicing a contract finer never changes what it costs, and are
    shared out by largest remainder. `before` is what was captured for the same contract earlier (ADR 0030): this amount
    bears what the fees on both together are more than those on `before`, so the captures of a contract bear together
    what one capture of all of it would have. Where cards move a currency in steps (KWD 0.010) every part is whole
    steps, so that all of it can be refunded. Raises ValueError when the milestones are not positive or do not add up.
    """
    parts = tuple(milestones) or (amount,)
    if any(part.amount <= 0 for part in parts):
        raise ValueError("every milestone needs an amount greater than zero")
    if total(parts, amount.currency) != amount:
        raise ValueError("the milestones do not add up to the amount")
    step = _step_of(parts)
    platform_fee, service_fee = _fees_of(amount, terms, before or Money.zero(amount.currency))
    platform_fees = _share(platform_fee, parts, step)
    holds = tuple(part - fee for part, fee in zip(parts, platform_fees, strict=True))
    service_fees = _share(service_fee, holds, step)
    return tuple(
        Split(part, platform, hold, service, hold - service)
        for part, platform, hold, service in zip(parts, platform_fees, holds, service_fees, strict=True)
    )


def _fees_of(amount: Money, terms: FeeTerms, before: Money) -> tuple[Money, Money]:
    """Return both fees on an amount that follows another; never more than there is of it."""
    platform, service = _fees_on(before + amount, terms)
    if not before:
        return platform, service
    earlier_platform, earlier_service = _fees_on(before, terms)
    platform = min(max(platform - earlier_platform, Money.zero(amount.currency)), amount)
    return platform, min(max(service - earlier_service, Money.zero(amount.currency)), amount - platform)


def _fees_on(amount: Money, terms: FeeTerms) -> tuple[Money, Money]:
    whole = _step_of([amount])
    platform = terms.acceptance.of(amount, amount).whole_steps(whole)
    return platform, terms.completion.of(amount, amount - platform).whole_steps(whole)


def _share(fee: Money, parts: Sequence[Money], step: int) -> tuple[Money, ...]:
    """Share a fee out by size; no part ever pays more than it has, because the fee is at most their sum."""
    if not fee:
        return tuple(Money.zero(fee.currency) for _ in parts)
    shares = Money(fee.amount // step, fee.currency).allocate([part.amount for part in parts])
    return tuple(Money(share.amount * step, fee.currency) for share in shares)


def _step_of(amounts: Sequence[Money]) -> int:
    """Return the step that cards move the currency in; 1 for amounts from before there was one."""
    step = smallest_step(amounts[0].currency)
    return 1 if any(each.amount % step for each in amounts) else step


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
    step = _step_of([refund, held, platform_fee, service_fee])
    from_fee = Money.zero(refund.currency)
    if platform_fee_refundable:
        from_fee = Money(platform_fee.amount * refund.amount // gross.amount, refund.currency).whole_steps(step)
    from_hold = refund - from_fee
    left = held - from_hold
    fee = Money(service_fee.amount * left.amount // held.amount, refund.currency).whole_steps(step) if held else left
    return RefundSplit(from_hold, from_fee, left, fee, left - fee)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Who gives money back that was released, and what is left of the released parts afterwards."""

    from_platform_fee: Money
    from_service_fee: Money
    from_payee: Money
    service_fee: Money
    payout: Money

    @property
    def total(self) -> Money:
        return self.from_platform_fee + self.from_service_fee + self.from_payee


def refundable_after_release(
    *, policy: FeesAfterRelease, service_fee: Money, payout: Money, platform_fee: Money
) -> Money:
    """Return the most that can be refunded of what was released."""
    return payout if policy is FeesAfterRelease.KEPT else payout + service_fee + platform_fee


def take_back(
    amount: Money, *, policy: FeesAfterRelease, service_fee: Money, payout: Money, platform_fee: Money
) -> TakenBack:
    """Say who gives back money that was released, given what each has of it now; the parts add up to the amount.

    In proportion, fees are rounded down, so the contractor has given everything exactly when the fees have. Raises
    ValueError for more than all have together; callers check first.
    """
    if policy is FeesAfterRelease.KEPT:
        from_payee = min(amount, payout)
        from_platform = min(amount - from_payee, platform_fee)
        from_service = amount - from_payee - from_platform
        if from_service > service_fee:
            raise ValueError("this is more than is left")
        return TakenBack(from_platform, from_service, from_payee, service_fee - from_service, payout - from_payee)
    held = service_fee + payout
    rest = split_refund(
        amount, held=held, service_fee=service_fee, platform_fee=platform_fee, platform_fee_refundable=True
    )
    return TakenBack(
        rest.from_platform_fee, service_fee - rest.service_fee, payout - rest.payout, rest.service_fee, rest.payout
    )


class HoldStatus(StrEnum):
    """Where the money of a milestone stands. A partial refund leaves it funded, with less in it."""

    FUNDED = "funded"
    FROZEN = "frozen"
    RELEASED = "released"
    REFUNDED = "refunded"


#: Money of these is in our hands.
OPEN_HOLDS = [HoldStatus.FROZEN, HoldStatus.FUNDED]

_H = HoldStatus
MARKETPLACE = "marketplace"

HOLD = Lifecycle(
    {
        (_H.FUNDED, "release"): step(_H.RELEASED, MARKETPLACE),
        (_H.FUNDED, "refund"): step(_H.REFUNDED, MARKETPLACE),
        # A part of it becomes a hold of its own.
        (_H.FUNDED, "set_aside"): step(_H.FUNDED, MARKETPLACE),
        (_H.FUNDED, "freeze"): step(_H.FROZEN, MARKETPLACE),
        (_H.FROZEN, "unfreeze"): step(_H.FUNDED, MARKETPLACE),
        # The payer's bank asks nobody; a part of it leaves the hold as it is.
        (_H.FUNDED, "charge_back"): step(_H.REFUNDED, MARKETPLACE),
        (_H.FROZEN, "charge_back"): step(_H.REFUNDED, MARKETPLACE),
        # After its end: what was released comes back, or a fee that was kept; or a bank gives back what it took.
        **{(status, "take_back"): step(status, MARKETPLACE) for status in (_H.RELEASED, _H.REFUNDED)},
        **{(status, "restore"): step(status, MARKETPLACE) for status in (_H.RELEASED, _H.FUNDED, _H.FROZEN)},
    }
)
