"""What happened to held money."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class EscrowFunded(Event):
    """A captured payment is now held for its milestones, less the platform fee."""

    name: ClassVar[str] = "escrow.funded"
    aggregate: ClassVar[str] = "payment"
    payment_id: UUID
    contract_id: UUID
    payer_id: UUID
    payee_id: UUID
    amount: Money
    platform_fee: Money


@dataclass(frozen=True)
class HoldEvent(Event):
    """What every event of one hold carries."""

    aggregate: ClassVar[str] = "hold"
    hold_id: UUID
    contract_id: UUID
    milestone_id: UUID
    payment_id: UUID
    payer_id: UUID
    payee_id: UUID


@dataclass(frozen=True)
class EscrowReleased(HoldEvent):
    """The money of a milestone is in the payee's wallet (`payout`), less the service fee."""

    name: ClassVar[str] = "escrow.released"
    payout: Money
    service_fee: Money
    #: What is left of the platform fee that was taken for it: the customer has paid payout + service_fee + this.
    platform_fee: Money | None = None


@dataclass(frozen=True)
class EscrowRefunded(HoldEvent):
    """Money of a milestone is on its way back to the payer; `closed` says that nothing is left in the hold."""

    name: ClassVar[str] = "escrow.refunded"
    refund_id: UUID
    amount: Money
    closed: bool
    reason: str = ""
    #: Set when it had been released: what was taken from the payee for it.
    taken_back: Money | None = None
    #: Of `amount`: what came from the two fees (the service fee only after the release); `kept_fee` is the platform
    #: fee that stays although nothing of the hold is left.
    from_platform_fee: Money | None = None
    from_service_fee: Money | None = None
    kept_fee: Money | None = None


@dataclass(frozen=True)
class EscrowChargedBack(HoldEvent):
    """The payer's bank has taken `amount` of a milestone for good; `taken_back` of it from the payee."""

    name: ClassVar[str] = "escrow.charged_back"
    chargeback_id: UUID
    amount: Money
    taken_back: Money
    closed: bool
    #: Where the money stood: "funded" or "frozen", "released", or "refunded" (of a fee that had been kept).
    stood: str = ""
    from_platform_fee: Money | None = None
    from_service_fee: Money | None = None
    kept_fee: Money | None = None


@dataclass(frozen=True)
class EscrowRestored(HoldEvent):
    """The payer's bank has given back what it had taken of a milestone."""

    name: ClassVar[str] = "escrow.restored"
    chargeback_id: UUID
    amount: Money
    #: Where the money stands: "funded" or "frozen", or "released"; and what of it went to the two fees.
    stands: str = ""
    to_platform_fee: Money | None = None
    to_service_fee: Money | None = None


@dataclass(frozen=True)
class EscrowSetAside(HoldEvent):
    """A part of a milestone's money is held for another milestone from now on, with its share of the platform fee."""

    name: ClassVar[str] = "escrow.set_aside"
    part_id: UUID
    part_milestone_id: UUID
    amount: Money
    platform_fee: Money


@dataclass(frozen=True)
class EscrowFrozen(HoldEvent):
    """The money of a milestone can neither be released nor refunded until it is unfrozen."""

    name: ClassVar[str] = "escrow.frozen"
    reason: str = ""


@dataclass(frozen=True)
class EscrowUnfrozen(HoldEvent):
    """The money of a milestone is free to move again."""

    name: ClassVar[str] = "escrow.unfrozen"
