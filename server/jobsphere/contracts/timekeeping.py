"""Whose rules the time of a contract follows: those of the app that bills it, where one does (ADR 0033).

Calls go down, so contracts does not know the weeks above it; it asks whoever has registered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobsphere.contracts.models import Contract
from jobsphere.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Span:
    """Time worked, in UTC; the milestone that it belongs to."""

    starts_at: datetime
    ends_at: datetime
    milestone_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Keeper:
    """`place` says which weeks a stretch of time falls into, in order; `require_open` that an entry may still change.

    Both raise Conflict with what to do instead.
    """

    #: (who logs it, contract, since when it runs, time) -> its parts
    place: Callable[[Actor, UUID, datetime, Span], Sequence[Span]]
    require_open: Callable[[UUID], None]


_keepers: dict[str, Keeper] = {}


def register(funding: str, keeper: Keeper) -> None:
    """Let a keeper decide about the time of all contracts with this shape of funding."""
    _keepers[funding] = keeper


def keeper_of(contract: Contract) -> Keeper | None:
    """Return who decides about the time of a contract; None: the contractor alone, it is a record."""
    return _keepers.get(contract.funding)
