"""What becomes of the money when a contract is cancelled (requirement C2). Pure; the parts always add up.

The offer pins one of three presets. Until work starts everything goes back to the customer, the platform fee too.
After that the preset says how much of each milestone the contractor has earned, and whether the platform gives its fee
on the rest back. Only a customer's own cancelling costs the customer anything: a contractor who cancels has earned
nothing of what is not released.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from jobsphere.contracts.rules.lifecycles import CUSTOMER, MilestoneStatus
from jobsphere.escrow.types import split_refund
from jobsphere.kit.money import Money, smallest_step


class CancellationPolicy(StrEnum):
    """The presets, by how much they protect the contractor."""

    FLEXIBLE = "flexible"
    MODERATE = "moderate"
    STRICT = "strict"


class WorkStage(StrEnum):
    """How far the work on one milestone has come when the contract is cancelled."""

    #: Nothing of the whole contract was started.
    BEFORE_START = "before_start"
    #: Work began elsewhere in the contract, not on this milestone.
    NOT_STARTED = "not_started"
    STARTED = "started"
    #: Handed in at least once.
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class CancellationTerms:
    """A preset: what the contractor has earned of a milestone, by stage, in basis points (10 000 = all)."""

    earned: Mapping[WorkStage, int]
    #: Whether the platform gives its fee on the refunded part back once work has started.
    platform_fee_refundable: bool
    summary: str


PRESETS: Mapping[CancellationPolicy, CancellationTerms] = {
    CancellationPolicy.FLEXIBLE: CancellationTerms(
        {WorkStage.BEFORE_START: 0, WorkStage.NOT_STARTED: 0, WorkStage.STARTED: 2_500, WorkStage.SUBMITTED: 5_000},
        True,
        "Free until work starts. Then the contractor keeps 25 % of a started milestone and 50 % of a submitted one.",
    ),
    CancellationPolicy.MODERATE: CancellationTerms(
        {WorkStage.BEFORE_START: 0, WorkStage.NOT_STARTED: 0, WorkStage.STARTED: 5_000, WorkStage.SUBMITTED: 10_000},
        False,
        "Free until work starts. Then the contractor keeps 50 % of a started milestone and all of a submitted one, "
        "and the platform fee is not refunded.",
    ),
    CancellationPolicy.STRICT: CancellationTerms(
        {
            WorkStage.BEFORE_START: 0,
            WorkStage.NOT_STARTED: 2_500,
            WorkStage.STARTED: 10_000,
            WorkStage.SUBMITTED: 10_000,
        },
        False,
        "Free until work starts. Then the contractor keeps all of a started milestone and 25 % of the others, "
        "and the platform fee is not refunded.",
    ),
}
DEFAULT_POLICY = CancellationPolicy.MODERATE


@dataclass(frozen=True, slots=True)
class Split:
    """Where the money of one milestone goes: the four parts add up to what is protected plus the platform fee."""

    #: Back to the customer's card.
    refund: Money
    #: To the contractor's wallet.
    payout: Money
    #: What the platform keeps of its fee, and the fee on what was earned.
    platform_fee: Money
    service_fee: Money
    #: How `refund` is to be asked of escrow.
    platform_fee_refundable: bool
    #: How much of `refund` is there only because cards move a currency in whole steps: less than one (KWD 0.010).
    rounding: Money

    @property
    def total(self) -> Money:
        return self.refund + self.payout + self.platform_fee + self.service_fee


def stage_of(status: MilestoneStatus, *, contract_started: bool) -> WorkStage:
    """Return how far a milestone has come; `contract_started`: work began on any milestone of the contract."""
    if not contract_started:
        return WorkStage.BEFORE_START
    if status in (MilestoneStatus.SUBMITTED, MilestoneStatus.CHANGES_REQUESTED):
        return WorkStage.SUBMITTED
    return WorkStage.STARTED if status is MilestoneStatus.IN_PROGRESS else WorkStage.NOT_STARTED


def cancellation_split(
    *,
    policy: CancellationPolicy,
    stage: WorkStage,
    by: str,
    held: Money,
    platform_fee: Money,
    service_fee: Money,
    slot_earned: int = 0,
) -> Split:
    """Split one unreleased milestone of a contract that the party `by` cancels.

    `held` is what is protected now, `service_fee` the fee it would bear when released in full, `platform_fee` what was
    taken at acceptance and not given back since. Fees shrink with what is earned. `slot_earned`: what a booked slot has
    earned by its time alone, in basis points (`rules.windows`).
    """
    terms = PRESETS[policy]
    fault = by == CUSTOMER and (stage is not WorkStage.BEFORE_START or slot_earned > 0)
    earned = max(terms.earned[stage], slot_earned)
    fee_refundable = terms.platform_fee_refundable if fault else True
    refundable = held + platform_fee if fee_refundable else held
    refund = refundable - refundable.portion(earned if fault else 0)
    return refund_part(
        refund, held=held, platform_fee=platform_fee, service_fee=service_fee, fee_refundable=fee_refundable
    )


def refund_part(refund: Money, *, held: Money, platform_fee: Money, service_fee: Money, fee_refundable: bool) -> Split:
    """Split a milestone of which `refund` goes back to the customer and the rest is released.

    What cards cannot move exactly is rounded up to what they can, in the customer's favour; where there is not that
    much, down, and the rest is released. Raises ValueError when the refund is negative or more than there is.
    """
    back = _movable(refund, held + platform_fee if fee_refundable else held)
    if not back:
        return Split(back, held - service_fee, platform_fee, service_fee, fee_refundable, back - refund)
    rest = split_refund(
        back,
        held=held,
        service_fee=service_fee,
        platform_fee=platform_fee,
        platform_fee_refundable=fee_refundable,
    )
    kept = platform_fee - rest.from_platform_fee
    return Split(back, rest.payout, kept, rest.service_fee, fee_refundable, back - refund)


def _movable(refund: Money, available: Money) -> Money:
    step = smallest_step(refund.currency)
    up = Money(-(-refund.amount // step) * step, refund.currency)
    # More than there is stays more: split_refund refuses it.
    return up if up <= available or refund > available else available.whole_steps()


def describe(policy: CancellationPolicy) -> str:
    """Return the preset in a sentence or two, for screens and e-mail."""
    return PRESETS[policy].summary
