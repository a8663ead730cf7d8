"""Which loyalty tier a person has earned. Pure: facts in, a tier out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from jobsphere.kit.money import Money


@dataclass(frozen=True, slots=True)
class Facts:
    """What of the last twelve months counts: what was released, by currency in minor units, and contracts completed."""

    volume: Mapping[str, int] = field(default_factory=dict)
    contracts: int = 0


@dataclass(frozen=True, slots=True)
class Threshold:
    """A loyalty tier: its place among the others, and what it asks for; None asks for nothing."""

    id: UUID
    name: str
    tier: str
    rank: int
    volume: Money | None
    contracts: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one demand of the next tier is met: `done` of `wanted`, minor units or contracts."""

    what: str
    done: int
    wanted: int
    currency: str = ""

    @property
    def percent(self) -> int:
        """Return the share that is met, 0 to 100, rounded down: 100 is only what is met."""
        return min(100, 100 * self.done // self.wanted) if self.wanted else 100


def progress(tier: Threshold, facts: Facts) -> tuple[Progress, ...]:
    """Return how far each demand of a tier is met."""
    found = []
    if tier.volume is not None:
        done = max(0, facts.volume.get(tier.volume.currency, 0))
        found.append(Progress("volume", done, tier.volume.amount, tier.volume.currency))
    if tier.contracts is not None:
        found.append(Progress("contracts", facts.contracts, tier.contracts))
    return tuple(found)


def is_met(tier: Threshold, facts: Facts) -> bool:
    """Say whether everything that a tier asks for is there."""
    return all(each.done >= each.wanted for each in progress(tier, facts))


def earned(tiers: Iterable[Threshold], facts: Facts) -> Threshold | None:
    """Return the highest tier whose demands are met; of the same rank the one with the lowest id."""
    met = [each for each in tiers if is_met(each, facts)]
    return min(met, key=lambda each: (-each.rank, each.id), default=None)


def next_after(tiers: Iterable[Threshold], rank: int, facts: Facts) -> Threshold | None:
    """Return the tier that comes next above a rank: the nearest one, and of the same rank the one that is closest."""
    above = [each for each in tiers if each.rank > rank]
    lowest = min((each.rank for each in above), default=None)

    def missing(tier: Threshold) -> tuple[int, UUID]:
        return -min((each.percent for each in progress(tier, facts)), default=100), tier.id

    return min((each for each in above if each.rank == lowest), key=missing, default=None)
