"""Facts about series."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class RepeatEvent(Event):
    """What every event of a series carries. `by`: customer, contractor or system."""

    aggregate: ClassVar[str] = "repeat"
    repeat_id: UUID
    customer_id: UUID
    contractor_id: UUID
    title: str
    by: str


@dataclass(frozen=True)
class RepeatProposed(RepeatEvent):
    """The customer wants it again and again."""

    name: ClassVar[str] = "repeat.proposed"
    every: str
    amount: Money
    first_at: datetime


@dataclass(frozen=True)
class RepeatAccepted(RepeatEvent):
    """The contractor agreed; what comes is made by itself."""

    name: ClassVar[str] = "repeat.accepted"


@dataclass(frozen=True)
class RepeatDeclined(RepeatEvent):
    """The contractor said no."""

    name: ClassVar[str] = "repeat.declined"


@dataclass(frozen=True)
class RepeatPaused(RepeatEvent):
    """Nothing is made until it is resumed. `reason` is "unpaid" when it paused by itself."""

    name: ClassVar[str] = "repeat.paused"
    reason: str = ""


@dataclass(frozen=True)
class RepeatResumed(RepeatEvent):
    """It goes on."""

    name: ClassVar[str] = "repeat.resumed"
    next_at: datetime


@dataclass(frozen=True)
class RepeatEnded(RepeatEvent):
    """Nothing more is made; contracts that exist stay as they are."""

    name: ClassVar[str] = "repeat.ended"
    reason: str = ""


@dataclass(frozen=True)
class PriceProposed(RepeatEvent):
    """The contractor wants another price from a day on."""

    name: ClassVar[str] = "repeat.price_proposed"
    amount: Money
    new_amount: Money
    new_from: str


@dataclass(frozen=True)
class PriceAgreed(RepeatEvent):
    """The customer pays it from that day on."""

    name: ClassVar[str] = "repeat.price_agreed"
    new_amount: Money
    new_from: str


@dataclass(frozen=True)
class PriceWithdrawn(RepeatEvent):
    """The old price stays."""

    name: ClassVar[str] = "repeat.price_withdrawn"


@dataclass(frozen=True)
class OccurrenceEvent(RepeatEvent):
    """What every event of one date carries."""

    occurrence_id: UUID
    starts_at: datetime
    amount: Money


@dataclass(frozen=True)
class OccurrenceMade(OccurrenceEvent):
    """Its contract is there and its money protected."""

    name: ClassVar[str] = "repeat.occurrence_made"
    contract_id: UUID


@dataclass(frozen=True)
class OccurrenceFailed(OccurrenceEvent):
    """The card was refused; it is asked again at `again_at`."""

    name: ClassVar[str] = "repeat.occurrence_failed"
    reason: str
    again_at: datetime


@dataclass(frozen=True)
class OccurrenceNeedsCustomer(OccurrenceEvent):
    """Only the customer can pay it now, until `pay_until`."""

    name: ClassVar[str] = "repeat.occurrence_needs_customer"
    reason: str
    pay_until: datetime


@dataclass(frozen=True)
class OccurrenceSkipped(OccurrenceEvent):
    """It does not take place. `reason`: wish, unpaid, slot-taken, …"""

    name: ClassVar[str] = "repeat.occurrence_skipped"
    reason: str
