"""What contractors are told of their tax details."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class SellerAsked(Event):
    """A contractor is asked for their tax details; `reminder` is 0 the first time, then 1 and 2."""

    name: ClassVar[str] = "seller.asked"
    aggregate: ClassVar[str] = "user"
    user_id: UUID
    reminder: int


@dataclass(frozen=True)
class SellerWithheld(Event):
    """Their withdrawals wait until they have answered."""

    name: ClassVar[str] = "seller.withheld"
    aggregate: ClassVar[str] = "user"
    user_id: UUID
