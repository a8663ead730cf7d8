"""What cancelling a booked slot costs, by how long before its start it happens (ADR 0029). Pure.

Only for offers that say so (`Offer.cancels_by_slot`); the presets of `rules.cancellation` hold for all, and whichever
of the two leaves the contractor more is what they have earned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobsphere.contracts.rules.cancellation import CancellationPolicy


@dataclass(frozen=True, slots=True)
class SlotTerms:
    """What the contractor has earned of a slot, in basis points, by the time that is left until it starts.

    `steps` are (time before the start, earned until then), the longest time first; afterwards it is `missed`.
    """

    steps: tuple[tuple[timedelta, int], ...]
    missed: int
    summary: str


_HOUR = timedelta(hours=1)
_NOTHING = timedelta(0)

SLOT_TERMS: Mapping[CancellationPolicy, SlotTerms] = {
    CancellationPolicy.FLEXIBLE: SlotTerms(
        ((12 * _HOUR, 0), (_NOTHING, 2_500)),
        5_000,
        "Free until 12 hours before the start. Then the contractor keeps 25 %, and 50 % once it has started.",
    ),
    CancellationPolicy.MODERATE: SlotTerms(
        ((24 * _HOUR, 0), (_NOTHING, 5_000)),
        10_000,
        "Free until 24 hours before the start. Then the contractor keeps 50 %, and all of it once it has started; "
        "the platform fee is not refunded.",
    ),
    CancellationPolicy.STRICT: SlotTerms(
        ((72 * _HOUR, 0), (24 * _HOUR, 5_000), (_NOTHING, 10_000)),
        10_000,
        "Free until 72 hours before the start. Then the contractor keeps 50 %, and all of it in the last 24 hours; "
        "the platform fee is not refunded.",
    ),
}


def earned_by_slot(policy: CancellationPolicy, starts_at: datetime | None, *, now: datetime) -> int:
    """Return what the contractor has earned of a slot by now, in basis points; nothing where there is no slot."""
    if starts_at is None:
        return 0
    terms = SLOT_TERMS[policy]
    for before, earned in terms.steps:
        if now < starts_at - before:
            return earned
    return terms.missed


def moments_of(policy: CancellationPolicy, starts_at: datetime) -> list[tuple[datetime | None, int]]:
    """Return (until when, earned until then), the earliest first; the last one holds for ever (None)."""
    terms = SLOT_TERMS[policy]
    found: list[tuple[datetime | None, int]] = [(starts_at - before, earned) for before, earned in terms.steps]
    return [*found, (None, terms.missed)]


def describe_slot(policy: CancellationPolicy) -> str:
    """Return the terms of a slot in a sentence or two, for screens and e-mail."""
    return SLOT_TERMS[policy].summary
